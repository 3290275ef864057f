"""Who acts in a case: the security team, the body that sets the status, the assessor, the party."""

from __future__ import annotations

from datetime import datetime

from secretariat.assurance.cases.statuses import setter
from secretariat.assurance.models import Assessment, Frame
from secretariat.core.capacities import committee_member, speaks_for, team, the_clock
from secretariat.core.people import Person, Role, Team
from secretariat.core.rulebook import UnknownRule
from secretariat.plain.dates import local_day

security_team = team(Team.SECURITY)


def status_setter(person: Person | None, record: Assessment, at: datetime) -> bool:
    """The secretariat's security team, or a member of the body that sets statuses on the day: of security the SSC,
    before August 2017 the Panel; of privacy the Panel.
    """
    try:
        body = setter(record.frame if record else Frame.SECURITY, at)
    except UnknownRule:
        return security_team(person, record, at)
    return security_team(person, record, at) or committee_member(body)(person, record, at)


def own_assessor(person: Person | None, record: Assessment | None, at: datetime) -> bool:
    """Somebody of the body that assesses."""
    rows = person.capacities_on(local_day(at)) if person is not None and record is not None else []
    return any(row.role == Role.ASSESSOR and row.audience == record.assessor for row in rows if record)


def own_contact(person: Person | None, record: Assessment | None, at: datetime) -> bool:
    """The party's own contact."""
    return record is not None and record.party_id in speaks_for(person, at)


def assessor(person: Person | None, record: Assessment | None, at: datetime) -> bool:
    """Somebody of the body that assesses: the User CIO, or the Independent Privacy Auditor; or the security team."""
    return own_assessor(person, record, at) or security_team(person, record, at)


def booker(person: Person | None, record: Assessment | None, at: datetime) -> bool:
    """The security team or the body that assesses; nobody when the plan of the assessors' time places the fieldwork."""
    return the_clock(person, record, at) or assessor(person, record, at)


def the_party(person: Person | None, record: Assessment | None, at: datetime) -> bool:
    """The party's own contact, or the security team for it."""
    return own_contact(person, record, at) or security_team(person, record, at)
