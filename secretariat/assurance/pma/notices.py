"""Who hears of the key infrastructure: the members of the SMKI PMA, the security team, and the DCC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.assurance.pma.procedure import body_on
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def the_body_and_the_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The members of the body on the day, and the security team."""
    sits = Q(role=Role.COMMITTEE_MEMBER, audience=body_on(at))
    return acting(at, sits | Q(role=Role.SECRETARIAT, team=Team.SECURITY))


def the_dcc_and_the_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The DCC's representatives, and the security team."""
    return acting(at, Q(role=Role.DCC) | Q(role=Role.SECRETARIAT, team=Team.SECURITY))


BODY = "{{ record }}\n\n{{ link }}"

NOTICES = notify(
    Notice("key_certificate.watch", to=the_body_and_the_team, subject="Expires soon: {{ record }}", body=BODY),
    Notice("key_certificate.expire", to=the_body_and_the_team, subject="Expired: {{ record }}", body=BODY),
    Notice("recovery.open", to=the_body_and_the_team, subject="To decide: {{ record }}", body=BODY),
    Notice("recovery.decide", to=the_dcc_and_the_team, subject="Decided: {{ record }}", body=BODY),
    Notice("pma_document.query", to=the_dcc_and_the_team, subject="A query: {{ record }}", body=BODY),
    Notice("pma_document.approve", to=the_dcc_and_the_team, subject="Approved: {{ record }}", body=BODY),
    Notice("pma_document.refuse", to=the_dcc_and_the_team, subject="Refused: {{ record }}", body=BODY),
)
