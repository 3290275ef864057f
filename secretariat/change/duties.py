"""What of the change process has a date and concerns every party: releases to come, proposals open to adoption."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.change.models import Proposal, Release
from secretariat.change.standing.models import Adoption
from secretariat.core.calendar import calendar
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date


@duties
def releases(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The releases that go live today or later."""
    for release in Release.objects.filter(go_live_on__gte=local_day(at)).visible_to(person, at).order_by("go_live_on"):
        yield Duty(f"{release} goes live", release, release.go_live_on, weight=Weight.COMES, citation="REL-3",
                   why=f"{release.get_kind_display()} release of the code.", does="See what changes")  # fmt: skip


@duties
def adoptions(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The withdrawn proposals that any party may still adopt, until 17:00 of the window's last day (OLD-8)."""
    windows = Adoption.objects.filter(ended_on__isnull=True, closes_on__gte=local_day(at))
    seen, days = Proposal.objects.visible_to(person, at), calendar()
    for window in windows.filter(proposal__in=seen).select_related("proposal").order_by("closes_on"):
        yield Duty(f"Adopt {window.proposal}", window.proposal, days.closing(window.closes_on), name="adopt",
                   why=f"Its Proposer withdrew it on {long_date(window.withdrawn_on)}.", weight=Weight.MAY,
                   citation="OLD-8", does="See what it is")  # fmt: skip
