"""The three-year cycle: which assessment a User has next, when and why (rule SEC-3). Plain values, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from secretariat.plain.dates import long_date
from secretariat.register.procedure import months_after

FULL, YEARLY = "FUSA", ("FUSA", "VUSA", "SSA")
"""What begins a cycle, and what counts as the assessment of a year; a follow-up is none."""


@dataclass(frozen=True)
class Done:
    """An assessment that was done: its kind, and the day on which its fieldwork ended or its self-assessment came."""

    kind: str
    day: date


@dataclass(frozen=True)
class Next:
    """The next assessment: its kind, its year in the cycle, the day by which it is due if one is known, and why."""

    kind: str
    year: int
    due: date | None
    working: tuple[str, ...]


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of a cycle as the rulebook writes them: "FUSA, VUSA, SSA"."""
    return tuple(part.strip() for part in text.split(","))


def next_assessment(done: Iterable[Done], kinds: tuple[str, ...], months: int) -> Next:
    """What comes next after what was done, in a cycle of yearly kinds.

    The cycle begins with the last Full User Security Assessment; each yearly assessment since is a year of it. The next
    one is due so many months after the last.
    """
    yearly = sorted((one for one in done if one.kind in YEARLY), key=lambda one: one.day)
    full = next((one for one in reversed(yearly) if one.kind == FULL), None)
    if full is None:
        return Next(FULL, 1, None, ("No Full User Security Assessment is recorded, so the initial one comes first.",))
    since = [one for one in yearly if one.day > full.day]
    year = (1 + len(since)) % len(kinds) + 1
    last = since[-1] if since else full
    due = months_after(last.day, months)
    return Next(kinds[year - 1], year, due, tuple(_working(full, since, kinds, year, last, due, months)))


def _working(
    full: Done, since: list[Done], kinds: tuple[str, ...], year: int, last: Done, due: date, months: int
) -> Iterable[str]:
    yield f"The last Full User Security Assessment was on {long_date(full.day)}: it begins the cycle."
    if since:
        told = ", ".join(f"{one.kind} on {long_date(one.day)}" for one in since)
        yield f"Since then: {told}."
    yield f"Year {year} of {', '.join(kinds)} is {kinds[year - 1]}."
    yield f"{months} months after {long_date(last.day)} is {long_date(due)}."
