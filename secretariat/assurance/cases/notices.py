"""Who hears of a case: the party of what is booked, reported, decided or sent back; the security team of what came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from secretariat.assurance.cases.models import Condition
from secretariat.assurance.models import Assessment
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify

TEMPLATE = "assurance/notices/case.txt"
TO_THE_PARTY = (
    "book", "move", "cancel", "report", "reissue", "set_status", "review", "withdraw_status",
    "agree_plan", "send_back_plan", "approve_directors_letter", "send_back_letter",
)  # fmt: skip
TO_THE_TEAM = ("respond", "submit_plan", "submit_letter")


def _people(asked: Q, at: datetime) -> Iterable[Person]:
    rows = Capacity.objects.on(local_day(at)).filter(asked)
    return Person.objects.filter(capacities__in=rows, is_active=True).distinct()


def the_party(event: Event, record: Assessment | Condition, at: datetime) -> Iterable[Person]:
    """The contacts of the party that is assessed."""
    case = record.assessment if isinstance(record, Condition) else record
    return _people(Q(role=Role.PARTY_CONTACT, organisation_id=case.party_id), at)


def the_security_team(event: Event, record: Assessment | Condition, at: datetime) -> Iterable[Person]:
    """The secretariat's security team."""
    return _people(Q(role=Role.SECRETARIAT, team=Team.SECURITY), at)


NOTICES = notify(
    *(Notice(f"assessment.{step}", to=the_party, subject="{{ record }}", template=TEMPLATE) for step in TO_THE_PARTY),
    *(Notice(f"assessment.{step}", to=the_security_team, subject="{{ record }}", template=TEMPLATE)
      for step in TO_THE_TEAM),
    Notice("condition.impose", to=the_party, subject="{{ record }}", template=TEMPLATE),
    Notice("condition.send_back", to=the_party, subject="{{ record }}", template=TEMPLATE),
    Notice("condition.offer", to=the_security_team, subject="{{ record }}", template=TEMPLATE),
)  # fmt: skip
