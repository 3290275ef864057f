"""How timely the DCC's assessments and our critical-friend replies are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from statistics import median
from typing import Any

from django.db import models

from secretariat.change.assessments.models import WITHDRAWN, Assessment, AssessmentKind, Idea
from secretariat.core.calendar import calendar
from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, figure
from secretariat.core.published import kept_since
from secretariat.plain.workdays import Calendar, OutsideCalendarError

ASSESSMENTS = "change assessments"
IDEAS = "ideas"
DUE, IN_TIME, LATE, OUT, SHARE = "due", "in time", "late", "still out", "share"
COLUMNS = (Head(DUE, "Due"), Head(IN_TIME, "In time"), Head(LATE, "Late"), Head(OUT, "Still out"))
KINDS = tuple(Head(kind.value, kind.label) for kind in AssessmentKind)
TOTAL = Head("total", "Assessments")
REPLIES = Head("replies", "Critical-friend replies")

Dated = tuple[int, str, date, date | None]
"""A record's id, the row it counts in, the day due, and the day done."""


def _assessments(span: Span) -> list[Dated]:
    rows = Assessment.objects.filter(due_on__range=(span.first, span.last)).exclude(state=WITHDRAWN)
    return list(rows.order_by("pk").values_list("pk", "kind", "due_on", "returned_on"))


def _ideas(span: Span) -> list[Dated]:
    rows = Idea.objects.filter(reply_due_on__range=(span.first, span.last)).exclude(state="dropped", replied_on=None)
    return [(pk, REPLIES.key, due, done) for pk, due, done in rows.order_by("pk").values_list(
        "pk", "reply_due_on", "replied_on")]  # fmt: skip


def _in(column: str, span: Span) -> Callable[[Dated], bool]:
    def holds(row: Dated) -> bool:
        _, _, due, done = row
        came = done is not None and done <= span.last
        return {DUE: True, IN_TIME: done is not None and done <= due, LATE: came and done > due,  # type: ignore[operator]
                OUT: not came}[column]  # fmt: skip

    return holds


def _cells(model: type[models.Model], heads: Iterable[Head], rows: list[Dated], span: Span) -> dict[Any, Cell]:
    cells = {}
    for head in heads:
        of_kind = [row for row in rows if row[1] == head.key]
        for column in COLUMNS:
            pks = [row[0] for row in of_kind if _in(column.key, span)(row)]
            cells[head.key, column.key] = Cell(len(pks), Records(model, {"pk__in": pks}))
    return cells


def _unknown(heads: Iterable[Head], columns: Iterable[Head]) -> dict[Any, Cell]:
    return {(head.key, column.key): Cell(None, Unknown()) for head in heads for column in columns}


def _is_kept(matter: str, span: Span) -> bool:
    since = kept_since(matter)
    return since is not None and since <= span.first


@figure("late_assessments", title="Assessments by the DCC, in time and late", unit="assessments")
def late_assessments(span: Span) -> Grid:
    """The DCC's assessments that were due on a day of the span, withdrawn ones apart, by kind: those returned by the
    day due, those returned later but within the span, and those not returned by the end of its last day (NEW-6). The
    day due is the one last agreed. A remark tells the median of the Working Days late of those returned late.
    """
    rows = (*KINDS, TOTAL)
    if not _is_kept(ASSESSMENTS, span):
        return Grid(rows, COLUMNS, _unknown(rows, COLUMNS), totals=(TOTAL.key,))
    found = _assessments(span)
    cells = _cells(Assessment, KINDS, found, span)
    for column in COLUMNS:
        keys = tuple((head.key, column.key) for head in KINDS)
        cells[TOTAL.key, column.key] = Cell(sum(int(cells[key].value or 0) for key in keys), Sum(keys))
    return Grid(rows, COLUMNS, cells, totals=(TOTAL.key,), remarks=_medians(found, span))


def _medians(found: list[Dated], span: Span) -> tuple[str, ...]:
    days, remarks = calendar(), []
    for head in KINDS:
        late = [_late_by(days, row) for row in found if row[1] == head.key and _in(LATE, span)(row)]
        if late:
            remarks.append(f"{head.label}, returned late: a median of {median(late):g} Working Days after the day due.")
    return tuple(remarks)


def _late_by(days: Calendar, row: Dated) -> int:
    due, done = row[2], row[3]
    if done is None:
        return 0
    try:
        return days.count(due, done)
    except OutsideCalendarError:
        return (done - due).days


@figure("timeliness", title="Timeliness that the code administrator reports", unit="per cent in time")
def timeliness(span: Span) -> Grid:
    """Of what was due on a day of the span, how much came by that day, in per cent rounded to a whole number:
    critical-friend replies, aimed at within five Working Days (NEW-3), and the DCC's assessments by kind, by the day
    last agreed (NEW-6). What was taken back before its reply, or withdrawn, is not counted. No share is told where
    nothing was due.
    """
    heads, columns = (REPLIES, *KINDS), (*COLUMNS, Head(SHARE, "In time, %"))
    cells = _unknown(heads, columns)
    if _is_kept(IDEAS, span):
        cells |= _cells(Idea, (REPLIES,), _ideas(span), span)
    if _is_kept(ASSESSMENTS, span):
        cells |= _cells(Assessment, KINDS, _assessments(span), span)
    for head in heads:
        cells[head.key, SHARE] = _share(head.key, cells)
    return Grid(heads, columns, cells)


def _share(row: str, cells: dict[Any, Cell]) -> Cell:
    due, came = cells[row, DUE].value, cells[row, IN_TIME].value
    if not due or came is None:
        return Cell(None, Unknown("Nothing was due, or nothing was kept then."))
    return Cell(round(100 * came / due), Sum(((row, IN_TIME), (row, DUE)), how="in time of due, in per cent"))
