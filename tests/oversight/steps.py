"""Steps of what is governed, taken by the technical team unless told."""

from __future__ import annotations

from typing import Any

from secretariat.core.people import Person
from secretariat.core.procedure import Procedure
from secretariat.register.models import Party
from tests.oversight.incident_facts import LATER, analyst, london, party


def take(procedure: Procedure, name: str, made: Any, on: str, by: Person | None = None, **facts: Any) -> None:
    """One step at an instant, or at noon of a day; recorded then, or on 5 March 2020 if that is later."""
    at = london(on)
    procedure.take(name, made, by=by or analyst(), at=at, recorded=max(at, LATER), **facts)


def the_dcc() -> Party:
    """The DCC as a party."""
    made = party("Central Service Limited")
    Party.objects.filter(pk=made.pk).update(is_dcc=True)
    made.refresh_from_db()
    return made
