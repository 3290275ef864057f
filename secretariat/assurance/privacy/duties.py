"""What comes of privacy for a party: the answer to a change that it notified, and its next assessment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.assurance.models import Kind
from secretariat.assurance.privacy.models import NOTIFIED, PrivacyChange
from secretariat.assurance.privacy.procedure import outcome_due
from secretariat.assurance.privacy.standing import histories, next_privacy
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day
from secretariat.register.models import Party


@duties
def notified_changes(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The day by which the party is told what comes of a change to its privacy processes (PRV-4)."""
    rows = PrivacyChange.objects.filter(party_id=party_id, state=NOTIFIED)
    for change in rows.visible_to(person, at):
        due = outcome_due(change)
        if due is not None:
            yield Duty(
                f"You are told what comes of: {change.title}", change, due.result, citation="PRV-4",
                why="A notified change is answered in so many Working Days.", working=due.sentence(),
                weight=Weight.COMES,
            )  # fmt: skip


@duties
def self_assessment(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The next privacy self-assessment of a party whose privacy was assessed before (PRV-1)."""
    past = histories([party_id], person, at).get(party_id, [])
    coming = next_privacy(past, local_day(at)) if past else None
    if coming is None or coming.kind != Kind.PRIVACY_SELF or coming.by is None:
        return
    yield Duty(
        "Do your privacy self-assessment and send it in", Party.objects.get(pk=party_id), coming.by,
        citation=coming.citation, why=coming.why, name="privacy self-assessment",
    )  # fmt: skip
