"""Minutes and headlines as documents, each a projection of the rows of one class and those below it.

What is of a higher class is absent, not blacked out: neither its words nor its number nor its place is in the document
(rule GOV-11). Names of people are printed in no edition that the public reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Q

from secretariat.core.classification import STATEMENTS, Class
from secretariat.meetings.actions.models import Action
from secretariat.meetings.attending.models import APOLOGIES, LEFT, PRESENT, Attendance
from secretariat.meetings.minutes.models import Kind, Minute, Minutes
from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.papers import document as doc
from secretariat.plain.dates import day_words, plain_date

HEADLINES, MINUTES = MeetingDocument.Kind.HEADLINES, MeetingDocument.Kind.MINUTES
WITHOUT_ITEM = "Of the meeting as a whole"


def rows_of(minutes: Minutes, level: int) -> list[Minute]:
    """The rows that are read in the edition of a class, in the order of the agenda."""
    below = Q(item__isnull=True) | Q(item__classification__lte=level)
    rows = minutes.rows.filter(below, published_class__lte=level)
    return list(rows.select_related("item", "action", "action__person", "action__organisation", "ballot"))


def headline_rows(minutes: Minutes) -> list[Minute]:
    """The rows that are headlines: what is White in the minutes, less what was edited out (rule REF-2)."""
    return [row for row in rows_of(minutes, Class.WHITE) if row.in_headlines]


def minutes_document(minutes: Minutes, level: int) -> doc.Document:
    """The minutes as the readers of a class read them."""
    rows = rows_of(minutes, level)
    sections = [*_attended(minutes.meeting, level), *_by_item(rows, lambda row: _minuted(row, level))]
    placed = [row for row in rows if row.action is not None]
    if placed:
        table = _table([_action_line(row, level) for row in placed])
        sections.append(doc.Section("actions", "Actions placed", (table,)))
    return doc.Document(_front(minutes, MINUTES, level), tuple(sections))


def headlines_document(minutes: Minutes) -> doc.Document:
    """The headlines: White, in the words of the minutes where nobody edited them."""
    sections = _by_item(headline_rows(minutes), _headline)
    return doc.Document(_front(minutes, HEADLINES, Class.WHITE), tuple(sections))


def _front(minutes: Minutes, kind: str, level: int) -> doc.Front:
    meeting = minutes.meeting
    return doc.Front(
        title=f"{meeting.committee.name}: {MeetingDocument.Kind(kind).label.lower()}, {plain_date(meeting.day)}",
        reference=meeting.reference,
        action="For information" if kind == HEADLINES else _standing(minutes, level),
        classification=Class(level).label,
        class_statement=STATEMENTS[Class(level)],
        author=settings.ADMINISTRATION,
        day=meeting.day,
        administrator=settings.ADMINISTRATION,
    )


def _standing(minutes: Minutes, level: int) -> str:
    later = minutes.approved_at
    if later is None:
        return "Draft, to be approved by a later meeting"
    return f"Approved at {later}" if later.classification <= level else "Approved by a later meeting"


def _by_item(rows: Iterable[Minute], printed: Any) -> Iterator[doc.Section]:
    for place, (item, below) in enumerate(groupby(rows, key=lambda row: row.item), start=1):
        label, title = (item.label, item.title) if item is not None else ("", WITHOUT_ITEM)
        yield doc.Section(f"item-{place}", title, tuple(block for row in below for block in printed(row)), label)


def _minuted(row: Minute, level: int) -> Iterator[doc.Block]:
    words = row.text
    if row.action is not None:
        words = f"{_asked(row.action, level)}: {row.text}"
    yield from _paragraphs(lead(row), words)
    vote = _vote(row, level)
    if vote:
        yield doc.Paragraph((doc.Text(vote),), "note")


def _headline(row: Minute) -> Iterator[doc.Block]:
    yield from _paragraphs(lead(row), row.headline or row.text)


def _paragraphs(first: str, text: str) -> Iterator[doc.Paragraph]:
    parts = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    for place, part in enumerate(parts):
        said = (doc.Text(f"{first} ", strong=True),) if first and place == 0 else ()
        yield doc.Paragraph((*said, doc.Text(part)))


def lead(row: Minute) -> str:
    """The word with which a row begins: how the body decided, or the action's reference; nothing of a discussion."""
    if row.kind == Kind.DECISION:
        return f"{row.get_outcome_display()}:"
    return f"Action {row.action}:" if row.action is not None else ""


def _vote(row: Minute, level: int) -> str:
    told = [f"Votes: {row.vote}."] if row.vote else []
    if row.ballot is not None and row.ballot.outcome and row.ballot.classification <= level:
        told.append(f"By ballot: {row.ballot.outcome}.")
    return " ".join(told)


def _asked(action: Action, level: int) -> str:
    return "A person named by the body" if action.person is not None and level == Class.WHITE else action.owner


def _action_line(row: Minute, level: int) -> tuple[str, ...]:
    action = row.action
    assert action is not None
    return action.reference, row.text, _asked(action, level), day_words(action.due)


def _table(lines: list[tuple[str, ...]]) -> doc.Table:
    rows = tuple(tuple(doc.Cell(((doc.Text(value),),)) for value in line) for line in lines)
    return doc.Table("Actions placed", ("Action", "What is to be done", "Owner", "Due"), rows, number=1)


def _attended(meeting: Meeting, level: int) -> Iterator[doc.Section]:
    """Who was there, in the editions whose readers may know it."""
    there = Attendance.objects.filter(meeting=meeting, classification__lte=level).select_related("person", "seat")
    told = [(row, "Apologies" if row.state == APOLOGIES else row.get_capacity_display())
            for row in there if row.state in (PRESENT, LEFT, APOLOGIES)]  # fmt: skip
    if told:
        items = tuple(doc.Item((doc.Text(f"{row.who}: {word}"),)) for row, word in told)
        yield doc.Section("attendance", "Who was there", (doc.Bullets(items),))
