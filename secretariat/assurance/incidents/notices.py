"""Who hears of a notice: the people it names, and nobody else; what is Red is told of and not told by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.assurance.incidents import readers
from secretariat.assurance.incidents.models import SecurityNotice
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.post.notices import Notice, notify


def its_readers(event: Event, notice: SecurityNotice, at: datetime) -> Iterable[Person]:
    """The people that the notice names, without who just did it."""
    return [one for one in readers.named(notice) if one.pk != event.by_id]


def who_notified(event: Event, notice: SecurityNotice, at: datetime) -> Iterable[Person]:
    """Who notified."""
    return [notice.reported_by] if notice.reported_by is not None else []


def the_team(event: Event, notice: SecurityNotice, at: datetime) -> Iterable[Person]:
    """Those of the security team whom the notice names."""
    known = {one.pk for one in readers.named(notice)}
    return [one for one in readers.security_people(at) if one.pk in known]


BODY = "{{ record }}\n\n{{ link }}"

NOTICES = notify(
    Notice("security_notice.report", to=its_readers, subject="A security notice is there", body=BODY),
    Notice("security_notice.find_key_compromised", to=its_readers, subject="A key is compromised", body=BODY),
    Notice("security_notice.name_readers", to=its_readers, subject="A security notice names its readers", body=BODY),
    Notice("security_notice.acknowledge", to=who_notified, subject="Your notice is acknowledged", body=BODY),
    Notice("security_notice.remind", to=the_team, subject="A security notice is overdue", body=BODY),
    Notice("security_notice.close", to=who_notified, subject="Your notice is closed", body=BODY),
)
