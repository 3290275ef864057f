"""How a newsletter comes to its readers: written, read by a second person, sent once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import secretariat, team
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.engagement.newsletter.calls import too_late
from secretariat.engagement.newsletter.checks import checked
from secretariat.engagement.newsletter.composing import composed
from secretariat.engagement.newsletter.models import APPROVED, DRAFT, SENT, Newsletter
from secretariat.engagement.newsletter.readers import who_gets
from secretariat.engagement.newsletter.sending import send_out
from secretariat.plain.dates import local_day

editors = team(Team.PARTY_SUPPORT)


def second_reader(person: Person | None, record: Any, at: datetime) -> bool:
    """Somebody of the secretariat other than who began it."""
    return person is not None and secretariat(person, record, at) and record.begun_by_id != person.pk


@rule("HLP-7")
def nothing_stands_against_it(newsletter: Newsletter, at: datetime) -> bool:
    """The check still finds something: mend it, or accept it with a reason."""
    return not checked(newsletter, at).findings


@rule("HLP-7")
def its_day_has_come(newsletter: Newsletter, at: datetime) -> bool:
    """Its day has not come. Change the day, or wait for it."""
    return local_day(at) >= newsletter.day


@rule("HLP-7")
def no_call_is_over(newsletter: Newsletter, at: datetime) -> bool:
    """A call in it has closed since it was approved, or a field in it names nothing any more. Take it back."""
    whole = composed(newsletter, at)
    return not whole.problems and not any(one.serious for one in too_late(whole.calls, at, 0))


@rule("HLP-7")
def somebody_gets_it(newsletter: Newsletter, at: datetime) -> bool:
    """Nobody would get it: nobody subscribes to what it tells, and it goes to no other role."""
    return any(not one.left_out for one in who_gets(newsletter, composed(newsletter, at), at))


def _begin(newsletter: Newsletter, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    if newsletter.since is None:
        newsletter.since = newsletter.after


def _send(newsletter: Newsletter, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    send_out(newsletter, at, recorded)


NEWSLETTER = Procedure(
    "newsletter",
    Newsletter,
    Step("begin", NEW, DRAFT, who=editors, change=_begin, says="Begin a newsletter"),
    Step("approve", DRAFT, APPROVED, who=second_reader, rules=(nothing_stands_against_it,), primary=True),
    Step("take_back", APPROVED, DRAFT, who=secretariat, says="Take back to write"),
    Step(
        "send",
        APPROVED,
        SENT,
        who=editors,
        rules=(its_day_has_come, no_call_is_over, somebody_gets_it),
        change=_send,
        says="Send to its readers",
        primary=True,
    ),
)
