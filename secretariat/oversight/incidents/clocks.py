"""Clocks that stop: how long something ran, and when its time runs out, reckoned in universal time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from secretariat.plain.dates import instant


@dataclass(frozen=True)
class Pause:
    """A time in which a clock does not run; without an end it still lasts."""

    start: datetime
    end: datetime | None = None
    why: str = ""


def passed(since: datetime, until: datetime) -> timedelta:
    """The time that passed between two instants, whatever the clocks on the wall did; nought where none did."""
    return max(until.astimezone(UTC) - since.astimezone(UTC), timedelta())


def joined(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses in order, those that overlap or touch made into one."""
    found: list[Pause] = []
    for one in sorted(pauses, key=lambda pause: pause.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < one.start):
            found.append(one)
        elif last.end is not None and (one.end is None or one.end > last.end):
            found[-1] = Pause(last.start, one.end, last.why)
    return found


def ran(since: datetime, until: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
    """How long a clock ran between two instants, without the pauses."""
    stood = timedelta()
    for one in joined(pauses):
        end = until if one.end is None else min(one.end, until)
        stood += passed(max(one.start, since), end)
    return passed(since, until) - stood


def runs_out(since: datetime, allowed: timedelta, pauses: Iterable[Pause] = ()) -> datetime | None:
    """When a clock has run for so long; None where it stands still before and nobody knows until when."""
    left, begun = allowed, since
    for one in joined(pauses):
        if one.end is not None and one.end <= begun:
            continue
        ahead = passed(begun, one.start)
        if ahead >= left:
            break
        if one.end is None:
            return None
        left, begun = left - ahead, max(begun, one.end)
    return (begun.astimezone(UTC) + left).astimezone(since.tzinfo)


def hours(length: timedelta) -> str:
    """A length of time in words: "4 hours", "2 days 3 hours", "25 minutes"."""
    minutes = int(length.total_seconds() // 60)
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    told = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number]
    return " ".join(told[:2]) or "0 minutes"


def working(since: datetime, allowed: timedelta, pauses: Iterable[Pause] = ()) -> str:
    """How the end of a clock is reckoned, in words."""
    told = [f"{instant(one.start)} to {instant(one.end) if one.end else 'now'}" for one in joined(pauses)]
    without = f", not counting {'; '.join(told)}" if told else ""
    return f"{hours(allowed)} after {instant(since)}{without}."
