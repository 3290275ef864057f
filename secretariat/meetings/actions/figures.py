"""What is counted of actions."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from secretariat.committees.models import Committee
from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, figure
from secretariat.meetings.actions.models import Action

OVERDUE = Head("overdue", "Overdue actions")


@figure("overdue_actions", title="Overdue actions, by body", unit="actions")
def overdue_actions(span: Span) -> Grid:
    """The actions of each body due by the span's last day that were then neither done, closed nor dropped.

    An action is done on the day on which its owner said so; a body without an overdue one has no row.
    """
    late = _late(span)
    named = {f"actions__{lookup}": value for lookup, value in late.items()}
    bodies = list(
        Committee.objects.annotate(late=Count("actions", filter=Q(**named) & _still("actions__", span)))
        .filter(late__gt=0)
        .order_by("position", "code")
    )
    heads = tuple(Head(body.code.lower(), body.short_name) for body in bodies)
    cells = {
        (body.code.lower(), OVERDUE.key): Cell(body.late, Records(Action, {"pk__in": _overdue(span, body)}))
        for body in bodies
    }
    total = Cell(sum(body.late for body in bodies), Sum(tuple(cells)))
    rows = (*heads, Head("total", "Total"))
    return Grid(rows, (OVERDUE,), {**cells, ("total", OVERDUE.key): total}, totals=("total",))


def _late(span: Span) -> dict[str, Any]:
    return {"due__lte": span.last, "state__gt": ""}


def _still(path: str, span: Span) -> Q:
    """Neither done nor settled by the end of the span."""
    parts = Q()
    for name in ("done_on", "settled_on"):
        parts &= Q(**{f"{path}{name}__isnull": True}) | Q(**{f"{path}{name}__gt": span.last})
    return parts


def _overdue(span: Span, body: Committee) -> Any:
    return Action.objects.filter(_still("", span), committee=body, **_late(span)).values("pk")
