"""What the DCC owes of service performance: its monthly return, answers, explanations, and what it promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.measures.levels import MISSED
from secretariat.oversight.measures.models import OPEN, QUERIED, Commitment, Measure, PerformanceReturn, ServiceLevel
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.register.parties import Party

DUE = "oversight.return_due_wd"
CITATION = "Section H13"


@duties
def of_the_dcc(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """What waits on the DCC, told on its own party's page only."""
    if not Party.objects.filter(pk=party_id, is_dcc=True).exists():
        return
    yield from _return(at)
    for one in PerformanceReturn.objects.filter(state=QUERIED).visible_to(person, at):
        yield Duty(f"Answer the question on the {one}", one, why=one.question, citation=CITATION, does="Answer it")
    missed = ServiceLevel.objects.current().filter(status__in=MISSED).visible_to(person, at)
    for level in missed.select_related("measure", "definition"):
        if level.lacks:
            yield Duty(f"Explain {level}", level, why=f"Still lacking: {', '.join(level.lacks)}.", citation=CITATION,
                       does="Explain it", href=reverse("service level-explain", args=[level.pk]))  # fmt: skip
    for promise in Commitment.objects.filter(state=OPEN).visible_to(person, at).select_related("measure"):
        yield Duty(f"Keep what was promised: {promise}", promise, promise.due_on, why=promise.made_in,
                   citation=CITATION, weight=Weight.COMES)  # fmt: skip


def _return(at: datetime) -> Iterator[Duty]:
    """The returns of the last two months, once anything is reported at all; an earlier one is no longer waited for."""
    about = Measure.objects.order_by("code").first()
    told = set(PerformanceReturn.objects.values_list("month", flat=True))
    if about is None or not told:
        return
    days, last = RULEBOOK.number(DUE, at), Month.of(local_day(at)).plus(-1)
    for month in last.back(2):
        if month.first not in told:
            yield Duty(
                f"Report how services performed in {month.label}", about, calendar().add(month.last, days),
                why=f"{days} Working Days after the end of the month.", citation=CITATION, does="Send the return",
                href=f"{reverse('performance return-new')}?month={month.iso}", name=f"return {month.iso}",
            )  # fmt: skip
