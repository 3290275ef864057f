"""Who hears of a case: the party of what is booked, reported, decided or sent back; the security team of what came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.assurance.cases.models import Condition
from secretariat.assurance.models import Assessment
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify

TEMPLATE = "assurance/notices/case.txt"
TO_THE_PARTY = (
    "book", "move", "cancel", "report", "reissue", "set_status", "review", "withdraw_status",
    "agree_plan", "send_back_plan", "approve_directors_letter", "send_back_letter",
)  # fmt: skip
TO_THE_TEAM = ("respond", "submit_plan", "submit_letter")


def the_party(event: Event, record: Assessment | Condition, at: datetime) -> Iterable[Person]:
    """The contacts of the party that is assessed."""
    case = record.assessment if isinstance(record, Condition) else record
    return acting(at, role=Role.PARTY_CONTACT, organisation_id=case.party_id)


def the_security_team(event: Event, record: Assessment | Condition, at: datetime) -> Iterable[Person]:
    """The secretariat's security team."""
    return acting(at, role=Role.SECRETARIAT, team=Team.SECURITY)


NOTICES = notify(
    *(Notice(f"assessment.{step}", to=the_party, subject="{{ record }}", template=TEMPLATE) for step in TO_THE_PARTY),
    *(Notice(f"assessment.{step}", to=the_security_team, subject="{{ record }}", template=TEMPLATE)
      for step in TO_THE_TEAM),
    Notice("condition.impose", to=the_party, subject="{{ record }}", template=TEMPLATE),
    Notice("condition.send_back", to=the_party, subject="{{ record }}", template=TEMPLATE),
    Notice("condition.offer", to=the_security_team, subject="{{ record }}", template=TEMPLATE),
)  # fmt: skip
