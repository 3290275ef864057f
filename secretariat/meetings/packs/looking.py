"""What changed in the papers of a meeting since a person last looked, as far as the person may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secretariat.core.classification import Clearance, clearance
from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.meetings.agenda.models import LISTED, WITHDRAWN, AgendaItem
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs import models
from secretariat.meetings.packs.edition import pieces_of
from secretariat.meetings.packs.models import ISSUED, LastLook, MeetingPaper

FRONT = ("title", "act", "purpose", "recommendation", "team", "issue_class")


@dataclass(frozen=True)
class News:
    """One thing that is otherwise than when the person last looked."""

    what: str
    record: Any


def last_look(meeting: Meeting, person: Person | None) -> datetime | None:
    """When a person last said that they had seen the papers; none before the first time."""
    row = LastLook.objects.filter(meeting=meeting, person=person).first() if person else None
    return row.at if row else None


def news(meeting: Meeting, person: Person, at: datetime) -> list[News]:
    """What changed since the person's last look; nothing where there was none yet, since then all is new."""
    since = last_look(meeting, person)
    if since is None:
        return []
    return [*_items(meeting, person, at, since), *_papers(meeting, person, at, since)]


def _items(meeting: Meeting, person: Person, at: datetime, since: datetime) -> Iterator[News]:
    items = {row.pk: row for row in AgendaItem.objects.filter(meeting=meeting).visible_to(person, at)}
    events = Event.objects.filter(kind=kind_of(AgendaItem), subject_id__in=items, recorded__gt=since)
    told = {"agenda_item.put": LISTED, "agenda_item.put_back": LISTED, "agenda_item.take_off": WITHDRAWN}
    words = {LISTED: "Put on the agenda", WITHDRAWN: "Taken off the agenda"}
    for pk, name in dict(events.filter(name__in=told).order_by("id").values_list("subject_id", "name")).items():
        if items[pk].state == told[name]:
            yield News(words[told[name]], items[pk])


def _papers(meeting: Meeting, person: Person, at: datetime, since: datetime) -> Iterator[News]:
    rows = MeetingPaper.objects.filter(meeting=meeting).visible_to(person, at)
    issued = rows.filter(state=ISSUED, issued_at__gt=since).select_related("meeting__committee", "replaces")
    cleared = clearance(person, at)
    for row in issued:
        if row.replaces is None:
            yield News("Late paper" if row.late else "New paper", row)
        elif differs(row, row.replaces, cleared):
            yield News("Changed paper", row)
    gone = rows.filter(state=models.WITHDRAWN, issued_at__lte=since).values("pk")
    events = Event.objects.filter(kind=kind_of(MeetingPaper), name="meeting_paper.withdraw", recorded__gt=since)
    for row in rows.filter(pk__in=gone).filter(pk__in=events.values("subject_id")):
        yield News("Withdrawn paper", row)


def differs(new: MeetingPaper, old: MeetingPaper, cleared: Clearance) -> bool:
    """Whether a paper reads otherwise than the one it replaces, to a reader of a clearance."""
    if any(getattr(new, name) != getattr(old, name) for name in FRONT):
        return True
    return pieces_of(new, cleared) != pieces_of(old, cleared) or _files(new, cleared) != _files(old, cleared)


def _files(paper: MeetingPaper, cleared: Clearance) -> list[tuple[str, str, str]]:
    rows: Any = paper.attachments.order_by("label")
    return list(rows.cleared_for(cleared).values_list("label", "title", "file__sha256"))
