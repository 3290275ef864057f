"""The Document Log: which version of each document is in force on a day, and by which route it came (DOC-2, DOC-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from secretariat.core.classification import Class
from secretariat.legaltext.models import OF_THE_CODE, Cause, CauseKind, ClauseText, DocumentVersion
from secretariat.legaltext.standing import versions_on

OF_THE_SECRETARY_OF_STATE: Final = (
    CauseKind.DESIGNATION,
    CauseKind.REDESIGNATION,
    CauseKind.ACTIVATION,
    CauseKind.AMENDMENT,
    CauseKind.DIRECTION,
    CauseKind.VARIATION,
)
"""The causes that are not subject to Section D (DOC-3)."""
HEADS: Final = (
    "Document", "Title", "Version", "In effect from", "Until", "Notified", "Posted", "CodeWorks", "Modification",
    "Designation", "Causes",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One document in the log: its version in force, its days, whether its text is kept here, and its causes."""

    version: DocumentVersion
    codeworks: bool
    modification: bool
    designation: bool
    causes: str

    @property
    def values(self) -> tuple[Any, ...]:
        """The line as a file has it, under `HEADS`."""
        version = self.version
        days = (version.effective_from, version.to_day, version.notified_on, version.posted_on)
        marks = ("yes" if mark else "no" for mark in (self.codeworks, self.modification, self.designation))
        return version.document.reference, version.document.title, version.number, *days, *marks, self.causes


def marked(versions: QuerySet[DocumentVersion]) -> QuerySet[DocumentVersion]:
    """Versions, each with `codeworks`, `modification` and `designation`: the marks of the release table (DOC-3)."""
    causes = Cause.objects.filter(version=OuterRef("pk"))
    rows = ClauseText.objects.filter(version=OuterRef("pk"))
    return versions.annotate(
        codeworks=Exists(rows),
        modification=Exists(causes.filter(kind=CauseKind.MODIFICATION)),
        designation=Exists(causes.filter(kind__in=OF_THE_SECRETARY_OF_STATE)),
    )


def in_force(day: date, known: datetime | None = None) -> QuerySet[DocumentVersion]:
    """The version of each document of the code that is in force on a day, with the marks of the release table."""
    kept = [row.pk for row in versions_on(day, known).values() if row.document.kind in OF_THE_CODE]
    return marked(DocumentVersion.objects.filter(pk__in=kept))


def lines(versions: QuerySet[DocumentVersion]) -> list[Line]:
    """The lines of some marked versions, in the order of the contents. Two queries, whatever their number."""
    rows: Iterable[Any] = versions.select_related("document").prefetch_related("causes")
    ordered = rows.order_by("document__position", "document__code")  # type: ignore[attr-defined]
    return [
        Line(row, row.codeworks, row.modification, row.designation, "; ".join(str(cause) for cause in row.causes.all()))
        for row in ordered
    ]


def document_log(day: date, known: datetime | None = None) -> list[Line]:
    """The Document Log of a day, as known at an instant, as anybody may read it."""
    return lines(in_force(day, known).filter(classification=Class.WHITE, document__classification=Class.WHITE))
