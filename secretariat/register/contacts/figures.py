"""What is counted of Party Details: the yearly round, and the requests to change them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Count

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, figure
from secretariat.register.contacts.details import ACCEPTED, REFUSED, WITHDRAWN
from secretariat.register.contacts.models import Confirmation, ConfirmationRound, DetailsChange
from secretariat.register.contacts.rounds import ASKED, CONFIRMED, LAPSED

VALUE = Head("value", "Number")
ANSWERS = ((CONFIRMED, "Confirmed"), (LAPSED, "Not confirmed in time"), (ASKED, "Still to answer"))
DECISIONS = ((ACCEPTED, "Accepted"), (REFUSED, "Refused"), (WITHDRAWN, "Taken back"))


@figure("details_confirmed", title="Party Details confirmed, of those asked", unit="parties")
def details_confirmed(span: Span) -> Grid:
    """Parties asked in the span to confirm their details, by what came of it (rule PTY-30)."""
    asked = {"asked_on__range": (span.first, span.last)}
    states = Counter(Confirmation.objects.filter(**asked).values_list("state", flat=True))
    cells = _counted(states, ANSWERS, asked)
    cells["asked", VALUE.key] = Cell(sum(states.values()), Sum(tuple(cells)))
    heads = (*(Head(state, label) for state, label in ANSWERS), Head("asked", "Asked"))
    return Grid(heads, (VALUE,), cells, totals=("asked",))


def _counted(
    states: Counter[str], labels: Iterable[tuple[str, str]], asked: Mapping[str, object]
) -> dict[tuple[str, str], Cell]:
    return {
        (state, VALUE.key): Cell(states[state], Records(Confirmation, {**asked, "state": state})) for state, _ in labels
    }


@figure("details_changes", title="Requests to change Party Details", unit="requests")
def details_changes(span: Span) -> Grid:
    """Requests made in the span, and those decided in it by how (rule PTY-30)."""
    days = (span.first, span.last)
    received = {"asked_on__range": days}
    decided = Counter(DetailsChange.objects.filter(decided_on__range=days).values_list("state", flat=True))
    cells = {
        ("received", VALUE.key): Cell(
            DetailsChange.objects.filter(**received).count(), Records(DetailsChange, received)
        )
    }
    for state, _ in DECISIONS:
        cells[state, VALUE.key] = Cell(
            decided[state], Records(DetailsChange, {"decided_on__range": days, "state": state})
        )
    heads = (Head("received", "Received"), *(Head(state, label) for state, label in DECISIONS))
    return Grid(heads, (VALUE,), cells)


def standing_of(opened: ConfirmationRound) -> list[tuple[str, int]]:
    """How many parties of a yearly round are in each state, by its name; of those still to be asked it is empty."""
    rows = opened.confirmations.order_by().values_list("state")
    return list(rows.annotate(number=Count("pk")).order_by("state"))
