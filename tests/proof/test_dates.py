from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.plain.dates import MONTH_NAMES, WEEKDAY_NAMES
from secretariat.plain.months import Month
from secretariat.proof.words.dates import column_month, column_months, mentions, month_name

DAYS = st.dates(date(1950, 1, 1), date(2149, 12, 31))


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 <= day % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


FORMS: dict[str, Callable[[date], str]] = {
    "plain": lambda d: f"{d.day} {MONTH_NAMES[d.month - 1]} {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} {MONTH_NAMES[d.month - 1]} {d.year}",
    "weekday": lambda d: f"{WEEKDAY_NAMES[d.weekday()]}, {ordinal(d.day)} {MONTH_NAMES[d.month - 1]} {d.year}",
    "short": lambda d: f"{WEEKDAY_NAMES[d.weekday()][:3]} {d.day} {MONTH_NAMES[d.month - 1][:3]} {d.year}",
    "of": lambda d: f"the {ordinal(d.day)} of {MONTH_NAMES[d.month - 1]} {d.year}",
    "slashed": lambda d: f"{d:%d/%m/%Y}",
    "dotted": lambda d: f"{d:%d.%m.%Y}",
    "iso": lambda d: d.isoformat(),
    "capitals": lambda d: f"{d.day} {MONTH_NAMES[d.month - 1].upper()} {d.year}",
    "hyphened": lambda d: f"{d.day:02d}-{MONTH_NAMES[d.month - 1][:3]}-{d.year}",
    "month first": lambda d: f"{MONTH_NAMES[d.month - 1]} {d.day}, {d.year}",
    "damaged ordinal": lambda d: f'{d.day}" {MONTH_NAMES[d.month - 1]} {d.year}',
    "after": lambda d: f"{d.day} {MONTH_NAMES[d.month - 1]} {d.year} ({WEEKDAY_NAMES[d.weekday()]})",
}


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_a_printed_date_is_read_back(form: str, day: date) -> None:
    text = f"It was sent on {FORMS[form](day)}, as agreed."
    (told,) = mentions(text)
    assert told.date == day
    assert told.weekday in {None, day.weekday()}
    assert text[told.start : told.end] == told.text


@given(day=DAYS)
def test_a_weekday_is_read_as_printed(day: date) -> None:
    (told,) = mentions(FORMS["weekday"](day))
    assert told.weekday == day.weekday()


@given(st.text(max_size=300))
def test_any_text_gives_mentions_in_order_that_do_not_overlap(text: str) -> None:
    end = 0
    for told in mentions(text):
        assert end <= told.start < told.end <= len(text)
        assert told.text == text[told.start : told.end]
        assert told.is_real or told.date is None
        end = told.end


@settings(max_examples=300)
@given(st.text("0123456789/-. ,FebMarchyandthto'’()\n", max_size=200))
def test_text_that_looks_like_dates_never_raises(text: str) -> None:
    for told in mentions(text):
        assert told.near(date(2020, 2, 29)) is None or told.is_real
        assert told.month_told is None or told.month_told.month == told.month
    column_month(text)


@pytest.mark.parametrize(
    "unit", ["1 and ", "12th, ", "Monday ", "1/", "2020-", "May ", " ", "\n", "Feb ", "1-", "January 1 ", "3 March 20"]
)
def test_reading_takes_time_linear_in_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.perf_counter()
        mentions(text)
        return time.perf_counter() - began

    assert min(seconds(80_000) for _ in range(2)) < 12 * max(0.005, min(seconds(20_000) for _ in range(2)))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12th and 26th July 2017", [date(2017, 7, 12), date(2017, 7, 26)]),
        ("4, 7, 24 and 28 February 2020", [date(2020, 2, day) for day in (4, 7, 24, 28)]),
        ("13-15 March 2020", [date(2020, 3, 13), date(2020, 3, 15)]),
        ("Meeting 3 and 12 July 2017", [date(2017, 7, 12)]),
        ("of 120, 7 July 2017", [date(2017, 7, 7)]),
    ],
)
def test_days_that_share_a_month_are_each_read(text: str, days: list[date]) -> None:
    assert [told.date for told in mentions(text)] == days


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("during February 2020", 2020, 2, None),
        ("on 28 February", None, 2, 28),
        ("the end of March.", None, 3, None),
        ("in both May and June", None, 5, None),
        ("June '18", 2018, 6, None),
        ("06-Mar-20", 2020, 3, 6),
        ("Feb 19", None, 2, None),
        ("2nd of May", None, 5, 2),
    ],
)
def test_what_is_not_told_is_left_open(text: str, year: int | None, month: int, day: int | None) -> None:
    told = mentions(text)[0]
    assert (told.year, told.month, told.day) == (year, month, day)


@pytest.mark.parametrize(
    "text",
    [
        "SECP_78_1303_30",
        "Parties may respond. May we ask?",
        "SRV 4.3 and version 1.20",
        "in 2019/20 and 2022-2025",
        "2,104 of 3/4",
        "the marching band decided",
        "01/12",
        "Q3 2017",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize("text", ["31 June 2019", "29 February 2019", "30 February", "31/04/2020", "2019-02-29"])
def test_a_day_that_the_calendar_lacks_is_not_real(text: str) -> None:
    (told,) = mentions(text)
    assert not told.is_real
    assert told.date is None


@pytest.mark.parametrize("text", ["29 February 2020", "29 February", "30 June", "31/03/2020"])
def test_a_day_that_the_calendar_has_is_real(text: str) -> None:
    assert mentions(text)[0].is_real


def test_a_day_without_a_year_is_of_the_nearest() -> None:
    assert mentions("4 January")[0].near(date(2019, 12, 20)) == date(2020, 1, 4)
    assert mentions("20 December")[0].near(date(2020, 1, 4)) == date(2019, 12, 20)
    assert mentions("December")[0].month_near(date(2020, 1, 4)) == Month(2019, 12)


@given(st.integers(2000, 2069), st.integers(1, 12), st.sampled_from(["{m} {y2}", "{m}-{y2}", "{m}- {y2}", "{f} {y}"]))
def test_a_column_head_names_its_month(year: int, month: int, form: str) -> None:
    full = MONTH_NAMES[month - 1]
    head = form.format(m=full[:3], f=full, y=year, y2=f"{year % 100:02d}")
    assert column_month(head) == Month(year, month)


@pytest.mark.parametrize(
    ("head", "month"),
    [
        ("Sept- 19", Month(2019, 9)),
        ("April 19", Month(2019, 4)),
        ("May\n19", Month(2019, 5)),
        ("2018-02", Month(2018, 2)),
    ],
)
def test_a_column_head_is_read_as_printed(head: str, month: Month) -> None:
    assert column_month(head) == month


@pytest.mark.parametrize("head", ["Total", "Feb", "19", "", "Party Category", "Feb 2020 and Mar 2020 together here"])
def test_another_column_head_names_no_month(head: str) -> None:
    assert column_month(head) is None


def test_years_over_months_are_read_as_one() -> None:
    head = [["", "2017", "", "2018", ""], ["", "Nov", "Dec", "Jan", "Feb"]]
    assert column_months(head) == (None, Month(2017, 11), Month(2017, 12), Month(2018, 1), Month(2018, 2))


def test_a_month_is_named_without_its_year() -> None:
    assert (month_name("Sept"), month_name("June"), month_name("Total")) == (9, 6, None)
