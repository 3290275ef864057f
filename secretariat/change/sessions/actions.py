"""Planning a session with its list of proposals, and telling those invited how to join."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from secretariat.change.models import Proposal
from secretariat.change.sessions.models import Joining, Session
from secretariat.change.sessions.procedure import SESSIONS
from secretariat.core import journal
from secretariat.core.classification import Recipient
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import Refused


def plan_session(
    session: Session, proposals: Iterable[Proposal], *, by: Person | None, at: datetime, recorded: datetime
) -> Session:
    """Plans a session and puts proposals on its list, all or nothing. Raises Refused."""
    with transaction.atomic():
        SESSIONS.take("plan", session, by=by, at=at, recorded=recorded)
        for proposal in proposals:
            SESSIONS.take("consider", session, by=by, at=at, recorded=recorded, proposal=proposal.pk)
    return session


def invite(
    session: Session,
    people: Iterable[Person],
    *,
    place: str,
    call: str,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> Joining:
    """Keeps where a session is held and how to call in, readable by those invited and by who invites, by name (INF-2).

    What is said again replaces what was said; the journal names neither place nor call. Raises Refused when nothing is
    told.
    """
    if not place and not call:
        raise Refused("Say where it is held, or how to call in.")
    invited = {person.pk: person for person in [*people, *([by] if by else [])]}
    with transaction.atomic():
        joining = Joining.objects.filter(session=session).first() or Joining(session=session)
        joining.place, joining.call = place, call
        joining.full_clean()
        joining.save()
        kind = kind_of(Joining)
        Recipient.objects.filter(kind=kind, record_id=joining.pk).exclude(person__in=invited).delete()
        for person in invited.values():
            Recipient.objects.get_or_create(kind=kind, record_id=joining.pk, person=person)
        journal.record("joining.invite", joining, by=by, at=at, recorded=recorded, invited=list(invited.values()))
    return joining
