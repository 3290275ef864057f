"""Who hears of a return: the Operations Group and the technical team when it comes, the DCC of a question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.oversight.who import OPERATIONS_GROUP
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify


def _people(asked: Q, at: datetime) -> Iterable[Person]:
    rows = Capacity.objects.on(local_day(at)).filter(asked)
    return Person.objects.filter(capacities__in=rows, is_active=True).distinct()


def who_reviews(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The members of the Operations Group, and the technical team."""
    member = Q(role=Role.COMMITTEE_MEMBER, audience=OPERATIONS_GROUP)
    return _people(member | Q(role=Role.SECRETARIAT, team=Team.TECHNICAL), at)


def the_dcc(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The DCC's own people."""
    return _people(Q(role=Role.DCC), at)


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
