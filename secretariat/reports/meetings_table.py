"""The table of the month's meetings: one row a body, its dates, and what was published of each meeting."""

from __future__ import annotations

from itertools import groupby

from secretariat.core.classification import Class
from secretariat.core.figures import Row
from secretariat.meetings.figures import meetings_held
from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.tables import text_cell
from secretariat.plain.dates import slash_date


def meetings_table(assembly: Assembly) -> doc.Table:
    """The meetings held in the paper's month; bodies that should have met and did not are named below it."""
    listing = assembly.listing(meetings_held)
    rows: list[tuple[doc.Cell, ...]] = []
    for group, of_group in groupby(listing.rows, key=lambda row: row.values[0]):
        bodies = [list(of_body) for _, of_body in groupby(of_group, key=lambda row: row.values[1])]
        for position, body in enumerate(bodies):
            cells = _body_cells(body)
            first = (doc.Cell(((doc.Text(group),),), header=True, rows=len(bodies)),) if position == 0 else ()
            rows.append((*first, *cells))
    return doc.Table(
        caption="Meetings hosted and attended by the administrator",
        head=("Category", "Meeting", "Date", "What was published"),
        rows=tuple(rows),
        notes=tuple((doc.Text(remark),) for remark in listing.remarks),
        source=assembly.source(meetings_held),
        empty="No meeting was held in the month.",
    )


def _body_cells(body: list[Row]) -> tuple[doc.Cell, ...]:
    meetings = [row.record for row in body if isinstance(row.record, Meeting)]
    dates = tuple((doc.Link(slash_date(one.day), one.get_absolute_url()),) for one in meetings)
    lines = tuple(_published(one, several=len(meetings) > 1) for one in meetings)
    return text_cell(body[0].values[1], header=True), doc.Cell(dates), doc.Cell(lines)


def _published(meeting: Meeting, *, several: bool) -> doc.Runs:
    """What was published of one meeting, its reference a link; documents of a class above White are named only."""
    opening = f"{slash_date(meeting.day)}: " if several else ""
    runs: list[doc.Inline] = [doc.Text(f"{opening}{meeting.note}. " if meeting.note else opening)]
    documents = sorted(meeting.documents.all(), key=lambda document: document.kind)
    for document in documents:
        runs += [_named(meeting, document), doc.Text("; " if document is not documents[-1] else ".")]
    if not documents:
        runs.append(doc.Text(f"{meeting.cause_of_none or 'Nothing is published'}."))
    return tuple(run for run in runs if run.text)


def _named(meeting: Meeting, document: MeetingDocument) -> doc.Inline:
    title = f"{meeting.reference}: {document.title}" if meeting.reference else document.title
    if document.classification > Class.WHITE:
        return doc.Text(title)
    return doc.Link(title, document.url or meeting.get_absolute_url())
