from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plain.rounding import half_up, printed_parts


@pytest.mark.parametrize(
    ("hundredths", "places", "printed"),
    [
        (250, 0, "3"),
        (249, 0, "2"),
        (350, 0, "4"),
        (-250, 0, "-3"),
        (-49, 0, "0"),
        (-4, 1, "0.0"),
        (1235, 1, "12.4"),
        (1235, 2, "12.35"),
        (1235, 3, "12.350"),
        (0, 0, "0"),
    ],
)
def test_halves_round_away_from_nought(hundredths: int, places: int, printed: str) -> None:
    assert str(half_up(hundredths, places)) == printed


def test_rounding_refuses_floats_and_negative_places() -> None:
    with pytest.raises(TypeError, match="whole number"):
        half_up(2.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Decimal"):
        printed_parts([0.5], Decimal(1))  # type: ignore[list-item]
    with pytest.raises(ValueError, match="negative"):
        half_up(1, -1)


def test_printed_parts_that_miss_the_total_carry_a_note() -> None:
    parts = [Decimal("313.50"), Decimal("313.50")]
    rounded = printed_parts(parts, Decimal("627.00"), 0, unit="days")
    assert (rounded.parts, rounded.total, rounded.difference) == (
        (Decimal(314), Decimal(314)),
        Decimal(627),
        Decimal(1),
    )
    assert rounded.note == (
        "Printed days sum to 628; the total of 627 is taken from the stored values before rounding."
    )


def test_printed_parts_may_fall_short_of_the_total() -> None:
    rounded = printed_parts([Decimal("0.4")] * 3, Decimal("1.2"), 0)
    assert rounded.difference == Decimal(-1)
    assert rounded.note.startswith("Printed figures sum to 0; the total of 1 is taken")


def test_parts_that_sum_to_the_total_carry_no_note() -> None:
    rounded = printed_parts([Decimal("1.25"), Decimal("2.75")], Decimal("4.00"), 2)
    assert (rounded.difference, rounded.note) == (Decimal(0), "")
    assert printed_parts([], Decimal(0)).note == ""


def test_a_total_that_rounding_does_not_explain_is_said_to_be_so() -> None:
    rounded = printed_parts([Decimal(300), Decimal(328)], Decimal(627), 0, unit="days")
    assert (
        rounded.note
        == "Printed days sum to 628; the total of 627 is not their sum before rounding either, which is 628."
    )


@given(st.lists(st.integers(-(10**6), 10**6), max_size=20), st.integers(0, 3))
def test_a_note_stands_exactly_when_the_printed_parts_miss_the_total(hundredths: list[int], places: int) -> None:
    stored = [Decimal(value) / 100 for value in hundredths]
    rounded = printed_parts(stored, sum(stored, Decimal(0)), places)
    assert rounded.parts == tuple(half_up(value, places) for value in hundredths)
    assert rounded.difference == sum(rounded.parts) - rounded.total
    assert bool(rounded.note) == (sum(rounded.parts) != rounded.total)
    assert places < 2 or not rounded.note
    half_a_place = Decimal(1).scaleb(-places) / 2
    assert all(abs(printed - value) <= half_a_place for printed, value in zip(rounded.parts, stored, strict=True))
