"""Who hears of minutes: the team that is late with them, the members when they are circulated, who commented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.meetings.minutes.models import Comment, Minutes
from secretariat.post.notices import Notice, notify


def members_of_its_body(event: Event, record: Minutes, at: datetime) -> Iterable[Person]:
    """The members of the body on the day."""
    return acting(at, role=Role.COMMITTEE_MEMBER, audience=record.meeting.committee.code)


def the_committees_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The people of the committees team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.COMMITTEES)


def who_commented(event: Event, record: Comment, at: datetime) -> Iterable[Person]:
    """The member who made the comment."""
    return [record.made_by] if record.made_by.is_active else []


COMMENT = "meetings/notices/comment.txt"

NOTICES = notify(
    Notice("minutes.circulate", to=members_of_its_body,
           subject="{{ record }}: comments by {{ record.comments_by | day }}",
           template="meetings/notices/minutes_circulated.txt"),
    Notice("minutes.chase", to=the_committees_team, subject="{{ record }} are due on {{ record.due_on | day }}",
           template="meetings/notices/minutes_due.txt"),
    Notice("minutes_comment.make", to=the_committees_team, subject="{{ record }}", template=COMMENT),
    Notice("minutes_comment.accept", to=who_commented, subject="Accepted: {{ record }}", template=COMMENT),
    Notice("minutes_comment.decline", to=who_commented, subject="Declined: {{ record }}", template=COMMENT),
)  # fmt: skip
