"""What is counted of applications: their flow through a span, and who is to be admitted, subject to execution."""

from __future__ import annotations

from typing import Any

from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, Unknown, figure
from secretariat.core.published import kept_since
from secretariat.register.accession.models import Application, Outcome
from secretariat.register.figures import VALUE
from secretariat.register.parties import Category

MATTER = "applications"
FLOW = (
    Head("start", "Open at the start"),
    Head("received", "Received"),
    Head("refused", "Refused"),
    Head("withdrawn", "Withdrawn"),
    Head("executed", "Executed"),
    Head("end", "Open at the end"),
)


@figure("applications", title="Applications to become a party", unit="applications")
def applications(span: Span) -> Grid:
    """Applications open before the span, received, refused, withdrawn or executed in it, and open at its end.

    A draft is none until it is sent. The end is the start and the received less what ended (rule PTY-23).
    """
    since = kept_since(MATTER)
    if since is None or since > span.first:
        why = Unknown("Applications were not kept as records then.")
        return Grid(FLOW, (VALUE,), {(head.key, VALUE.key): Cell(None, why) for head in FLOW})
    counted = _flow(span)
    numbers = {key: records.queryset.count() for key, records in counted.items()}
    cells = {(key, VALUE.key): Cell(numbers[key], records) for key, records in counted.items()}
    return Grid(FLOW, (VALUE,), cells, remarks=_not_reconciled(numbers))


def _flow(span: Span) -> dict[str, Records]:
    days = (span.first, span.last)
    before: Any = Application.objects.filter(submitted_on__lt=span.first).exclude(closed_on__lt=span.first)

    def ended(outcome: Outcome) -> Records:
        told = {"outcome": outcome.value, "closed_on__range": days, "submitted_on__isnull": False}
        return Records(Application, told)

    return {
        "start": Records(Application, {"pk__in": before.values("pk")}),
        "received": Records(Application, {"submitted_on__range": days}),
        "refused": ended(Outcome.REFUSED),
        "withdrawn": ended(Outcome.WITHDRAWN),
        "executed": ended(Outcome.EXECUTED),
        "end": Records(Application, {"pk__in": Application.objects.open_on(span.last).values("pk")}),
    }


def _not_reconciled(numbers: dict[str, int]) -> tuple[str, ...]:
    gone = numbers["refused"] + numbers["withdrawn"] + numbers["executed"]
    expected = numbers["start"] + numbers["received"] - gone
    if expected == numbers["end"]:
        return ()
    working = "{start} + {received} - {refused} - {withdrawn} - {executed}".format(**numbers)
    return (f"{working} is {expected}, but {numbers['end']} are open at the end.",)


@figure(
    "applicants_that_will_accede", title="Applicants that will accede, subject to execution", unit="applicants"
)  # fmt: skip
def applicants_that_will_accede(span: Span) -> Listing:
    """Whose signed agreement was back at the end of the span's last day and not yet executed (rule PTY-25).

    They are to be admitted, subject to execution by SECCo's Board; accessions completed are another figure.
    """
    filters = {"pk__in": Application.objects.to_accede_on(span.last).values("pk")}
    found = Application.objects.filter(**filters).order_by("legal_name", "pk")
    rows = tuple(Row(row, (row.legal_name, str(Category(row.category).label))) for row in found)
    remarks = ("To be admitted, subject to execution of the Accession Agreement by the SECCo Board.",) if rows else ()
    return Listing(("Organisation", "Party Category"), rows, Records(Application, filters), remarks)
