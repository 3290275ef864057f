"""What this room counts: versions of documents, by the kind of document and by whether they last."""

from __future__ import annotations

from collections import Counter
from typing import Any

from secretariat.core.figures import Cell, Grid, Head, Records, Span, figure
from secretariat.legaltext.models import DocumentKind, DocumentVersion

COLUMNS = (Head("lasting", "Until further notice"), Head("for_a_time", "For a time"))


@figure("document_versions", title="Versions of the code's documents", unit="versions")
def document_versions(span: Span) -> Grid:
    """How many versions of documents took effect on a day of the span, by the kind of document (DOC-6): those in
    effect until further notice, and variations for a time. One that another has replaced since counts too.
    """
    rows = tuple(Head(kind.value.replace(" ", "_"), kind.label) for kind in DocumentKind)
    found = Counter(
        (kind, last is None) for kind, last in _versions(span).queryset.values_list("document__kind", "to_day")
    )
    cells = {
        (head.key, column.key): Cell(
            found[kind.value, lasting], _versions(span, document__kind=kind.value, to_day__isnull=lasting)
        )
        for kind, head in zip(DocumentKind, rows, strict=True)
        for column, lasting in zip(COLUMNS, (True, False), strict=True)
    }
    return Grid(rows, COLUMNS, cells)


def _versions(span: Span, **more: Any) -> Records:
    return Records(DocumentVersion, {"effective_from__range": (span.first, span.last), **more})
