"""Who hears of a return: the Operations Group and the technical team when it comes, the DCC of a question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.oversight.who import OPERATIONS_GROUP
from secretariat.post.notices import Notice, notify


def who_reviews(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The members of the Operations Group, and the technical team."""
    member = Q(role=Role.COMMITTEE_MEMBER, audience=OPERATIONS_GROUP)
    return acting(at, member | Q(role=Role.SECRETARIAT, team=Team.TECHNICAL))


def the_dcc(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The DCC's own people."""
    return acting(at, role=Role.DCC)


NOTICES = notify(
    Notice(
        "performance_return.receive",
        to=who_reviews,
        subject="{{ record }} has come",
        body="{{ record }}{% if record.restates %}: {{ record.restates }}{% endif %}\n{{ link }}",
    ),
    Notice(
        "performance_return.query",
        to=the_dcc,
        subject="A question on the {{ record }}",
        body="{{ record.question }}\n{{ link }}",
    ),
    Notice(
        "performance_commitment.move",
        to=who_reviews,
        subject="A promised day has moved: {{ record }}",
        body="Now promised for {{ record.due_on }}. Why it moved is in its history.\n{{ link }}",
    ),
)
