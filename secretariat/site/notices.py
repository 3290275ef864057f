"""Notices of the shell: a colleague is invited, and the secretariat hears who can sign in for a party."""

from __future__ import annotations

from datetime import datetime

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify

INVITED = """\
{{ event.by }} has invited you to act for {{ facts.party.label }}
in the record of {{ code_name }}, which {{ administration }} keeps.

{% if person.has_usable_password() %}
Sign in as you do already: {{ link }}account/login/
{% else %}
Choose a password first, with the address to which this was sent: {{ link }}account/password/reset/
{% endif %}

What your party has to do, and by when, then stands at {{ link }}my-party/
"""
JOINER = "A colleague was invited and can sign in for {{ facts.party.label }}. "
LEAVER = "A colleague was removed and can no longer sign in for {{ facts.party.label }}. "
WHO = "See {{ link }}people/{{ record.person_id }}/"


def invited(event: Event, record: Capacity, at: datetime) -> list[Person]:
    """Who was invited."""
    return [record.person]


def party_support(event: Event, record: Capacity, at: datetime) -> list[Person]:
    """The party support team; where it has nobody, operations."""
    rows = Capacity.objects.on(local_day(at)).filter(role=Role.SECRETARIAT).select_related("person")
    team = [row.person for row in rows if row.team == Team.PARTY_SUPPORT]
    return team or [row.person for row in rows if row.team == Team.OPERATIONS]


NOTICES = notify(
    Notice("capacity.invite", to=invited, subject="You can sign in for {{ facts.party.label }}", body=INVITED),
    Notice(
        "capacity.invite",
        to=party_support,
        name="capacity.invite.told",
        subject="{{ facts.party.label }} invited a colleague",
        body=JOINER + WHO,
    ),
    Notice(
        "capacity.remove",
        to=party_support,
        subject="{{ facts.party.label }} removed a colleague",
        body=LEAVER + WHO,
    ),
)
