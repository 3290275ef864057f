"""What the patterns pull out of a clause is an obligation when a person has confirmed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import team
from secretariat.core.facts import a_line
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Step
from secretariat.legaltext.reading.models import CONFIRMED, SET_ASIDE, Obligation

change_team = team(Team.CHANGE)


NOTE = a_line(500, "Why", required=False)


def _noted(obligation: Obligation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    obligation.note = facts["note"]


OBLIGATIONS = Procedure(
    "obligation",
    Obligation,
    Step("confirm", (NEW, SET_ASIDE), CONFIRMED, change_team, (), {"note": NOTE}, _noted, primary=True),
    Step("set_aside", (NEW, CONFIRMED), SET_ASIDE, change_team, (), {"note": NOTE}, _noted, "Not an obligation"),
)
