"""Who hears what became of a claim: the claimant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.effort.expenses.models import ExpenseClaim
from secretariat.post.notices import Notice, notify

BODY = "Dear {{ person.name }},\n\nyour claim {{ record }} was %s.%s\n\n{{ link }}\n"
WHY = " Why: {{ facts.reason }}"


def the_claimant(event: Event, claim: ExpenseClaim, at: datetime) -> Iterable[Person]:
    """Who claims."""
    return [claim.claimant] if claim.claimant.is_active else []


def _of(step: str, said: str, why: str = "") -> Notice:
    subject = f"{{{{ record }}}} was {said}"
    return Notice(f"expenses_claim.{step}", to=the_claimant, subject=subject, body=BODY % (said, why))


NOTICES = notify(_of("send_back", "sent back", WHY), _of("refuse", "refused", WHY), _of("pay", "paid"))
