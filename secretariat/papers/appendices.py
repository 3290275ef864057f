"""Supplying an appendix: handed in as a file or composed from the record, kept under the appendix's own class.

What is Red is read by the people named when it is supplied and by nobody else (rule INF-2); of it the paper itself
prints the title and the class, and nothing that could tell what it says (rule INF-3).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Unpack

from django.conf import settings
from django.db import models, transaction

from secretariat.core import journal
from secretariat.core.capacities import team
from secretariat.core.classification import STATEMENTS, Class
from secretariat.core.files import StoredFile, kept
from secretariat.core.journal import Told
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Refused
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.issuing import rendered
from secretariat.papers.models import Attachment, Paper
from secretariat.papers.readers import name, of_teams
from secretariat.papers.readers import possible_readers as possible
from secretariat.papers.report import Attached


def attached(row: Attachment) -> Attached | None:
    """What the report says of an appendix; nothing for one that only this paper has."""
    return row.paper.report.attached(row.label)


def owner_of(row: Attachment) -> Team:
    """The team that supplies an appendix."""
    told = attached(row)
    return told.owner if told is not None else Team.OPERATIONS


def may_supply(person: Person | None, row: Attachment, at: datetime) -> bool:
    """The team that supplies it, or the operations team."""
    return team(owner_of(row))(person, row, at)


def possible_readers(row: Attachment, at: datetime) -> models.QuerySet[Person]:
    """Who can be named to read a Red appendix: the members of the body that receives the paper, and who supplies it."""
    return possible(row.paper.report.body, owner_of(row), at)


def open_to_its_team(row: Attachment, at: datetime) -> None:
    """Lets the team that supplies a Red appendix see that it is to be supplied; what it says is another record."""
    name(row, of_teams((owner_of(row), Team.OPERATIONS), at))


def compose(row: Attachment, readers: Iterable[Person], **told: Unpack[Told]) -> StoredFile:
    """Composes an appendix from the record as a PDF and supplies it.

    Raises Refused where it is not composed from the record, or not by this person.
    """
    by, at, layout = told["by"], told["at"], getattr(attached(row), "layout", None)
    if layout is None:
        raise Refused("This appendix is handed in as a file; the record does not hold it.")
    if not may_supply(by, row, at):
        raise Refused(f"{row.label} is supplied by the team {owner_of(row).label}.")
    assembly = Assembly(row.paper, row.classification)
    section = doc.Section("appendix", row.title, tuple(layout(assembly, by, at)))
    document = doc.numbered(doc.Document(_front(row, assembly), (section,)))
    content = rendered(doc.to_json(document).encode(), forms=("pdf",))["pdf"]
    return supply(row, f"{_stem(row)}.pdf", content, readers, **told)


def _front(row: Attachment, assembly: Assembly) -> doc.Front:
    return doc.Front(
        title=f"{row.label}: {row.title}",
        reference=row.paper.reference,
        action=row.paper.report.action,
        classification=Class(row.classification).label,
        class_statement=STATEMENTS[Class(row.classification)],
        author=row.paper.author,
        day=assembly.day,
        administrator=settings.ADMINISTRATION,
    )


def file_name(row: Attachment, given: str) -> str:
    """What the file of an appendix is called; the name that it came with could tell what a Red one says."""
    if row.classification < Class.RED:
        return given
    return f"{_stem(row)}{Path(given).suffix.lower()}"


def _stem(row: Attachment) -> str:
    return f"{row.paper.key}-{row.label.lower().replace(' ', '-')}"


def supply(row: Attachment, given: str, content: bytes, readers: Iterable[Person], **told: Unpack[Told]) -> StoredFile:
    """Keeps a file as an appendix, under the appendix's class; a Red one sealed, for named readers and who supplies it.

    Raises Refused when the paper is no longer a draft or nobody is named, ValidationError for an unsafe file.
    """
    chosen = list(readers)
    if not row.paper.is_open:
        raise Refused("The paper is no longer a draft; reopen it first.")
    if row.classification == Class.RED and not chosen:
        raise Refused("What is Red is for named readers only: name at least one.")
    file = kept(
        file_name(row, given), content, classification=row.classification, audience=row.audience,
        recorded=told["recorded"],
    )  # fmt: skip
    with transaction.atomic():
        journal.enter(file, **told)
        if row.classification == Class.RED:
            name(file, [one.pk for one in (*chosen, told["by"]) if one is not None])
        journal.amend(row, {"file": file, "not_supplied": ""}, **told)
    return file


def readable(paper: Paper, person: Person | None, at: datetime) -> frozenset[int]:
    """The numbers of the appendices whose file a person may read."""
    files = StoredFile.objects.visible_to(person, at).filter(pk__in=paper.attachments.values("file"))
    return frozenset(paper.attachments.filter(file__in=files).values_list("pk", flat=True))
