"""What the agenda and its papers have to say on a meeting's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.meetings.agenda.models import LISTED, AgendaItem
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs.models import ISSUED, MeetingPaper
from secretariat.meetings.parts import tells_facts, tells_tables


@tells_facts
def facts(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Fact]:
    """Where the agenda and the packs are, once an item that the reader may read is on it."""
    items: Any = AgendaItem.objects.filter(meeting=meeting, state=LISTED)
    if items.visible_to(person, at).exists():
        yield Fact("Papers", "Read the agenda, or get the pack", reverse("meeting-agenda", args=[meeting.pk]))


@tells_tables
def agenda(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Related]:
    """The agenda in short, with the papers that are issued; its title leads to the page with the packs."""
    papers: dict[int, list[str]] = {}
    issued: Any = MeetingPaper.objects.filter(meeting=meeting, state=ISSUED).select_related("meeting__committee")
    for paper in issued.visible_to(person, at).order_by("number"):
        papers.setdefault(paper.item_id, []).append(paper.reference)
    items: Any = AgendaItem.objects.filter(meeting=meeting, state=LISTED)
    rows: list[tuple[Any, ...]] = [
        (one.label, Crumb(one.title, one.get_absolute_url()), one.get_act_display(), ", ".join(papers.get(one.pk, [])))
        for one in items.visible_to(person, at)
    ]
    href = reverse("meeting-agenda", args=[meeting.pk])
    yield Related("Agenda and papers", ("Item", "Title", "Action", "Papers"), rows, "No item that you may read.", href)
