"""Who hears of entries: the technical team of a submission, the submitter of a question and of what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def the_submitter(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """Who submitted the entry."""
    return Person.objects.filter(pk=record.submitted_by_id, is_active=True)


def the_technical_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The secretariat's technical team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.TECHNICAL)


NOTICES = notify(
    Notice(
        "submission.receive",
        to=the_technical_team,
        subject="{{ facts.rows }} submitted for the Central Products List by {{ record.submitter }}",
        template="products/entries/notices/received.txt",
    ),
    Notice(
        "cpl_entry.query",
        to=the_submitter,
        subject="We have a question on {{ record }}",
        template="products/entries/notices/query.txt",
    ),
    Notice(
        "cpl_entry.answer",
        to=the_technical_team,
        subject="The question on {{ record }} is answered",
        template="products/entries/notices/answer.txt",
    ),
    Notice(
        "cpl_entry.accept",
        to=the_submitter,
        subject="{{ record }} is accepted for the Central Products List",
        template="products/entries/notices/accepted.txt",
    ),
    Notice(
        "cpl_entry.reject",
        to=the_submitter,
        subject="{{ record }} is not accepted for the Central Products List",
        template="products/entries/notices/rejected.txt",
    ),
)
