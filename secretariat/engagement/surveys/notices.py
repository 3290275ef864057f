"""Who hears of a survey: those who may opt in, those who are asked, and those who have not answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person, Role
from secretariat.engagement.surveys.links import private_link
from secretariat.engagement.surveys.models import Survey
from secretariat.plain.dates import local_day
from secretariat.post.notices import PRIVATE_LINKS, Notice, notify

PRIVATE_LINKS[kind_of(Survey)] = private_link


def contacts_of_parties(event: Event, record: Survey, at: datetime) -> Iterable[Person]:
    """The contacts of all parties: whoever wants to takes part."""
    rows: Any = Capacity.objects.on(local_day(at))
    contacts = rows.filter(role=Role.PARTY_CONTACT).values("person")
    return Person.objects.filter(pk__in=contacts, is_active=True)


def those_asked(event: Event, record: Survey, at: datetime) -> Iterable[Person]:
    """Everybody who is asked and has not answered."""
    rows = record.invitees.filter(has_answered=False)
    return Person.objects.filter(pk__in=rows.values("person"), is_active=True)


def everybody_asked(event: Event, record: Survey, at: datetime) -> Iterable[Person]:
    """Everybody who was asked, whether or not they answered."""
    return Person.objects.filter(pk__in=record.invitees.values("person"), is_active=True)


def _of(step: str, to: Any, subject: str) -> Notice:
    return Notice(f"survey.{step}", to=to, subject=subject, template=f"engagement/surveys/notices/{step}.txt")


NOTICES = notify(
    _of("call", contacts_of_parties, "Would you take part? {{ record.title }}"),
    _of("open", those_asked, "We ask you: {{ record.title }}"),
    _of("remind", those_asked, "It closes soon: {{ record.title }}"),
    _of("extend", those_asked, "It closes later: {{ record.title }}"),
    _of("publish", everybody_asked, "What was found: {{ record.title }}"),
)
