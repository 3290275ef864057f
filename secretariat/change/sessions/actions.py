"""Planning a session with its list of proposals, and telling those invited how to join."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from secretariat.change.models import Proposal
from secretariat.change.sessions.models import Joining, Session
from secretariat.change.sessions.procedure import SESSIONS
from secretariat.core.people import Person
from secretariat.meetings.attending.joining import tell


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
    """Keeps where a session is held and how to call in, readable by those invited alone. Raises Refused."""
    joining = Joining.objects.filter(session=session).first() or Joining(session=session)
    tell(joining, people, place=place, call=call, by=by, at=at, recorded=recorded)
    return joining
