"""Supplying an appendix: handed in as a file or composed from the record, kept under the appendix's own class.

What is Red is read by the people named when it is supplied and by nobody else (rule INF-2); of it the paper itself
prints the title and the class, and nothing that could tell what it says (rule INF-3).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Unpack

from django.conf import settings
from django.db import models, transaction

from secretariat.core import journal
from secretariat.core.capacities import team
from secretariat.core.classification import STATEMENTS, Class, Recipient
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.issuing import rendered
from secretariat.papers.models import Attachment, Paper
from secretariat.papers.report import Attached
from secretariat.plain.dates import local_day


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
    members = models.Q(role=Role.COMMITTEE_MEMBER, audience=row.paper.report.body)
    suppliers = models.Q(role=Role.SECRETARIAT, team=owner_of(row))
    rows = Capacity.objects.on(local_day(at)).filter(members | suppliers)
    found: models.QuerySet[Person] = Person.objects.filter(pk__in=rows.values("person"), is_active=True)
    return found.order_by("name")


def open_to_its_team(row: Attachment, at: datetime) -> None:
    """Lets the team that supplies a Red appendix see that it is to be supplied; what it says is another record."""
    rows = Capacity.objects.on(local_day(at)).filter(role=Role.SECRETARIAT, team__in=(owner_of(row), Team.OPERATIONS))
    _name(row, rows.values_list("person", flat=True))


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
    name = f"{row.paper.key}-{row.label.lower().replace(' ', '-')}.pdf"
    return supply(row, name, content, readers, **told)


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


def supply(row: Attachment, name: str, content: bytes, readers: Iterable[Person], **told: Unpack[Told]) -> StoredFile:
    """Keeps a file as an appendix, under the appendix's class; of a Red one the readers are named with who supplies it.

    Raises Refused when the paper is no longer a draft or nobody is named, ValidationError for an unsafe file.
    """
    named = list(readers)
    if not row.paper.is_open:
        raise Refused("The paper is no longer a draft; reopen it first.")
    if row.classification == Class.RED and not named:
        raise Refused("What is Red is for named readers only: name at least one.")
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
    file.classification, file.audience = row.classification, row.audience
    with transaction.atomic():
        journal.enter(file, **told)
        if row.classification == Class.RED:
            _name(file, [one.pk for one in (*named, told["by"]) if one is not None])
        journal.amend(row, {"file": file, "not_supplied": ""}, **told)
    return file


def _name(record: models.Model, people: Iterable[int]) -> None:
    rows = [Recipient(kind=kind_of(record), record_id=record.pk, person_id=pk) for pk in people]
    Recipient.objects.bulk_create(rows, ignore_conflicts=True)


def readable(paper: Paper, person: Person | None, at: datetime) -> frozenset[int]:
    """The numbers of the appendices whose file a person may read."""
    files = StoredFile.objects.visible_to(person, at).filter(pk__in=paper.attachments.values("file"))
    return frozenset(paper.attachments.filter(file__in=files).values_list("pk", flat=True))
