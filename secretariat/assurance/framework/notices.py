"""Who hears of the security plan and of agreed interpretations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.assurance.framework.models import PlannedWork
from secretariat.assurance.framework.procedure import AGREES
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, acting
from secretariat.post.notices import Notice, notify


def its_owner(event: Event, work: PlannedWork, at: datetime) -> Iterable[Person]:
    """Who owns the work."""
    return [work.owner] if work.owner is not None and work.owner.is_active else []


def the_sub_committee(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The members of the Security Sub-Committee on the day."""
    return acting(at, role=Role.COMMITTEE_MEMBER, audience=AGREES)


NOTICES = notify(
    Notice("security_plan.plan", to=its_owner, subject="Yours to do: {{ record }}",
           body="It is due on {{ record.due_on | day }}.\n\n{{ link }}"),
    Notice("security_plan.move", to=its_owner, subject="Moved: {{ record }}",
           body="It is now due on {{ record.due_on | day }}: {{ facts.reason }}\n\n{{ link }}"),
    Notice("interpretation.agree", to=the_sub_committee, subject="Agreed: {{ record }}",
           body="It holds from {{ record.agreed_on | day }}.\n\n{{ link }}"),
)  # fmt: skip
