"""Who hears of testing: the members of the Testing Advisory Group, the DCC, and the technical team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.oversight.who import TESTING_GROUP
from secretariat.post.notices import Notice, notify


def the_group_and_the_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The members of the Testing Advisory Group, and the technical team."""
    sits = Q(role=Role.COMMITTEE_MEMBER, audience=TESTING_GROUP)
    return acting(at, sits | Q(role=Role.SECRETARIAT, team=Team.TECHNICAL))


def the_dcc_and_the_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The DCC's representatives, and the technical team."""
    return acting(at, Q(role=Role.DCC) | Q(role=Role.SECRETARIAT, team=Team.TECHNICAL))


BODY = "{{ record }}\n\n{{ link }}"

NOTICES = notify(
    Notice("test_document.submit", to=the_group_and_the_team, subject="To review: {{ record }}", body=BODY),
    Notice("test_document.query", to=the_dcc_and_the_team, subject="A query: {{ record }}", body=BODY),
    Notice("test_document.approve", to=the_dcc_and_the_team, subject="Approved: {{ record }}", body=BODY),
    Notice("test_document.refuse", to=the_dcc_and_the_team, subject="Refused: {{ record }}", body=BODY),
    Notice("governance_plan.present", to=the_group_and_the_team, subject="To review: {{ record }}", body=BODY),
    Notice("governance_plan.send_back", to=the_dcc_and_the_team, subject="Sent back: {{ record }}", body=BODY),
    Notice("test_phase.move", to=the_group_and_the_team, subject="Moved: {{ record }}", body=BODY),
    Notice("concurrent_testing.propose", to=the_group_and_the_team, subject="To review: {{ record }}", body=BODY),
)
