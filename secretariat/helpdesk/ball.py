"""Who has the ball: read off where an enquiry stands and who spoke last, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secretariat.helpdesk.models import ASKED, MERGED, OPEN, REFERRED, WORKING, Enquiry, Sort
from secretariat.post.models import Delivery


class Holder(StrEnum):
    """On whom an enquiry waits."""

    US = "us"
    ENQUIRER = "the enquirer"
    THIRD = "a third person"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Ball:
    """On whom it waits, and why we think so."""

    holder: Holder
    why: str


OF_STATES = {
    OPEN: Ball(Holder.US, "Nobody has answered what was said last."),
    ASKED: Ball(Holder.ENQUIRER, "We asked them something."),
    REFERRED: Ball(Holder.THIRD, "Somebody else has to act first; the enquirer waits on us all the same."),
    MERGED: Ball(Holder.NOBODY, "It goes on in the enquiry that it was merged into."),
}
PROMISED = Ball(Holder.US, "We wrote last, and said that there is more to come.")
FINISHED = Ball(Holder.NOBODY, "It is finished.")


def ball(state: str, last: str = "") -> Ball:
    """Who has the ball in a state, after a last message of a sort; notes are no messages to anybody."""
    if state == OPEN and last in (Sort.OUT, Sort.SAID):
        return PROMISED
    return OF_STATES.get(state, FINISHED)


def ball_of(enquiry: Enquiry) -> Ball:
    """Who has the ball of one enquiry."""
    spoken = enquiry.messages.exclude(sort=Sort.NOTE).exclude(automatic=True)
    spoken = spoken.exclude(sent_as__state=Delivery.GIVEN_UP)
    return ball(enquiry.state, spoken.order_by("-at", "-pk").values_list("sort", flat=True).first() or "")


def is_put_off(enquiry: Enquiry, at: datetime) -> bool:
    """Whether an enquiry in work is not to be looked at before a time that is still to come."""
    return enquiry.state in WORKING and enquiry.snoozed_until is not None and enquiry.snoozed_until > at
