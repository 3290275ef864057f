"""What a meeting's page says of invitations, attendance and conflicts, to those who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.meetings.attending.joining import joining_facts
from secretariat.meetings.attending.models import WITHDRAWN, Attendance, Conflict, Place
from secretariat.meetings.attending.procedure import invited
from secretariat.meetings.models import CANCELLED, PLANNED, Meeting
from secretariat.meetings.parts import tells_facts, tells_tables
from secretariat.meetings.procedure import committees_team


@tells_facts
def facts(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Fact]:
    """How to join for those invited, the reader's own invitation, and where the quorum is."""
    places: Any = Place.objects.filter(meeting=meeting)
    yield from joining_facts(places.visible_to(person, at).first())
    own = invited(meeting.pk).filter(person=person).first() if person is not None else None
    if own is not None:
        note = "Say whether you come." if meeting.state == PLANNED else ""
        yield Fact("Your invitation", f"{own.get_capacity_display()}: {own.state}", own.get_absolute_url(), note)
    keeps = committees_team(person, meeting, at)
    if keeps and meeting.state == PLANNED:
        yield Fact("Invitation", "Say where it is and who is invited", reverse("meeting-invite", args=[meeting.pk]))
    if (keeps or own is not None) and meeting.state != CANCELLED:
        yield Fact("Quorum", "Who is there", reverse("meeting-quorum", args=[meeting.pk]))


@tells_tables
def tables(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Related]:
    """Who is on the list, and which conflicts of interest were declared."""
    listed: Any = Attendance.objects.filter(meeting=meeting).exclude(state=WITHDRAWN).select_related("person", "seat")
    rows: list[tuple[Any, ...]] = [
        (Crumb(row.who, row.get_absolute_url()), row.get_capacity_display(), row.seat.title if row.seat else "",
         row.state)
        for row in listed.visible_to(person, at)
    ]  # fmt: skip
    if rows:
        href = f"{reverse('attendances')}?meeting={meeting.pk}"
        yield Related("Attendance", ("Who", "As", "Seat", "Standing"), rows, "", href)
    found: Any = Conflict.objects.filter(meeting=meeting).select_related("person")
    conflicts: list[tuple[Any, ...]] = [
        (Crumb(str(row.person), row.get_absolute_url()), row.interest, row.state)
        for row in found.visible_to(person, at)
    ]
    may_declare = bool(rows) and meeting.state != CANCELLED
    if conflicts or may_declare:
        add = reverse("meeting-conflict", args=[meeting.pk]) if may_declare else ""
        title = "Declare a conflict of interest" if may_declare and not conflicts else "Conflicts of interest"
        yield Related(title, ("Who", "Interest", "Standing"), conflicts, "None has been declared.", add)
