"""Who has the ball in a case, what is for them to do, and since when: read off where the case stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models

from secretariat.assurance.models import SELF_ASSESSED, State


class Holder(models.TextChoices):
    """On whom a case waits."""

    TEAM = "security team", "The security team"
    PARTY = "party", "The party"
    ASSESSOR = "assessor", "The assessor"
    SETTER = "setter", "The body that sets the status"
    NOBODY = "nobody", "Nobody"


STATES: dict[str, tuple[Holder, str]] = {
    State.REQUESTED: (Holder.TEAM, "Book the fieldwork"),
    State.BOOKED: (Holder.ASSESSOR, "Validate the party's evidence"),
    State.VALIDATED: (Holder.ASSESSOR, "Do the fieldwork"),
    State.FIRST_PHASE: (Holder.ASSESSOR, "Do the second phase of the fieldwork"),
    State.FIELDWORK: (Holder.ASSESSOR, "Write the report"),
    State.DRAFTED: (Holder.ASSESSOR, "Finish the report"),
    State.REPORTED: (Holder.PARTY, "Send in the management response"),
    State.RESPONDED: (Holder.TEAM, "Prepare the case for review"),
    State.PREPARED: (Holder.SETTER, "Review it, and set its status"),
    State.PLANNED: (Holder.SETTER, "Agree the remediation plan, or send it back"),
    State.REMEDIATION: (Holder.PARTY, "Do what the plan says, and send in the Director's Letter"),
    State.LETTER_SUBMITTED: (Holder.SETTER, "Approve the Director's Letter, or send it back"),
    State.LETTER: (Holder.TEAM, "Close the case"),
    State.CLOSED: (Holder.NOBODY, ""),
    State.CANCELLED: (Holder.NOBODY, ""),
}
"""On whom each state waits, and for what; a self-assessment and a decided case say it themselves."""

NOT_BEGUN = (Holder.NOBODY, "")
SELF_ASSESSING = (Holder.PARTY, "Do the self-assessment and send it in")
TO_CLOSE = (Holder.TEAM, "Close the case")
TO_FOLLOW = (Holder.TEAM, "Request the follow-up assessment")
TO_REMEDY = (Holder.PARTY, "Send in a remediation plan, or the Director's Letter")


@dataclass(frozen=True)
class Ball:
    """On whom a case waits, for what, and since which day."""

    holder: Holder
    does: str
    since: date | None = None

    def days(self, day: date) -> int | None:
        """How many days it has waited on a day; None where nobody is waited for, or it is not known since when."""
        return (day - self.since).days if self.since and self.holder is not Holder.NOBODY else None


@dataclass(frozen=True)
class Outcome:
    """What a status leaves to be done: nothing, or a follow-up that is requested or is not yet."""

    is_final: bool = False
    is_followed: bool = False
    wants_follow_up: bool = False


def ball(state: str, kind: str, outcome: Outcome, since: date | None = None) -> Ball:
    """Who has the ball, from where a case stands, its kind, and what its status leaves to be done (SEC-7, SEC-9)."""
    if state == State.REQUESTED and kind in SELF_ASSESSED:
        return Ball(*SELF_ASSESSING, since)
    if state != State.DECIDED:
        return Ball(*STATES.get(state, NOT_BEGUN), since)
    if outcome.is_final or outcome.is_followed:
        return Ball(*TO_CLOSE, since)
    return Ball(*(TO_FOLLOW if outcome.wants_follow_up else TO_REMEDY), since)
