"""Where programmes are tested at the same time in one place, which testing begins too early, and what a slip moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from secretariat.plain.workdays import Calendar


@dataclass(frozen=True)
class Slot:
    """One phase of testing: its key, its programme, where it is done, and its first and last day."""

    key: int
    programme: int
    environment: str
    first: date
    last: date


@dataclass(frozen=True)
class Overlap:
    """Two phases of different programmes that share days; in one environment they share that too."""

    one: int
    other: int
    first: date
    last: date
    shares_environment: bool


@dataclass(frozen=True)
class Need:
    """A phase that cannot begin before another has ended."""

    phase: int
    needed: int


def overlaps(slots: Iterable[Slot]) -> list[Overlap]:
    """Every pair of phases of different programmes that are done on the same days, in the order of those days."""
    found = []
    for one, other in combinations(sorted(slots, key=lambda slot: (slot.first, slot.key)), 2):
        first, last = max(one.first, other.first), min(one.last, other.last)
        if one.programme != other.programme and first <= last:
            found.append(Overlap(one.key, other.key, first, last, one.environment == other.environment))
    return sorted(found, key=lambda overlap: (overlap.first, overlap.one, overlap.other))


def slack(need: Need, slots: Mapping[int, Slot], calendar: Calendar) -> int:
    """The Working Days between the end of what is needed and the beginning; below nought where it begins too early."""
    return calendar.count(slots[need.needed].last, slots[need.phase].first) - 1


def slipped(
    slots: Mapping[int, Slot], needs: Sequence[Need], key: int, days: int, calendar: Calendar
) -> dict[int, tuple[date, date]]:
    """The new first and last day of every phase that moves when one ends so many Working Days later.

    What needs it begins no earlier than the Working Day after its end and keeps its own length; slack is used first.
    Dependencies that go round in a circle are followed no more often than there are phases.
    """
    moved = {key: (slots[key].first, calendar.add(slots[key].last, days))}
    for _ in slots:
        before = dict(moved)
        for need in needs:
            if need.needed in moved and need.phase != key:
                first, last = moved.get(need.phase, (slots[need.phase].first, slots[need.phase].last))
                earliest = calendar.add(moved[need.needed][1], 1)
                if first < earliest:
                    moved[need.phase] = earliest, calendar.add(earliest, max(0, calendar.count(first, last)))
        if moved == before:
            break
    return moved


def goes_round(needs: Iterable[Need], phase: int, needed: int) -> bool:
    """Whether a phase that is to need another is itself needed by that one, over however many steps."""
    known = list(needs)
    reached, waiting = set[int](), [needed]
    while waiting:
        here = waiting.pop()
        if here == phase:
            return True
        if here not in reached:
            reached.add(here)
            waiting += [need.needed for need in known if need.phase == here]
    return False
