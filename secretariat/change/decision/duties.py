"""Until when a party may refer a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.change.decision.models import MADE, Decision
from secretariat.change.models import Body
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person


@duties
def referrals(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The decisions of the Change Board that this party has not referred and still may."""
    found = Decision.objects.filter(body=Body.CHANGE_BOARD, notified_on__isnull=False).exclude(state=MADE)
    for decision in found.visible_to(person, at).prefetch_related("proposals").order_by("-decided_at")[:RECENT]:
        window = decision.window()
        if window is None or at > window.closes_at:
            continue
        if not decision.referrals.filter(party=party_id, to_body=window.to).exists():
            yield Duty(f"Refer to the {window.to.label}: {decision}", decision, window.closes_at,
                       why=window.sentence(), citation="DEC-1", working=window.working, does="Refer it",
                       href=reverse("decision-refer", args=[decision.pk]), weight=Weight.MAY)  # fmt: skip


RECENT = 200
"""The newest decisions that are looked through; a period for referral lasts ten Working Days."""
