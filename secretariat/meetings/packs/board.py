"""The readiness board: each item of an agenda with its papers, where they stand and how long there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from secretariat.core.calendar import calendar
from secretariat.core.people import Person
from secretariat.meetings.agenda.models import LISTED, AgendaItem
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs.models import BEING_WRITTEN, ISSUED, SUPERSEDED, WITHDRAWN, MeetingPaper
from secretariat.meetings.packs.paper_day import due_words, paper_day_working
from secretariat.plain.dates import local_day


@dataclass(frozen=True)
class Line:
    """One paper, or an item without one."""

    item: AgendaItem
    paper: MeetingPaper | None
    state: str
    due: str
    overdue: bool


@dataclass(frozen=True)
class Board:
    """How ready the papers of a meeting are."""

    meeting: Meeting
    paper_day: date
    working: str
    lines: list[Line]

    @property
    def issued(self) -> int:
        """How many papers are issued."""
        return sum(line.state == ISSUED for line in self.lines)

    @property
    def awaited(self) -> int:
        """How many papers are not."""
        return sum(line.state in BEING_WRITTEN for line in self.lines)


def board(meeting: Meeting, person: Person | None, at: datetime) -> Board:
    """The readiness of a meeting's papers, as far as a person may read them (rule GOV-10)."""
    days = calendar()
    working = paper_day_working(meeting, days)
    papers: dict[int, list[MeetingPaper]] = {}
    rows = MeetingPaper.objects.filter(meeting=meeting).exclude(state__in=(WITHDRAWN, SUPERSEDED))
    for paper in rows.visible_to(person, at).select_related("meeting__committee", "author").order_by("number", "pk"):
        papers.setdefault(paper.item_id, []).append(paper)
    due, late = due_words(working.result, at, days), local_day(at) > working.result
    lines = []
    for item in AgendaItem.objects.filter(meeting=meeting, state=LISTED).visible_to(person, at):
        for paper in papers.get(item.pk, [None]):
            waits = paper is not None and paper.state in BEING_WRITTEN
            state = paper.state if paper is not None else "no paper asked for"
            lines.append(Line(item, paper, state, due if waits else "", late and waits))
    return Board(meeting, working.result, working.sentence(), lines)
