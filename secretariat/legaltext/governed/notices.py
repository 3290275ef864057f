"""Who hears of documents beside the code: the body that owns one, the secretariat, and who made a comment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.legaltext.governed.models import Circulation, DraftComment, Review
from secretariat.post.notices import Notice, notify


def its_owner(event: Event, record: Review | Circulation, at: datetime) -> Iterable[Person]:
    """The members of the body that owns the document, on the day."""
    document = record.document if isinstance(record, Review) else record.draft.document
    return acting(at, role=Role.COMMITTEE_MEMBER, audience=document.owner)


def the_technical_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The people of the technical team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.TECHNICAL)


def who_commented(event: Event, record: DraftComment, at: datetime) -> Iterable[Person]:
    """Who made the comment."""
    return [record.made_by] if record.made_by.is_active else []


COMMENT = "legaltext/notices/draft_comment.txt"

NOTICES = notify(
    Notice("review.ask", to=its_owner, subject="Is it still true? {{ record.document.title }}",
           template="legaltext/notices/review.txt"),
    Notice("circulation.open", to=its_owner,
           subject="{{ record.draft.title }}: comments by {{ record.closes_on | day }}",
           template="legaltext/notices/circulation.txt"),
    Notice("draft_comment.make", to=the_technical_team, subject="{{ record }}", template=COMMENT),
    Notice("draft_comment.take_up", to=who_commented, subject="Taken up: {{ record }}", template=COMMENT),
    Notice("draft_comment.decline", to=who_commented, subject="Not taken up: {{ record }}", template=COMMENT),
)  # fmt: skip
