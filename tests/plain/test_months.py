from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plain.months import Month

FEBRUARY = Month(2020, 2)
MONTHS = st.dates(date(1950, 1, 1), date(2100, 12, 31)).map(Month.of)


@pytest.mark.parametrize("text", ["2020-02", "Feb 2020", "February 2020", " february  2020 "])
def test_a_month_is_read_in_its_three_forms(text: str) -> None:
    assert Month.parse(text) == FEBRUARY


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "not a month"),
        ("2020", "not a month"),
        ("2020-2", "not a month"),
        ("02/2020", "not a month"),
        ("Feb 20", "not a month"),
        ("2020-13", "no month 13"),
        ("2020-00", "no month 0"),
        ("Febuary 2020", "“Febuary” is not the name of a month"),
        ("0020-02", "year 20 is outside"),
    ],
)
def test_another_form_is_refused_with_what_to_type(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"{wrong}.*Type it as 2020-02"):
        Month.parse(text)


def test_a_month_prints_in_prose_in_heads_and_in_addresses() -> None:
    assert (FEBRUARY.label, FEBRUARY.short, FEBRUARY.iso, str(FEBRUARY)) == (
        "February 2020",
        "Feb 20",
        "2020-02",
        "2020-02",
    )
    assert Month(2009, 9).short == "Sep 09"


def test_a_month_knows_its_days() -> None:
    assert (FEBRUARY.first, FEBRUARY.last) == (date(2020, 2, 1), date(2020, 2, 29))
    assert FEBRUARY.days()[0] == FEBRUARY.first
    assert FEBRUARY.days()[-1] == FEBRUARY.last
    assert len(FEBRUARY.days()) == 29


def test_thirteen_months_back_begin_in_the_same_month_of_the_year_before() -> None:
    months = FEBRUARY.back(13)
    assert (months[0], months[-1], len(months)) == (Month(2019, 2), FEBRUARY, 13)
    with pytest.raises(ValueError, match="At least one month"):
        FEBRUARY.back(0)


def test_a_range_includes_both_ends_and_never_runs_backwards() -> None:
    assert Month.range(Month(2019, 12), FEBRUARY) == (Month(2019, 12), Month(2020, 1), FEBRUARY)
    assert Month.range(FEBRUARY, FEBRUARY) == (FEBRUARY,)
    with pytest.raises(ValueError, match="January 2020 is before February 2020"):
        Month.range(FEBRUARY, Month(2020, 1))


def test_bounds_are_london_midnights_in_winter_and_in_summer() -> None:
    assert [bound.astimezone(UTC) for bound in Month(2020, 3).bounds()] == [
        datetime(2020, 3, 1, tzinfo=UTC),
        datetime(2020, 3, 31, 23, tzinfo=UTC),
    ]


@pytest.mark.parametrize(("year", "month"), [(2020, 0), (2020, 13), (20, 2), (3000, 1)])
def test_a_month_that_does_not_exist_cannot_be_made(year: int, month: int) -> None:
    with pytest.raises(ValueError, match=r"no month|The year"):
        Month(year, month)


@given(MONTHS, st.integers(-500, 500))
def test_plus_moves_by_calendar_months_and_back(month: Month, n: int) -> None:
    assert month.plus(n).plus(-n) == month
    assert (month.plus(n) > month) == (n > 0)
    assert month.plus(1).first == month.last + timedelta(days=1)


@given(MONTHS)
def test_every_month_reads_back_as_printed(month: Month) -> None:
    assert Month.parse(month.iso) == Month.parse(month.label) == month


@given(MONTHS)
def test_months_meet_without_gap_or_overlap(month: Month) -> None:
    assert month.bounds()[1] == month.plus(1).bounds()[0]
    assert {Month.of(day) for day in month.days()} == {month}


@given(MONTHS, MONTHS)
def test_months_order_as_their_days_do(one: Month, other: Month) -> None:
    assert (one < other) == (one.first < other.first)
    assert len({one, other}) == (1 if one.first == other.first else 2)
