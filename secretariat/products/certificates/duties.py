"""What a supplier owes in remediation: its plan by a day, and the work that its plan promised (PRD-22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date
from secretariat.products.certificates.models import ANSWERED, OPEN, UNANSWERED, PlanRequest


@duties
def remediating(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The plans asked of a party, and the removals that those of its plans are still ahead of."""
    rows = PlanRequest.objects.filter(party=party_id, remediation__state__in=OPEN).visible_to(person, at)
    for request in rows.select_related("party", "remediation__certificate"):
        certificate = request.remediation.certificate
        if request.state in UNANSWERED:
            yield Duty(f"Send your remediation plan: {certificate}", request, request.reply_by,
                       why=f"Models of {certificate.holder} are to be remedied.", citation="PRD-22",
                       does="Send the plan", href=reverse("plan request-answer", args=[request.pk]))  # fmt: skip
        elif request.state == ANSWERED and request.completes_on and request.completes_on >= local_day(at):
            yield Duty(f"Complete your remediation: {certificate}", request, request.completes_on,
                       why=f"Your plan of {long_date(request.answered_on or local_day(at))} says so.",
                       citation="PRD-21", does="Report progress", weight=Weight.COMES, name="complete")  # fmt: skip
