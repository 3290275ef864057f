"""How maintenance of the central service is announced, moved, held and cancelled (Section H8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.core.facts import a_line, a_text, an_instant
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.maintenance.models import ANNOUNCED, CANCELLED, HELD, MaintenanceWindow, WindowKind
from secretariat.oversight.who import operator_or_team

Facts = Mapping[str, Any]


@rule("Section H8")
def planned_work_is_to_come(window: MaintenanceWindow, at: datetime) -> bool:
    """Planned maintenance is announced before it starts."""
    return window.kind != WindowKind.PLANNED or window.starts_at > at


@rule("Section H8")
def it_has_not_started(window: MaintenanceWindow, at: datetime) -> bool:
    """Maintenance that has started is neither moved nor cancelled."""
    return window.starts_at > at


@rule("Section H8")
def it_moves_to_what_is_to_come(window: MaintenanceWindow, at: datetime, facts: Facts) -> bool:
    """Maintenance is moved to another time that is to come, and ends after it starts."""
    told = facts["starts_at"], facts["ends_at"]
    return at < told[0] < told[1] and told != (window.starts_at, window.ends_at)


@rule("Section H8")
def it_was_held(window: MaintenanceWindow, at: datetime, facts: Facts) -> bool:
    """What was held has ended, after it started."""
    return bool(facts["started_at"] < facts["ended_at"] <= at)


def _announced(window: MaintenanceWindow, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    window.announced_at = at


def _moved(window: MaintenanceWindow, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    window.starts_at, window.ends_at, window.announced_at = facts["starts_at"], facts["ends_at"], at
    window.moved += 1


def _held(window: MaintenanceWindow, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    window.started_at, window.ended_at, window.outcome = facts["started_at"], facts["ended_at"], facts["outcome"]


def _cancelled(window: MaintenanceWindow, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    window.outcome = facts["reason"]


INSTANT = an_instant(help_text="As 2020-03-15 20:00.")


MAINTENANCE = Procedure(
    "maintenance",
    MaintenanceWindow,
    Step("announce", NEW, ANNOUNCED, operator_or_team, (planned_work_is_to_come,), change=_announced),
    Step("move", ANNOUNCED, None, operator_or_team, (it_has_not_started, it_moves_to_what_is_to_come),
         {"starts_at": INSTANT, "ends_at": INSTANT, "reason": a_line()}, _moved, "Move it to another time"),
    Step("hold", ANNOUNCED, HELD, operator_or_team, (it_was_held,),
         {"started_at": INSTANT, "ended_at": INSTANT, "outcome": a_text(required=False)}, _held,
         "Record that it was held",
         primary=True),
    Step("cancel", ANNOUNCED, CANCELLED, operator_or_team, (it_has_not_started,), {"reason": a_line()}, _cancelled),
)  # fmt: skip
