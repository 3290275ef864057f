"""What events count: how many were held, how many places were given, and how many guests came."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, figure
from secretariat.engagement.events.models import ATTENDED, HELD, IN_PLACE, EngagementEvent, Kind, Registration
from secretariat.plain.dates import local_day

COLUMNS = (Head("events", "Events held"), Head("places", "Places given"), Head("came", "Came"))
KINDS = tuple(Head(kind.value.replace(" ", "-"), str(kind.label)) for kind in Kind)
TOTAL = Head("total", "Total")


@figure("events_held", title="Events held and who came", unit="events, people")
def events_held(span: Span) -> Grid:
    """The events held that began in the span, by kind, how many had a place at them when they began, and how many of
    those came, as far as that was told (HLP-8). Who was at two events counts twice.
    """
    rows = EngagementEvent.objects.filter(state=HELD).values_list("pk", "begins_at")
    held = [pk for pk, begins in rows if span.first <= local_day(begins) <= span.last]
    events = dict(EngagementEvent.objects.filter(pk__in=held).order_by().values_list("kind").annotate(Count("pk")))
    places = Registration.objects.filter(event__in=held, state__in=IN_PLACE).order_by().values("event__kind")
    told = {row["event__kind"]: row for row in places.annotate(n=Count("pk"), c=Count("pk", Q(state=ATTENDED)))}
    cells: dict[tuple[str, str], Cell] = {}
    for head, kind in zip(KINDS, Kind, strict=True):
        of: dict[str, Any] = {"event__in": held, "event__kind": kind.value}
        numbers = told.get(kind.value, {})
        opened = Records(EngagementEvent, {"pk__in": held, "kind": kind.value})
        cells[head.key, "events"] = Cell(events.get(kind.value, 0), opened)
        cells[head.key, "places"] = Cell(numbers.get("n", 0), Records(Registration, {**of, "state__in": IN_PLACE}))
        cells[head.key, "came"] = Cell(numbers.get("c", 0), Records(Registration, {**of, "state": ATTENDED}))
    for column in COLUMNS:
        keys = tuple((head.key, column.key) for head in KINDS)
        cells[TOTAL.key, column.key] = Cell(sum(int(cells[key].value or 0) for key in keys), Sum(keys))
    return Grid((*KINDS, TOTAL), COLUMNS, cells, (TOTAL.key,))
