"""What a Service User owes: the incidents that are its own to resolve, told by the oldest of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.oversight.incidents.models import OPEN, Incident, Side
from secretariat.oversight.incidents.standing import targets
from secretariat.plain.dates import local_day, long_date


@duties
def own_incidents(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """One line for all incidents that wait for a party: the oldest, with the end of its time."""
    rows = Incident.objects.filter(party=party_id, side=Side.USER, state=OPEN, raised_at__lte=at)
    oldest = rows.visible_to(person, at).order_by("raised_at", "pk").first()
    if oldest is None:
        return
    resolve = targets(oldest, at)[-1]
    listed = f"{reverse('service incidents')}?{urlencode({'side': Side.USER.value, 'state': OPEN})}"
    yield Duty(
        "Resolve the incidents that are yours, the oldest first", oldest, resolve.due,
        why=f"{oldest.reference} was raised on {long_date(local_day(oldest.raised_at))}. {resolve.rule.doubt}",
        citation="H9", working=resolve.working, does="See them", href=listed, name="own incidents",
    )  # fmt: skip
