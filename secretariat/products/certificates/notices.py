"""Who hears of remediation: the supplier asked, the security team of an answer, all parties of a removal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.core.rulebook import RULEBOOK
from secretariat.post.notices import Notice, notify
from secretariat.products.certificates.procedure import DECIDED_BY


def the_supplier(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The contacts of the supplier asked, on the day."""
    return acting(at, role=Role.PARTY_CONTACT, organisation_id=record.party_id)


def the_security_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The secretariat's security team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.SECURITY)


def the_deciding_members(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The members of the body that sets removal dates, and the security team."""
    body = RULEBOOK.text(DECIDED_BY, at)
    return acting(at, Q(role=Role.COMMITTEE_MEMBER, audience=body) | Q(role=Role.SECRETARIAT, team=Team.SECURITY))


def all_parties_and_the_dcc(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The contacts of every party, and the DCC's people, on the day."""
    return acting(at, Q(role=Role.PARTY_CONTACT) | Q(role=Role.DCC))


def _notice(event: str, to: Any, subject: str, template: str) -> Notice:
    return Notice(event, to=to, subject=subject, template=f"products/certificates/notices/{template}.txt")


NOTICES = notify(
    _notice("plan_request.ask", the_supplier, "Remediation plan asked for by {{ record.reply_by | day }}", "ask"),
    _notice("plan_request.chase", the_supplier, "Still to be answered: your remediation plan", "chase"),
    _notice("plan_request.send_back", the_supplier, "Your remediation plan came back to you", "send_back"),
    _notice("plan_request.answer", the_security_team, "Remediation plan: {{ record.party.name }}", "answer"),
    _notice("plan_request.decline", the_security_team, "No remediation plan: {{ record.party.name }}", "decline"),
    _notice("remediation.decide", the_deciding_members, "Removal set for {{ record.removal_on | day }}", "decide"),
    _notice("removalnotice.enter", all_parties_and_the_dcc,
            "Device models to be removed from the Central Products List on {{ record.removal_on | day }}", "removal"),
)  # fmt: skip
