"""What the records of testing say together: plans against their minimums, overlaps, slack, and what a slip moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from secretariat.core.calendar import calendar
from secretariat.oversight.testing import overlaps
from secretariat.oversight.testing.durations import Days, latest_start, minimums, out_of_order, too_short
from secretariat.oversight.testing.models import (
    AGREED,
    CANCELLED,
    ConcurrentTesting,
    Dependency,
    GovernancePlan,
    TestPhase,
)
from secretariat.oversight.testing.overlaps import Need, Slot
from secretariat.plain.dates import long_date


def planned(plan: GovernancePlan) -> dict[str, Days]:
    """The days of each planned step by its name."""
    return {one.name: Days(one.begins_on, one.ends_on) for one in plan.steps.all()}


def shortfalls(plan: GovernancePlan, day: date) -> list[str]:
    """Why the group does not take a plan as it stands; nothing where it does (GOV-24)."""
    least, steps = minimums(day), planned(plan)
    return [*too_short(steps, least, calendar()), *out_of_order(steps, least), *_too_late(plan, steps)]


def _too_late(plan: GovernancePlan, steps: dict[str, Days]) -> list[str]:
    phase = plan.phase
    if phase is None or not steps:
        return []
    through = max(days.last for days in steps.values())
    if through < phase.begins_on:
        return []
    when, begins = long_date(through), long_date(phase.begins_on)
    return [f"Governance is through on {when}, and the testing begins on {begins}: it begins after governance."]


def begin_by(phase: TestPhase, day: date) -> date:
    """The latest day on which governance can begin for a phase to begin when it is planned."""
    return latest_start(phase.begins_on, minimums(day), calendar())


def slots(phases: Iterable[TestPhase]) -> dict[int, Slot]:
    """Phases as the comparison of programmes takes them, by their key; cancelled ones are left out."""
    return {
        one.pk: Slot(one.pk, one.programme_id, one.environment, one.begins_on, one.ends_on)
        for one in phases
        if one.state != CANCELLED
    }


@dataclass(frozen=True)
class Clash:
    """Two phases of different programmes on the same days, and what the group said of it."""

    one: TestPhase
    other: TestPhase
    days: Days
    shares_environment: bool
    said: ConcurrentTesting | None

    @property
    def is_agreed(self) -> bool:
        """Whether the group agreed to test both at once."""
        return self.said is not None and self.said.state == AGREED


def clashes(phases: Iterable[TestPhase], said: Iterable[ConcurrentTesting]) -> list[Clash]:
    """Every overlap of two programmes' testing, with the newest proposal about the two that the reader knows of."""
    known = {one.pk: one for one in phases}
    told = {frozenset((one.one_id, one.other_id)): one for one in sorted(said, key=lambda one: one.pk)}
    return [
        Clash(known[found.one], known[found.other], Days(found.first, found.last), found.shares_environment,
              told.get(frozenset((known[found.one].programme_id, known[found.other].programme_id))))
        for found in overlaps.overlaps(slots(known.values()).values())
    ]  # fmt: skip


def between(one: int, other: int) -> list[Dependency]:
    """The dependencies of two programmes on each other's phases."""
    rows: Any = Dependency.objects.select_related("phase", "needed")
    asked = Q(phase__programme=one, needed__programme=other) | Q(phase__programme=other, needed__programme=one)
    return list(rows.filter(asked))


def needs(rows: Iterable[Dependency], known: dict[int, Slot]) -> list[Need]:
    """Dependencies as the comparison of phases takes them, without those on cancelled phases."""
    return [Need(one.phase_id, one.needed_id) for one in rows if one.phase_id in known and one.needed_id in known]
