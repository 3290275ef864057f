"""What is counted of meetings."""

from __future__ import annotations

from django.db.models import Count, Q

from secretariat.committees.models import Committee
from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, Sum, figure
from secretariat.meetings.models import HELD, Meeting, MeetingDocument
from secretariat.plain.dates import slash_date

MEETINGS = Head("meetings", "Meetings")
ORDER = {kind: place for place, kind in enumerate(MeetingDocument.Kind.values)}


@figure("meetings_held", title="Meetings hosted and attended by the administrator", unit="meetings")
def meetings_held(span: Span) -> Listing:
    """The meetings held on a day of the span, in the printed order of the bodies, with what was published of each.

    The class of a document that is not White is named; where nothing is published the cause is told (REF-2, INF-3).
    """
    filters = {"day__range": (span.first, span.last), "state": HELD}
    found = Meeting.objects.filter(**filters).select_related("committee").prefetch_related("documents")
    meetings = list(found.order_by("committee__position", "committee__code", "day"))
    rows = tuple(
        Row(row, (row.committee.group, row.committee.short_name, slash_date(row.day), _told(row))) for row in meetings
    )
    silent = [row for row in meetings if not _published(row) and not row.cause_of_none]
    remarks = (*_none_held(span, meetings), *(f"{row}: nothing is published and no cause is given." for row in silent))
    return Listing(("Category", "Meeting", "Date", "What was published"), rows, Records(Meeting, filters), remarks)


def _published(meeting: Meeting) -> str:
    documents = sorted(meeting.documents.all(), key=lambda row: (ORDER[row.kind], row.classification))
    return ", ".join(row.title for row in documents)


def _told(meeting: Meeting) -> str:
    return "; ".join(part for part in (meeting.note, _published(meeting) or meeting.cause_of_none) if part)


def _none_held(span: Span, meetings: list[Meeting]) -> tuple[str, ...]:
    met = {row.committee_id for row in meetings}
    bodies = Committee.objects.between(span.first, span.last).filter(told_when_none=True)
    when = f"in {span.month.label}" if span.is_month else f"from {slash_date(span.first)} to {slash_date(span.last)}"
    return tuple(f"{body.short_name}: no meeting {when}." for body in bodies if body.pk not in met)


@figure("meetings_by_body", title="Meetings held, by body", unit="meetings")
def meetings_by_body(span: Span) -> Grid:
    """The meetings held on a day of the span, of each body that existed then; cancelled ones do not count."""
    days = (span.first, span.last)
    held = Count("meetings", filter=Q(meetings__state=HELD, meetings__day__range=days))
    bodies = list(Committee.objects.between(*days).annotate(held=held).order_by("position", "code"))
    heads = tuple(Head(body.code.lower(), body.short_name, body.group) for body in bodies)
    cells = {
        (body.code.lower(), MEETINGS.key): Cell(
            body.held, Records(Meeting, {"committee_id": body.pk, "day__range": days, "state": HELD})
        )
        for body in bodies
    }
    total = Cell(sum(body.held for body in bodies), Sum(tuple(cells)))
    return Grid(
        (*heads, Head("total", "Total")), (MEETINGS,), {**cells, ("total", MEETINGS.key): total}, totals=("total",)
    )
