"""The pack of an edition: cover and agenda with page numbers, then each paper with its attachments, as one PDF.

Each part is kept under the hash of its content, so that a change of one paper prints that paper and no other.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings

from secretariat.core.classification import STATEMENTS, Class
from secretariat.core.files import place
from secretariat.meetings.packs.edition import Edition, Paper
from secretariat.meetings.packs.joining import PLACE, Part, join, page_count
from secretariat.meetings.packs.words import sections
from secretariat.papers import document as doc
from secretariat.papers.pdf import pdf
from secretariat.plain.dates import long_date, slash_date

FORM = "2"
"""Raised when a pack is printed otherwise than before, so that no kept part of the old form is taken."""
GUESSES = 3


def pack(edition: Edition) -> bytes:
    """The pack as a PDF: made once, then taken from where it was kept, until anything in the edition changes."""
    return kept(edition.key, lambda: made(edition))


def made(edition: Edition) -> bytes:
    """The pack, put together anew from its parts."""
    below = [part for number, paper in enumerate(edition.papers, start=1) for part in _parts(edition, paper, number)]
    counts = [page_count(part.content) for part in below]
    front = _front(edition, below, counts)
    return join([front, *below], edition.title, f"{edition.title}: ", edition.dated)


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """The bytes kept under a key, made first where there are none; what is kept can be thrown away at any time."""
    name = hashlib.sha256(f"{FORM} {key}".encode()).hexdigest()
    where = Path(settings.FILES_ROOT) / "packs" / name[:2] / name
    if where.exists():
        return where.read_bytes()
    content = make()
    where.parent.mkdir(parents=True, exist_ok=True)
    partial = where.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(where)
    return content


def _printed(document: doc.Document) -> bytes:
    return kept(doc.to_json(document), lambda: pdf(document, annex=False))


def _parts(edition: Edition, paper: Paper, number: int) -> list[Part]:
    """A paper's own pages, then those of its attachments."""
    words = Part(f"{paper.reference}: {paper.title}", _printed(paper_document(paper, edition.dated)), f"paper-{number}")
    joined = [(place_, one) for place_, one in enumerate(paper.appendices, start=1) if one.joined]
    return [
        words,
        *(
            Part(f"{one.label}: {one.title}", place(one.sha256).read_bytes(), f"paper-{number}-{place_}", below=True)
            for place_, one in joined
        ),
    ]


def paper_document(paper: Paper, dated: date) -> doc.Document:
    """One paper for its renderer, with the front matter of every paper (rule REF-4)."""
    told = [doc.Section("purpose", "Purpose", (doc.Paragraph((doc.Text(paper.purpose),)),))]
    told.append(doc.Section("recommendation", "Recommendation", (doc.Paragraph((doc.Text(paper.recommendation),)),)))
    return doc.numbered(
        doc.Document(_paper_front(paper, dated), (*told, *sections(paper.pieces, paper.classification)))
    )


def _paper_front(paper: Paper, dated: date) -> doc.Front:
    level = Class(paper.highest)
    return doc.Front(
        title=paper.title,
        reference=paper.reference,
        action=f"{paper.act} (late paper)" if paper.late else paper.act,
        classification=level.label,
        class_statement=STATEMENTS[level],
        author=paper.team,
        day=dated,
        attachments=tuple(
            doc.Attachment(one.label, one.title if one.joined else f"{one.title}, kept beside the pack",
                           Class(one.classification).label)
            for one in paper.appendices
        ),
        administrator=settings.ADMINISTRATION,
    )  # fmt: skip


def _front(edition: Edition, below: list[Part], counts: list[int]) -> Part:
    """Cover, agenda and contents. How long they are decides on which page the rest begins, so they are set again."""
    pages = 2
    for _ in range(GUESSES):
        content = _printed(front_document(edition, below, counts, pages))
        if (now := page_count(content)) == pages:
            break
        pages = now
    return Part("Agenda and contents", content, "front")


def front_document(edition: Edition, below: list[Part], counts: list[int], pages: int) -> doc.Document:
    """Cover, agenda and contents of a pack whose first `pages` pages they are."""
    level = Class(edition.level)
    front = doc.Front(
        title=f"{edition.body}, {long_date(edition.day)}",
        reference=edition.reference,
        action=f"For the meeting{f' at {edition.starts}' if edition.starts else ''}",
        classification=level.label,
        class_statement=STATEMENTS[level],
        author=settings.ADMINISTRATION,
        day=edition.dated,
    )
    agenda = doc.Section("agenda", "Agenda", (_agenda(edition), *_carried(edition)))
    contents = doc.Section("papers", "Papers", (_contents(edition, below, counts, pages),))
    return doc.numbered(doc.Document(front, (agenda, contents)))


def _agenda(edition: Edition) -> doc.Table:
    rows = tuple(
        (_cell(item.label), _cell(item.title), _cell(item.act), _cell(item.presenter), _figure(item.minutes or ""))
        for item in edition.items
    )
    return doc.Table("The agenda", ("Item", "Title", "Action", "Presented by", "Minutes"), rows, empty="No item yet.")


def _carried(edition: Edition) -> tuple[doc.Table, ...]:
    if not edition.carried:
        return ()
    rows = tuple(
        (_cell(one.reference), _cell(one.what), _cell(one.owner), _cell(slash_date(one.due) if one.due else "no day"))
        for one in edition.carried
    )
    return (doc.Table("Actions carried over", ("Action", "What is to be done", "Owner", "Due"), rows),)


def _contents(edition: Edition, below: list[Part], counts: list[int], pages: int) -> doc.Table:
    """Every part with the page it begins on, as a link to it."""
    rows, page = [], pages + 1
    for part, count in zip(below, counts, strict=True):
        link = doc.Link(part.title, f"{PLACE}{part.anchor}")
        number = doc.Link(str(page), f"{PLACE}{part.anchor}")
        rows.append((doc.Cell(((link,),)), doc.Cell(((number,),), numeric=True), _figure(count)))
        page += count
    return doc.Table("The papers of this pack", ("Paper", "Page", "Pages"), tuple(rows), empty="No paper is issued.")


def _cell(value: object) -> doc.Cell:
    return doc.Cell(((doc.Text(str(value)),),))


def _figure(value: object) -> doc.Cell:
    return doc.Cell(((doc.Text(str(value)),),), numeric=True)
