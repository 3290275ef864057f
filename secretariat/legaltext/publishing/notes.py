"""The notes of a publication: what version it is, from when, why, and which documents it changes (DOC-4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from secretariat.core.classification import STATEMENTS, Class
from secretariat.core.lists import shown
from secretariat.legaltext.models import CodeVersion
from secretariat.legaltext.publishing.log import HEADS, Line
from secretariat.papers import document as doc

SHORT = (0, 1, 2, 7, 8, 9, 10)
"""The columns of a line that the notes print: the days are in the log."""


def notes(version: CodeVersion, cause: str, brought: Sequence[Line], log: Sequence[Line]) -> doc.Document:
    """The notes as a paper: the fields of a publication note, the documents affected, and the whole Document Log."""
    affected = tuple(_row([line.values[place] for place in SHORT]) for line in brought)
    whole = tuple(_row(line.values[:5]) for line in log)
    sections = [
        doc.Section("publication", "This publication", tuple(_fields(version, cause))),
        doc.Section("documents", "Documents affected", (
            doc.Table("Documents affected", tuple(HEADS[place] for place in SHORT), affected),
        )),
        doc.Section("log", "Document Log", (doc.Table("Versions in force", HEADS[:5], whole),)),
    ]  # fmt: skip
    return doc.numbered(doc.Document(_front(version), tuple(sections)))


def _fields(version: CodeVersion, cause: str) -> list[doc.Block]:
    days = (("Notified", version.notified_on), ("Posted", version.posted_on))
    told: list[tuple[str, Any]] = [("In effect from", version.effective_from)]
    told += [(label, day) for label, day in days if day]
    told += [("Cause", cause)]
    lines: list[doc.Block] = [_line(label, doc.Text(shown(value))) for label, value in told]
    here = version.get_absolute_url()
    lines.append(_line("Redlines", doc.Link("In the archive and on the page of this version", here)))
    day = version.effective_from.isoformat()
    lines.append(_line("Document Log", doc.Link("As at that day", f"{reverse('document log')}?on={day}")))
    parts = [" ".join(part.split()) for part in version.note.split("\n\n") if part.strip()]
    return [*lines, *(doc.Paragraph((doc.Text(part),)) for part in parts)]


def _line(label: str, value: doc.Inline) -> doc.Paragraph:
    return doc.Paragraph((doc.Text(f"{label}: ", strong=True), value))


def _row(values: Sequence[Any]) -> tuple[doc.Cell, ...]:
    first, *rest = (((doc.Text(shown(value)),),) for value in values)
    return doc.Cell(first, header=True), *(doc.Cell(lines) for lines in rest)


def _front(version: CodeVersion) -> doc.Front:
    return doc.Front(
        title=f"{settings.CODE_NAME}, version {version.number}",
        reference="",
        action="For information",
        classification=Class.WHITE.label,
        class_statement=STATEMENTS[Class.WHITE],
        author=settings.ADMINISTRATION,
        day=version.effective_from,
        administrator=settings.ADMINISTRATION,
    )
