"""Who hears of a difference: the contacts of the two sides, and the operations team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def the_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The operations team."""
    return acting(at, role=Role.SECRETARIAT, team=Team.OPERATIONS)


def both_sides(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The contacts of the two parties; of the DCC its representatives."""
    sides = Q(role=Role.PARTY_CONTACT, organisation_id__in=(record.party_id, record.other_id))
    return acting(at, sides | Q(role=Role.DCC) if record.other.is_dcc or record.party.is_dcc else sides)


BODY = "{{ record }}\n\n{{ link }}"

NOTICES = notify(
    Notice("difference.request", to=the_team, subject="A difference: {{ record }}", body=BODY),
    Notice("difference.take_on", to=both_sides, subject="Taken on: {{ record }}", body=BODY),
    Notice("difference.answer", to=both_sides, subject="Answered: {{ record }}", body=BODY),
    Notice("difference.settle", to=both_sides, subject="Settled: {{ record }}", body=BODY),
    Notice("difference.refer", to=both_sides, subject="Referred onwards: {{ record }}", body=BODY),
)
