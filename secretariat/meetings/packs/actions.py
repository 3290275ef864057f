"""Writes of more than one step: asking for a paper, writing it, attaching, naming readers, replacing it by another."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Unpack

import pikepdf
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from secretariat.core import journal
from secretariat.core.classification import Class, Recipient
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs.models import (
    BEING_WRITTEN,
    DRAFT,
    ISSUED,
    SECRETARIAT_ONLY,
    LastLook,
    MeetingPaper,
    PaperAttachment,
    PaperParagraph,
    PaperVersion,
    PrivateNote,
    ReadReceipt,
)
from secretariat.meetings.packs.procedure import MEETING_PAPERS
from secretariat.meetings.packs.words import Piece, read


def next_number(meeting: Meeting, classification: int) -> int:
    """The number that is proposed for a paper: after those of its class, which other classes do not move."""
    label = Class(classification).name.lower()
    first = RULEBOOK.number(f"meetings.first_paper_number.{label}", meeting.day)
    known = MeetingPaper.objects.filter(meeting=meeting, issue_class=classification, number__gte=first)
    return max(first - 1, known.aggregate(last=Max("number"))["last"] or 0) + 1


def draft(paper: MeetingPaper, **told: Unpack[Told]) -> MeetingPaper:
    """Asks for a paper: numbered unless a number is told, for the secretariat's eyes until it is issued.

    Of a Red paper, who enters it and its author are the first named readers. Raises Refused.
    """
    paper.meeting = paper.item.meeting
    told_number: int | None = paper.number
    paper.number = next_number(paper.meeting, paper.issue_class) if told_number is None else told_number
    with transaction.atomic():
        MEETING_PAPERS.take("draft", paper, **told)
        if paper.issue_class == Class.RED:
            name_readers(paper, [one for one in (told["by"], paper.author) if one is not None], **told)
    return paper


def write(paper: MeetingPaper, text: str, seen: int, **told: Unpack[Told]) -> PaperVersion:
    """Keeps a text as the paper's next version; earlier ones stay. `seen` is the number of the version it began from.

    Raises Refused when the paper is no longer written, when somebody wrote since, or for a class that is too low.
    """
    _is_being_written(paper)
    try:
        pieces = read(text, paper.issue_class)
    except ValueError as error:
        raise Refused(str(error)) from error
    if not any(piece.text for piece in pieces):
        raise Refused("The paper has no words.")
    with transaction.atomic():
        MeetingPaper.objects.select_for_update().get(pk=paper.pk)
        last = _last_number(paper)
        if seen != last:
            raise Refused(f"Somebody wrote version {last} since you opened version {seen}. Compare before you save.")
        version = _kept(paper, pieces, last + 1, told)
        _spread(paper)
    return version


def _last_number(paper: MeetingPaper) -> int:
    return int(paper.versions.aggregate(last=Max("number"))["last"] or 0)


def _is_being_written(paper: MeetingPaper) -> None:
    state = MeetingPaper.objects.values_list("state", flat=True).get(pk=paper.pk)
    if state != DRAFT:
        raise Refused(f"The paper is {state}; give it back to its author, or replace it by another.")


def _kept(paper: MeetingPaper, pieces: Sequence[Piece], number: int, told: Told) -> PaperVersion:
    version = PaperVersion(paper=paper, number=number, recorded=told["recorded"])
    version.classification, version.audience = max(Class.AMBER, paper.issue_class), SECRETARIAT_ONLY
    journal.enter(version, **told)
    PaperParagraph.objects.bulk_create(
        PaperParagraph(
            version=version, position=place, kind=piece.kind, text=piece.text, classification=piece.classification,
            audience=paper.meeting.committee.code,
        )
        for place, piece in enumerate(pieces, start=1)
    )  # fmt: skip
    return version


def attach(row: PaperAttachment, name: str, content: bytes, **told: Unpack[Told]) -> PaperAttachment:
    """Attaches a file to a paper that is being written; its bytes are the secretariat's until the paper is issued.

    Raises Refused, or ValidationError for a file that is not taken or a PDF that cannot be joined to a pack.
    """
    _is_being_written(row.paper)
    if name.lower().endswith(".pdf"):
        _can_be_joined(name, content)
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
    file.classification, file.audience = max(Class.AMBER, row.classification), SECRETARIAT_ONLY
    row.audience = row.paper.meeting.committee.code
    with transaction.atomic():
        journal.enter(file, **told)
        row.file = file
        journal.enter(row, **told)
        _spread(row.paper)
    return row


def _can_be_joined(name: str, content: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(content)) as found:
            pages = len(found.pages)
    except pikepdf.PasswordError as error:
        raise ValidationError(f"{name} is protected by a password; save it without one.") from error
    except pikepdf.PdfError as error:
        raise ValidationError(f"{name} is damaged: it cannot be read as a PDF.") from error
    if not pages:
        raise ValidationError(f"{name} has no pages.")


def name_readers(paper: MeetingPaper, people: Iterable[Person], **told: Unpack[Told]) -> None:
    """Names who reads what is Red of a paper; whoever was named before and is not now reads it no longer (INF-2)."""
    named = {person.pk: person for person in people}
    kind = kind_of(paper)
    with transaction.atomic():
        Recipient.objects.filter(kind=kind, record_id=paper.pk).exclude(person__in=named).delete()
        for person in named.values():
            Recipient.objects.get_or_create(kind=kind, record_id=paper.pk, person=person)
        _spread(paper)
        journal.record("meeting_paper.name_readers", paper, **told, readers=list(named.values()))


def readers_of(paper: MeetingPaper) -> list[Person]:
    """Who is named as a reader of what is Red of a paper."""
    rows = Recipient.objects.filter(kind=kind_of(paper), record_id=paper.pk)
    return list(Person.objects.filter(pk__in=rows.values("person")))


def _spread(paper: MeetingPaper) -> None:
    """The named readers of a paper read what is Red of it, and nobody else does; they read its item too."""
    people = readers_of(paper)
    if paper.item.classification == Class.RED:
        item = kind_of(paper.item)
        Recipient.objects.bulk_create(
            [Recipient(kind=item, record_id=paper.item_id, person=person) for person in people], ignore_conflicts=True
        )
    attachments = PaperAttachment.objects.filter(paper=paper, classification=Class.RED)
    for rows in (
        PaperVersion.objects.filter(paper=paper, classification=Class.RED),
        PaperParagraph.objects.filter(version__paper=paper, classification=Class.RED),
        attachments,
        StoredFile.objects.filter(pk__in=attachments.values("file")),
    ):
        kind, ids = kind_of(rows.model), list(rows.values_list("pk", flat=True))
        Recipient.objects.filter(kind=kind, record_id__in=ids).exclude(person__in=people).delete()
        Recipient.objects.bulk_create(
            [Recipient(kind=kind, record_id=pk, person=person) for pk in ids for person in people],
            ignore_conflicts=True,
        )


def replace(paper: MeetingPaper, **told: Unpack[Told]) -> MeetingPaper:
    """Begins another paper of the same number and words; once issued it supersedes this one. Raises Refused."""
    if paper.state != ISSUED:
        raise Refused("Only an issued paper is replaced.")
    if MeetingPaper.objects.filter(replaces=paper).exclude(state="withdrawn").exists():
        raise Refused("Another paper that replaces this one is begun already.")
    fields = ("item", "number", "title", "act", "purpose", "recommendation", "team", "author", "issue_class")
    new = MeetingPaper(replaces=paper, meeting=paper.meeting, **{name: getattr(paper, name) for name in fields})
    new.about_kind, new.about_id = paper.about_kind, paper.about_id
    with transaction.atomic():
        draft(new, **told)
        last = paper.versions.order_by("-number").first()
        if last is not None:
            old = last.paragraphs.all()
            _kept(new, [Piece(one.kind, one.text, one.classification) for one in old], 1, told)
        for row in paper.attachments.select_related("file"):
            copied = PaperAttachment(paper=new, label=row.label, title=row.title, classification=row.classification)
            attach(copied, row.file.name, row.file.read(), **told)
        if readers := readers_of(paper):
            name_readers(new, readers, **told)
    return new


def note(item: AgendaItem, text: str, **told: Unpack[Told]) -> PrivateNote:
    """Keeps what a member notes on an item, for the member alone. The journal says that, not what.

    Raises Refused for nobody.
    """
    person = told["by"]
    if person is None:
        raise Refused("A private note is somebody's.")
    with transaction.atomic():
        row = PrivateNote.objects.filter(item=item, person=person).first() or PrivateNote(item=item, person=person)
        row.text, row.recorded = text, told["recorded"]
        row.full_clean()
        row.save()
        Recipient.objects.get_or_create(kind=kind_of(row), record_id=row.pk, person=person)
        journal.record("privatenote.write", row, **told)
    return row


def look(meeting: Meeting, **told: Unpack[Told]) -> LastLook:
    """Keeps that a person has now seen the papers of a meeting. Raises Refused for nobody."""
    person = told["by"]
    if person is None:
        raise Refused("Sign in first.")
    with transaction.atomic():
        row: LastLook | None = LastLook.objects.filter(meeting=meeting, person=person).first()
        if row is not None:
            journal.amend(row, {"at": told["at"]}, **told)
            return row
        row = LastLook(meeting=meeting, person=person, at=told["at"])
        journal.enter(row, **told)
        Recipient.objects.get_or_create(kind=kind_of(row), record_id=row.pk, person=person)
    return row


def receipt(paper: MeetingPaper, **told: Unpack[Told]) -> ReadReceipt:
    """Keeps that a person has read a paper, once. Raises Refused for nobody, ValidationError where none is kept."""
    person: Any = told["by"]
    if person is None or paper.state in BEING_WRITTEN:
        raise Refused("A receipt is of an issued paper, by somebody who reads it.")
    with transaction.atomic():
        row = ReadReceipt.objects.filter(paper=paper, person=person).first()
        if row is None:
            row = ReadReceipt(paper=paper, person=person, at=told["at"], audience=paper.meeting.committee.code)
            journal.enter(row, **told)
    return row
