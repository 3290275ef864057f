"""Testing as values: the least that governance lasts, overlaps of programmes, slack, and what a slip moves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.oversight.testing.durations import (
    Days,
    Minimum,
    lasts,
    latest_start,
    minimums,
    out_of_order,
    shortest,
    too_short,
)
from secretariat.oversight.testing.overlaps import Need, Slot, goes_round, overlaps, slack, slipped
from secretariat.plain.workdays import default_calendar

CALENDAR = default_calendar()
MARCH = date(2020, 3, 2)
LEAST = (Minimum("review", 5, ""), Minimum("answer", 3, ""), Minimum("decision", 1, ""))


def days(first: str, last: str) -> Days:
    return Days(date.fromisoformat(f"2020-{first}"), date.fromisoformat(f"2020-{last}"))


def test_a_step_counts_its_first_and_its_last_working_day() -> None:
    assert lasts(days("03-02", "03-06"), CALENDAR) == 5
    assert lasts(days("02-29", "03-08"), CALENDAR) == 5
    assert lasts(days("04-09", "04-14"), CALENDAR) == 2, "Good Friday and Easter Monday are no Working Days"
    assert lasts(days("03-06", "03-02"), CALENDAR) == 0


def test_each_short_or_missing_step_is_told_with_what_it_has_and_needs() -> None:
    planned = {"review": days("03-02", "03-05"), "decision": days("03-12", "03-12")}
    assert too_short(planned, LEAST, CALENDAR) == [
        "“Review” has 4 Working Days; it lasts 5 Working Days at least.",
        "“Answer” is not planned; it lasts 3 Working Days at least.",
    ]


def test_a_step_begins_after_the_one_before_has_ended() -> None:
    planned = {"review": days("03-02", "03-06"), "answer": days("03-06", "03-10"), "decision": days("03-11", "03-11")}
    (told,) = out_of_order(planned, LEAST)
    assert told.startswith("“Answer” begins on Fri 6 Mar 2020, before “review” ends")


@given(st.dates(date(2018, 1, 1), date(2021, 6, 1)), st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_the_shortest_plan_is_taken_and_a_day_less_of_any_step_is_not(begins: date, lengths: list[int]) -> None:
    least = [Minimum(f"step {place}", length, "") for place, length in enumerate(lengths)]
    plan = shortest(begins, least, CALENDAR)
    assert too_short(plan, least, CALENDAR) == []
    assert out_of_order(plan, least) == []
    for one in least:
        has = plan[one.name]
        cut = Days(has.first, CALENDAR.add(has.last, -1))
        assert too_short({**plan, one.name: cut}, least, CALENDAR)


def test_governance_that_begins_on_the_latest_day_is_through_before_testing_and_a_day_later_is_not() -> None:
    testing = date(2020, 4, 15)
    begins = latest_start(testing, LEAST, CALENDAR)
    assert begins == date(2020, 3, 31)
    assert max(one.last for one in shortest(begins, LEAST, CALENDAR).values()) < testing
    assert max(one.last for one in shortest(CALENDAR.add(begins, 1), LEAST, CALENDAR).values()) >= testing


def test_the_rulebook_names_the_steps_and_says_how_sure_it_is() -> None:
    found = minimums(MARCH)
    assert [(one.name, one.days) for one in found] == [
        ("industry review", 10), ("comments answered", 5), ("review by the group", 5), ("decision", 1),
    ]  # fmt: skip
    assert all(one.doubt for one in found)


RELEASE, UPLIFT = 1, 2
SLOTS = {
    one.key: one
    for one in (
        Slot(11, RELEASE, "SIT A", date(2020, 3, 16), date(2020, 4, 24)),
        Slot(12, RELEASE, "UIT A", date(2020, 4, 27), date(2020, 6, 12)),
        Slot(21, UPLIFT, "SIT B", date(2020, 3, 2), date(2020, 4, 3)),
        Slot(22, UPLIFT, "UIT A", date(2020, 4, 6), date(2020, 5, 1)),
    )
}


def test_overlaps_are_of_different_programmes_and_say_whether_the_environment_is_shared() -> None:
    assert [(one.one, one.other, one.first, one.last, one.shares_environment) for one in overlaps(SLOTS.values())] == [
        (21, 11, date(2020, 3, 16), date(2020, 4, 3), False),
        (11, 22, date(2020, 4, 6), date(2020, 4, 24), False),
        (22, 12, date(2020, 4, 27), date(2020, 5, 1), True),
    ]


@pytest.mark.parametrize(("needed", "expected"), [(21, 13), (11, 0), (22, -5)])
def test_slack_is_the_working_days_between_and_below_nought_where_testing_begins_too_early(
    needed: int, expected: int
) -> None:
    assert slack(Need(12, needed), SLOTS, CALENDAR) == expected


def test_a_slip_uses_up_slack_first_and_then_moves_what_waits_for_it_with_its_own_length() -> None:
    needs = [Need(12, 11), Need(12, 21), Need(22, 21)]
    moved = slipped(SLOTS, needs, 21, 5, CALENDAR)
    assert moved[21] == (date(2020, 3, 2), date(2020, 4, 14))
    assert moved[22][0] == date(2020, 4, 15)
    assert 12 not in moved, "it has thirteen Working Days of slack"
    length = CALENDAR.count(SLOTS[22].first, SLOTS[22].last)
    assert CALENDAR.count(*moved[22]) == length
    late = slipped(SLOTS, needs, 11, 1, CALENDAR)
    assert late[12] == (date(2020, 4, 28), date(2020, 6, 15))


def test_dependencies_in_a_circle_are_found_and_end_a_slip_too() -> None:
    round_ = [Need(12, 11), Need(22, 12)]
    assert goes_round(round_, 11, 22)
    assert goes_round(round_, 11, 11)
    assert not goes_round(round_, 22, 11)
    assert slipped(SLOTS, [*round_, Need(12, 22)], 11, 10, CALENDAR)[12][0] > date(2020, 4, 27)
