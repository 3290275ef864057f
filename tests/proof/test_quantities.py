"""Numbers in prose and in cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.proof.words.quantities import cell_number, is_nought, number_of, printed, quantities


def told(text: str) -> list[str]:
    return [quantity.text for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("There were 26 calls and 2,104 emails.", ["26", "2104"]),
        ("Twenty-one parties, a hundred and five sites and twelve hubs", ["21", "105", "12"]),
        ("about 1328 enquiries", ["1328"]),
        ("12.5 days", ["12.5"]),
        ("a 24-month term", ["24"]),
        ("(one of ten)", ["1", "10"]),
        ("It costs £350,000 or £1.2m", ["350000", "1200000"]),
        ("There were 2012 enquiries in 2019.", ["2012"]),
        ("The Board met; Over 30 people came", ["30"]),
        ("the group 12 times", ["12"]),
        ("In March 12 modifications were approved", ["12"]),
        ("a loss of -3", ["-3"]),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, values: list[str]) -> None:
    assert [quantity.value for quantity in quantities(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "It met on 10 March 2020, 1st May and 19/02/2020.",
        "It met on 12 and 26 July 2017 and on 2020-02-19.",
        "In 2019 and in February 2020",
        "at 5pm, 10-4pm, 2 - 2.45pm, 17:00 or 9.30 am",
        "SECP_78_1303_30, SECP 58 1307 22, MP079, P379, BSCP40 and H1.4(b)",
        "v1.20, version 5.19, Release 2.0 and 5.8.1",
        "Section 3.2, Appendix 1, Table 2, Figures 3 and 4, clause 12",
        "Sections 5.1 and 7.3 to clarify that use cases 001 and 003 apply",
        "GPGs 13, 43, 45 and 46, as set out",
        "Panel Meeting 100 Documentation and the Change Board 62",
        "see https://example.org/2019/12 or call +44 (0)20 7090 1034",
        "a two-stage process, one-off, 4G and SMETS2",
        "10-12 and 2022–2025, RY 17/18, page 3 of 11",
        "1. Purpose",
        "one another; this one; each one",
    ],
)
def test_dates_times_references_versions_and_ranges_are_no_quantities(text: str) -> None:
    assert told(text) == []


def test_a_quantity_says_where_it_stands_its_unit_and_whether_it_is_about() -> None:
    text = "Approximately 47 calls, 12% of them, for £3."
    calls, share, money = quantities(text)
    assert (calls.about, share.about, money.about) == (True, False, False)
    assert (calls.unit, share.unit, money.unit) == ("", "%", "£")
    assert [text[each.start : each.end] for each in (calls, share, money)] == ["47", "12%", "£3"]


@pytest.mark.parametrize("words", ["over", "more than", "nearly", "at least", "up to", "c.", "just under", "around"])
def test_a_bound_is_about(words: str) -> None:
    assert quantities(f"There are {words} 230 users")[0].about


@given(st.integers(min_value=0, max_value=9_999_999).filter(lambda number: not 1900 <= number <= 2099))
def test_every_count_printed_with_separators_is_read_back(number: int) -> None:
    assert [quantity.value for quantity in quantities(f"There were {number:,} enquiries.")] == [number]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,571", "1571"), ("(12)", "-12"), ("-3", "-3"), ("−3", "-3"), ("12%", "12"), ("£1.2m", "1200000"),
        ("12 days", "12"), ("1 571", "1571"), ("12.50*", "12.50"), ("2,104 (12%)", "2104"), ("+3", "3"), (".5", "0.5"),
        ("£1,200", "1200"), ("12³", "12"),
    ],
)  # fmt: skip
def test_a_cells_number_is_read(text: str, value: str) -> None:
    assert cell_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["–", "", "N/A", "nil", "words", "12/03/2020", "1,57", "17:00", "O", "12 March", "v1.2", "12 1", "<5", "(12"],
)
def test_a_cell_without_a_plain_number_has_none(text: str) -> None:
    assert cell_number(text) is None


def test_the_last_place_printed_is_kept() -> None:
    assert [cell_number(text).as_tuple().exponent for text in ("£1.2m", "12.50", "12")] == [5, -2, 0]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "nought"), [("", True), (" – ", True), ("n/a", True), ("Nil", True), ("0", False), ("No", False)]
)
def test_blanks_and_dashes_are_nought(text: str, *, nought: bool) -> None:
    assert is_nought(text) is nought


@given(st.integers(min_value=-9_999_999, max_value=9_999_999))
def test_a_number_printed_in_a_cell_is_read_back(number: int) -> None:
    assert cell_number(printed(Decimal(number))) == number
    assert cell_number(f"{number}") == number


def test_a_number_is_printed_as_its_neighbour_is() -> None:
    assert printed(Decimal(1459), "1439") == "1459"
    assert printed(Decimal(1459), "1,439") == "1,459"


@pytest.mark.parametrize(
    ("words", "value"), [("ninety-nine", 99), ("two thousand and six", 2006), ("a million", 10**6)]
)
def test_words_are_numbers(words: str, value: int) -> None:
    assert number_of(words) == value


def test_other_words_are_none() -> None:
    assert number_of("dozen") is None
