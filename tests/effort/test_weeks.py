"""Weeks of days worked: filled in at once, closed, put right with a trace, asked for when missing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core import journal
from secretariat.core.figures import Span
from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, preview
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused
from secretariat.core.schemes import Heading
from secretariat.effort.figures import days_by_driver
from secretariat.effort.models import DayEntry
from secretariat.effort.weeks.actions import begins_with, fill
from secretariat.effort.weeks.figures import days_by_team, weeks_missing
from secretariat.effort.weeks.models import WeekSheet
from secretariat.effort.weeks.procedure import (
    WEEKS,
    due_on,
    it_says_where_the_time_went,
    it_was_not_chased_lately,
    its_working_days_are_over,
    the_week_has_begun,
    unbooked,
)
from secretariat.papers.frozen import differences, frozen_figures, thawed, written
from secretariat.plain.months import Month
from secretariat.post.due import take_due
from secretariat.post.notices import NOTICES
from tests.effort.factories import entry, heading, keep, person, refused, two_schemes

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2020, 3, 2), date(2020, 3, 6)
ON_FRIDAY = datetime(2020, 3, 6, 15, tzinfo=UTC)


def told(by: Person | None, at: datetime = ON_FRIDAY) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


@pytest.fixture
def drivers() -> tuple[Heading, Heading]:
    _, new = two_schemes()
    return heading(new, "Change Management"), heading(new, "Meter Splitting")


@pytest.fixture
def worker() -> Person:
    return person(Role.SECRETARIAT, "change")


def booked(worker: Person) -> dict[tuple[str, date], int]:
    rows = DayEntry.objects.filter(worker=worker).values_list("driver__name", "day", "hundredths")
    return {(name, day): amount for name, day, amount in rows}


def test_a_week_is_filled_in_at_once_and_only_differences_are_written(worker: Person, drivers: Any) -> None:
    change, meters = drivers
    fill(worker, MONDAY, {(change.pk, MONDAY): 100, (meters.pk, FRIDAY): 25}, **told(worker))
    kept = DayEntry.objects.get(driver=change)
    sheet = fill(worker, MONDAY, {(change.pk, MONDAY): 75, (meters.pk, MONDAY): 75}, **told(worker))
    assert booked(worker) == {("Change Management", MONDAY): 75, ("Meter Splitting", MONDAY): 75}
    assert DayEntry.objects.get(driver=change) == kept
    assert Event.objects.get(name="dayentry.amend").facts == {"hundredths": {"old": 100, "new": 75}}
    assert Event.objects.filter(name="dayentry.take_out").count() == 1
    assert len(Event.objects.filter(name="weeksheet.fill").latest("id").facts["changes"]) == 3
    before = Event.objects.count()
    assert fill(worker, MONDAY, {(change.pk, MONDAY): 75, (meters.pk, MONDAY): 75}, **told(worker)) == sheet
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("day", "hundredths", "said"),
    [(MONDAY, 30, "steps of 0.25"), (MONDAY, 175, "at most 1.50"), (date(2020, 3, 7), 25, "still to come"),
     (date(2020, 2, 28), 25, "not of this week")],
)  # fmt: skip
def test_a_week_that_may_not_be_is_refused_whole(
    worker: Person, drivers: Any, day: date, hundredths: int, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        fill(worker, MONDAY, {(drivers[0].pk, MONDAY): 50, (drivers[1].pk, day): hundredths}, **told(worker))
    assert not DayEntry.objects.exists()
    assert not WeekSheet.objects.exists()


def test_anothers_week_is_filled_in_by_the_operations_team_alone(worker: Person, drivers: Any) -> None:
    with pytest.raises(Refused):
        fill(worker, MONDAY, {(drivers[0].pk, MONDAY): 50}, **told(person(Role.SECRETARIAT, "security")))
    fill(worker, MONDAY, {(drivers[0].pk, MONDAY): 50}, **told(person(Role.SECRETARIAT, "operations")))
    assert booked(worker) == {("Change Management", MONDAY): 50}


def test_a_new_week_begins_with_the_last_one_and_a_begun_one_with_itself(worker: Person, drivers: Any) -> None:
    change, _ = drivers
    DayEntry.objects.create(worker=worker, driver=change, day=date(2020, 2, 24), hundredths=125)
    assert begins_with(worker, MONDAY, FRIDAY) == ({(change.pk, MONDAY): 125}, True)
    fill(worker, MONDAY, {(change.pk, FRIDAY): 25}, **told(worker))
    assert begins_with(worker, MONDAY, FRIDAY) == ({(change.pk, FRIDAY): 25}, False)


def test_a_closed_week_takes_no_days_however_they_come(worker: Person, drivers: Any) -> None:
    change, _ = drivers
    sheet = fill(worker, MONDAY, {(change.pk, MONDAY): 100}, **told(worker))
    WEEKS.take("close", sheet, **told(worker), note="Leave from Tuesday on.")
    with pytest.raises(Refused, match="closed"):
        fill(worker, MONDAY, {(change.pk, MONDAY): 50}, **told(worker))
    kept = DayEntry.objects.get()
    for changed in ({"hundredths": 50}, {"day": date(2020, 2, 28)}):
        with pytest.raises(ValidationError, match="closed"):
            journal.amend(DayEntry.objects.get(pk=kept.pk), changed, **told(worker))
    row = f"worker,day,driver,days\n{worker.email},2020-03-03,Change Management,1\n"
    [refusal] = preview(LOADS["timesheets"], "t.csv", row.encode(), Loading(None, ON_FRIDAY, ON_FRIDAY)).refused
    assert "closed" in str(refusal)
    WEEKS.take("reopen", sheet, **told(worker), reason="A day was forgotten.")
    fill(worker, MONDAY, {(change.pk, MONDAY): 50}, **told(worker))
    assert booked(worker) == {("Change Management", MONDAY): 50}


def test_a_week_is_closed_from_friday_on_and_an_empty_one_with_a_word(worker: Person, drivers: Any) -> None:
    sheet = fill(worker, MONDAY, {}, **told(worker))
    with refused(its_working_days_are_over):
        WEEKS.take("close", sheet, **told(worker, datetime(2020, 3, 5, 12, tzinfo=UTC)), note="Leave")
    with refused(it_says_where_the_time_went):
        WEEKS.take("close", sheet, **told(worker))
    WEEKS.take("close", sheet, **told(worker), note="Leave")
    assert (sheet.state, sheet.closed_on, sheet.note) == ("closed", FRIDAY, "Leave")


def test_a_week_with_an_empty_working_day_is_closed_with_a_word_and_a_bank_holiday_is_none(
    worker: Person, drivers: Any
) -> None:
    change, _ = drivers
    good_friday, after = date(2020, 4, 10), datetime(2020, 4, 10, 15, tzinfo=UTC)
    monday = date(2020, 4, 6)
    three = {(change.pk, monday + timedelta(days=place)): 100 for place in range(3)}
    sheet = fill(worker, monday, three, **told(worker, after))
    assert unbooked(sheet) == [date(2020, 4, 9)]
    with refused(it_says_where_the_time_went):
        WEEKS.take("close", sheet, **told(worker, after))
    four = {**three, (change.pk, date(2020, 4, 9)): 25}
    fill(worker, monday, four, **told(worker, after))
    WEEKS.take("close", sheet, **told(worker, after))
    assert (sheet.state, sheet.closed_on) == ("closed", good_friday)


def test_last_week_s_days_are_not_carried_to_a_bank_holiday_or_a_saturday(worker: Person, drivers: Any) -> None:
    change, _ = drivers
    for day in (date(2020, 4, 2), date(2020, 4, 3), date(2020, 4, 4)):
        DayEntry.objects.create(worker=worker, driver=change, day=day, hundredths=100)
    assert begins_with(worker, date(2020, 4, 6), date(2020, 4, 12)) == ({(change.pk, date(2020, 4, 9)): 100}, True)


def test_a_correction_after_the_month_was_issued_leaves_the_figure_as_issued_and_shows(
    worker: Person, drivers: Any
) -> None:
    change, _ = drivers
    keep(date(2020, 2, 1))
    monday = date(2020, 2, 10)
    typed = {(change.pk, monday + timedelta(days=place)): 100 for place in range(5)}
    sheet = fill(worker, monday, typed, **told(worker))
    WEEKS.take("close", sheet, **told(worker))
    span = Span.of(Month(2020, 2))
    paper: Any = SimpleNamespace(
        paper=SimpleNamespace(key="p", reference="r"), month=Month(2020, 2),
        results={("days_by_driver", str(span)): days_by_driver.grid(span)},
    )  # fmt: skip
    issued = json.loads(written(frozen_figures(paper)))
    assert differences(issued) == []

    WEEKS.take("reopen", sheet, **told(worker), reason="Friday was half a day.")
    fill(worker, monday, {**typed, (change.pk, date(2020, 2, 14)): 50}, **told(worker))
    as_issued: Any = thawed(issued["figures"][0])
    assert as_issued.headline.value == 5
    assert days_by_driver.grid(span).headline.value == Decimal("4.5")
    found = {one.row: (Decimal(one.issued), Decimal(one.today)) for one in differences(issued)}
    assert found["services-change-management"] == (5, Decimal("4.5"))
    assert Event.objects.get(name="week_sheet.reopen").facts["reason"] == "Friday was half a day."
    assert Event.objects.get(name="dayentry.amend").facts == {"hundredths": {"old": 100, "new": 50}}


def test_a_week_begins_on_a_monday_that_has_come(worker: Person) -> None:
    with refused(the_week_has_begun):
        WEEKS.take("begin", WeekSheet(worker=worker, monday=date(2020, 3, 9)), **told(worker))
    with pytest.raises(Refused, match="begins on a Monday"):
        WEEKS.take("begin", WeekSheet(worker=worker, monday=date(2020, 3, 3)), **told(worker))


def test_missing_weeks_are_begun_and_asked_for_once_in_some_days(worker: Person) -> None:
    fill(worker, date(2020, 2, 17), {}, **told(worker))
    assert due_on(WeekSheet.objects.get()) == date(2020, 2, 25)
    never_kept = person(Role.SECRETARIAT, "security")
    at = datetime(2020, 3, 4, 8, tzinfo=UTC)
    done = take_due(at, at)
    assert done.refused == []
    assert list(WeekSheet.objects.order_by("monday").values_list("worker", "monday", "chased_on")) == [
        (worker.pk, date(2020, 2, 17), date(2020, 3, 4)), (worker.pk, date(2020, 2, 24), None),
    ]  # fmt: skip
    again = datetime(2020, 3, 5, 8, tzinfo=UTC)
    take_due(again, again)
    chased = list(WeekSheet.objects.order_by("monday").values_list("chased_on", flat=True))
    assert chased == [date(2020, 3, 4), date(2020, 3, 5)]
    assert not WeekSheet.objects.filter(worker=never_kept).exists()
    with refused(it_was_not_chased_lately):
        WEEKS.take("chase", WeekSheet.objects.get(monday=date(2020, 2, 24)), **told(None, again))


def test_the_worker_is_told_which_week_is_missing(worker: Person) -> None:
    sheet = fill(worker, date(2020, 2, 17), {}, **told(worker))
    event = WEEKS.take("chase", sheet, **told(None))
    [notice] = NOTICES["week_sheet.chase"]
    assert list(notice.to(event, sheet, ON_FRIDAY)) == [worker]
    subject, body = notice.written(event, sheet, worker, ON_FRIDAY)
    assert "Mon 17 Feb 2020" in subject
    assert sheet.get_absolute_url() in body


def test_a_week_in_time_is_not_asked_for_nor_one_of_somebody_who_left(worker: Person) -> None:
    sheet = fill(worker, MONDAY, {}, **told(worker))
    with pytest.raises(Refused, match="asked for when its day has passed"):
        WEEKS.take("chase", sheet, **told(None))
    Capacity.objects.filter(person=worker).update(to_day=date(2020, 3, 10))
    at = datetime(2020, 3, 23, 8, tzinfo=UTC)
    take_due(at, at)
    assert WeekSheet.objects.filter(worker=worker).count() == 1


def test_days_are_counted_by_the_worker_s_team(worker: Person, drivers: Any) -> None:
    change, meters = drivers
    DayEntry.objects.create(worker=worker, driver=change, day=MONDAY, hundredths=75)
    entry(meters, MONDAY, 25)
    grid = days_by_team.grid(Span.of(Month(2020, 3)))
    assert grid.cell("change").value == grid.cell("change", f"driver-{change.pk}").value
    assert [str(grid.cell(row).value) for row in ("change", "outside", "security", "total")] == [
        "0.75", "0.25", "0.00", "1.00",
    ]  # fmt: skip


def test_weeks_that_are_not_closed_are_listed(worker: Person) -> None:
    sheet = fill(worker, date(2020, 2, 17), {}, **told(worker))
    fill(worker, MONDAY, {}, **told(worker))
    assert [row.record for row in weeks_missing.listing(Span.of(Month(2020, 2))).rows] == [sheet]


def test_the_page_begins_with_last_week_saves_and_closes(
    client: Client, worker: Person, drivers: Any, settings: Any
) -> None:
    settings.CLOCK = ON_FRIDAY.isoformat()
    change, _ = drivers
    DayEntry.objects.create(worker=worker, driver=change, day=date(2020, 2, 24), hundredths=125)
    client.force_login(worker)
    page = client.get("/my-week/?week=2020-03-02").content.decode()
    assert 'value="1.25"' in page
    assert "Nothing is booked until you save" in page
    name = f"d{change.pk}_2020-03-02"
    answer = client.post("/my-week/?week=2020-03-02", {name: "0.3"})
    assert answer.status_code == 422
    assert 'value="0.3"' in answer.content.decode()
    assert client.post("/my-week/?week=2020-03-02", {name: "0.5", "save": "yes"}).status_code == 302
    assert booked(worker)[("Change Management", MONDAY)] == 50
    answer = client.post("/my-week/?week=2020-03-02", {name: "0.75", "note": "Leave" * 41, "close": "yes"})
    assert answer.status_code == 422
    assert f'value="{"Leave" * 41}"' in answer.content.decode()
    assert booked(worker)[("Change Management", MONDAY)] == 50
    assert client.get(f"/my-week/?worker={person(Role.SECRETARIAT, 'helpdesk').pk}").status_code == 403
    assert client.get("/my-week/?week=soon").status_code == 404


def test_who_is_not_of_the_secretariat_has_no_week(client: Client) -> None:
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get("/my-week/").status_code == 403
