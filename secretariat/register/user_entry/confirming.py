"""Confirmations that hold for a party, and so for every role that it is entering."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.register.entry import UserRole
from secretariat.register.parties import Party
from secretariat.register.user_entry.models import CONFIRMED, ENDED, OPEN, PER_ROLE, WITHDRAWN, Kind, Requirement
from secretariat.register.user_entry.procedure import REQUIREMENTS
from secretariat.register.user_entry.sources import on_record


def confirm(
    party: Party,
    kind: str,
    *,
    day: date | str,
    evidence: str,
    role: UserRole | None = None,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> list[Requirement]:
    """Confirms a requirement of a party for all the roles it is entering, or for one, and returns what was confirmed.

    Nothing is confirmed where nothing is open: then the list is empty. Raises Refused, and then nothing has changed:
    for others than the body that confirms it, for a day to come, or where a requirement of each role names no role.
    """
    if kind in PER_ROLE and role is None:
        raise Refused(f"{Kind(kind).label} is confirmed role by role: name the role.")
    with transaction.atomic():
        rows = _rows(party, kind, role, (OPEN, WITHDRAWN))
        for row in rows:
            REQUIREMENTS.take("confirm", row, by=by, at=at, recorded=recorded, day=day, evidence=evidence)
    return rows


def withdraw(
    party: Party,
    kind: str,
    *,
    day: date | str,
    reason: str,
    role: UserRole | None = None,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> list[Requirement]:
    """Withdraws a confirmation of a party for all its roles, or for one, and returns what was withdrawn.

    Raises Refused, and then nothing has changed.
    """
    with transaction.atomic():
        rows = _rows(party, kind, role, (CONFIRMED,))
        for row in rows:
            REQUIREMENTS.take("withdraw", row, by=by, at=at, recorded=recorded, day=day, reason=reason)
    return rows


def match(party: Party, *, by: Person | None, at: datetime, recorded: datetime) -> list[Requirement]:
    """Confirms what the register itself shows to be met, such as tests that the DCC notified; returns what it did.

    Raises Refused.
    """
    waiting = Requirement.objects.filter(entry__party=party, state__in=(OPEN, WITHDRAWN)).exclude(entry__state=ENDED)
    shown = [row for row in waiting.select_related("entry__party", "entry__role") if on_record(row) is not None]
    with transaction.atomic():
        for row in shown:
            REQUIREMENTS.take("match", row, by=by, at=at, recorded=recorded)
    return shown


def _rows(party: Party, kind: str, role: UserRole | None, states: tuple[str, ...]) -> list[Any]:
    rows: models.QuerySet[Any] = Requirement.objects.filter(entry__party=party, kind=kind, state__in=states)
    chosen = rows.filter(entry__role=role) if role else rows
    return list(chosen.exclude(entry__state=ENDED).select_related("entry__party", "entry__role"))
