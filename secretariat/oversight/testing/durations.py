"""How long each step of governance lasts at least, and where a plan is shorter: the group takes no shorter one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date
from secretariat.plain.workdays import Calendar

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Minimum:
    """One step of governance, in its place: its name, the Working Days it lasts at least, and how sure we are."""

    name: str
    days: int
    doubt: str


@dataclass(frozen=True)
class Days:
    """The first and the last day of a step."""

    first: date
    last: date


def minimums(day: date) -> tuple[Minimum, ...]:
    """The steps of governance in force on a day, in their order."""
    names = RULEBOOK.text("testing.governance_steps", day).split("|")
    entries = [RULEBOOK.entry(f"testing.governance_wd.{name.replace(' ', '_')}", day) for name in names]
    return tuple(Minimum(name, int(one.value), one.doubt) for name, one in zip(names, entries, strict=True))


def lasts(days: Days, calendar: Calendar) -> int:
    """How many Working Days a step has, its first and last day among them; none where it ends before it begins."""
    return max(0, calendar.count(days.first - DAY, days.last)) if days.last >= days.first else 0


def too_short(planned: Mapping[str, Days], least: Sequence[Minimum], calendar: Calendar) -> list[str]:
    """A sentence for each step that the plan lacks or that is shorter than its minimum (GOV-24)."""
    found = []
    for one in least:
        if one.name not in planned:
            found.append(f"“{one.name.capitalize()}” is not planned; it lasts {_days(one.days)} at least.")
        elif (has := lasts(planned[one.name], calendar)) < one.days:
            found.append(f"“{one.name.capitalize()}” has {_days(has)}; it lasts {_days(one.days)} at least.")
    return found


def out_of_order(planned: Mapping[str, Days], least: Sequence[Minimum]) -> list[str]:
    """A sentence for each step that begins before the step before it has ended."""
    here = [(one.name, planned[one.name]) for one in least if one.name in planned]
    return [
        f"“{name.capitalize()}” begins on {long_date(days.first)}, before “{before}” ends on {long_date(ended.last)}."
        for (before, ended), (name, days) in pairwise(here)
        if days.first <= ended.last
    ]


def shortest(begins: date, least: Iterable[Minimum], calendar: Calendar) -> dict[str, Days]:
    """The plan that is through soonest: every step at its minimum, one after the other, from a day on."""
    planned, day = {}, begins
    for one in least:
        first = day if calendar.is_working_day(day) else calendar.add(day, 1)
        last = calendar.add(first, one.days - 1)
        planned[one.name], day = Days(first, last), last + DAY
    return planned


def latest_start(through_by: date, least: Iterable[Minimum], calendar: Calendar) -> date:
    """The latest day on which governance begins so that it is through before a day, no step shorter than its least."""
    return calendar.add(through_by, -sum(one.days for one in least))


def _days(number: int) -> str:
    return f"{number} Working {'Day' if number == 1 else 'Days'}"
