"""What a clearance sees of a meeting's papers: one tree of values, from which the pack and its page are made.

Nothing of a higher class is in the tree, nor the number, order, size or time of anything of a higher class. So the
pack of a class does not change with what its readers may not read (rules INF-3, INF-5, REF-3).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.core.classification import PUBLIC, Class, Clearance
from secretariat.core.files import StoredFile
from secretariat.meetings.agenda.candidates import carried_to
from secretariat.meetings.agenda.models import LISTED, AgendaItem
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs.models import ISSUED, MeetingPaper, PaperAttachment, PaperParagraph, PaperVersion
from secretariat.meetings.packs.paper_day import paper_day
from secretariat.meetings.packs.words import Piece


@dataclass(frozen=True)
class Appendix:
    """An attachment: `joined` says whether its pages stand in the pack."""

    label: str
    title: str
    classification: int
    name: str
    sha256: str

    @property
    def joined(self) -> bool:
        """Whether it is a PDF, whose pages can be joined."""
        return self.name.lower().endswith(".pdf")


@dataclass(frozen=True)
class Paper:
    """An issued paper, as far as the clearance opens it."""

    reference: str
    title: str
    act: str
    purpose: str
    recommendation: str
    team: str
    classification: int
    late: bool
    pieces: tuple[Piece, ...]
    appendices: tuple[Appendix, ...]

    @property
    def highest(self) -> int:
        """The class of this copy: that of the highest thing in it, so that nobody passes it on as less (rule INF-3)."""
        pieces = [one.classification for one in self.pieces]
        return max([self.classification, *pieces, *(one.classification for one in self.appendices)])


@dataclass(frozen=True)
class Item:
    """An item of the agenda with its papers."""

    label: str
    title: str
    act: str
    minutes: int | None
    presenter: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Carried:
    """An action that comes to the meeting by itself."""

    reference: str
    what: str
    owner: str
    due: date | None


@dataclass(frozen=True)
class Edition:
    """The agenda and papers of a meeting for the readers of a class."""

    reference: str
    body: str
    day: date
    starts: str
    dated: date
    level: int
    items: tuple[Item, ...]
    carried: tuple[Carried, ...]

    @property
    def title(self) -> str:
        """What the pack is called: "SECP_78_1303, White pack"."""
        return f"{self.reference}, {Class(self.level).label} pack"

    @property
    def papers(self) -> list[Paper]:
        """Its papers in the order of the agenda."""
        return [paper for item in self.items for paper in item.papers]

    @property
    def key(self) -> str:
        """The hash of everything in it: the same edition, the same key."""
        text = json.dumps(dataclasses.asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def pack_clearance(meeting: Meeting, level: int, reader: Clearance = PUBLIC) -> Clearance:
    """Who the pack of a class is made for: all readers of it; of Red, the one reader, by name (rule INF-2)."""
    if level == Class.RED:
        return reader
    if level == Class.AMBER:
        return Clearance(Class.GREEN, frozenset({meeting.committee.code}))
    return Clearance(level)


def opens(meeting: Meeting, level: int, reader: Clearance) -> bool:
    """Whether a reader may have the pack of a class: of Red, where something Red of the meeting is theirs to read."""
    if level <= reader.rank:
        return True
    if level == Class.AMBER:
        return meeting.committee.code in reader.audiences
    return level == Class.RED and _reads_something_red(meeting, reader)


def _reads_something_red(meeting: Meeting, reader: Clearance) -> bool:
    issued = {"paper__meeting": meeting, "paper__state": ISSUED}
    rows: tuple[Any, ...] = (
        AgendaItem.objects.filter(meeting=meeting, state=LISTED),
        MeetingPaper.objects.filter(meeting=meeting, state=ISSUED),
        PaperAttachment.objects.filter(**issued),
        PaperParagraph.objects.filter(version__paper__meeting=meeting, version__paper__state=ISSUED),
    )
    return any(found.filter(classification=Class.RED).cleared_for(reader).exists() for found in rows)


def edition(meeting: Meeting, level: int, cleared: Clearance) -> Edition:
    """The agenda and issued papers of a meeting, as far as a clearance opens them; eight queries however many."""
    papers = _papers(meeting, cleared)
    items = [
        Item(
            row.label, row.title, row.get_act_display(), row.minutes, row.presenter,
            tuple(papers.get(row.pk, ())),
        )
        for row in AgendaItem.objects.filter(meeting=meeting, state=LISTED).cleared_for(cleared)
    ]  # fmt: skip
    carried = carried_to(meeting).cleared_for(cleared).select_related("person", "organisation")
    return Edition(
        meeting.reference or f"{meeting.committee.code} {meeting.day.isoformat()}",
        meeting.committee.name,
        meeting.day,
        f"{meeting.starts:%H:%M}" if meeting.starts else "",
        paper_day(meeting),
        level,
        tuple(items),
        tuple(Carried(str(row), row.what, row.owner, row.due) for row in carried),
    )


def _papers(meeting: Meeting, cleared: Clearance) -> dict[int, list[Paper]]:
    rows = MeetingPaper.objects.filter(meeting=meeting, state=ISSUED).cleared_for(cleared)
    papers = list(rows.select_related("meeting__committee").order_by("number", "pk"))
    pieces, appendices = _pieces(papers, cleared), _appendices(papers, cleared)
    found: dict[int, list[Paper]] = defaultdict(list)
    for row in papers:
        found[row.item_id].append(_paper(row, pieces.get(row.pk, []), appendices.get(row.pk, [])))
    return found


def _paper(row: MeetingPaper, pieces: list[Piece], appendices: list[Appendix]) -> Paper:
    return Paper(
        row.reference, row.title, row.get_act_display(), row.purpose, row.recommendation, row.team,
        row.issue_class, row.late, tuple(pieces), tuple(appendices),
    )  # fmt: skip


def paper_of(row: MeetingPaper, cleared: Clearance) -> tuple[Paper, date]:
    """One paper in whatever state, as far as a clearance opens it, and the paper day by which it is dated."""
    pieces, appendices = _pieces([row], cleared), _appendices([row], cleared)
    return _paper(row, pieces.get(row.pk, []), appendices.get(row.pk, [])), paper_day(row.meeting)


def _pieces(papers: list[MeetingPaper], cleared: Clearance) -> dict[int, list[Piece]]:
    """The paragraphs of each paper's last version."""
    versions = PaperVersion.objects.filter(paper__in=papers).order_by("number").values_list("paper_id", "pk")
    last = {version: paper for paper, version in dict(versions).items()}
    found: dict[int, list[Piece]] = defaultdict(list)
    rows = PaperParagraph.objects.filter(version__in=last).cleared_for(cleared).order_by("version_id", "position")
    for row in rows:
        found[last[row.version_id]].append(Piece(row.kind, row.text, row.classification))
    return found


def _appendices(papers: list[MeetingPaper], cleared: Clearance) -> dict[int, list[Appendix]]:
    files = StoredFile.objects.all().cleared_for(cleared)
    rows = PaperAttachment.objects.filter(paper__in=papers, file__in=files).cleared_for(cleared).select_related("file")
    found: dict[int, list[Appendix]] = defaultdict(list)
    for row in rows.order_by("label", "title", "pk"):
        found[row.paper_id].append(Appendix(row.label, row.title, row.classification, row.file.name, row.file.sha256))
    return found


def pieces_of(paper: MeetingPaper, cleared: Clearance) -> list[Piece]:
    """The words of one paper, as far as a clearance opens them."""
    return _pieces([paper], cleared).get(paper.pk, [])
