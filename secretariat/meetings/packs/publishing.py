"""Papers from elsewhere into the pack, and the pack out to the documents of its meeting."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.procedure import Refused
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.meetings.packs.actions import attach, draft
from secretariat.meetings.packs.edition import edition, pack_clearance
from secretariat.meetings.packs.models import MeetingPaper, PaperAttachment
from secretariat.meetings.packs.printing import pack
from secretariat.papers.models import Paper
from secretariat.plain.dates import local_day

PUBLISHED = (Class.WHITE, Class.GREEN)
"""The classes of which packs are published on the site of the code (rule REF-3)."""


def reports_for(meeting: Meeting) -> list[Paper]:
    """The monthly papers that were issued for a meeting, in the order of their numbers."""
    rows = Paper.objects.filter(meeting_kind=kind_of(meeting), meeting_id=meeting.pk, state="issued")
    return list(rows.order_by("number", "version"))


def take_in(report: Paper, item: AgendaItem, **told: Unpack[Told]) -> MeetingPaper:
    """Makes an issued monthly paper a paper of the pack under its own number, with its appendices.

    Raises Refused for one that is of another meeting, or not issued.
    """
    if report not in reports_for(item.meeting):
        raise Refused("This paper is of another meeting, or not issued.")
    paper = MeetingPaper(
        item=item, number=report.number, title=report.title, team=report.author, issue_class=report.issue_class,
        purpose=f"To give the {item.meeting.committee.short_name} the {report.title}.",
        recommendation=f"The {item.meeting.committee.short_name} is asked to NOTE the report.",
        about_kind=kind_of(report), about_id=report.pk,
    )  # fmt: skip
    with transaction.atomic():
        draft(paper, **told)
        files = [("Report", report.title, report.issue_class, report.issue.pdf)]
        files += [
            (one.label, one.title, one.classification, one.file)
            for one in report.attachments.select_related("file")
            if one.file is not None
        ]
        for label, title, level, file in files:
            row = PaperAttachment(paper=paper, label=label, title=title, classification=level)
            attach(row, file.name, file.read(), **told)
    return paper


def publish(meeting: Meeting, level: int, **told: Unpack[Told]) -> MeetingDocument:
    """Puts the pack of a class among the documents of its meeting, in place of the one that was there (rule REF-3).

    Raises Refused for a class of which no pack is published.
    """
    if level not in PUBLISHED:
        raise Refused(f"No {Class(level).label} pack is published.")
    content = pack(edition(meeting, level, pack_clearance(meeting, level)))
    name = f"{meeting.reference or meeting.committee.code}-{Class(level).label}-pack.pdf"
    known = {"classification": level, "audience": meeting.committee.code}
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"], **known)
    kind = MeetingDocument.Kind.PAPERS
    with transaction.atomic():
        rows = MeetingDocument.objects.filter(meeting=meeting, kind=kind, classification=level)
        row: MeetingDocument | None = rows.first()
        if row is not None and row.file is not None and row.file.sha256 == file.sha256:
            return row
        journal.enter(file, **told)
        changes = {"file": file, "published_on": local_day(told["at"]), "url": ""}
        if row is not None:
            journal.amend(row, changes, **told)
            return row
        row = MeetingDocument(meeting=meeting, kind=kind, **known, **changes)
        journal.enter(row, **told)
    return row
