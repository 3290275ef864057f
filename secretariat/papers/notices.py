"""Who hears of a paper: the body that receives it when it is issued, the section owners when it is begun."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, acting
from secretariat.post.notices import Notice, notify


def members_of_its_body(event: Event, paper: Any, at: datetime) -> Iterable[Person]:
    """The members, on the day, of the body whose meeting receives the paper."""
    return acting(at, role=Role.COMMITTEE_MEMBER, audience=paper.report.body)


def section_owners(event: Event, paper: Any, at: datetime) -> Iterable[Person]:
    """The people, on the day, of every team that owns a section of the paper."""
    owners = {one.owner for part, below in paper.report.parts_in(paper.month) for one in (part, *below)}
    return acting(at, role=Role.SECRETARIAT, team__in=owners)


NOTICES = notify(
    Notice(
        "paper.issue",
        to=members_of_its_body,
        subject="{{ record.reference }}: {{ record.title }} is issued",
        template="papers/notices/issue.txt",
    ),
    Notice(
        "paper.start",
        to=section_owners,
        subject="{{ record.title }}: your section is open",
        template="papers/notices/start.txt",
    ),
)
