from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plain.dates import LONDON, instant, long_date, parse_day, plain_date, slash_date

DAYS = st.dates(date(1000, 1, 1))


def test_a_date_prints_in_three_forms() -> None:
    day = date(2020, 3, 6)
    assert (long_date(day), plain_date(day), slash_date(day)) == ("Fri 6 Mar 2020", "6 March 2020", "06/03/2020")
    assert slash_date(date(2020, 2, 17)) == "17/02/2020"


def test_an_instant_prints_on_the_london_clock() -> None:
    assert instant(datetime(2020, 3, 6, 17, tzinfo=UTC)) == "Fri 6 Mar 2020, 17:00"
    assert instant(datetime(2017, 7, 6, 16, tzinfo=UTC)) == "Thu 6 Jul 2017, 17:00"
    assert instant(datetime(2017, 7, 6, 23, 5, tzinfo=UTC)) == "Fri 7 Jul 2017, 00:05"
    assert instant(datetime(2017, 7, 6, 9, 5, tzinfo=LONDON)) == "Thu 6 Jul 2017, 09:05"


def test_a_datetime_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        instant(datetime(2020, 3, 6, 17))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["2020-02-17", "17/02/2020", "17/2/2020", "17 Feb 2020", " 17 february 2020 "])
def test_a_day_is_read_in_its_four_forms(text: str) -> None:
    assert parse_day(text) == date(2020, 2, 17)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "not a date"),
        ("tomorrow", "not a date"),
        ("17.02.2020", "not a date"),
        ("20200217", "not a date"),
        ("2020-2-17", "not a date"),
        ("17 02 2020", "not a date"),
        ("Fri 6 Mar 2020", "not a date"),
        ("17/02/20", "needs four digits"),
        ("17 Feb 20", "needs four digits"),
        ("17/02/20200", "needs four digits"),
        ("02/17/2020", "no month 17"),
        ("2020-13-01", "no month 13"),
        ("2020-00-01", "no month 0"),
        ("30 Feb 2020", "no 30 February 2020"),
        ("29/02/2021", "no 29 February 2021"),
        ("2020-04-31", "no 31 April 2020"),
        ("0 Feb 2020", "no 0 February 2020"),
        ("17 Febr 2020", "“Febr” is not the name of a month"),
        ("0000-01-01", "no year 0000"),
        ("١٧/٠٢/٢٠٢٠", "not a date"),
    ],
)
def test_anything_else_is_refused_with_what_is_wrong_and_what_to_type(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"{wrong}.*Type it as 2020-02-17, 17/02/2020 or 17 February 2020"):
        parse_day(text)


@given(DAYS)
def test_every_day_reads_back_as_printed(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_day(plain_date(day)) == parse_day(slash_date(day)) == day
    assert parse_day(long_date(day).split(" ", 1)[1]) == day


@given(st.text(alphabet="0123456789-/ FebJanuary", max_size=18))
def test_any_text_is_a_day_or_a_value_error(text: str) -> None:
    try:
        day = parse_day(text)
    except ValueError as wrong:
        assert "Type it as" in str(wrong)  # noqa: PT017
    else:
        assert str(day.year) in text
