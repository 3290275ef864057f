"""What becomes of an enquiry: it is received, and it is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import team
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.helpdesk.models import ANSWERED, OPEN, Enquiry

helpdesk_team = team(Team.HELPDESK)
PRACTICE = "This administration's practice"


@rule(PRACTICE)
def is_not_received_in_the_future(enquiry: Enquiry, at: datetime) -> bool:
    """An enquiry is not received in the future."""
    return enquiry.received <= at


@rule(PRACTICE)
def follows_an_answered_one(enquiry: Enquiry, at: datetime) -> bool:
    """An enquiry follows only one that was answered before it came in; what comes before the answer belongs to it."""
    earlier = enquiry.follows
    return earlier is None or (earlier.answered is not None and earlier.answered <= enquiry.received)


@rule(PRACTICE)
def is_answered_after_it_is_received(enquiry: Enquiry, at: datetime) -> bool:
    """An enquiry is not answered before it is received."""
    return at >= enquiry.received


def _answered(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    enquiry.answered = at


ENQUIRY = Procedure(
    "enquiry",
    Enquiry,
    Step("receive", NEW, OPEN, who=helpdesk_team, rules=(is_not_received_in_the_future, follows_an_answered_one)),
    Step(
        "answer",
        OPEN,
        ANSWERED,
        who=helpdesk_team,
        rules=(is_answered_after_it_is_received,),
        change=_answered,
        primary=True,
    ),
)
