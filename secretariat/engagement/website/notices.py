"""Who hears of accounts: party support when one is asked for, and whoever was given one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify

GIVEN = """\
You can sign in for {{ record.party.name }}.

{% if person.has_usable_password() %}
Sign in as you do already.
{% else %}
Choose a password first: ask for a new one on the page where you sign in, with the address to which this was sent.
{% endif %}

{{ link }}
"""


def party_support(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The secretariat's party support team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.PARTY_SUPPORT)


def who_asked(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """Whoever was given the account."""
    return [record.person] if record.person is not None else []


NOTICES = notify(
    Notice(
        "account_request.ask",
        party_support,
        "An account is asked for: {{ record.organisation }}",
        body="Look whether they act for a party, then give the account or decline it.\n\n{{ link }}",
    ),
    Notice("account_request.approve", who_asked, "Your account of the website", body=GIVEN),
)
