"""Clocks of incidents: how long they ran, when they run out, and how an incident stands; values only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from secretariat.core.columns import moment
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.incidents.clocks import Pause, hours, joined, passed, ran, runs_out, working
from secretariat.oversight.incidents.figures import measured, share
from secretariat.oversight.incidents.load import category
from secretariat.oversight.incidents.models import Assignment, Categorisation, ClockStop, Incident, MajorReview, Side
from secretariat.oversight.incidents.reviews import papers
from secretariat.oversight.incidents.standing import (
    age,
    allowed,
    band_of,
    category_at,
    in_the_dccs_time,
    is_aged,
    is_major,
    open_at,
    side_at,
    targets,
)
from secretariat.plain.dates import LONDON
from secretariat.plain.workdays import default_calendar


def london(text: str) -> datetime:
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=LONDON)


MORNING = london("2020-02-03 09:00")
HOUR = timedelta(hours=1)


def pause(start: str, end: str | None = None) -> Pause:
    return Pause(london(start), london(end) if end else None)


def incident(
    raised: str = "2020-02-03 09:00",
    *,
    categories: list[tuple[str, int]] | None = None,
    sides: list[tuple[str, str]] | None = None,
    stops: list[tuple[str, str | None, bool]] | None = None,
    **told: Any,
) -> Incident:
    """An incident that no database holds, with its dated rows."""
    rows = categories or [(raised, told.pop("category", 3))]
    made = Incident(pk=1, reference="INC1", title="Words", raised_at=london(raised), category=rows[-1][1], **told)
    made._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "categorisations": [Categorisation(category=one, from_at=london(when)) for when, one in rows],
        "assignments": [Assignment(side=one, from_at=london(when)) for when, one in sides or [(raised, Side.DCC)]],
        "stops": [
            ClockStop(from_at=london(start), to_at=london(end) if end else None, resolved=resolved)
            for start, end, resolved in stops or []
        ],
    }
    return made


# Clocks


def test_pauses_that_overlap_or_touch_are_one() -> None:
    told = [pause("2020-02-03 12:00", "2020-02-03 13:00"), pause("2020-02-03 10:00", "2020-02-03 12:00"),
            pause("2020-02-03 12:30", "2020-02-03 12:40"), pause("2020-02-04 09:00")]  # fmt: skip
    assert joined(told) == [pause("2020-02-03 10:00", "2020-02-03 13:00"), pause("2020-02-04 09:00")]
    assert joined([pause("2020-02-03"), pause("2020-02-04", "2020-02-05")]) == [pause("2020-02-03")]


def test_a_clock_does_not_run_in_a_pause_and_a_pause_outside_its_time_changes_nothing() -> None:
    until = london("2020-02-03 17:00")
    assert ran(MORNING, until) == 8 * HOUR
    assert ran(MORNING, until, [pause("2020-02-03 10:00", "2020-02-03 13:00")]) == 5 * HOUR
    assert ran(MORNING, until, [pause("2020-02-03 08:00", "2020-02-03 10:00")]) == 7 * HOUR
    assert ran(MORNING, until, [pause("2020-02-03 16:00")]) == 7 * HOUR
    assert ran(MORNING, until, [pause("2020-02-03 18:00"), pause("2020-02-02 08:00", "2020-02-02 09:00")]) == 8 * HOUR


def test_a_clock_runs_out_later_by_its_pauses_and_not_at_all_while_it_stands() -> None:
    assert runs_out(MORNING, 4 * HOUR) == london("2020-02-03 13:00")
    assert runs_out(MORNING, 4 * HOUR, [pause("2020-02-03 10:00", "2020-02-03 12:00")]) == london("2020-02-03 15:00")
    assert runs_out(MORNING, 4 * HOUR, [pause("2020-02-03 12:00")]) is None
    assert runs_out(MORNING, 4 * HOUR, [pause("2020-02-03 13:00")]) == london("2020-02-03 13:00")
    assert runs_out(MORNING, 4 * HOUR, [pause("2020-02-03 07:00", "2020-02-03 08:00")]) == london("2020-02-03 13:00")


@pytest.mark.parametrize("allowed_hours", range(1, 12))
def test_what_ran_until_a_clock_runs_out_is_what_was_allowed(allowed_hours: int) -> None:
    pauses = [pause("2020-02-03 10:30", "2020-02-03 11:00"), pause("2020-02-03 10:45", "2020-02-03 14:00"),
              pause("2020-02-03 16:00", "2020-02-03 16:10")]  # fmt: skip
    end = runs_out(MORNING, allowed_hours * HOUR, pauses)
    assert end is not None
    assert ran(MORNING, end, pauses) == allowed_hours * HOUR
    assert ran(MORNING, end - timedelta(seconds=1), pauses) < allowed_hours * HOUR


def test_the_hour_that_the_clocks_skip_or_repeat_is_reckoned_as_it_passes() -> None:
    assert passed(london("2020-03-28 12:00"), london("2020-03-29 12:00")) == 23 * HOUR
    assert passed(london("2019-10-26 12:00"), london("2019-10-27 12:00")) == 25 * HOUR
    assert runs_out(london("2020-03-28 12:00"), 24 * HOUR) == london("2020-03-29 13:00")


def test_a_length_is_told_in_words() -> None:
    told = {25: "25 minutes", 240: "4 hours", 61: "1 hour 1 minute", 3060: "2 days 3 hours", 0: "0 minutes"}
    assert {minutes: hours(timedelta(minutes=minutes)) for minutes in told} == told


def test_the_working_names_the_pauses() -> None:
    said = working(MORNING, 4 * HOUR, [pause("2020-02-03 10:00", "2020-02-03 12:00")])
    assert said == ("4 hours after Mon 3 Feb 2020, 09:00, not counting Mon 3 Feb 2020, 10:00 to "
                    "Mon 3 Feb 2020, 12:00.")  # fmt: skip


# Targets


@pytest.mark.parametrize(
    ("number", "response", "resolution"), [(1, 10, 4), (2, 20, 24), (3, 45, 72), (4, 180, 120), (5, 1440, 240)]
)
def test_the_targets_of_a_category_are_in_the_rulebook_and_none_is_verified(
    number: int, response: int, resolution: int
) -> None:
    assert allowed(number, MORNING, "response_minutes")[0] == timedelta(minutes=response)
    length, rule = allowed(number, MORNING)
    assert length == timedelta(hours=resolution)
    assert not rule.verified
    assert rule.note


def test_a_target_follows_the_category_in_force() -> None:
    at = london("2020-02-03 20:00")
    told = incident(categories=[("2020-02-03 09:00", 3), ("2020-02-03 10:00", 1)])
    respond, resolve = targets(told, at)
    assert (respond.what, resolve.what) == ("Respond", "Resolve")
    assert resolve.due == london("2020-02-03 13:00")
    assert resolve.standing(at) == "late"
    assert targets(told, london("2020-02-03 09:30"))[1].due == london("2020-02-06 09:00")


@pytest.mark.parametrize(
    ("done", "standing"), [("2020-02-06 09:00", "done in time"), ("2020-02-06 09:01", "done late"), (None, "running")]
)
def test_a_target_says_how_it_stands(done: str | None, standing: str) -> None:
    told = incident(resolved_at=london(done) if done else None)
    assert targets(told, london("2020-02-05"))[1].standing(london("2020-02-05")) == standing


def test_a_target_stands_while_the_clock_is_stopped() -> None:
    told = incident(stops=[("2020-02-04 09:00", None, False)])
    assert targets(told, london("2020-03-05"))[1].standing(london("2020-03-05")) == "stopped"


def test_the_category_and_the_side_are_those_of_the_instant() -> None:
    told = incident(categories=[("2020-02-03 09:00", 2), ("2020-02-04 09:00", 1)],
                    sides=[("2020-02-03 09:00", Side.DCC), ("2020-02-05 09:00", Side.USER)])  # fmt: skip
    assert [category_at(told, london(when)) for when in ("2020-02-01", "2020-02-03", "2020-02-04")] == [2, 2, 1]
    assert [side_at(told, london(when)) for when in ("2020-02-04", "2020-02-05")] == ["dcc", "user"]


def test_a_time_in_which_a_user_had_to_act_is_not_the_dccs() -> None:
    late = incident(resolved_at=london("2020-02-07 09:00"))
    assert in_the_dccs_time(late) is False
    sides = [("2020-02-03 09:00", Side.DCC), ("2020-02-04 09:00", Side.USER), ("2020-02-06 09:00", Side.PROVIDER)]
    assert in_the_dccs_time(incident(sides=sides, resolved_at=london("2020-02-07 09:00"))) is True
    overlapping = [("2020-02-05 09:00", "2020-02-06 10:00", False)]
    both = incident(sides=sides, stops=overlapping, resolved_at=london("2020-02-08 10:01"))
    assert in_the_dccs_time(both) is False
    assert in_the_dccs_time(incident()) is None


def test_an_incident_that_was_demoted_is_a_major_one_still() -> None:
    assert is_major(incident(categories=[("2020-02-03 09:00", 1), ("2020-02-03 11:00", 2)]), MORNING)
    assert not is_major(incident(category=2), MORNING)


# Age


def test_an_incident_is_not_open_while_it_was_taken_for_resolved() -> None:
    told = incident(stops=[("2020-02-10 09:00", "2020-02-12 09:00", True), ("2020-02-20", "2020-02-21", False)])
    days = ("2020-02-02", "2020-02-05", "2020-02-10", "2020-02-12", "2020-02-20")
    assert [open_at(told, london(day)) for day in days] == [False, True, False, True, True]
    assert not open_at(incident(resolved_at=london("2020-02-05 09:00")), london("2020-02-05 09:00"))


def test_an_incident_is_aged_once_its_time_is_over_at_the_end_of_a_day() -> None:
    told = incident()
    assert [is_aged(told, date(2020, 2, day)) for day in (5, 6)] == [False, True]
    assert not is_aged(incident(resolved_at=london("2020-02-06 12:00")), date(2020, 2, 6))


def test_an_incident_grows_old_while_its_clock_is_stopped() -> None:
    told = incident(stops=[("2020-02-03 10:00", None, False)])
    assert RULEBOOK.switch("service_incident.aged.stops_count", MORNING)
    assert is_aged(told, date(2020, 2, 28))


def test_every_age_lies_in_one_band() -> None:
    found = [band_of(days, MORNING) for days in (0, 30, 31, 60, 61, 90, 91, 4000)]
    assert found == ["0 to 30 days", "0 to 30 days", "31 to 60 days", "31 to 60 days", "61 to 90 days", "61 to 90 days",
                     "Over 90 days", "Over 90 days"]  # fmt: skip
    assert age(incident("2020-01-31 23:30"), date(2020, 2, 1)) == 1


# Papers of a review, measures, and what a file holds


def test_the_papers_of_a_review_are_due_from_the_closing_of_its_incident() -> None:
    review = MajorReview(incident=incident(closed_at=london("2020-02-07 16:00")))
    summary, report = papers(review, default_calendar())
    assert (summary.due, report.due) == (date(2020, 2, 11), date(2020, 3, 6))
    assert summary.working.startswith("2 Working Days after Fri 7 Feb 2020")
    assert summary.standing(london("2020-02-11")) == "to come"
    assert summary.standing(london("2020-02-12")) == "late"
    review.summarised_on = date(2020, 2, 12)
    assert papers(review, default_calendar())[0].standing(london("2020-03-05")) == "received late"
    assert papers(MajorReview(incident=incident()), default_calendar()) == []


def test_the_measures_of_incidents_count_the_categories_that_the_rulebook_names() -> None:
    assert [(one.number, one.first, one.last) for one in measured(date(2020, 2, 28))] == [(4, 1, 2), (5, 3, 5)]


def test_a_share_is_rounded_half_up() -> None:
    assert [str(share(*pair)) for pair in ((1, 8), (2, 3), (1, 16000))] == ["12.50", "66.67", "0.01"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("soon", "is not an instant"), ("2020-03-29 01:30", "skips"), ("2019-10-27 01:30", "twice")],
)
def test_an_instant_that_the_clock_does_not_tell_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        moment(text)


def test_an_instant_with_its_offset_is_taken() -> None:
    assert passed(moment("2019-10-27 01:30+01:00"), moment("2019-10-27 01:30+00:00")) == HOUR


def test_there_are_five_categories() -> None:
    assert category("5") == 5
    for text in ("0", "6", "one"):
        with pytest.raises(ValueError, match="category|whole number"):
            category(text)
