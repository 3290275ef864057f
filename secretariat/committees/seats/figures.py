"""How many seats the bodies have, which are vacant, and the members who changed their employer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models

from secretariat.committees.models import Committee
from secretariat.committees.seats.composition import APART, compositions
from secretariat.committees.seats.models import Appointment, EmployerChange, Seat, vacant_on
from secretariat.core.figures import Cell, Counted, Grid, Head, Listing, Records, Row, Span, Sum, Unknown, figure
from secretariat.core.published import kept_since

EMPLOYERS = "members' employers"
PANEL = "SECP"
COLUMNS = (
    Head("seats", "Seats for constituencies"),
    Head("apart", "Chair, appointed, observers"),
    Head("held", "Held"),
    Head("vacant", "Vacant"),
)
ALL = Head("all", "All bodies")


@figure("seats", title="Seats of the bodies", unit="seats")
def seats(span: Span) -> Grid:
    """The seats of each body on the span's last day: those held for a constituency, the others, held and vacant.

    A seat for a Voting Group is there while the register has the group (CB-2, section 4.4). A remark says where the
    rulebook, with the Voting Groups of the day, gives another number. A seat that all members of another body fill
    is not among them.
    """
    day = span.last
    counted = _counted(day)
    bodies = list(Committee.objects.filter(pk__in={body for body, _ in counted}))
    rows = tuple(Head(body.code, body.short_name) for body in bodies)
    cells: dict[tuple[str, str], Cell] = {}
    for column in COLUMNS:
        for body in bodies:
            value = counted[(body.pk, column.key)]
            cells[(body.code, column.key)] = Cell(value, Records(Seat, {"pk__in": _rows(column.key, day, body)}))
        keys = tuple((body.code, column.key) for body in bodies)
        counts: Counted = Sum(keys) if keys else Records(Seat, {"pk__in": _rows(column.key, day)})
        cells[(ALL.key, column.key)] = Cell(sum(counted[(body.pk, column.key)] for body in bodies), counts)
    return Grid((*rows, ALL), COLUMNS, cells, totals=(ALL.key,), remarks=tuple(_other_than_the_rules(bodies, day)))


def _counted(day: date) -> Counter[tuple[int, str]]:
    """The seats by body and column, in one query."""
    vacant = models.Exists(vacant_on(day).filter(pk=models.OuterRef("pk")))
    found: Counter[tuple[int, str]] = Counter()
    rows = Seat.objects.on(day).filter(second_hat=False).annotate(is_vacant=vacant)
    grouped = rows.values_list("committee_id", "constituency", "is_vacant").annotate(number=models.Count("pk"))
    for body, constituency, is_vacant, number in grouped.order_by():
        found[(body, "apart" if constituency in APART else "seats")] += number
        found[(body, "vacant" if is_vacant else "held")] += number
    return found


def _rows(column: str, day: date, body: Committee | None = None) -> Any:
    """The ids of the seats that a column counts."""
    there = Seat.objects.on(day).filter(second_hat=False)
    there = there if body is None else there.filter(committee=body)
    asked = {
        "seats": there.exclude(constituency__in=APART),
        "apart": there.filter(constituency__in=APART),
        "held": there.filter(pk__in=Appointment.objects.on(day).filter(alternate_for=None).values("seat")),
        "vacant": there.filter(pk__in=vacant_on(day).values("pk")),
    }
    return asked[column].values("pk")


def _other_than_the_rules(bodies: list[Committee], day: date) -> Iterator[str]:
    told = compositions(bodies, day)
    for body in bodies:
        for one in told[body.pk]:
            if not one.fits and one.said is not None:
                most = "at most " if one.line.at_most else ""
                yield (
                    f"{body.short_name}, {one.constituency.label}: the rulebook gives {most}{one.said}, "
                    f"and there are {one.seats}."
                )


@figure("vacant_seats", title="Vacant seats", unit="seats")
def vacant_seats(span: Span) -> Listing:
    """The seats that nobody holds on the span's last day (ELE-6)."""
    found = vacant_on(span.last)
    listed = found.select_related("committee").order_by("committee__position", "constituency", "title", "pk")
    rows = tuple(
        Row(seat, (seat.committee.short_name, seat.title, str(seat.get_constituency_display()))) for seat in listed
    )
    return Listing(("Body", "Seat", "Constituency"), rows, Records(Seat, {"pk__in": found.values("pk")}))


@figure("employer_changes", title="Members who changed their employer", unit="changes")
def employer_changes(span: Span) -> Grid:
    """Changes of employer of the span, of the Panel's members and of those of all bodies (GOV-13)."""
    days = {"day__range": (span.first, span.last)}
    rows = (
        ("panel", "The Panel's members", {**days, "appointment__seat__committee__code": PANEL}),
        ("all", "Members of all bodies", days),
    )
    since = kept_since(EMPLOYERS)
    heads, column = tuple(Head(key, label) for key, label, _ in rows), Head("value", "Changes")
    if since is None or since > span.first:
        nothing = Cell(None, Unknown("Members' employers were not kept as records then."))
        return Grid(heads, (column,), {(head.key, column.key): nothing for head in heads})
    cells = {
        (key, column.key): Cell(EmployerChange.objects.filter(**asked).count(), Records(EmployerChange, asked))
        for key, _, asked in rows
    }
    return Grid(heads, (column,), cells)
