"""What a body's page says of its meetings: those to come, and the actions that it has still to see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.committees.bodies.page import table
from secretariat.committees.models import Committee
from secretariat.core.pages import Crumb, Related
from secretariat.core.people import Person
from secretariat.meetings.actions.models import open_for
from secretariat.meetings.models import CANCELLED, Meeting
from secretariat.plain.dates import day_words, local_day, long_date

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


@table
def open_actions(body: Committee, person: Person | None, at: datetime) -> Related:
    """The actions that come back to it until their evidence is seen, the earliest due first; nothing where none is."""
    found: Any = open_for(body)
    rows: list[tuple[Any, ...]] = [
        (Crumb(one.reference, one.get_absolute_url()), one.what, one.owner, day_words(one.due),
         one.state)
        for one in found.visible_to(person, at)[:SHOWN]
    ]  # fmt: skip
    heads = ("Action", "What is to be done", "Owner", "Due", "State")
    return Related("Open actions", heads, rows, "", f"/actions/?committee={body.pk}&show=unsettled")
