"""Steps that time alone causes: rooms say what is due, the tick takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from secretariat.core.procedure import Procedure, Refused


@dataclass(frozen=True)
class Due:
    """One step that is due on one record. `at` is the instant at which it fell due; none: that of the tick."""

    procedure: Procedure
    step: str
    record: Any
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


Find = Callable[[datetime], Iterable[Due]]
DUE: list[Find] = []
"""Every room's function that says what is due at an instant."""


def register(find: Find) -> Find:
    """Makes a room's function known; rooms call it in their `procedure.py`, also as a decorator."""
    if find not in DUE:
        DUE.append(find)
    return find


def due_steps(at: datetime) -> Iterator[Due]:
    """Every step that is due at an instant, room by room."""
    for find in DUE:
        yield from find(at)


@dataclass(frozen=True)
class TakenByTime:
    """What one round of due steps did."""

    taken: int
    refused: list[str]


def take_due(at: datetime, recorded: datetime) -> TakenByTime:
    """Takes every due step as nobody's; a step that its rules refuse is reported and stops no other."""
    taken, refused = 0, []
    for due in list(due_steps(at)):
        try:
            due.procedure.take(due.step, due.record, by=None, at=due.at or at, recorded=recorded, **due.facts)
        except Refused as refusal:
            refused.append(f"{due.procedure.name}.{due.step} of {due.record}: {refusal}")
        else:
            taken += 1
    return TakenByTime(taken, refused)
