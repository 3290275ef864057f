"""Live fields in replies: names, dates, records and figures are looked up when the reply is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from secretariat.core.classification import Class
from secretariat.core.figures import FIGURES, Grid, Span
from secretariat.core.kinds import by_word
from secretariat.helpdesk.models import Enquiry
from secretariat.papers.assembly import as_printed
from secretariat.papers.narrative import FIELD, Field, UnknownField, styled
from secretariat.plain.dates import local_day, parse_day, plain_date
from secretariat.plain.months import Month
from secretariat.post.notices import link

OF_THE_ENQUIRY: dict[str, Callable[[Enquiry, datetime], str]] = {
    "name": lambda enquiry, at: enquiry.enquirer or (enquiry.person.name if enquiry.person else ""),
    "number": lambda enquiry, at: enquiry.number,
    "subject": lambda enquiry, at: enquiry.subject,
    "organisation": lambda enquiry, at: enquiry.organisation,
    "party": lambda enquiry, at: enquiry.party.name if enquiry.party else "",
    "category": lambda enquiry, at: enquiry.category.name,
    "received": lambda enquiry, at: plain_date(local_day(enquiry.received)),
    "answer by": lambda enquiry, at: plain_date(local_day(enquiry.due)) if enquiry.due else "",
    "today": lambda enquiry, at: plain_date(local_day(at)),
}
"""The fields that an enquiry itself fills."""


def filled(text: str, enquiry: Enquiry, at: datetime, *, outside: bool = False) -> str:
    """A text with its live fields looked up for an enquiry; `outside` when others than its party read it.

    Raises UnknownField with a sentence for what is unknown.
    """
    done = FIELD.sub(lambda match: _looked_up(Field.read(match.group(1)), enquiry, at, outside), text)
    if "[[" in done or "]]" in done:
        raise UnknownField("A field is open: write it as [[name]], on one line.")
    return done


def problems(text: str, enquiry: Enquiry, at: datetime) -> list[str]:
    """What would keep a text from being sent: a sentence for each field that cannot be looked up."""
    found = []
    for match in FIELD.finditer(text):
        try:
            _looked_up(Field.read(match.group(1)), enquiry, at, outside=False)
        except UnknownField as error:
            found.append(str(error))
    return found


def _looked_up(field: Field, enquiry: Enquiry, at: datetime, outside: bool) -> str:
    if field.name in OF_THE_ENQUIRY:
        if words := OF_THE_ENQUIRY[field.name](enquiry, at):
            return words
        raise UnknownField(f"“{field.name}” is not known of {enquiry.number}. Tell it, or write it otherwise.")
    return _record(field, enquiry, at, outside) if ":" in field.name else _figure(field, at)


def _record(field: Field, enquiry: Enquiry, at: datetime, outside: bool) -> str:
    word, _, key = field.name.partition(":")
    if word == "date":
        try:
            return plain_date(parse_day(key))
        except ValueError as error:
            raise UnknownField(str(error)) from error
    kind = by_word(word)
    record = kind.find(key) if kind else None
    if kind is None or record is None:
        raise UnknownField(f"“{field.name}” names nothing in the record.")
    if not may_be_told(record, enquiry, at, outside=outside):
        whom = "all who get this" if outside else "the enquirer"
        raise UnknownField(f"“{field.name}” is not public and may not be told to {whom}.")
    if field.style == "link":
        return link(record)
    return kind.title(record) if field.style == "title" else getattr(record, "reference", "") or str(record)


def may_be_told(record: Any, enquiry: Enquiry, at: datetime, *, outside: bool = False) -> bool:
    """Whether an answer may name a record: what is public, and to a party alone what is Green (rule INF-2)."""
    rows = type(record)._default_manager.filter(pk=record.pk)
    public = rows.visible_to(None, at).exists() if hasattr(rows, "visible_to") else True
    return public or (
        not outside and enquiry.party_id is not None and getattr(record, "classification", None) == Class.GREEN
    )


def _figure(field: Field, at: datetime) -> str:
    path, _, when = field.name.partition("@")
    name, *keys = path.split("/")
    if name not in FIGURES:
        raise UnknownField(f"“{field.name}” is not a field of the enquiry, a figure, a date or a record.")
    try:
        month = Month.parse(when) if when else Month.of(local_day(at)).plus(-1)
    except ValueError as error:
        raise UnknownField(f"“{when}” is not a month: write it as 2020-01.") from error
    result = FIGURES[name](Span.of(month))
    row, column = (*keys, "", "")[:2]
    if row and not isinstance(result, Grid):
        raise UnknownField(f"The figure {name} has no rows.")
    try:
        cell = result.cell(row, column) if row and isinstance(result, Grid) else result.headline
    except KeyError as error:
        raise UnknownField(f"The figure {name} has no row or column {error}.") from error
    if cell.value is None:
        raise UnknownField(f"The figure {name} is not known for {month.label}.")
    return styled(as_printed(cell), cell.value if isinstance(cell.value, int) else None, field.style)
