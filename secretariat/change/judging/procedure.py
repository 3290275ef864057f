"""The check of a reference to another code, and the choice of a lead code with its appeal (XC-1, XC-3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.change.judging.cross_code import (
    AGREED,
    APPEALED,
    DECIDED,
    OPEN,
    OVERTURNED,
    RESOLVED,
    UPHELD,
    CrossCode,
    Steering,
)
from secretariat.change.who import authority, change_team
from secretariat.core.facts import a_line
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day


@rule("XC-3")
def other_code_prints_the_same(record: CrossCode, at: datetime) -> bool:
    """A reference agrees when the other code prints that number with that title."""
    return record.printed() is not None and not record.warning()


@rule("XC-3")
def there_is_a_difference(record: CrossCode, at: datetime) -> bool:
    """Only a difference from what the other code prints is settled."""
    return bool(record.warning())


@rule("XC-1")
def appeal_follows_the_choice(record: Steering, at: datetime) -> bool:
    """The Panel appeals after the Cross Code Steering Group has chosen."""
    return local_day(at) >= record.decided_on


def _settle(record: CrossCode, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    record.settled_because = facts["reason"]


def _reopen(record: CrossCode, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    record.settled_because = ""


def _appeal(record: Steering, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    record.appealed_on = local_day(at)


def _decide(record: Steering, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    record.appeal_decided_on = local_day(at)


CROSS_CODES = Procedure(
    "crosscode",
    CrossCode,
    Step("record", NEW, OPEN, change_team, says="Record it"),
    Step("agree", OPEN, AGREED, change_team, (other_code_prints_the_same,), says="Mark as agreed", primary=True),
    Step("settle", OPEN, RESOLVED, change_team, (there_is_a_difference,), {"reason": a_line(300, "Why")}, _settle,
         says="Let the difference stand"),
    Step("reopen", (AGREED, RESOLVED), OPEN, change_team, (), {"reason": a_line(300, "Why")}, _reopen,
         says="Check again"),
)  # fmt: skip

STEERINGS = Procedure(
    "steering",
    Steering,
    Step("record", NEW, DECIDED, change_team, says="Record it"),
    Step("appeal", DECIDED, APPEALED, change_team, (appeal_follows_the_choice,), {"reason": a_line(300, "Why")},
         _appeal,
         says="Record the Panel's appeal to the Authority"),
    Step("uphold", APPEALED, UPHELD, authority, (), {}, _decide, says="Uphold the choice"),
    Step("overturn", APPEALED, OVERTURNED, authority, (), {}, _decide, says="Overturn the choice"),
)  # fmt: skip
