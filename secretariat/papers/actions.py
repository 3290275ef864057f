"""Writes of more than one step: starting a month's paper, adding a paragraph, restating what was issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Unpack

from django.db import transaction
from django.db.models import Max

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.papers.appendices import open_to_its_team
from secretariat.papers.models import Attachment, Paper, Passage
from secretariat.papers.procedure import PAPER, PASSAGE
from secretariat.papers.readers import name, named
from secretariat.papers.report import Report
from secretariat.plain.months import Month


def begin(
    report: Report, month: Month, meeting: Any, *, by: Person | None, author: str, at: datetime, recorded: datetime
) -> Paper:
    """Starts a month's paper for the meeting that receives it; last month's narrative is carried over, marked so.

    Raises Refused, e.g. when the month's paper exists already.
    """
    paper = Paper(
        key=f"{report.name}-{month.iso}",
        report_name=report.name,
        first_day=month.first,
        number=report.paper_number,
        meeting_kind=kind_of(meeting),
        meeting_id=meeting.pk,
        issue_class=report.classification,
        classification=Class.AMBER,
        audience="SECAS",
        author=author,
    )
    with transaction.atomic():
        PAPER.take("start", paper, by=by, at=at, recorded=recorded)
        for attached in report.attachments:
            row = Attachment(paper=paper, label=attached.label, title=attached.title)
            row.classification, row.audience = attached.classification, attached.audience
            journal.enter(row, by=by, at=at, recorded=recorded)
            if row.classification == Class.RED:
                open_to_its_team(row, at)
        before = (
            Paper.objects.filter(report_name=report.name, first_day=month.plus(-1).first).order_by("version").last()
        )
        if before is not None:
            carry(before, paper, by=by, at=at, recorded=recorded)
    return paper


def carry(before: Paper, paper: Paper, *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Copies the standing narrative of one paper into another, each passage marked as carried over."""
    for old in before.passages.exclude(state="removed"):
        new = Passage(
            paper=paper, part=old.part, position=old.position, kind=old.kind, text=old.text, seen=old.seen,
            carried_from=old, classification=old.classification, audience=old.audience,
        )  # fmt: skip
        with transaction.atomic():
            PASSAGE.take("carry", new, by=by, at=at, recorded=recorded)
            if new.classification == Class.RED:
                name(new, named(old))


def add_passage(
    paper: Paper,
    part: str,
    kind: str,
    text: str,
    *,
    by: Person | None,
    at: datetime,
    recorded: datetime,
    classification: int | None = None,
) -> Passage:
    """Adds a passage at the end of a part, of the paper's class unless told.

    A Red one is read by who wrote it until others are named to it. Raises Refused when a field in it names nothing, or
    when the paper is not issued in its class.
    """
    last = paper.passages.filter(part=part).aggregate(last=Max("position"))["last"] or 0
    passage = Passage(paper=paper, part=part, kind=kind, text=text, position=last + 1)
    passage.classification = paper.issue_class if classification is None else classification
    passage.audience = paper.report.body if passage.classification > Class.GREEN else ""
    with transaction.atomic():
        PASSAGE.take("write", passage, by=by, at=at, recorded=recorded)
        if passage.classification == Class.RED and by is not None:
            name(passage, [by.pk])
    return passage


def reclassify(
    passage: Passage, level: int, readers: Iterable[Person], reason: str, revision: int, **told: Unpack[Told]
) -> str:
    """Raises the class of a paragraph, asks to lower it, or names more readers of a Red one; says which it did.

    Who raises one to Red reads it too. Raises Refused.
    """
    step = "raise_class" if level > passage.classification else "ask_to_lower"
    facts: dict[str, Any] = {"classification": level, "reason": reason, "revision": revision}
    chosen = [person.pk for person in readers]
    if level == passage.classification:
        step, facts = "name_readers", {"readers": chosen}
    elif level == Class.RED:
        facts["readers"] = [*chosen, told["by"].pk] if chosen and told["by"] is not None else chosen
    PASSAGE.take(step, passage, **told, **facts)
    return step


def restate(paper: Paper, *, reason: str, by: Person | None, at: datetime, recorded: datetime) -> Paper:
    """Marks an issued paper as restated and starts its next version, with every unaffected paragraph affirmed.

    Raises Refused when the paper was not issued.
    """
    with transaction.atomic():
        PAPER.take("restate", paper, by=by, at=at, recorded=recorded, reason=reason)
        version = paper.version + 1
        new = Paper(
            key=f"{paper.report_name}-{paper.month.iso}-v{version}",
            report_name=paper.report_name,
            first_day=paper.first_day,
            version=version,
            restates=paper,
            number=paper.number,
            meeting_kind=paper.meeting_kind,
            meeting_id=paper.meeting_id,
            issue_class=paper.issue_class,
            classification=Class.AMBER,
            audience="SECAS",
            author=paper.author,
        )
        PAPER.take("start", new, by=by, at=at, recorded=recorded)
        carry(paper, new, by=by, at=at, recorded=recorded)
        for old in paper.attachments.all():
            row = Attachment(paper=new, label=old.label, title=old.title, file=old.file, not_supplied=old.not_supplied)
            row.classification, row.audience = old.classification, old.audience
            journal.enter(row, by=by, at=at, recorded=recorded)
            if row.classification == Class.RED:
                open_to_its_team(row, at)
    return new
