"""Loading meetings: one row a meeting, known by its body and day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.committees.models import Committee
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.columns import INVENTED, count, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.meetings.models import CANCELLED, HELD, PLANNED, Meeting, MeetingDocument
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.references import MeetingReference, parse_meeting

PUBLISHED = re.compile(r"(?P<kind>[a-z]+)(?: *\((?P<class>[a-z]+)\))?")
Published = tuple[tuple[str, int], ...]


def published(text: str) -> Published:
    """Parser of what was published, such as "minutes (Amber); headlines": kinds with their classes, or "none".

    Raises ValueError that names the kinds and classes there are.
    """
    if text.strip().lower() == "none":
        return ()
    return tuple(sorted(_published_one(part.strip()) for part in text.split(";")))


def _published_one(text: str) -> tuple[str, int]:
    match = PUBLISHED.fullmatch(text.lower())
    names = {level.name.lower(): int(level) for level in Class}
    if match is None or match["kind"] not in MeetingDocument.Kind.values or (match["class"] or "white") not in names:
        kinds = ", ".join(MeetingDocument.Kind.values)
        raise ValueError(f"“{text}” is not one of {kinds}, with its class in brackets when it is not White, or none.")
    return match["kind"], names[match["class"] or "white"]


@dataclass
class Told:
    """A meeting of the file with its documents."""

    meeting: Meeting
    documents: list[MeetingDocument] = field(default_factory=list)

    @property
    def content(self) -> tuple[Any, ...]:
        """What the file tells of it, to compare with what is there."""
        one = self.meeting
        kinds = sorted((document.kind, document.classification) for document in self.documents)
        return one.number, one.extraordinary, one.note, one.cause_of_none, one.invented, kinds


class Calendar:
    """The bodies and meetings before the file."""

    def __init__(self) -> None:
        self.bodies: dict[str, Committee] = {}
        for body in Committee.objects.all():
            self.bodies |= {name.lower(): body for name in (body.name, body.short_name, body.code)}
        known = Meeting.objects.exclude(state=CANCELLED).prefetch_related("documents")
        self.there = {(row.committee_id, row.day): Told(row, list(row.documents.all())) for row in known}
        self.numbers = {
            (row.committee_id, row.number, row.extraordinary): row.day for row in known if row.number is not None
        }


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """The meetings that a file would make; identical ones that are there already are only counted."""
    prepared = Prepared()
    known, today = Calendar(), local_day(loading.at)
    in_file: dict[tuple[int, date], int] = {}
    for line in lines:
        body = known.bodies.get(line["body"].lower())
        if body is None:
            names = ", ".join(sorted({one.short_name for one in known.bodies.values()}))
            prepared.refused.append(line.refuse("body", f"“{line['body']}” is not a body: {names}."))
            continue
        told = _told(line, body, today)
        place = (body.pk, line["date"])
        refused = list(_wrong(line, told.meeting, body))
        if place in in_file:
            refused.append(line.refuse("date", f"{body.short_name} meets on that day in row {in_file[place]} already."))
        in_file.setdefault(place, line.row)
        there = known.there.get(place)
        if there is None:
            refused += _number_taken(line, told.meeting, known)
        elif there.content != told.content:
            refused.append(line.refuse("date", f"{there.meeting} is there already with other content. Amend it."))
        prepared.refused += refused
        if not refused and there is not None:
            prepared.repeated.append(line.row)
        elif not refused:
            prepared.accepted.append(told)
    return prepared


def _told(line: Line, body: Committee, today: date) -> Told:
    reference: MeetingReference | None = line["reference"]
    number, extraordinary = line["number"], line["extraordinary"]
    nothing = line["published"] == ()
    meeting = Meeting(
        committee=body,
        day=line["date"],
        number=reference.number if reference else number,
        extraordinary=reference.extraordinary if reference else extraordinary or 0,
        note="" if nothing else line["note"],
        cause_of_none=line["note"] if nothing else "",
        state=HELD if line["date"] <= today else PLANNED,
        invented=line["invented"],
    )
    documents = [
        MeetingDocument(meeting=meeting, kind=kind, classification=level, audience=body.code)
        for kind, level in line["published"] or ()
    ]
    return Told(meeting, documents)


def _wrong(line: Line, meeting: Meeting, body: Committee) -> Iterator[Refusal]:
    yield from _wrong_reference(line, body)
    try:
        meeting.clean_fields(exclude=["committee"])
        meeting.clean()
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            yield line.refuse({"day": "date", "cause_of_none": "note"}.get(column, column), " ".join(messages))
    if len(set(line["published"] or ())) != len(line["published"] or ()):
        yield line.refuse("published", "names a document twice.")


def _wrong_reference(line: Line, body: Committee) -> Iterator[Refusal]:
    reference: MeetingReference | None = line["reference"]
    if reference is None:
        return
    when: date = line["date"]
    if (reference.day, reference.month) != (when.day, when.month):
        said = f"{reference.day:02d}/{reference.month:02d}"
        yield line.refuse("reference", f"{reference} is of {said}, and the date is {long_date(when)}.")
    if reference.body != body.code:
        yield line.refuse("reference", f"{reference} is not of {body.short_name}, whose code is {body.code}.")
    for column in ("number", "extraordinary"):
        if line[column] is not None and line[column] != getattr(reference, column):
            yield line.refuse(column, f"is {line[column]}, and the reference says {getattr(reference, column)}.")


def _number_taken(line: Line, meeting: Meeting, known: Calendar) -> Iterator[Refusal]:
    if meeting.number is None:
        return
    number = (meeting.committee_id, meeting.number, meeting.extraordinary)
    if number in known.numbers:
        named = f"{meeting.number}{'x' * meeting.extraordinary}"
        yield line.refuse("number", f"Meeting {named} of the body is on {long_date(known.numbers[number])}.")
    known.numbers.setdefault(number, meeting.day)


def write(accepted: list[Told], loading: Loading) -> None:
    """Saves the meetings and their documents in bulk, each with an event."""
    who = loading.told
    journal.enter_all([one.meeting for one in accepted], **who)
    documents = [document for one in accepted for document in one.documents]
    for document in documents:
        document.meeting = document.meeting  # takes over the id that the meeting has got since
    journal.enter_all(documents, **who)


takes(
    LoadKind(
        "meetings",
        "Meetings",
        (
            Column("body", words, "the body's code, short name or name"),
            Column("date", day, "the day of the meeting"),
            Column("number", count, "its number, where it is known", required=False),
            Column("extraordinary", count, "1 for the first extraordinary meeting after the number", required=False),
            Column("reference", parse_meeting, "its reference, such as OPSG_29xx_2402", required=False),
            Column("published", published, "such as minutes (Amber); headlines, or none", required=False),
            Column("note", words, "what it was about; of none published, why", required=False, default=""),
            INVENTED,
        ),
        prepare,
        write,
    )
)
