"""The quorum of a body's meeting at an instant, by the body's rule: how many of its members are there (GOV-5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.committees.ballots.count import Quorum
from secretariat.committees.seats.models import Constituency, members_on
from secretariat.core.rulebook import Entry
from secretariat.meetings.attending.models import WITHDREW, Attendance, Capacity, Conflict, Presence
from secretariat.meetings.body_rules import body_rule
from secretariat.meetings.models import Meeting

FOR_A_SEAT = (Capacity.MEMBER, Capacity.ALTERNATE)


@dataclass(frozen=True)
class QuorumThere:
    """Who is there at an instant, and whether they are enough. `rules` are the rulebook's entries, with their doubt."""

    count: Quorum
    chaired: bool
    needs_chair: bool
    rules: tuple[Entry, ...]

    @property
    def met(self) -> bool:
        """Whether the body can decide."""
        return self.count.met and (self.chaired or not self.needs_chair)

    @property
    def said(self) -> str:
        """The answer, in words."""
        return "There is a quorum." if self.met else "There is no quorum: nothing can be decided."

    @property
    def sentences(self) -> tuple[str, ...]:
        """The working, in words."""
        many = self.count
        counted = f"{many.present} of {many.members} members are there; {many.percent}% of them, so {many.needed}, are"
        chair = "the Chair, or who takes the chair, is there" if self.chaired else "nobody is in the chair"
        needs = f"The quorum needs the Chair: {chair}." if self.needs_chair else f"{chair.capitalize()}."
        return f"{counted} needed.", needs


def quorum(meeting: Meeting, at: datetime, item: Any = None) -> QuorumThere:
    """The quorum of a meeting at an instant; for an item of the agenda, without those who withdrew from it.

    A seat counts once, whether its member or an alternate is there (GOV-7). Vacant seats and seats without a vote do
    not count, but for the Chair's (GOV-4); who withdrew for an item stays a member and is not there.
    """
    seats = {one.seat_id: one.seat for one in members_on(meeting.committee, meeting.day) if _counts(one.seat)}
    there = list(attendances_at(meeting, at).filter(seat__in=seats, capacity__in=FOR_A_SEAT).exclude(_withdrew(item)))
    filled = {one.seat_id for one in there}
    percent = body_rule("quorum_percent", meeting.committee, meeting.day)
    needs_chair = body_rule("quorum_chair", meeting.committee, meeting.day)
    chaired = any(one.chairs or seats[one.seat_id].constituency == Constituency.CHAIR for one in there)
    count = Quorum(len(seats), len(filled), int(percent.value))
    return QuorumThere(count, chaired, bool(needs_chair.value), (percent, needs_chair))


def attendances_at(meeting: Meeting, at: datetime) -> Any:
    """The attendances of those who were there at an instant."""
    return Attendance.objects.filter(Presence.at_an_instant(at), meeting=meeting)


def _counts(seat: Any) -> bool:
    return bool(seat.votes or seat.constituency == Constituency.CHAIR)


def _withdrew(item: Any) -> Q:
    if item is None:
        return Q(pk__in=[])
    return Q(person__in=Conflict.objects.filter(item=item, state=WITHDREW).values("person"))
