"""What a body's page says of its meetings: those to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.committees.bodies.page import table
from secretariat.committees.models import Committee
from secretariat.core.pages import Crumb, Related
from secretariat.core.people import Person
from secretariat.meetings.models import CANCELLED, Meeting
from secretariat.plain.dates import local_day, long_date

SHOWN = 5


@table
def next_meetings(body: Committee, person: Person | None, at: datetime) -> Related:
    """Its next meetings that are not cancelled, today's among them."""
    coming: Any = Meeting.objects.filter(committee=body, day__gte=local_day(at)).exclude(state=CANCELLED)
    rows: list[tuple[Any, ...]] = [
        (
            Crumb(long_date(one.day), one.get_absolute_url()),
            f"{one.starts:%H:%M}" if one.starts else "",
            one.reference,
            one.note,
        )
        for one in coming.visible_to(person, at).order_by("day", "pk")[:SHOWN]
    ]
    heads = ("Day", "At", "Reference", "What it is about")
    return Related("Next meetings", heads, rows, "No meeting of it is planned.", f"/meetings/?committee={body.pk}")
