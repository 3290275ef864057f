"""Who hears of an application: the applicant at each turn; of its outcome also all parties and the Authority."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person, Role, acting
from secretariat.post.notices import PRIVATE_LINKS, Notice, notify
from secretariat.register.accession.links import private_link
from secretariat.register.accession.models import Application

PRIVATE_LINKS[kind_of(Application)] = private_link


def the_applicant(event: Event, application: Application, at: datetime) -> Iterable[Person]:
    """Whoever applied."""
    return [application.applicant] if application.applicant else []


def parties_and_the_authority(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The contacts of all parties, and the Authority, on the day (rule PTY-26)."""
    return acting(at, role__in=(Role.PARTY_CONTACT, Role.AUTHORITY))


def _to_applicant(step: str, subject: str) -> Notice:
    return Notice(
        f"application.{step}",
        to=the_applicant,
        subject=f"{{{{ record.reference }}}}: {subject}",
        template=f"register/accession/notices/{step}.txt",
    )


NOTICES = notify(
    _to_applicant("start", "your application to become a party"),
    _to_applicant("send_link", "the link to your application"),
    _to_applicant("renew_link", "a new link to your application"),
    _to_applicant("submit", "your application is received"),
    _to_applicant("query", "we have a question"),
    _to_applicant("accept", "invoice {{ record.invoice }}"),
    _to_applicant("issue", "the Accession Agreement to sign"),
    _to_applicant("refer", "your agreement is before the Board"),
    _to_applicant("execute", "you are a party"),
    _to_applicant("refuse", "your application is refused"),
    Notice(
        "party.accede",
        to=parties_and_the_authority,
        subject="{{ record.name }} is admitted as a party",
        template="register/accession/notices/admitted.txt",
    ),
    Notice(
        "refusal.enter",
        to=parties_and_the_authority,
        subject="{{ record.organisation }} is refused as a party",
        template="register/accession/notices/refused.txt",
    ),
)
