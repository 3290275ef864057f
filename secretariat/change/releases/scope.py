"""What a release can take and what in it does not go together: capacity, dependencies, clashes. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from secretariat.plain.dates import long_date
from secretariat.plain.workdays import Calendar


@dataclass(frozen=True)
class Scoped:
    """One modification in the scope of one release: all that the warnings need of it."""

    what: str
    proposal_id: int
    release: str
    go_live_on: date
    points: int | None = None
    documents_only: bool = False


@dataclass(frozen=True)
class Load:
    """How much of its capacity a release uses, and how many of its modifications have no points yet."""

    used: int
    capacity: int | None
    unit: str
    unknown: int = 0

    @property
    def is_over(self) -> bool:
        """Whether more is in the scope than the release can take."""
        return self.capacity is not None and self.used > self.capacity

    def __str__(self) -> str:
        words = {"modifications": "modification", "points": "effort point"}[self.unit]
        if self.capacity is None:
            said = f"{self.used} {words}{'' if self.used == 1 else 's'}; no capacity is told"
        else:
            said = f"{self.used} of {self.capacity} {words}s"
        if self.is_over:
            said += f": {self.used - (self.capacity or 0)} over its capacity"
        if self.unknown:
            said += f"; {self.unknown} without points"
        return said


def load_of(items: Iterable[Scoped], capacity: int | None, unit: str) -> Load:
    """What the scope of one release uses, in modifications (each proposal once) or in effort points."""
    rows = list(items)
    if unit == "points":
        return Load(sum(row.points or 0 for row in rows), capacity, unit, sum(row.points is None for row in rows))
    return Load(len({row.proposal_id for row in rows}), capacity, unit)


@dataclass(frozen=True)
class Warned:
    """One thing that does not go together, and the releases that it concerns."""

    what: str
    releases: tuple[str, ...]


def unmet(items: Iterable[Scoped], depends: Mapping[int, Iterable[tuple[int, str]]], done: set[int]) -> list[Warned]:
    """Modifications that depend on one that neither the same, an earlier nor a past release implements.

    `depends` names, by proposal, those that it depends on (id and label); `done` are those implemented already.
    """
    rows = list(items)
    last: dict[int, Scoped] = {}
    for row in rows:
        if row.proposal_id not in last or row.go_live_on > last[row.proposal_id].go_live_on:
            last[row.proposal_id] = row
    found = []
    for row in rows:
        for needed, label in depends.get(row.proposal_id, ()):
            where = last.get(needed)
            if needed in done or (where is not None and where.go_live_on <= row.go_live_on):
                continue
            later = f"which comes later, with the {where.release}" if where else "which is in no release"
            found.append(Warned(f"{row.what} depends on {label}, {later}.", (row.release,)))
    return found


def touching(items: Iterable[Scoped], documents: Mapping[int, Iterable[str]]) -> list[Warned]:
    """Pairs of modifications in one release that touch the same document: their legal texts must be put together."""
    by_release: dict[str, list[Scoped]] = {}
    for row in items:
        by_release.setdefault(row.release, []).append(row)
    found = []
    for release, rows in by_release.items():
        for one, other in combinations(rows, 2):
            both = sorted(set(documents.get(one.proposal_id, ())) & set(documents.get(other.proposal_id, ())))
            if both and one.proposal_id != other.proposal_id:
                found.append(Warned(f"{one.what} and {other.what} both change {', '.join(both)}.", (release,)))
    return found


def misplaced(items: Iterable[Scoped], changing_systems: set[int]) -> list[Warned]:
    """Modifications that change DCC Systems in a release that changes documents only."""
    return [
        Warned(f"{row.what} changes DCC Systems; the {row.release} changes documents only.", (row.release,))
        for row in items
        if row.documents_only and row.proposal_id in changing_systems
    ]


def too_close(days: Iterable[tuple[str, date]], least: int) -> list[Warned]:
    """Releases that follow one another within fewer days than `least`."""
    in_order = sorted(days, key=lambda one: (one[1], one[0]))
    found = []
    for (one, day), (other, later) in pairwise(in_order):
        apart = (later - day).days
        if apart < least:
            words = "on the same day" if not apart else f"{apart} day{'' if apart == 1 else 's'} apart"
            found.append(Warned(f"The {one} and the {other} are {words}.", (one, other)))
    return found


def day_note(day: date, calendar: Calendar) -> str:
    """What is to be said of a go-live day that is no Working Day; it is allowed. Nothing of a Working Day."""
    if calendar.is_working_day(day):
        return ""
    return f"{long_date(day)} is not a Working Day; a release may go live on it."
