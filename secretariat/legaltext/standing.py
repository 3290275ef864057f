"""The code as it stood, stands and will stand: texts and versions as at a day, and as known at an instant."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import FirstValue, RowNumber

from secretariat.legaltext.models import ClauseText, Document, DocumentVersion
from secretariat.legaltext.text import Clause, Text, in_order

CLAUSE: Final = ("uid", "parent", "place", "kind", "number", "heading", "body")
LATEST: Final = ("-version__effective_from", "-version__order", "-version_id")


def known_by(known: datetime | None = None) -> QuerySet[DocumentVersion]:
    """The versions that count in what was known at an instant (None: all that is known), whenever in effect.

    A version that another replaces counts until the other is recorded.
    """
    others = DocumentVersion.objects.filter(replaces=OuterRef("pk"))
    rows: QuerySet[DocumentVersion] = DocumentVersion.objects.all()
    if known is not None:
        others, rows = others.filter(recorded__lte=known), rows.filter(recorded__lte=known)
    return rows.filter(~Exists(others))


def in_effect(day: date, known: datetime | None = None) -> QuerySet[DocumentVersion]:
    """The versions that have effect on a day: the last for ever, those it rests on, and variations while they last."""
    return known_by(known).filter(Q(to_day__isnull=True) | Q(to_day__gte=day), effective_from__lte=day)


def text_of(document: Document, day: date, known: datetime | None = None) -> Text:
    """The text of a document as at a day, as known at an instant; empty where it had none. One query."""
    rows = _standing(in_effect(day, known).filter(document=document))
    return in_order(Clause(*row) for row in rows.values_list(*CLAUSE))


def texts_of(day: date, known: datetime | None = None, **documents: Any) -> dict[str, Text]:
    """The text of every document that has one as at a day, by the document's code. One query.

    `documents` chooses among documents: `kind__in=OF_THE_CODE`, `pk__in=...`.
    """
    chosen = {f"document__{lookup}": value for lookup, value in documents.items()}
    return texts_among(in_effect(day, known).filter(**chosen))


def texts_among(versions: QuerySet[DocumentVersion]) -> dict[str, Text]:
    """The text of each document that some versions leave, by the document's code. One query.

    For whoever reads only what they may read: `in_effect(day).visible_to(person, at)`.
    """
    held: dict[str, list[Clause]] = defaultdict(list)
    for code, *row in _standing(versions).values_list("document__code", *CLAUSE):
        held[code].append(Clause(*row))
    return {code: in_order(clauses) for code, clauses in held.items()}


def text_in(version: DocumentVersion) -> Text:
    """The text of a version: that of the day it takes effect, as far as this version. One query."""
    earlier = Q(effective_from__lt=version.effective_from) | Q(order__lte=version.order)
    rows = in_effect(version.effective_from, version.recorded).filter(earlier, document_id=version.document_id)
    return in_order(Clause(*row) for row in _standing(rows).values_list(*CLAUSE))


def history(document: Document, uid: str, known: datetime | None = None) -> QuerySet[ClauseText]:
    """What became of a clause, oldest first: a row for every version that changed it, with the version."""
    rows: QuerySet[ClauseText] = ClauseText.objects.filter(document=document, uid=uid, version__in=known_by(known))
    return rows.select_related("version__document").order_by("version__effective_from", "version__order", "version_id")


def versions_on(day: date, known: datetime | None = None) -> dict[str, DocumentVersion]:
    """The version of each document that is in force on a day, by the document's code. One query."""
    place = Window(RowNumber(), partition_by=F("document_id"), order_by=("-effective_from", "-order", "-id"))
    rows = in_effect(day, known).annotate(latest=place).filter(latest=1).select_related("document")
    return {row.document.code: row for row in rows.order_by("document__position", "document__code")}


def turning_days(document: Document) -> list[date]:
    """The days on which a document's text may change: where a version takes effect, or a variation has ended."""
    rows = known_by().filter(document=document).values_list("effective_from", "to_day")
    days = {day for first, last in rows for day in (first, last and last + timedelta(days=1)) if day}
    return sorted(days)


def _standing(versions: QuerySet[DocumentVersion]) -> QuerySet[ClauseText]:
    """The last row of each clause among some versions, where that leaves the clause standing.

    Whether it stands is asked of the window too: Django would ask a plain column before the last row is chosen.
    """
    last: dict[str, Any] = {"partition_by": (F("document_id"), F("uid")), "order_by": LATEST}
    rows: QuerySet[ClauseText] = ClauseText.objects.filter(version__in=versions)
    chosen = rows.order_by().annotate(latest=Window(RowNumber(), **last), stands=Window(FirstValue("present"), **last))
    return chosen.filter(latest=1, stands=True)
