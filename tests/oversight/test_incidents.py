"""Incidents of the central service: their steps, figures, file, reviews and who reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from secretariat.core.figures import Records, Span
from secretariat.core.journal import Event
from secretariat.core.procedure import Refused
from secretariat.oversight.incidents.actions import link, tell_coverage
from secretariat.oversight.incidents.duties import own_incidents
from secretariat.oversight.incidents.figures import (
    aged_incident_bands,
    aged_incidents,
    incident_measures,
    major_incidents,
    service_incidents,
)
from secretariat.oversight.incidents.learning import LESSONS, REVIEWS
from secretariat.oversight.incidents.load import SERVICE_INCIDENTS
from secretariat.oversight.incidents.models import (
    CLOSED,
    OPEN,
    RESOLVED,
    REVIEWED,
    VERIFIED,
    WAITING,
    Coverage,
    Incident,
    Lesson,
    MajorReview,
    Problem,
    Side,
)
from secretariat.oversight.incidents.notices import the_user, who_watches_major_ones
from secretariat.oversight.incidents.procedure import INCIDENTS, PROBLEMS
from secretariat.plain.months import Month
from tests.oversight.incident_facts import (
    LATER,
    analyst,
    cause,
    contact,
    dcc,
    loaded,
    logged,
    london,
    member,
    party,
    previewed,
    take,
)

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))
BACKEND = "django.contrib.auth.backends.ModelBackend"


def refused(name: str, incident: Any, on: str, by: Any = None, **facts: Any) -> str:
    with pytest.raises(Refused) as told:
        take(INCIDENTS, name, incident, on, by, **facts)
    return str(told.value)


# Steps


def test_an_incident_keeps_its_categories_its_sides_and_the_stops_of_its_clock() -> None:
    made = logged(category=2)
    take(INCIDENTS, "respond", made, "2020-02-03 09:15")
    take(
        INCIDENTS, "recategorise", made, "2020-02-03 10:00", member(), category="1", decided_by="OPSG", why="All users."
    )
    take(INCIDENTS, "stop_clock", made, "2020-02-03 11:00", why="Asked the User.")
    assert made.state == WAITING
    take(INCIDENTS, "resume", made, "2020-02-03 12:00")
    take(
        INCIDENTS,
        "assign",
        made,
        "2020-02-03 13:00",
        side="user",
        party=party().pk,
        assignee="Their team",
        why="Theirs.",
    )
    take(INCIDENTS, "resolve", made, "2020-02-03 14:00", contact(party()), resolution="Mended.")
    take(INCIDENTS, "close", made, "2020-02-04 09:00")
    assert (made.state, made.category, made.side) == (CLOSED, 1, Side.USER)
    assert [(one.category, one.decided_by) for one in made.categorisations.all()] == [(2, "As raised"), (1, "OPSG")]
    assert [one.side for one in made.assignments.all()] == ["dcc", "user"]
    assert [(one.from_at, one.to_at) for one in made.stops.all()] == [
        (london("2020-02-03 11:00"), london("2020-02-03 12:00"))
    ]
    assert Event.objects.filter(kind="oversight.incident", subject_id=made.pk).count() == 8


def test_a_clock_that_stands_when_an_incident_is_resolved_stands_until_then() -> None:
    made = logged()
    take(INCIDENTS, "stop_clock", made, "2020-02-03 11:00", why="Waits.")
    take(INCIDENTS, "resolve", made, "2020-02-03 15:00", resolution="Mended.")
    assert made.state == RESOLVED
    assert made.stops.get().to_at == london("2020-02-03 15:00")


def test_a_reopened_incident_did_not_run_while_it_was_taken_for_resolved() -> None:
    made = logged()
    take(INCIDENTS, "resolve", made, "2020-02-04 09:00", resolution="Mended.")
    take(INCIDENTS, "close", made, "2020-02-05 09:00")
    take(INCIDENTS, "reopen", made, "2020-02-06 09:00", why="It came back.")
    stop = made.stops.get()
    assert (made.state, made.reopened, made.resolved_at, made.closed_at) == (OPEN, 1, None, None)
    assert (stop.from_at, stop.to_at, stop.resolved) == (london("2020-02-04 09:00"), london("2020-02-06 09:00"), True)


def test_it_was_raised_before() -> None:
    made = Incident(reference="INC9", title="Words", raised_at=london("2020-02-04"), category=3)
    assert "once it was raised, not before" in refused("log", made, "2020-02-03")
    assert made.pk is None


def test_its_user_is_named_at_first() -> None:
    told: dict[str, Any] = {"title": "Words", "raised_at": london("2020-02-03 09:00"), "category": 3}
    assert "names the Service User" in refused("log", Incident(reference="A", side="user", **told), "2020-02-04")
    assert "no other incident does" in refused("log", Incident(reference="B", party=party(), **told), "2020-02-04")


def test_nobody_responded_yet() -> None:
    made = logged()
    take(INCIDENTS, "respond", made, "2020-02-03 09:15")
    assert "first responded to once" in refused("respond", made, "2020-02-03 09:20")


@pytest.mark.parametrize(
    ("step", "facts"),
    [("stop_clock", {"why": "Waits."}), ("resolve", {"resolution": "Mended."}),
     ("recategorise", {"category": "2", "decided_by": "OPSG", "why": "Graver."}),
     ("assign", {"side": "provider", "assignee": "Theirs", "why": "Theirs."})],
)  # fmt: skip
def test_nothing_later_is_recorded(step: str, facts: dict[str, str]) -> None:
    made = logged()
    take(INCIDENTS, "recategorise", made, "2020-02-05", category="4", decided_by="DCC", why="Less grave.")
    assert "something later is recorded already" in refused(step, made, "2020-02-04", **facts)


def test_a_user_is_named_and_it_goes_to_somebody_else() -> None:
    made = logged()
    assert "names the Service User" in refused("assign", made, "2020-02-04", side="user", assignee="", why="Theirs.")
    told = {"side": "dcc", "party": party().pk, "assignee": "", "why": "Ours."}
    assert "no other does" in refused("assign", made, "2020-02-04", **told)
    assert "assigned so already" in refused("assign", made, "2020-02-04", side="dcc", assignee="", why="Ours.")


def test_the_category_is_another() -> None:
    told = {"category": "3", "decided_by": "OPSG", "why": "The same."}
    assert "of this category already" in refused("recategorise", logged(), "2020-02-04", **told)


def test_a_service_user_works_on_its_own_incidents_only_and_changes_no_category() -> None:
    own, other = party(), party("Beech Networks Limited")
    made = logged(side=Side.USER, party=own)
    assert "is for others" in refused("resolve", made, "2020-02-04", contact(other), resolution="Mended.")
    told = {"category": "5", "decided_by": "Us", "why": "Not grave."}
    assert "is for others" in refused("recategorise", made, "2020-02-04", contact(own), **told)
    take(INCIDENTS, "resolve", made, "2020-02-04", contact(own), resolution="Mended.")


def test_a_problem_is_understood_mended_and_may_come_back() -> None:
    made = Problem(reference="PBI1", title="Words", raised_on=date(2020, 2, 3))
    take(PROBLEMS, "investigate", made, "2020-02-03")
    take(PROBLEMS, "understand", made, "2020-02-04", cause="A full disk.", workaround="")
    take(PROBLEMS, "mend", made, "2020-02-05")
    assert (made.cause, made.mended_on) == ("A full disk.", date(2020, 2, 5))
    take(PROBLEMS, "come_back", made, "2020-02-06", why="Full again.")
    assert made.mended_on is None


# Reviews and lessons


def major() -> MajorReview:
    """The review of a major incident that was closed on 7 February 2020."""
    incident = logged(category=1)
    take(INCIDENTS, "resolve", incident, "2020-02-03 20:00", resolution="Mended.")
    take(INCIDENTS, "close", incident, "2020-02-07 16:00")
    review = MajorReview(incident=incident)
    take(REVIEWS, "open", review, "2020-02-07 17:00")
    return review


def lesson(review: MajorReview) -> Lesson:
    made = Lesson(review=review, text="Watch the disk.", owner="The DCC", due_on=date(2020, 2, 28))
    take(LESSONS, "agree", made, "2020-02-20", member())
    return made


def test_its_incident_is_major() -> None:
    with pytest.raises(Refused, match="Only a major incident is reviewed"):
        take(REVIEWS, "open", MajorReview(incident=logged(category=2)), "2020-02-04")


def test_its_incident_is_resolved() -> None:
    review = MajorReview(incident=logged(category=1))
    take(REVIEWS, "open", review, "2020-02-04")
    with pytest.raises(Refused, match="once the incident is resolved"):
        take(REVIEWS, "report", review, "2020-02-04", findings="Words.")


def test_every_lesson_is_verified_before_a_review_is_done() -> None:
    review = major()
    take(REVIEWS, "summarise", review, "2020-02-11", summary="A full disk.")
    take(REVIEWS, "report", review, "2020-02-12", findings="Words.")
    take(REVIEWS, "ask_again", review, "2020-02-18", member(), why="No cause is told.")
    assert review.reported_on is None
    take(REVIEWS, "report", review, "2020-02-19", findings="A full disk.")
    take(REVIEWS, "accept", review, "2020-02-25", member(), accepted_in="A meeting of February")
    made = lesson(review)
    take(LESSONS, "move", made, "2020-02-26", due_on="2020-03-31", why="The supplier is late.")
    assert (made.moved, made.first_due_on, made.due_on) == (1, date(2020, 2, 28), date(2020, 3, 31))
    with pytest.raises(Refused, match="each of its lessons is verified"):
        take(REVIEWS, "finish", review, "2020-02-27", member())
    take(LESSONS, "do", made, "2020-02-27", evidence="Said so.")
    take(LESSONS, "refuse", made, "2020-02-28", member(), why="No evidence.")
    assert made.done_on is None
    take(LESSONS, "do", made, "2020-03-02", evidence="A test of the disk.")
    take(LESSONS, "verify", made, "2020-03-03", member())
    take(REVIEWS, "finish", review, "2020-03-04", member())
    assert (made.state, review.state) == (VERIFIED, REVIEWED)
    with pytest.raises(Refused, match="belongs to another incident"):
        lesson(review)


def test_its_review_still_runs_and_the_day_is_another() -> None:
    made = lesson(major())
    assert not made.is_late(london("2020-02-28"))
    assert made.is_late(london("2020-02-29"))
    with pytest.raises(Refused, match="due on this day already"):
        take(LESSONS, "move", made, "2020-02-26", due_on="2020-02-28", why="No reason.")


# Figures


def value(grid: Any, row: str, column: str) -> Any:
    return grid.cell(row, column).value


def test_the_measures_count_what_the_dcc_had_to_resolve_by_the_category_it_had() -> None:
    for number, (category, hours, side) in enumerate(
        [(1, 3, "dcc"), (2, 30, "dcc"), (2, 20, "provider"), (3, 100, "user"), (4, 10, "dcc")]
    ):
        made = logged(f"INC{number}", category=category, side=side)
        day, hour = divmod(9 + hours, 24)
        take(INCIDENTS, "resolve", made, f"2020-02-{3 + day:02} {hour:02}:00", analyst(), resolution="Mended.")
    logged("INC9", category=5)
    counts = service_incidents(FEBRUARY)
    assert [value(counts, "total", column) for column in ("raised", "resolved", "dcc", "in_time")] == [6, 5, 4, 3]
    measures = incident_measures(FEBRUARY)
    assert [value(measures, "measure-4", column) for column in ("dcc", "in_time", "level")] == [3, 2, Decimal("66.67")]
    assert value(measures, "measure-5", "level") == Decimal("100.00")


def test_a_month_in_which_nothing_was_resolved_is_not_applicable() -> None:
    logged()
    assert value(incident_measures(FEBRUARY), "measure-4", "level") is None


def test_four_of_five_causes_fell_and_what_a_count_misses_is_said() -> None:
    names = ["Incorrect CH variant installed", "Incorrect or no credentials (DNO)", "Cause 3", "Cause 4", "Cause 5"]
    caveat = "The incidents of one network operator only."
    causes = [cause(name, caveat=caveat if place == 1 else "") for place, name in enumerate(names)]
    for place, one in enumerate(causes):
        for number in range(3 if place < 2 else 2):
            made = logged(f"INC{place}{number}", "2020-01-06 09:00", side=Side.USER, aged_category=one)
            if number < (2 if place < 2 else 1) and place < 4:
                take(INCIDENTS, "resolve", made, "2020-02-10", analyst(), resolution="Mended.")
    grid = aged_incidents(FEBRUARY)
    first = f"cause-{causes[0].pk}"
    assert [value(grid, first, month) for month in ("2019-12", "2020-01", "2020-02")] == [0, 3, 1]
    assert value(grid, "total", "2020-02") == 6
    said = " ".join(grid.remarks)
    assert "A Service User: 4 of 5 causes fell in the last month." in said
    assert "Incorrect CH variant installed (2 fewer), Incorrect or no credentials (DNO) (2 fewer)" in said
    assert caveat in said
    counted = grid.cell(first, "2020-02").counted
    assert isinstance(counted, Records)
    assert [row.reference for row in counted.queryset] == ["INC02"]


def test_how_many_meters_are_affected_is_told_beside_the_count_and_not_in_it() -> None:
    one = cause("Incorrect or no credentials (DNO)")
    report = Coverage(title="The report", promised_for=date(2020, 2, 29))
    tell_coverage(one, report, by=dcc(), at=london("2020-02-05"), recorded=LATER)
    assert not any("meters" in remark for remark in aged_incidents(FEBRUARY).remarks)
    told = Coverage(title="It", promised_for=date(2020, 2, 29), received_on=date(2020, 3, 2), affected=4100)
    tell_coverage(one, told, by=dcc(), at=london("2020-03-02"), recorded=LATER)
    grid = aged_incidents(FEBRUARY)
    assert "Incorrect or no credentials (DNO): 4,100 meters are affected, as It tells." in grid.remarks
    assert value(grid, f"cause-{one.pk}", "2020-02") == 0


def test_a_number_of_meters_without_a_report_is_refused() -> None:
    report = Coverage(title="It", promised_for=date(2020, 2, 29), affected=4100)
    with pytest.raises(ValidationError, match="give its day"):
        tell_coverage(cause(), report, by=dcc(), at=london("2020-02-05"), recorded=LATER)


def test_open_incidents_are_told_by_age_side_and_category_as_at_the_day() -> None:
    logged("INC1", "2019-11-01 09:00", category=4)
    made = logged("INC2", "2020-02-20 09:00", side=Side.USER)
    take(INCIDENTS, "resolve", made, "2020-03-02", analyst(), resolution="Mended.")
    grid = aged_incident_bands(FEBRUARY)
    assert [value(grid, "dcc-4", f"band-{band}") for band in range(4)] == [0, 0, 0, 1]
    assert [value(grid, "user-3", f"band-{band}") for band in range(4)] == [1, 0, 0, 0]
    assert value(grid, "total", "band-0") == 1


def test_a_major_incident_that_was_demoted_is_listed_with_who_demoted_it() -> None:
    made = logged(category=1)
    take(INCIDENTS, "recategorise", made, "2020-02-04", category="2", decided_by="The DCC", why="A way round it.")
    logged("INC2", category=2)
    listing = major_incidents.listing(FEBRUARY)
    assert [row.values[3] for row in listing.rows] == ["1 (As raised), then 2 (The DCC)"]


# The file


HEAD = "reference,title,raised_at,category,side,party,cause,resolved_at,closed_at"


def test_a_file_of_incidents_is_entered_once_with_its_first_rows() -> None:
    cause(), party()
    rows = ("INC1,Words,2020-02-03 09:00,3,dcc,,,,",
            "INC2,Words,2020-02-03 10:00,2,user,alder-energy-limited,incorrect ch variant installed,"
            "2020-02-04 10:00,2020-02-05 10:00")  # fmt: skip
    assert len(loaded(SERVICE_INCIDENTS, HEAD, *rows).accepted) == 2
    assert loaded(SERVICE_INCIDENTS, HEAD, *rows).repeated == [2, 3]
    made = Incident.objects.get(reference="INC2")
    assert (made.state, made.party, made.assignments.get().side) == (CLOSED, party(), "user")
    assert made.categorisations.get().decided_by == "As told by the DCC"


@pytest.mark.parametrize(
    ("row", "reason"),
    [("INC1,Words,2020-02-03 09:00,6,dcc,,,,", "There is no category 6"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,nobody,,,", "There is no party nobody"),
     ("INC1,Words,2020-02-03 09:00,3,user,,,,", "Name the Service User"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,,Unknown,,", "is not one of the aged incident categories"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,,,2020-02-02 09:00,", "This is before raised_at"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,,,,2020-02-04 09:00", "tell when it was resolved"),
     ("INC1,Words,2020-04-03 09:00,3,dcc,,,,", "still to come"),
     ("INC1,Words,2019-10-27 01:30,3,dcc,,,,", "shows 2019-10-27 01:30 twice")],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_its_reason(row: str, reason: str) -> None:
    found = previewed(SERVICE_INCIDENTS, HEAD, row)
    assert any(reason in one for one in found), found
    assert not Incident.objects.exists()


def test_a_reference_told_twice_or_with_other_content_is_refused() -> None:
    row = "INC1,Words,2020-02-03 09:00,3,dcc,,,,"
    assert any("is in row 2 too" in one for one in previewed(SERVICE_INCIDENTS, HEAD, row, row))
    loaded(SERVICE_INCIDENTS, HEAD, row)
    found = previewed(SERVICE_INCIDENTS, HEAD, row.replace("Words", "Other words"))
    assert any("another title" in one for one in found)


def test_a_later_file_moves_an_incident_on_by_its_steps_and_takes_nothing_back() -> None:
    loaded(SERVICE_INCIDENTS, HEAD, "INC1,Words,2020-02-03 09:00,3,dcc,,,,")
    later = "INC1,Words,2020-02-03 09:00,3,dcc,,,2020-02-04 10:00,2020-02-05 10:00"
    assert len(loaded(SERVICE_INCIDENTS, HEAD, later).accepted) == 1
    made = Incident.objects.get()
    assert (made.state, made.resolved_at) == (CLOSED, london("2020-02-04 10:00"))
    assert loaded(SERVICE_INCIDENTS, HEAD, later).repeated == [2]
    assert loaded(SERVICE_INCIDENTS, HEAD, "INC1,Words,2020-02-03 09:00,3,dcc,,,,").repeated == [2]
    found = previewed(SERVICE_INCIDENTS, HEAD, later.replace("02-04 10:00", "02-04 11:00"))
    assert any("another resolved_at" in one for one in found)


# Who reads, and pages


def test_the_operator_the_group_and_its_own_user_read_an_incident_and_nobody_else() -> None:
    own, other = party(), party("Beech Networks Limited")
    logged(side=Side.USER, party=own)
    readers = [dcc(), member(), analyst(), contact(own)]
    assert [Incident.objects.visible_to(one, LATER).count() for one in readers] == [1, 1, 1, 1]
    others = [None, contact(other), member("SSC")]
    assert [Incident.objects.visible_to(one, LATER).count() for one in others] == [0, 0, 0]


def test_an_incident_is_linked_once_to_another_record_and_not_to_itself() -> None:
    made, other = logged(), logged("INC2")
    told: Any = {"by": dcc(), "at": london("2020-02-05"), "recorded": LATER}
    link(made, other, "The same cause.", **told)
    for wrong, reason in ((other, "linked to this record already"), (made, "not linked to itself")):
        with pytest.raises(Refused, match=reason):
            link(made, wrong, "", **told)


def test_a_link_is_made_by_reference_and_shown_to_who_may_read_the_other(client: Client) -> None:
    made, _ = logged(), logged("INC2", side=Side.USER, party=party("Beech Networks Limited"))
    client.force_login(member(), backend=BACKEND)
    address = reverse("link an incident", args=[made.pk])
    assert "No record has this reference" in client.post(address, {"reference": "INC77"}).content.decode()
    assert client.post(address, {"reference": "inc2", "how": "Alike"}).status_code == 302
    assert "INC2 Words" in client.get(made.get_absolute_url()).content.decode()


# Who hears, and what is owed


def test_a_user_to_whom_an_incident_is_assigned_hears_of_it_and_finds_it_among_its_duties() -> None:
    own = party()
    made = logged()
    assert list(own_incidents(own.pk, contact(own), LATER)) == []
    told = {"side": "user", "party": own.pk, "assignee": "", "why": "Theirs."}
    event = take(INCIDENTS, "assign", made, "2020-02-04 09:00", **told)
    assert list(the_user(event, made, LATER)) == [contact(own)]
    duty = next(iter(own_incidents(own.pk, contact(own), LATER)))
    assert (duty.about, duty.due) == (made, london("2020-02-06 09:00"))
    assert list(own_incidents(own.pk, contact(party("Beech Networks Limited")), LATER)) == []
    take(INCIDENTS, "assign", made, "2020-02-05 09:00", side="dcc", assignee="Them", why="Not theirs.")
    assert list(the_user(event, made, LATER)) == []


def test_the_group_and_the_operator_hear_of_a_major_incidents_category_and_who_changed_it_does_not() -> None:
    made, grave = logged(category=4), logged("INC2", category=1)
    told = {"decided_by": "OPSG", "why": "Words."}
    group, operator, team = member(), dcc(), analyst()
    event = take(INCIDENTS, "recategorise", made, "2020-02-04", group, category="3", **told)
    assert list(who_watches_major_ones(event, made, LATER)) == []
    event = take(INCIDENTS, "recategorise", grave, "2020-02-04", group, category="2", **told)
    assert set(who_watches_major_ones(event, grave, LATER)) == {operator, team}
