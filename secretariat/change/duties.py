"""What of the change process has a date and concerns every party: the releases to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.change.models import Release
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day


@duties
def releases(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The releases that go live today or later."""
    for release in Release.objects.filter(go_live_on__gte=local_day(at)).visible_to(person, at).order_by("go_live_on"):
        yield Duty(f"{release} goes live", release, release.go_live_on, weight=Weight.COMES, citation="REL-3",
                   why=f"{release.get_kind_display()} release of the code.", does="See what changes")  # fmt: skip
