"""Who hears of a request: the DCC, the party that is asked, who told an idea, and the change team of what came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def the_dcc(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The representatives of the DCC on the day."""
    return acting(at, role=Role.DCC)


def change_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The secretariat's change team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.CHANGE)


def the_party_asked(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The contacts of the party that is asked; nobody where it is no party."""
    if record.party_id is None:
        return ()
    return acting(at, role=Role.PARTY_CONTACT, organisation_id=record.party_id)


def who_told_it(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """Whoever told the idea, where they have an account."""
    return [record.person] if record.person else []


NOTICES = notify(
    Notice(
        "change_assessment.request",
        to=the_dcc,
        subject="{{ record }}: requested",
        template="change/notices/assessment_requested.txt",
    ),
    Notice(
        "change_assessment.ask_for_another_day",
        to=change_team,
        subject="{{ record }}: the DCC asks for another day",
        template="change/notices/assessment_other_day.txt",
    ),
    Notice(
        "change_assessment.return",
        to=change_team,
        subject="{{ record }}: returned",
        template="change/notices/assessment_returned.txt",
    ),
    Notice(
        "information_request.ask",
        to=the_party_asked,
        subject="{{ record.proposal.reference }}: a request for information",
        template="change/notices/information_asked.txt",
    ),
    *(
        Notice(
            f"idea.{step}",
            to=who_told_it,
            subject="Our reply to your idea: {{ record.title }}",
            template="change/notices/idea_replied.txt",
        )
        for step in ("reply", "reply_again")
    ),
)
