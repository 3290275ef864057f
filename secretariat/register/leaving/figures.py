"""The stock and flow of parties, and who is on the way out."""

from __future__ import annotations

from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, Unknown, figure
from secretariat.core.published import kept_since
from secretariat.plain.dates import slash_date
from secretariat.register.figures import EVENTS, PARTIES, VALUE
from secretariat.register.leaving.models import LastResort
from secretariat.register.models import Departure, Party

STOCK_AND_FLOW = (
    Head("start", "Parties at the start"),
    Head("acceded", "Accessions"),
    Head("withdrawn", "Withdrawals"),
    Head("expelled", "Expulsions"),
    Head("end", "Parties at the end"),
)


@figure("party_reconciliation", title="Parties, from the start to the end of the month", unit="parties")
def party_reconciliation(span: Span) -> Grid:
    """Parties before the span's first day, those that acceded, withdrew or were expelled in it, and those at its end.

    The end is the start and the accessions less the departures (rule EXIT-3); a remark says so when it is not.
    """
    kept = [kept_since(EVENTS), kept_since(PARTIES)]
    if any(since is None or since > span.first for since in kept):
        why = Unknown("Parties were not kept as records then.")
        return Grid(STOCK_AND_FLOW, (VALUE,), {(head.key, VALUE.key): Cell(None, why) for head in STOCK_AND_FLOW})
    days = (span.first, span.last)
    before = Party.objects.filter(acceded_on__lt=span.first).exclude(left_on__lt=span.first)
    counted = {
        "start": Records(Party, {"pk__in": before.values("pk")}),
        "acceded": Records(Party, {"acceded_on__range": days}),
        "withdrawn": Records(Departure, {"how": Departure.How.WITHDRAWN, "day__range": days}),
        "expelled": Records(Departure, {"how": Departure.How.EXPELLED, "day__range": days}),
        "end": Records(Party, {"pk__in": Party.objects.on(span.last).values("pk")}),
    }
    numbers = {key: records.queryset.count() for key, records in counted.items()}
    cells = {(key, VALUE.key): Cell(numbers[key], records) for key, records in counted.items()}
    return Grid(STOCK_AND_FLOW, (VALUE,), cells, remarks=_not_reconciled(numbers))


def _not_reconciled(numbers: dict[str, int]) -> tuple[str, ...]:
    expected = numbers["start"] + numbers["acceded"] - numbers["withdrawn"] - numbers["expelled"]
    if expected == numbers["end"]:
        return ()
    working = "{start} + {acceded} - {withdrawn} - {expelled}".format(**numbers)
    return (f"{working} is {expected}, but {numbers['end']} are parties at the end.",)


@figure("suppliers_of_last_resort", title="Suppliers of Last Resort", unit="appointments")
def suppliers_of_last_resort(span: Span) -> Listing:
    """The appointments of the span: who failed, who was appointed, since when (rule EXIT-5)."""
    filters = {"appointed_on__range": (span.first, span.last)}
    found = LastResort.objects.filter(**filters).select_related("failing", "appointed").order_by("appointed_on", "pk")
    rows = tuple(Row(row, (row.failing.name, row.appointed.name, slash_date(row.appointed_on))) for row in found)
    return Listing(("Failing supplier", "Supplier of Last Resort", "Appointed on"), rows, Records(LastResort, filters))
