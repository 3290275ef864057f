"""EUI-64 identifiers are read in the forms people write and printed in one; ranges neither overlap unseen nor leak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plain.eui64 import Range, UnreadableIdentifierError, block, parse, written

numbers = st.integers(0, 2**64 - 1)


@given(numbers)
def test_an_identifier_is_read_back_in_every_form(number: int) -> None:
    kept = f"{number:016X}"
    assert {parse(form) for form in (kept, kept.lower(), written(kept), written(kept).lower())} == {kept}


@pytest.mark.parametrize("text", ["", "90-B3-D5-1F-30-01-00", "90-B3-D5-1F-30-01-00-0G", "90:B3:D5:1F:30:01:00:00"])
def test_what_is_none_is_told_with_what_it_should_look_like(text: str) -> None:
    with pytest.raises(UnreadableIdentifierError, match="such as 90-B3"):
        parse(text)


@given(numbers, numbers, numbers, numbers)
def test_ranges_meet_exactly_when_one_holds_an_end_of_the_other(a: int, b: int, c: int, d: int) -> None:
    one, other = (Range(*sorted((f"{x:016X}", f"{y:016X}"))) for x, y in ((a, b), (c, d)))
    holds = any(end in of for of, it in ((one, other), (other, one)) for end in (it.first, it.last))
    assert one.meets(other) == other.meets(one) == holds


def test_a_range_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="upwards"):
        Range("F" * 16, "0" * 16)


@given(st.integers(0, 4095), st.integers(0, 4095))
def test_blocks_of_two_numbers_never_meet(one: int, other: int) -> None:
    assert block("90-B3-D5-1F-3", one, 3).meets(block("90-B3-D5-1F-3", other, 3)) == (one == other)


def test_a_block_is_all_that_begins_with_prefix_and_number() -> None:
    assert str(block("90-B3-D5-1F-3", 1, 3)) == "90-B3-D5-1F-30-01-00-00 to 90-B3-D5-1F-30-01-FF-FF"


def test_a_number_too_large_or_a_prefix_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        block("90-B3-D5-1F-3", 4096, 3)
    with pytest.raises(ValueError, match="leave no digit"):
        block("90-B3-D5-1F-30-01-00", 1, 2)
