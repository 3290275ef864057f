"""Schemes and maintenance as values: what a level scores, what is lost by it, and what maintenance may take."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from secretariat.oversight.accountability.scoring import Method, Part, lost, pooled, score_of, scored
from secretariat.oversight.maintenance.allowance import (
    Allowance,
    Spell,
    announce_by,
    in_hours,
    keeps_the_hours,
    remarks,
    total,
)
from secretariat.oversight.registration_data.points import PRIMES, check, check_digit
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.plain.workdays import default_calendar

FLOOR, CEILING = Decimal(96), Decimal(99)
THIRD = Fraction(7, 30)
MARCH = Month(2020, 3)
TOLD = Allowance(from_hour=20, until_hour=8, hours_a_month=6, notice_wd=20)


@pytest.mark.parametrize(
    ("level", "expected"), [("95.99", 0), ("96", 0), ("97.5", Fraction(1, 2)), ("99", 1), ("100", 1)]
)
def test_a_level_scores_in_proportion_between_floor_and_ceiling(level: str, expected: Fraction) -> None:
    assert score_of(Fraction(level), FLOOR, CEILING, Method.LINEAR) == expected


def test_by_steps_a_level_scores_in_full_at_the_ceiling_or_not_at_all() -> None:
    assert score_of(Fraction("98.999999"), FLOOR, CEILING, Method.STEP) == 0
    assert score_of(Fraction(99), FLOOR, CEILING, Method.STEP) == 1


def test_what_is_not_reported_neither_scores_nor_fails_and_the_whole_lies_between() -> None:
    assert score_of(None, FLOOR, CEILING, Method.LINEAR) is None
    parts = [Part("Install and commission", THIRD, Fraction(1)), Part("Prepayment", THIRD, Fraction(1, 2)),
             Part("Availability", THIRD, None), Part("Engagement", Fraction(15, 100), Fraction(2, 3)),
             Part("Contracts", Fraction(15, 100), Fraction(1))]  # fmt: skip
    score = scored(parts)
    assert (score.low, score.high) == (Fraction(6, 10), Fraction(5, 6))
    assert not score.is_known
    assert scored(parts[:2]).is_known


@given(st.lists(st.tuples(st.integers(1, 20), st.fractions(0, 1)), min_size=1, max_size=6))
def test_a_better_level_never_loses_more(parts: list[tuple[int, Fraction]]) -> None:
    whole = sum(weight for weight, _ in parts)
    told = [Part(str(place), Fraction(weight, whole), score) for place, (weight, score) in enumerate(parts)]
    better = [Part(part.name, part.share, Fraction(1)) for part in told]
    assert scored(told).low <= scored(better).low == 1
    assert lost(Decimal(7_000_000), scored(told).low) >= lost(Decimal(7_000_000), Fraction(1)) == 0


def test_what_is_lost_is_told_to_the_penny() -> None:
    assert lost(Decimal(7_000_000), Fraction(2, 3)) == Decimal("2333333.33")
    assert lost(Decimal("0.01"), Fraction(1, 2)) == Decimal("0.01")


def test_events_are_pooled_and_levels_without_events_are_averaged() -> None:
    events = [(Fraction(90), 90, 100), (Fraction(99), 891, 900), (None, 0, 0)]
    assert pooled(events) == Fraction(981, 10)
    assert pooled([(Fraction(90), None, None), (Fraction(99), 891, 900)]) == Fraction(189, 2)
    assert pooled([(None, 0, 0)]) is None


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        ("03-14 20:00", "03-15 08:00", True),
        ("03-15 00:30", "03-15 06:00", True),
        ("03-14 19:59", "03-15 01:00", False),
        ("03-15 02:00", "03-15 08:01", False),
        ("03-14 21:00", "03-15 21:00", False),
    ],
)
def test_planned_maintenance_lies_in_one_night(start: str, end: str, *, kept: bool) -> None:
    assert keeps_the_hours(Spell(at(start), at(end)), TOLD) is kept


def test_hours_that_two_windows_share_count_once_and_only_those_of_the_month() -> None:
    spells = [Spell(at("03-14 22:00"), at("03-15 02:00")), Spell(at("03-15 01:00"), at("03-15 03:00"))]
    assert in_hours(total(spells, MARCH)) == "5"
    over_the_end = [Spell(at("03-31 23:00"), at("04-01 02:30"))]
    assert in_hours(total(over_the_end, MARCH)) == "1"
    assert in_hours(total(over_the_end, MARCH.plus(1))) == "2.5"


def test_the_hour_that_summer_takes_away_is_no_hour_of_maintenance() -> None:
    night = Spell(at("03-28 22:00"), at("03-29 04:00"))
    assert night.end - night.start == timedelta(hours=6), "by the clock on the wall"
    assert total([night], MARCH) == timedelta(hours=5)


def test_maintenance_says_each_thing_that_it_does_not_keep() -> None:
    calendar = default_calendar()
    late = Spell(at("03-14 19:00"), at("03-15 03:00"))
    assert announce_by(late, TOLD, calendar) == date(2020, 2, 17)
    found = remarks(late, date(2020, 2, 18), [Spell(at("03-20 22:00"), at("03-21 00:30"))], TOLD, calendar)
    assert [one.split(";")[0].split(" of ")[0] for one in found] == [
        "It is not wholly between 20:00 and 08:00", "It was announced on Tue 18 Feb 2020",
        "10.5 hours are planned in March 2020",
    ]  # fmt: skip
    assert remarks(Spell(at("03-14 22:00"), at("03-15 03:00")), date(2020, 2, 17), [], TOLD, calendar) == []


def test_the_last_digit_of_an_mpan_belongs_to_the_others() -> None:
    first = "200001234567"
    good = f"{first}{check_digit(first)}"
    check(good)
    check("123456")
    for wrong in (f"{first}{(check_digit(first) + 1) % 10}", "12345", "12345678901", "12345678901X3", ""):
        with pytest.raises(ValidationError):
            check(wrong)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_digit_mistyped_is_found_but_where_the_sums_are_nought_and_ten(first: str, place: int, more: int) -> None:
    other = f"{first[:place]}{(int(first[place]) + more) % 10}{first[place + 1 :]}"
    sums = {
        sum(weight * int(digit) for weight, digit in zip(PRIMES, text, strict=True)) % 11 for text in (first, other)
    }
    assert len(sums) == 2
    assert (check_digit(first) == check_digit(other)) is (sums == {0, 10})
