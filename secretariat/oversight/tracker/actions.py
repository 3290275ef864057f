"""What is written about an entry besides its steps: whom it hurts, its plan and its dates, what was measured."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar, Unpack

from django.db import transaction
from django.db.models import Model

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.oversight.tracker.models import OPEN, BeforeAfter, Impact, PlanDate, PlanMove, TrackerEntry
from secretariat.oversight.tracker.procedure import TRACKER, next_number
from secretariat.plain.dates import local_day

Row = TypeVar("Row", bound=Model)


def report(entry: TrackerEntry, **told: Unpack[Told]) -> TrackerEntry:
    """Takes in a new entry under the next number. Raises Refused."""
    with transaction.atomic():
        entry.number = next_number()
        TRACKER.take("report", entry, **told)
    return entry


def hurts(entry: TrackerEntry, impact: Impact, **told: Unpack[Told]) -> Impact:
    """Says on whom an entry has an impact. Raises Refused for an entry that is over."""
    impact.entry = entry
    return _add(entry, impact, "impact", {"on_whom": impact.on_whom, "what": impact.what}, **told)


def plan(entry: TrackerEntry, part: PlanDate, **told: Unpack[Told]) -> PlanDate:
    """Adds a part to an entry's plan. Raises Refused, and ValidationError where the plan has the part already."""
    part.entry = entry
    return _add(entry, part, "plan_part", {"work": part.work, "due_on": part.due_on}, **told)


def measure(entry: TrackerEntry, found: BeforeAfter, **told: Unpack[Told]) -> BeforeAfter:
    """Keeps what was measured before and after. Raises Refused for an entry that is over or a day to come."""
    found.entry = entry
    if found.taken_on > local_day(told["at"]) or found.after_to > found.taken_on:
        raise Refused("A measurement is kept once it was taken, and it is taken after the days that it looks at.")
    facts = {"ratio": found.ratio, "asked": found.asked}
    return _add(entry, found, "measure", facts, **told)


def move(part: PlanDate, new: date | None, reason: str, **told: Unpack[Told]) -> PlanMove:
    """Moves a date of a plan and keeps from when, to when and why. Raises Refused where nothing moves."""
    _still_open(part.entry)
    if part.done_on is not None:
        raise Refused("This part is done: its date does not move any more.")
    if new == part.due_on:
        raise Refused("The date is this day already.")
    entry = part.entry
    moved = PlanMove(date=part, old=part.due_on, new=new, reason=reason, moved_on=local_day(told["at"]))
    moved.recorded, moved.classification, moved.audience = told["recorded"], entry.classification, entry.audience
    moved.invented, part.due_on = entry.invented, new
    with transaction.atomic():
        journal.save_checked(part, update_fields=["due_on"])
        journal.save_checked(moved)
        facts: dict[str, Any] = {"work": part.work, "old": moved.old, "new": new, "reason": reason}
        journal.record("trackerentry.move_date", entry, **told, **facts)
    return moved


def done(part: PlanDate, day: date, **told: Unpack[Told]) -> PlanDate:
    """Says on which day a part of a plan was done. Raises Refused for a day to come, or where it is said already."""
    _still_open(part.entry)
    if part.done_on is not None:
        raise Refused("It is said already on which day this part was done.")
    if day > local_day(told["at"]):
        raise Refused("A part is done once it is done, not before.")
    part.done_on = day
    with transaction.atomic():
        journal.save_checked(part, update_fields=["done_on"])
        journal.record("trackerentry.done", part.entry, **told, work=part.work, done_on=day)
    return part


def _add(entry: TrackerEntry, row: Row, verb: str, facts: dict[str, Any], **told: Unpack[Told]) -> Row:
    _still_open(entry)
    row.recorded = told["recorded"]  # type: ignore[attr-defined]
    with transaction.atomic():
        journal.save_checked(row)
        journal.record(f"trackerentry.{verb}", entry, **told, **facts)
    return row


def _still_open(entry: TrackerEntry) -> None:
    if entry.state not in OPEN:
        raise Refused(f"The entry is {entry.state}: take it up again first.")
