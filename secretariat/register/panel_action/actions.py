"""Writes of more than one step: expelling a party as the Panel resolved, and an entry of a case's Red file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Recipient
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.register import actions
from secretariat.register.panel_action.models import CaseNote, PanelAction, Power
from secretariat.register.panel_action.procedure import PANEL_ACTIONS, needs_approval


def expel_as_resolved(
    action: PanelAction, *, day: date, reason: str, by: Person | None, at: datetime, recorded: datetime
) -> None:
    """Expels the party and marks the resolution as carried out, all or nothing (rule DEF-6).

    Raises Refused, among others when a licence obliges the party to be one and the Authority has not approved.
    """
    if action.power != Power.EXPEL or action.state not in ("resolved", "approved"):
        raise Refused("The Panel has not resolved, in this action, to expel the party.")
    if needs_approval(action, day) and action.approved_on is None:
        raise Refused(
            "A licence obliges this party to be one: record the Authority's approval first. (DEF-6, Section M8.4)"
        )
    with transaction.atomic():
        actions.expel(action.case.party, day=day, reason=reason, by=by, at=at, recorded=recorded)
        action.refresh_from_db()
        PANEL_ACTIONS.take("carry_out", action, by=by, at=at, recorded=recorded, day=day)


def write_note(
    note: CaseNote, readers: Iterable[Person], *, by: Person | None, at: datetime, recorded: datetime
) -> CaseNote:
    """Enters a note in a case's file, for its writer and the readers named, and returns it.

    Raises Refused for a day to come or for a reader who is not active.
    """
    named = {person.pk: person for person in (*readers, *([by] if by else []))}
    gone = [str(person) for person in named.values() if not person.is_active]
    if gone:
        raise Refused(f"{gone[0]} can no longer sign in; name other readers.")
    if note.written_on > local_day(at):
        raise Refused("A note has the day on which it is written, or one before.")
    with transaction.atomic():
        journal.enter(note, by=by, at=at, recorded=recorded, readers=sorted(named))
        Recipient.objects.bulk_create(
            Recipient(kind=kind_of(CaseNote), record_id=note.pk, person_id=pk) for pk in named
        )
    return note
