"""What a party owes the tracker: the dates of the remedies that it owns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.oversight.tracker.models import OPEN, PlanDate, TrackerEntry


@duties
def remedies(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The parts of the plans of a party's own entries that are not done, with the days confirmed for them."""
    entries = TrackerEntry.objects.filter(owner_party=party_id, state__in=OPEN).visible_to(person, at)
    parts = PlanDate.objects.filter(entry__in=entries.values("pk"), done_on__isnull=True)
    for part in parts.select_related("entry"):
        entry = part.entry
        what = f"{part.get_work_display()} the remedy of {entry.reference}: {entry.alert_code} of {entry.device}"
        why = "Your plan says so." if part.due_on else "Your plan has no confirmed day for it."
        yield Duty(what, entry, part.due_on, why=why, does="Open the entry", name=f"remedy-{part.work}")
