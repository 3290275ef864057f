"""Fieldwork as far along as a test needs: asked for, and placed."""

from __future__ import annotations

from datetime import date
from typing import Any

from secretariat.assurance.models import Assessment
from secretariat.assurance.planning.actions import place
from secretariat.assurance.planning.models import (
    Assessor,
    AssessorCapacity,
    Booking,
)
from secretariat.assurance.planning.procedure import BOOKINGS
from secretariat.core.people import Person
from tests.assurance.factories import LATER, london, requested, security_person

FIRST = date(2020, 3, 30)
"""Twelve weeks after Monday 6 January 2020."""


def told(on: str) -> dict[str, Any]:
    return {"by": security_person(), "at": london(on), "recorded": LATER}


def assessor(name: str = "Team 1", days_a_week: int = 5, body: str = "CIO") -> Assessor:
    made, new = Assessor.objects.get_or_create(name=name, defaults={"body": body})
    if new:
        since: Any = {"from_day": date(2019, 1, 1), "recorded": LATER}
        AssessorCapacity.objects.create(assessor=made, days_a_week=days_a_week, **since)
    return made


def asked(on: str = "2020-01-06", days: int = 5, case: Assessment | None = None, by: Person | None = None) -> Booking:
    made = Booking(assessment=case or requested(on), days=days, asked_on=date.fromisoformat(on))
    BOOKINGS.take("ask", made, **{**told(on), "by": by or security_person()})
    return made


def booked(of: str = "Alder Energy Limited", first: date = FIRST, team: str = "Team 1") -> Booking:
    made = asked(case=requested("2020-01-06", of=of))
    place(made, assessor(team), first, **told("2020-01-07"))
    return made
