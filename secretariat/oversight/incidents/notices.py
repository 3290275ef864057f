"""Who hears of incidents: the Service User who is to resolve one, and those who watch the categories of major ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.oversight.incidents.models import BODY, Incident, Side
from secretariat.oversight.incidents.standing import is_major
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify

BODY_TEXT = "{{ record }}\n\n{{ link }}"


def _people(asked: Q, event: Event, at: datetime) -> Iterable[Person]:
    """The active people of some capacities, without who just did it."""
    rows: Any = Capacity.objects.on(local_day(at)).filter(asked)
    people = Person.objects.filter(capacities__in=rows, is_active=True).distinct()
    return people if event.by is None else people.exclude(pk=event.by.pk)


def the_user(event: Event, incident: Incident, at: datetime) -> Iterable[Person]:
    """The contacts of the Service User who is to resolve it; nobody where the DCC is."""
    if incident.side != Side.USER or incident.party_id is None:
        return []
    return _people(Q(role=Role.PARTY_CONTACT, organisation_id=incident.party_id), event, at)


def who_watches_major_ones(event: Event, incident: Incident, at: datetime) -> Iterable[Person]:
    """The Operations Group, the DCC and the technical team, where the incident is or was a major one."""
    if not is_major(incident, at):
        return []
    team = Q(role=Role.SECRETARIAT, team=Team.TECHNICAL)
    return _people(Q(role=Role.COMMITTEE_MEMBER, audience=BODY) | Q(role=Role.DCC) | team, event, at)


NOTICES = notify(
    Notice("service_incident.assign", to=the_user, subject="An incident is yours to resolve", body=BODY_TEXT),
    Notice("service_incident.recategorise", to=who_watches_major_ones,
           subject="The category of a major incident was changed", body=BODY_TEXT),
    Notice("service_incident.reopen", to=who_watches_major_ones, subject="A major incident is open again",
           body=BODY_TEXT),
)  # fmt: skip
