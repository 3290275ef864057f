"""The three-year cycle, and the guard of small numbers: on plain values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.assurance.planning.cycle import Done, kinds_of, next_assessment
from secretariat.assurance.planning.shared import period_end
from secretariat.assurance.planning.small_numbers import total_is_told, withheld

LARGE, SMALL = ("FUSA", "VUSA", "VUSA"), ("FUSA", "VUSA", "SSA")


def done(text: str) -> list[Done]:
    """ "FUSA 2018-03-30, VUSA 2019-04-02" """
    pairs = (part.split() for part in text.split(", ") if part)
    return [Done(kind, date.fromisoformat(day)) for kind, day in pairs]


@pytest.mark.parametrize(
    ("past", "kinds", "kind", "year", "due"),
    [
        ("", LARGE, "FUSA", 1, None),
        ("VUSA 2019-04-02", LARGE, "FUSA", 1, None),
        ("FUSA 2018-03-30", LARGE, "VUSA", 2, "2019-03-30"),
        ("FUSA 2018-03-30, VUSA 2019-04-02", LARGE, "VUSA", 3, "2020-04-02"),
        ("FUSA 2018-03-30, VUSA 2019-04-02", SMALL, "SSA", 3, "2020-04-02"),
        ("FUSA 2018-03-30, VUSA 2019-04-02, SSA 2020-02-29", SMALL, "FUSA", 1, "2021-02-28"),
        ("FUSA 2018-03-30, follow-up 2018-08-01", SMALL, "VUSA", 2, "2019-03-30"),
        ("SSA 2018-01-01, FUSA 2018-03-30", SMALL, "VUSA", 2, "2019-03-30"),
    ],
)
def test_the_next_assessment_is_the_next_year_of_the_cycle(
    past: str, kinds: tuple[str, ...], kind: str, year: int, due: str | None
) -> None:
    found = next_assessment(done(past), kinds, 12)
    assert (found.kind, found.year, found.due and found.due.isoformat()) == (kind, year, due)


def test_the_next_assessment_says_how_it_is_reckoned() -> None:
    found = next_assessment(done("FUSA 2018-03-30, VUSA 2019-04-02"), SMALL, 12)
    assert found.working == (
        "The last Full User Security Assessment was on Fri 30 Mar 2018: it begins the cycle.",
        "Since then: VUSA on Tue 2 Apr 2019.",
        "Year 3 of FUSA, VUSA, SSA is SSA.",
        "12 months after Tue 2 Apr 2019 is Thu 2 Apr 2020.",
    )


def test_a_cycle_is_read_as_the_rulebook_writes_it() -> None:
    assert kinds_of("FUSA, VUSA, SSA") == SMALL


@pytest.mark.parametrize(
    ("rows", "hidden", "total"),
    [
        ({"a": (9,), "b": (7,)}, set(), True),
        ({"a": (9,), "b": (2,), "c": (7,)}, {"b", "c"}, True),
        ({"a": (3,), "b": (2,), "c": (0,)}, {"a", "b"}, True),
        ({"a": (2,), "b": (0,), "c": (0,)}, {"a", "b", "c"}, False),
        ({"a": (9, 9), "b": (9, 1), "c": (6, 6)}, {"b", "c"}, True),
        ({"a": (9, 9), "b": (9, 1)}, {"a", "b"}, True),
        ({"a": (0,), "b": (0,)}, set(), True),
    ],
)
def test_a_small_number_is_withheld_with_others_that_hide_it(
    rows: dict[str, tuple[int, ...]], hidden: set[str], total: bool
) -> None:
    found = withheld(rows, 5)
    assert found == hidden
    assert total_is_told(rows, found, 5) is total


breakdowns = st.dictionaries(st.sampled_from("abcde"), st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1)


@given(breakdowns)
def test_no_small_number_can_be_found_by_subtraction(rows: dict[str, tuple[int, int]]) -> None:
    found = withheld(rows, 5)
    assert all(min(parts) >= 5 or not any(parts) for key, parts in rows.items() if key not in found)
    if found and total_is_told(rows, found, 5):
        assert len(found) > 1
        assert min(sum(rows[key][part] for key in found) for part in (0, 1)) >= 5


@pytest.mark.parametrize(
    ("day", "end"), [("2020-03-05", "2019-12-31"), ("2020-07-01", "2020-06-30"), ("2020-06-30", "2019-12-31"),
                     ("2020-01-01", "2019-12-31")]
)  # fmt: skip
def test_a_half_year_ends_in_june_and_december(day: str, end: str) -> None:
    assert period_end(date.fromisoformat(day), 6) == date.fromisoformat(end)
