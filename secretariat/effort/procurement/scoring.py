"""What bids score: the mean of the evaluators' points by criterion, weighed; plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from secretariat.plain.rounding import half_up

WHOLE = 100
"""What the weights of all criteria add up to, and the most points that a criterion can have."""


@dataclass(frozen=True)
class Given:
    """The points that one evaluator gave to one bid under one criterion."""

    bid: int
    criterion: int
    evaluator: int
    points: int


def totals(given: Iterable[Given], weights: Mapping[int, int]) -> dict[int, Fraction]:
    """Each bid's weighed mean out of 100; a criterion that nobody scored counts nought."""
    by_cell: dict[tuple[int, int], list[int]] = {}
    for one in given:
        by_cell.setdefault((one.bid, one.criterion), []).append(one.points)
    found: dict[int, Fraction] = {}
    for (bid, criterion), points in by_cell.items():
        share = Fraction(sum(points) * weights.get(criterion, 0), len(points) * WHOLE)
        found[bid] = found.get(bid, Fraction(0)) + share
    return found


def out_of_a_hundred(total: Fraction) -> str:
    """A total with two decimals, halves away from nought."""
    return f"{half_up((200 * total.numerator + total.denominator) // (2 * total.denominator), 2)}"


def best(found: Mapping[int, Fraction]) -> list[int]:
    """The bids with the highest total: several where they are equal, none where there are none."""
    top = max(found.values(), default=Fraction(0))
    return [bid for bid, total in found.items() if total == top]
