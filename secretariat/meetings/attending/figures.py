"""Who attended. Meetings that were cancelled, or are still to come, count nowhere: only those held do."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from secretariat.committees.models import Committee
from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, Sum, figure
from secretariat.core.people import Person
from secretariat.meetings.attending.models import APOLOGIES, COMING, INVITED, LEFT, PRESENT, Attendance, Capacity
from secretariat.meetings.models import HELD

THERE = (PRESENT, LEFT)
COLUMNS: dict[str, tuple[str, dict[str, Any]]] = {
    "attended": ("Attended", {"capacity": Capacity.MEMBER, "state__in": THERE}),
    "by_alternate": ("By an alternate", {"capacity": Capacity.ALTERNATE, "state__in": THERE}),
    "apologies": ("Apologies", {"capacity": Capacity.MEMBER, "state": APOLOGIES}),
    "absent": ("Absent", {"capacity": Capacity.MEMBER, "state__in": (INVITED, COMING)}),
}
"""What is counted of members and their alternates, with its head and its condition."""


def _of_meetings_held(span: Span) -> dict[str, Any]:
    return {"meeting__state": HELD, "meeting__day__range": (span.first, span.last)}


def _counts() -> dict[str, Count]:
    return {key: Count("pk", filter=Q(**condition)) for key, (_, condition) in COLUMNS.items()}


@figure("attendance_by_body", title="Attendance of members, by body", unit="attendances")
def attendance_by_body(span: Span) -> Grid:
    """Members and alternates at the meetings held in the span (GOV-7); a cancelled meeting counts nowhere."""
    held = _of_meetings_held(span)
    rows = Attendance.objects.filter(**held).order_by("meeting__committee_id").values("meeting__committee_id")
    found = {row["meeting__committee_id"]: row for row in rows.annotate(**_counts())}
    bodies = list(Committee.objects.filter(pk__in=found).order_by("position", "code"))
    cells = {
        (body.code.lower(), key): Cell(
            found[body.pk][key], Records(Attendance, {**held, "meeting__committee_id": body.pk, **condition})
        )
        for body in bodies
        for key, (_, condition) in COLUMNS.items()
    }
    codes = [body.code.lower() for body in bodies]
    totals = {
        ("total", key): Cell(sum(cells[code, key].value or 0 for code in codes), Sum(tuple((c, key) for c in codes)))
        for key in COLUMNS
    }
    heads = (*(Head(body.code.lower(), body.short_name) for body in bodies), Head("total", "Total"))
    columns = tuple(Head(key, label) for key, (label, _) in COLUMNS.items())
    return Grid(heads, columns, {**cells, **totals}, totals=("total",))


@figure("attendance_by_member", title="Attendance of members, one by one", unit="members")
def attendance_by_member(span: Span) -> Listing:
    """Each member's meetings held in the span, by body, and at how many of them the member was; as are alternates."""
    filters = {
        **_of_meetings_held(span),
        "capacity__in": (Capacity.MEMBER, Capacity.ALTERNATE),
        "person__isnull": False,
    }
    counted = Attendance.objects.filter(**filters).order_by("meeting__committee__position", "person__name", "person_id")
    rows = counted.values("meeting__committee__short_name", "meeting__committee__position", "person__name", "person_id")
    found = list(rows.annotate(meetings=Count("pk"), **_counts()))
    people = Person.objects.in_bulk({row["person_id"] for row in found})
    told = tuple(Row(people[row["person_id"]], _told(row)) for row in found)
    heads = ("Body", "Member", "Meetings held", *(label for label, _ in COLUMNS.values()))
    return Listing(heads, told, Records(Attendance, filters))


def _told(row: dict[str, Any]) -> tuple[str, ...]:
    numbers = (row["meetings"], *(row[key] for key in COLUMNS))
    return row["meeting__committee__short_name"], row["person__name"], *(str(number) for number in numbers)
