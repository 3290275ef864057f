"""Who gets the places of an event, and in which order: plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, order=True)
class Asked:
    """One who asked for a place: when, and the number that tells apart who asked at the same instant."""

    at: datetime
    number: int


def free(capacity: int | None, taken: int) -> int | None:
    """How many places are free; None where there is no limit. Never below nought."""
    return None if capacity is None else max(0, capacity - taken)


def next_in_line(capacity: int | None, taken: int, waiting: Iterable[Asked]) -> list[Asked]:
    """Those of the waiting who get a place now: by the order in which they asked, as many as places are free."""
    line = sorted(waiting)
    left = free(capacity, taken)
    return line if left is None else line[:left]


def is_full(capacity: int | None, taken: int) -> bool:
    """Whether no place is free."""
    return free(capacity, taken) == 0


def place_in_line(line: Sequence[Asked], one: Asked) -> int:
    """At which place of the waiting list one stands, the first being 1. Raises ValueError for who is not in it."""
    return sorted(line).index(one) + 1
