"""Where fieldwork is placed: never beyond capacity, never on a day off, never before the lead time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.assurance.planning.windows import (
    Away,
    Capacity,
    Diary,
    Plan,
    Wish,
    days_to_give,
    earliest,
    late_fee,
    planned,
    proposals,
    tried,
    upset,
)
from secretariat.plain.workdays import default_calendar

DAYS = default_calendar()
MONDAY = date(2020, 3, 2)
FULL = Capacity(date(2019, 1, 1), None, 5)
ANNE = Diary(1, "Team 1", (FULL,))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_fieldwork_passes_over_weekends_and_bank_holidays() -> None:
    found = tried(ANNE, day("2020-04-08"), 4, DAYS).window
    assert found is not None
    assert found.days == (day("2020-04-08"), day("2020-04-09"), day("2020-04-14"), day("2020-04-15"))


@pytest.mark.parametrize(
    ("diary", "first", "reason"),
    [
        (ANNE, "2020-03-07", "Sat 7 Mar 2020 is not a Working Day."),
        (ANNE, "2020-04-10", "Fri 10 Apr 2020 is not a Working Day."),
        (Diary(1, "Team 1"), "2020-03-02", "Team 1 does no fieldwork on Mon 2 Mar 2020."),
        (replace(ANNE, away=(Away(day("2020-03-04"), day("2020-03-05"), "leave"),)), "2020-03-02",
         "Team 1 is away on Wed 4 Mar 2020: leave."),
        (ANNE.booked([day("2020-03-06")], "Alder"), "2020-03-02", "Team 1 is booked on Fri 6 Mar 2020: Alder."),
        (ANNE, "2500-01-04", "outside the calendar"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_with_its_reason(diary: Diary, first: str, reason: str) -> None:
    found = tried(diary, day(first), 5, DAYS)
    assert found.window is None
    assert reason in found.reasons[0]


def test_a_week_takes_no_more_days_than_the_assessor_gives_to_it() -> None:
    part = Diary(1, "Team 1", (Capacity(date(2019, 1, 1), None, 3),), taken={MONDAY: "Alder"})
    found = tried(part, day("2020-03-03"), 4, DAYS).window
    assert found is not None
    assert found.days == (day("2020-03-03"), day("2020-03-04"), day("2020-03-09"), day("2020-03-10"))
    full = part.booked(found.days, "Birch")
    assert tried(full, day("2020-03-06"), 1, DAYS).reasons == ("The week of Fri 6 Mar 2020 has no day of Team 1 left.",)


def test_the_first_windows_of_every_assessor_are_proposed_earliest_first() -> None:
    busy = ANNE.booked([MONDAY + timedelta(days=step) for step in range(5)], "Alder")
    found = proposals([busy, Diary(2, "Team 2", (FULL,))], Wish(9, "Birch", 3, MONDAY), DAYS)
    assert [(one.assessor, one.first.isoformat()) for one in found] == [
        (2, "2020-03-02"), (2, "2020-03-05"), (1, "2020-03-09"), (1, "2020-03-12"),
    ]  # fmt: skip


def test_fieldwork_begins_twelve_weeks_after_it_was_asked_for_on_a_working_day() -> None:
    assert earliest(day("2020-01-17"), 12, DAYS) == day("2020-04-14")
    assert earliest(day("2020-01-20"), 12, DAYS) == day("2020-04-14")
    assert earliest(day("2020-01-22"), 12, DAYS) == day("2020-04-15")


@pytest.mark.parametrize(("told", "percent"), [("2020-03-02", 0), ("2020-03-03", 25), ("2020-03-30", 25)])
def test_a_late_move_costs_a_share_of_the_fee(told: str, percent: int) -> None:
    fee = late_fee(day("2020-03-30"), day(told), 4, 25)
    assert (fee.percent, fee.last_free_day) == (percent, day("2020-03-02"))
    assert "4 weeks before Mon 30 Mar 2020 is Mon 2 Mar 2020" in fee.working


def test_seventy_three_parties_at_once_are_all_placed_those_due_first_before_the_others() -> None:
    teams = [Diary(number, f"Team {number}", (FULL,)) for number in range(1, 9)]
    wishes = [Wish(key, f"Party {key}", 3 + key % 8, MONDAY, MONDAY + timedelta(days=400 - key)) for key in range(73)]
    found = planned(wishes, teams, DAYS)
    assert len(found.placed) == 73
    assert not found.unplaced
    assert_is_held(found, wishes, teams)
    assert found.placed[72].first == MONDAY
    assert max(window.last for window in found.placed.values()) < MONDAY + timedelta(days=140)


def test_what_no_assessor_can_take_is_said() -> None:
    found = planned([Wish(1, "Alder", 3, MONDAY)], [], DAYS)
    assert not found.placed
    assert "No assessor" in found.unplaced[1]


def assert_is_held(found: Plan, wishes: list[Wish], teams: list[Diary]) -> None:
    """Every placed wish has its days, on days that can be, once for an assessor, within its week."""
    known, asked = {one.key: one for one in teams}, {one.key: one for one in wishes}
    used, weeks = Counter[tuple[int, date]](), Counter[tuple[int, tuple[int, int]]]()
    for key, window in found.placed.items():
        diary, wish = known[window.assessor], asked[key]
        assert len(window.days) == wish.days
        assert window.first >= wish.earliest
        for one in window.days:
            assert DAYS.is_working_day(one)
            assert diary.hinders(one) == ""
            used[diary.key, one] += 1
            weeks[diary.key, one.isocalendar()[:2]] += 1
            assert weeks[diary.key, one.isocalendar()[:2]] <= diary.days_a_week(one)
    assert not used or max(used.values()) == 1


some_days = st.dates(date(2020, 1, 1), date(2020, 12, 31))
spells = st.builds(lambda first, length, week: Capacity(first, first + timedelta(days=length), week), some_days,
                   st.integers(30, 700), st.integers(1, 5))  # fmt: skip
away = st.builds(lambda first, length: Away(first, first + timedelta(days=length), "leave"), some_days,
                 st.integers(0, 20))  # fmt: skip
teams = st.lists(st.tuples(spells, st.lists(away, max_size=3)), min_size=1, max_size=3).map(
    lambda rows: [Diary(n, f"Team {n}", (spell,), tuple(gone)) for n, (spell, gone) in enumerate(rows)]
)
wishes = st.lists(st.tuples(st.integers(3, 10), some_days, st.none() | some_days), max_size=8).map(
    lambda rows: [Wish(key, f"Party {key}", *row) for key, row in enumerate(rows)]
)


@settings(max_examples=15, deadline=None)
@given(teams=teams, wishes=wishes)
def test_no_plan_books_twice_on_a_day_off_or_before_its_time_and_it_is_always_the_same(
    teams: list[Diary], wishes: list[Wish]
) -> None:
    found = planned(wishes, teams, DAYS)
    assert found.placed.keys() | found.unplaced.keys() == {one.key for one in wishes}
    assert_is_held(found, wishes, teams)
    assert planned(list(reversed(wishes)), list(reversed(teams)), DAYS) == found


def test_the_days_that_an_assessor_has_are_those_of_its_weeks_without_absences() -> None:
    part = Diary(
        1, "Team 1", (Capacity(date(2019, 1, 1), None, 2),), (Away(day("2020-03-09"), day("2020-03-13"), "x"),)
    )
    found = days_to_give(part, MONDAY, day("2020-03-22"), DAYS)
    assert [one.isoformat() for one in found] == ["2020-03-02", "2020-03-03", "2020-03-16", "2020-03-17"]


def test_an_absence_that_comes_later_upsets_what_is_booked() -> None:
    gone = replace(ANNE.booked([MONDAY], "Alder"), away=(Away(MONDAY, MONDAY, "ill"),))
    assert upset(gone, [MONDAY, day("2020-03-03"), day("2020-05-08")], DAYS) == [
        "Team 1 is away on Mon 2 Mar 2020: ill.", "Fri 8 May 2020 is not a Working Day.",
    ]  # fmt: skip
    assert upset(ANNE.booked([MONDAY], "Alder"), [MONDAY], DAYS) == []
