"""How an incident stands at an instant: its category, whose it is, its clocks, and whether it has grown old (H9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.oversight.incidents.clocks import Pause, passed, ran, runs_out, working
from secretariat.oversight.incidents.models import UNSOLVED, Incident, Side
from secretariat.plain.dates import LONDON, local_day


@dataclass(frozen=True)
class Target:
    """One thing that is to be done about an incident within its time: how it stands, and by which entry."""

    what: str
    due: datetime | None
    done: datetime | None
    working: str
    rule: Entry

    def missed(self, at: datetime) -> bool:
        """Whether it was done too late, or is not done and its time is over."""
        return self.due is not None and (self.done or at) > self.due

    def standing(self, at: datetime) -> str:
        """How it stands, in words."""
        if self.due is None:
            return "stopped"
        if self.done is None:
            return "late" if self.missed(at) else "running"
        return "done late" if self.missed(at) else "done in time"


def end_of(day: date) -> datetime:
    """The last instant of a day in London."""
    return datetime.combine(day, time.max, tzinfo=LONDON)


def _last(rows: Iterable[Any], at: datetime) -> Any | None:
    """The dated row in force at an instant."""
    begun = [one for one in rows if one.from_at <= at]
    return max(begun, key=lambda one: (one.from_at, one.pk or 0)) if begun else None


def category_at(incident: Incident, at: datetime) -> int:
    """The category that an incident had at an instant; the first one before it was ever set."""
    rows = list(incident.categorisations.all())
    found = _last(rows, at) or (min(rows, key=lambda one: one.from_at) if rows else incident)
    return int(found.category)


def side_at(incident: Incident, at: datetime) -> str:
    """Who had to act on an incident at an instant."""
    rows = list(incident.assignments.all())
    found = _last(rows, at) or (min(rows, key=lambda one: one.from_at) if rows else incident)
    return str(found.side)


def stops(incident: Incident) -> list[Pause]:
    """The times in which the incident's clock was stopped."""
    return [Pause(one.from_at, one.to_at, one.why) for one in incident.stops.all()]


def with_users(incident: Incident) -> list[Pause]:
    """The times in which a Service User had to act, which the DCC's own measures do not count."""
    rows = sorted(incident.assignments.all(), key=lambda one: (one.from_at, one.pk or 0))
    ends: Sequence[Any] = [*(one.from_at for one in rows[1:]), None]
    why = "A Service User had to act."
    return [Pause(one.from_at, end, why) for one, end in zip(rows, ends, strict=True) if one.side == Side.USER]


def allowed(category: int, at: datetime, what: str = "resolution_hours") -> tuple[timedelta, Entry]:
    """The time in which a category is resolved or (`response_minutes`) responded to, and the entry that says so."""
    rule = RULEBOOK.entry(f"service_incident.{what}.{category}", at)
    number = RULEBOOK.number(rule.key, at)
    return (timedelta(hours=number) if what.endswith("hours") else timedelta(minutes=number)), rule


def targets(incident: Incident, at: datetime) -> list[Target]:
    """The response and the resolution of an incident, by the category that it has, or had when it was resolved."""
    since = incident.raised_at
    return [
        _target("Respond", incident.responded_at, incident, "response_minutes", [], at),
        _target("Resolve", incident.resolved_at, incident, "resolution_hours", stops(incident), at),
    ] if since <= at else []  # fmt: skip


def _target(
    what: str, done: datetime | None, incident: Incident, key: str, pauses: list[Pause], at: datetime
) -> Target:
    length, rule = allowed(category_at(incident, done or at), incident.raised_at, key)
    due = runs_out(incident.raised_at, length, pauses)
    return Target(what, due, done, working(incident.raised_at, length, pauses), rule)


def in_the_dccs_time(incident: Incident) -> bool | None:
    """Whether a resolved incident was resolved within its target, by the time that the DCC had to act; None unresolved.

    Times in which the clock was stopped or a Service User had to act are not counted.
    """
    done = incident.resolved_at
    if done is None:
        return None
    length, _ = allowed(category_at(incident, done), incident.raised_at)
    return ran(incident.raised_at, done, [*stops(incident), *with_users(incident)]) <= length


def open_at(incident: Incident, at: datetime) -> bool:
    """Whether an incident was open at an instant; one that was reopened was not while it was taken for resolved."""
    if incident.raised_at > at or (incident.resolved_at is not None and incident.resolved_at <= at):
        return False
    taken = (one for one in incident.stops.all() if one.resolved)
    return not any(one.from_at <= at and (one.to_at is None or at < one.to_at) for one in taken)


def age(incident: Incident, day: date) -> int:
    """The days since an incident was raised."""
    return (day - local_day(incident.raised_at)).days


def is_aged(incident: Incident, day: date) -> bool:
    """Whether an incident had grown old at the end of a day: open, and its target of resolution over.

    Whether the times in which its clock stood still are left out is in the rulebook.
    """
    at = end_of(day)
    if not open_at(incident, at):
        return False
    length, _ = allowed(category_at(incident, at), incident.raised_at)
    if RULEBOOK.switch("service_incident.aged.stops_count", at):
        return passed(incident.raised_at, at) > length
    return ran(incident.raised_at, at, stops(incident)) > length


def bands(at: datetime | date) -> list[tuple[int, int | None, str]]:
    """The bands of age in days, as the rulebook has them: first, last (None: no end), and label."""
    ends = [int(one) for one in RULEBOOK.text("service_incident.aged.bands", at).split("|")]
    firsts = [0, *(end + 1 for end in ends)]
    lasts: list[int | None] = [*ends, None]
    return [
        (first, last, f"{first} to {last} days" if last is not None else f"Over {first - 1} days")
        for first, last in zip(firsts, lasts, strict=True)
    ]


def band_of(days: int, at: datetime | date) -> str:
    """The label of the band in which an age lies."""
    return next(label for first, last, label in bands(at) if days >= first and (last is None or days <= last))


def is_major(incident: Incident, at: datetime) -> bool:
    """Whether an incident is, or ever was, of the category that makes it a major one."""
    limit = RULEBOOK.number("service_incident.major_category", at)
    return incident.category <= limit or any(one.category <= limit for one in incident.categorisations.all())


def is_unsolved(incident: Incident) -> bool:
    """Whether nobody has resolved it yet."""
    return incident.state in UNSOLVED
