"""Which text a page shows: of which day, as known when, and with which draft as if it were approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from secretariat.core.people import Person
from secretariat.legaltext.models import Document, DocumentVersion, Draft
from secretariat.legaltext.standing import in_effect, texts_among
from secretariat.legaltext.text import DoesNotApply, Text, apply
from secretariat.plain.dates import LONDON, instant, local_day, long_date, parse_day

NO_TEXT = Text(())


@dataclass(frozen=True)
class World:
    """A day, what was known at an instant (None: all that is known), and a draft (None: none), for a reader."""

    day: date
    reader: Person | None
    at: datetime
    known: datetime | None = None
    draft: Draft | None = None
    wrong: str = ""

    @property
    def today(self) -> date:
        """The day on which it is read."""
        return local_day(self.at)

    @property
    def query(self) -> str:
        """What an address tells besides the day, with its question mark; nothing in the plain world."""
        told = {"known": stamped(self.known) if self.known else "", "with": str(self.draft.pk) if self.draft else ""}
        kept = {name: value for name, value in told.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def sentence(self) -> str:
        """Which text this is, for the head of its page."""
        verb = "stood" if self.day < self.today else "stands" if self.day == self.today else "will stand"
        told = f"As it {verb} on {long_date(self.day)}"
        if self.known is not None:
            told += f", by what was known on {instant(self.known)}"
        if self.draft is not None:
            told += f", if “{self.draft.title}” is approved"
        return f"{told}."

    def versions(self) -> QuerySet[Any]:
        """The versions in effect in this world of the documents that the reader may read.

        A document whose text rests on a version that the reader may not read is not there at all.
        """
        found: Any = in_effect(self.day, self.known)
        readable = DocumentVersion.objects.visible_to(self.reader, self.at)
        hidden = found.exclude(pk__in=readable.values("pk"))
        shown = found.filter(document__in=documents(self.reader, self.at))
        kept: QuerySet[Any] = shown.exclude(document__in=hidden.values("document"))
        return kept

    def texts(self, chosen: Iterable[Document] | None = None) -> dict[str, Text]:
        """The text of some documents (None: of all that the reader may read), by code. One query, two with a draft.

        A draft that no longer fits leaves the text as it is; `fits` says so.
        """
        rows = self.versions() if chosen is None else self.versions().filter(document__in=chosen)
        found = texts_among(rows)
        if self.draft is not None and (self.draft.document.code in found or chosen is None):
            code = self.draft.document.code
            found[code] = self.with_draft(found.get(code, NO_TEXT))
        return found

    def text(self, document: Document) -> Text:
        """The text of one document; empty where it has none."""
        found = self.texts([document]).get(document.code, NO_TEXT)
        if not found.clauses and self.draft is not None and self.draft.document_id == document.pk:
            return self.with_draft(found)
        return found

    def with_draft(self, text: Text) -> Text:
        """A text with the draft's steps; as it is where they do not fit it."""
        try:
            return apply(text, self.steps)
        except DoesNotApply:
            return text

    def misfit(self, text: Text) -> str:
        """Why the draft does not fit a text; nothing where it does."""
        try:
            apply(text, self.steps)
        except DoesNotApply as misfit:
            return str(misfit)
        return ""

    @property
    def steps(self) -> list[Any]:
        """The draft's edits, in their order."""
        return [] if self.draft is None else [step.edit for step in self.draft.steps.all()]

    def plain(self) -> World:
        """The same without the draft."""
        return World(self.day, self.reader, self.at, self.known)


def documents(reader: Person | None, at: datetime) -> QuerySet[Any]:
    """The documents that a reader may read."""
    found: Any = Document.objects.all()
    readable: QuerySet[Any] = found.visible_to(reader, at)
    return readable


def document_by(code: str, reader: Person | None, at: datetime) -> Document:
    """The document with a code. Raises Http404 where there is none that the reader may read."""
    found: Document | None = documents(reader, at).filter(code=code).first()
    if found is None:
        raise Http404(f"There is no document {code} that you may read.")
    return found


def world_of(asked: QueryDict, reader: Person | None, at: datetime, day: date | None = None) -> World:
    """The world that an address asks for: `on` (unless the day is told), `known` and `with`.

    Raises Http404 for a draft that the reader may not read; a day or instant that cannot be read is told in `wrong`.
    """
    typed, wrong = _day(asked.get("on", ""), local_day(at))
    day = day or typed
    known, unreadable = _known(asked.get("known", ""))
    return World(day, reader, at, known, _draft(asked.get("with", ""), reader, at), wrong or unreadable)


def _day(typed: str, otherwise: date) -> tuple[date, str]:
    try:
        return (parse_day(typed) if typed.strip() else otherwise), ""
    except ValueError as error:
        return otherwise, str(error)


def _known(typed: str) -> tuple[datetime | None, str]:
    """An instant as an address has it, or the end of a day."""
    if not typed.strip():
        return None, ""
    try:
        return datetime.strptime(typed, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC), ""
    except ValueError:
        try:
            return datetime.combine(parse_day(typed), time.max, LONDON), ""
        except ValueError as error:
            return None, str(error)


def stamped(known: datetime) -> str:
    """An instant as an address has it."""
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _draft(key: str, reader: Person | None, at: datetime) -> Draft | None:
    if not key:
        return None
    rows: Any = Draft.objects.filter(pk__in=[key] if key.isdigit() else [], document__in=documents(reader, at))
    found: Draft | None = rows.visible_to(reader, at).select_related("document").prefetch_related("steps").first()
    if found is None:
        raise Http404("There is no such draft that you may read.")
    return found


def version_in_force(world: World, document: Document) -> DocumentVersion | None:
    """The version of a document that is in force in a world, with its causes."""
    rows = world.versions().filter(document=document).order_by("-effective_from", "-order", "-pk")
    found: DocumentVersion | None = rows.prefetch_related("causes").first()
    return found
