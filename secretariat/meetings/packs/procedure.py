"""The life of a paper: drafted, ready, issued; then withdrawn, or superseded by another (rules GOV-10, REF-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.capacities import the_clock
from secretariat.core.classification import Class, Recipient
from secretariat.core.facts import a_line
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.meetings.agenda.models import LISTED
from secretariat.meetings.packs.models import (
    DRAFT,
    ISSUED,
    READY,
    SECRETARIAT_ONLY,
    SUPERSEDED,
    WITHDRAWN,
    MeetingPaper,
)
from secretariat.meetings.packs.paper_day import is_late, last_chaser_day, meetings_ahead
from secretariat.meetings.procedure import committees_team
from secretariat.post.due import Due, register


def author_or_team(person: Person | None, paper: MeetingPaper | None, at: datetime) -> bool:
    """The paper's author, or the secretariat's committees team."""
    if committees_team(person, paper, at):
        return True
    return person is not None and paper is not None and paper.author_id == person.pk


@rule("REF-4")
def front_matter_is_whole(paper: MeetingPaper, at: datetime) -> bool:
    """The front matter lacks the purpose, the recommendation or the author team."""
    return all(text.strip() for text in (paper.purpose, paper.recommendation, paper.team))


@rule("REF-4")
def it_has_content(paper: MeetingPaper, at: datetime) -> bool:
    """The paper has neither words nor an attachment."""
    return paper.attachments.exists() or paper.versions.exists()


@rule("House rule: a paper belongs to an agenda")
def its_item_is_listed(paper: MeetingPaper, at: datetime) -> bool:
    """The paper's item was taken off the agenda."""
    return paper.item.state == LISTED


@rule("INF-2")
def a_red_paper_has_readers(paper: MeetingPaper, at: datetime) -> bool:
    """A Red paper is issued to named recipients, and none is named."""
    return paper.issue_class < Class.RED or Recipient.objects.filter(kind=kind_of(paper), record_id=paper.pk).exists()


@rule("House rule: an issued paper never changes by itself")
def it_has_a_replacement(paper: MeetingPaper, at: datetime) -> bool:
    """No other paper replaces this one."""
    return MeetingPaper.objects.filter(replaces=paper).exists()


@rule("GOV-10")
def a_chaser_is_due(paper: MeetingPaper, at: datetime) -> bool:
    """The author is reminded on the days before paper day that the rulebook says, and once after it."""
    day = last_chaser_day(paper.meeting, at, calendar())
    return day is not None and (paper.chased_on is None or paper.chased_on < day)


def _draft(paper: MeetingPaper, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    paper.classification = max(Class.AMBER, paper.issue_class)
    paper.audience = SECRETARIAT_ONLY


def _issue(paper: MeetingPaper, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Opens the paper and its attachments to their readers. A replacement is late only if what it replaces was."""
    before = paper.replaces
    paper.issued_at, paper.late = at, before.late if before else is_late(paper.meeting, at)
    paper.classification, paper.audience = paper.issue_class, paper.meeting.committee.code
    for one in paper.attachments.select_related("file"):
        opened = {"classification": one.classification, "audience": paper.audience}
        journal.amend(one.file, opened, by=None, at=at, recorded=recorded)
    if before is not None and before.state == ISSUED:
        MEETING_PAPERS.take("supersede", before, by=None, at=at, recorded=recorded)


def the_paper_that_replaces_it(person: Person | None, paper: Any, at: datetime) -> bool:
    """Nobody by hand: it follows when a paper that replaces it is issued."""
    return the_clock(person, paper, at)


def _withdraw(paper: MeetingPaper, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    paper.withdrawn_why = facts["reason"]


def _chased(paper: MeetingPaper, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    paper.chased_on = last_chaser_day(paper.meeting, at, calendar())


MEETING_PAPERS = Procedure(
    "meeting_paper",
    MeetingPaper,
    Step("draft", NEW, DRAFT, committees_team, (its_item_is_listed,), change=_draft, says="Ask for a paper"),
    Step("ready", DRAFT, READY, author_or_team, (front_matter_is_whole, it_has_content), says="Mark as ready",
         primary=True),
    Step("return_to_author", READY, DRAFT, committees_team, facts={"reason": a_line()}, says="Give back to the author"),
    Step("issue", READY, ISSUED, committees_team,
         (front_matter_is_whole, it_has_content, its_item_is_listed, a_red_paper_has_readers), change=_issue,
         primary=True),
    Step("withdraw", (DRAFT, READY, ISSUED), WITHDRAWN, committees_team, facts={"reason": a_line()}, change=_withdraw),
    Step("supersede", ISSUED, SUPERSEDED, the_paper_that_replaces_it, (it_has_a_replacement,)),
    Step("chase", DRAFT, None, the_clock, (a_chaser_is_due,), change=_chased, says="Remind the author"),
)  # fmt: skip


@register
def chasers(at: datetime) -> Iterator[Due]:
    """The papers whose authors are to be reminded now."""
    for meeting in meetings_ahead(at):
        for paper in meeting.papers.filter(state=DRAFT, author__isnull=False).select_related("meeting__committee"):
            if a_chaser_is_due(paper, at):
                yield Due(MEETING_PAPERS, "chase", paper)
