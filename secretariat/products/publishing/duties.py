"""What the DCC must do about the product lists, and by when: load, return, determine (PRD-1, PRD-31, PRD-33)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month
from secretariat.products.models import CENTRAL, ListVersion, ProductList
from secretariat.products.publishing.loading import HOURS, load_due, to_be_loaded
from secretariat.products.publishing.models import ASKED, MonthlyReturn, TestingRequest
from secretariat.register.parties import Party


@duties
def of_the_dcc(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """What waits on the DCC, told on its own party's page only."""
    if not Party.objects.filter(pk=party_id, is_dcc=True).exists():
        return
    for version in to_be_loaded().visible_to(person, at):
        yield _load(version)
    yield from _returns(person, at)
    for request in TestingRequest.objects.filter(state=ASKED).visible_to(person, at):
        yield Duty(
            what=f"Determine whether testing is needed: {request}",
            about=request,
            why=f"Asked on {long_date(request.asked_on)}.",
            citation="PRD-33, Section H14.36A",
        )


def _load(version: ListVersion) -> Duty:
    assert version.published_at is not None
    hours = RULEBOOK.number(HOURS, version.published_at)
    return Duty(
        what=f"Load {version}",
        about=version,
        due=load_due(version),
        why=f"A version is loaded within {hours} hours of its publication.",
        citation="PRD-31, Section F2",
    )


def _returns(person: Person | None, at: datetime) -> Iterator[Duty]:
    """Each list of the DCC of which the last month brought neither a version nor word that there is none."""
    month = Month.of(local_day(at)).plus(-1)
    told = MonthlyReturn.objects.filter(month=month.first).values("list")
    came = ListVersion.objects.filter(published_on__range=(month.first, month.last)).values("list")
    lists = ProductList.objects.visible_to(person, at).exclude(code=CENTRAL).exclude(pk__in=told)
    for of in lists.exclude(pk__in=came):
        yield Duty(
            what=f"Say whether {month.label} brought a new version of the {of.code}",
            about=of,
            why="No version of the month is published, and that there is none is itself reported.",
            citation="PRD-1",
            does="Say so",
            href=f"{reverse('month without a version-new')}?list={of.pk}&month={month.iso}",
            name=f"return {month.iso}",
        )
