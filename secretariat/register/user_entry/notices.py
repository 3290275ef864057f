"""Who hears of user entry: the DCC and the party of a completion (Section H1.12), the party of a query."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def the_party(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The party's contacts on the day."""
    return acting(at, role=Role.PARTY_CONTACT, organisation_id=record.party_id)


def the_dcc_and_the_party(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The DCC's people and the party's contacts on the day."""
    return acting(at, Q(role=Role.DCC) | Q(role=Role.PARTY_CONTACT, organisation_id=record.party_id))


def party_support(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The secretariat's party support team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.PARTY_SUPPORT)


NOTICES = notify(
    Notice(
        "userentry.confirm",
        to=the_dcc_and_the_party,
        subject="{{ record.party.name }} has completed user entry as {{ facts.roles | join(', ') }}",
        template="register/user_entry/notices/confirm.txt",
    ),
    Notice(
        "role_entry.submit",
        to=party_support,
        subject="Evidence form: {{ record }}",
        template="register/user_entry/notices/submit.txt",
    ),
    Notice(
        "role_entry.query",
        to=the_party,
        subject="We have a question on your evidence form: {{ record }}",
        template="register/user_entry/notices/query.txt",
    ),
)
