"""What the patterns pull out of a clause is an obligation when a person has confirmed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import team
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Step
from secretariat.legaltext.reading.models import CONFIRMED, SET_ASIDE, Obligation

change_team = team(Team.CHANGE)


def _note() -> forms.Field:
    return forms.CharField(label="Why", max_length=500, required=False)


def _noted(obligation: Obligation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    obligation.note = facts["note"]


OBLIGATIONS = Procedure(
    "obligation",
    Obligation,
    Step("confirm", (NEW, SET_ASIDE), CONFIRMED, change_team, (), {"note": _note}, _noted, primary=True),
    Step("set_aside", (NEW, CONFIRMED), SET_ASIDE, change_team, (), {"note": _note}, _noted, "Not an obligation"),
)
