"""Who is told when a paper is due, issued, changed or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, acting
from secretariat.post.notices import Notice, notify


def its_author(event: Event, paper: Any, at: datetime) -> Iterable[Person]:
    """The author of the paper."""
    return [paper.author] if paper.author is not None else []


def members_of_its_body(event: Event, paper: Any, at: datetime) -> Iterable[Person]:
    """The members, on the day, of the body that receives the paper; who may not read it is not told."""
    return acting(at, role=Role.COMMITTEE_MEMBER, audience=paper.meeting.committee.code)


def who_asked(event: Event, request: Any, at: datetime) -> Iterable[Person]:
    """Who asked."""
    return [request.asked_by]


NOTICES = notify(
    Notice(
        "meeting_paper.draft",
        to=its_author,
        subject="A paper is asked of you: {{ record.reference }}",
        template="meetings/notices/paper_asked.txt",
    ),
    Notice(
        "meeting_paper.chase",
        to=its_author,
        subject="Paper day comes: {{ record.reference }} is not in yet",
        template="meetings/notices/paper_chased.txt",
    ),
    Notice(
        "meeting_paper.issue",
        to=members_of_its_body,
        subject="{{ record.reference }} is issued",
        template="meetings/notices/paper_issued.txt",
    ),
    Notice(
        "meeting_paper.withdraw",
        to=members_of_its_body,
        subject="{{ record.reference }} is withdrawn",
        template="meetings/notices/paper_withdrawn.txt",
    ),
    *(
        Notice(
            f"agenda_request.{step}",
            to=who_asked,
            subject="What you asked for is answered: {{ record }}",
            template="meetings/notices/request_answered.txt",
        )
        for step in ("accept", "decline")
    ),
)
