"""What the Testing Advisory Group had before it, and what it made of it."""

from __future__ import annotations

from typing import Any

from secretariat.core.figures import Cell, Grid, Head, Records, Span, figure
from secretariat.oversight.testing.models import APPROVED, REFUSED, WITHDRAWN, DocumentKind, TestDocument

COLUMNS = (
    Head("before", "Before the group"), Head("approved", "Approved"), Head("refused", "Refused"),
    Head("waiting", "Still before it"),
)  # fmt: skip
TOTAL = Head("total", "Total")


@figure("test_documents", title="Test documents before the Testing Advisory Group", unit="documents")
def documents_tested(span: Span) -> Grid:
    """For each kind of test document: how many were before the Testing Advisory Group on any day of the span, and of
    these how many it approved, how many it refused, and how many are still before it after the span's last day. One
    that was withdrawn is not counted (GOV-24).
    """
    rows = tuple(Head(kind.value.replace(" ", "-"), kind.label) for kind in DocumentKind)
    cells: dict[tuple[str, str], Cell] = {}
    for head, asked in (*zip(rows, ({"kind": kind.value} for kind in DocumentKind), strict=True), (TOTAL, {})):
        for column, ids in _by_outcome(span, asked).items():
            cells[head.key, column] = Cell(len(ids), Records(TestDocument, {"pk__in": ids}))
    return Grid((*rows, TOTAL), COLUMNS, cells, (TOTAL.key,))


def _by_outcome(span: Span, asked: dict[str, Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {head.key: [] for head in COLUMNS}
    rows = TestDocument.objects.filter(submitted_on__lte=span.last, **asked).exclude(state=WITHDRAWN)
    for pk, state, decided in rows.order_by("pk").values_list("pk", "state", "decided_on"):
        if decided is not None and decided < span.first:
            continue
        found["before"].append(pk)
        if decided is None or decided > span.last:
            found["waiting"].append(pk)
        elif state in (APPROVED, REFUSED):
            found[state].append(pk)
    return found
