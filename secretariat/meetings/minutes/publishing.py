"""Publishing: the editions of minutes and headlines, each kept as it was printed, with its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, keep
from secretariat.meetings.minutes.models import Edition, Minutes
from secretariat.meetings.minutes.projection import HEADLINES, MINUTES, headlines_document, minutes_document
from secretariat.meetings.models import MeetingDocument
from secretariat.papers import document as doc
from secretariat.papers import html, pdf, word
from secretariat.plain.dates import local_day

FORMS = ("html", "pdf", "docx")
"""The forms in which minutes and headlines are given."""


def written(document: doc.Document, form: str) -> bytes:
    """The document in a form: the same document gives the same bytes. Raises KeyError."""
    base = settings.SITE_URL
    make = {
        "html": lambda: html.page(document, base),
        "pdf": lambda: pdf.pdf(document, annex=False, base_url=base),
        "docx": lambda: word.docx(document, annex=False, base_url=base),
    }
    return make[form]()


def publish_headlines(minutes: Minutes, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Publishes the headlines as they now are, in the place of an earlier edition of them (rule REF-2)."""
    _publish(minutes, HEADLINES, Class.WHITE, headlines_document(minutes), at, recorded)
    minutes.headlines_on = local_day(at)


def publish_minutes(minutes: Minutes, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Publishes each edition there is, the public one first; from then on every row has the class it was given.

    Red rows are in no edition: their named recipients read them on the page of the minutes (rule INF-2).
    """
    minutes.published_on = local_day(at)
    levels = sorted({row.published_class for row in minutes.rows.all()})
    for level in levels:
        if level < Class.RED:
            _publish(minutes, MINUTES, level, minutes_document(minutes, level), at, recorded)
    minutes.classification = min(levels, default=int(Class.AMBER))
    for row in minutes.rows.select_related("action"):
        row.classification = row.published_class
        row.save(update_fields=["classification"])
        if row.action is not None:
            row.action.classification = max(row.published_class, int(Class.GREEN))
            row.action.save(update_fields=["classification"])


def _publish(minutes: Minutes, kind: str, level: int, document: doc.Document, at: datetime, recorded: datetime) -> None:
    """Keeps one edition with its files, and lists it under the meeting's documents."""
    meeting, code = minutes.meeting, minutes.meeting.committee.code
    classes = {"classification": level, "audience": code}
    called = f"{meeting.reference or meeting.day.isoformat()}_{kind}_{Class(level).label.lower()}"
    content = {"content": ("json", doc.to_json(document).encode())}
    content |= {form: (form, written(document, form)) for form in FORMS}
    files = {name: _kept(f"{called}.{ending}", made, recorded, classes) for name, (ending, made) in content.items()}
    if level in (Class.WHITE, meeting.committee.minutes_class):
        # Of the other classes no document is listed: a list of a lower class must not tell that there is one.
        MeetingDocument.objects.update_or_create(
            meeting=meeting, kind=kind, classification=level,
            defaults={"audience": code, "published_on": local_day(at), "file": files["pdf"], "url": ""},
        )  # fmt: skip
    Edition.objects.update_or_create(
        meeting=meeting, kind=kind, classification=level,
        defaults={**files, "audience": code, "recorded": recorded},
    )  # fmt: skip


def _kept(name: str, content: bytes, recorded: datetime, classes: dict[str, Any]) -> StoredFile:
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=recorded, **classes)
    file.save()
    return file
