"""Inviting to a meeting: the body's members and others, where it is held, and the notice of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Unpack

from django.db import transaction

from secretariat.committees.seats.models import Constituency, Seat, members_on
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.meetings.attending.joining import tell
from secretariat.meetings.attending.models import Attendance, Capacity, Place
from secretariat.meetings.attending.procedure import ATTENDANCES, invited
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited, as what, and for which seat."""

    person: Person
    capacity: str
    seat: Seat | None = None


def members_to_invite(meeting: Meeting) -> Iterator[Guest]:
    """The body's members and observers on the meeting's day, and the alternates of members (rules GOV-7, GOV-8)."""
    for appointment in members_on(meeting.committee, meeting.day):
        seat = appointment.seat
        observes = seat.constituency == Constituency.OBSERVER
        yield Guest(appointment.person, Capacity.OBSERVER if observes else Capacity.MEMBER, seat)
        for alternate in appointment.alternates.on(meeting.day).select_related("person"):
            yield Guest(alternate.person, Capacity.ALTERNATE, seat)


def invite(
    meeting: Meeting,
    guests: Iterable[Guest],
    *,
    place: str = "",
    call: str = "",
    shorter_agreed: bool = False,
    **told: Unpack[Told],
) -> Meeting:
    """Puts people on the list of a meeting and tells them how to join; the first time is the notice of it (GOV-9).

    Who is on the list already stays as they are. All or nothing. Raises Refused when the notice is too short and that
    is not agreed.
    """
    with transaction.atomic():
        if meeting.called_on is None:
            MEETINGS.take("call", meeting, shorter_agreed=shorter_agreed, **told)
        listed = set(Attendance.objects.filter(meeting=meeting).values_list("person_id", flat=True))
        for guest in guests:
            if guest.person.pk not in listed:
                listed.add(guest.person.pk)
                row = Attendance(
                    meeting=meeting, person=guest.person, capacity=guest.capacity, seat=guest.seat,
                    audience=meeting.committee.code,
                )  # fmt: skip
                ATTENDANCES.take("invite", row, **told)
        if place or call:
            joining = Place.objects.filter(meeting=meeting).first() or Place(meeting=meeting)
            people = Person.objects.filter(pk__in=invited(meeting.pk).values("person"))
            tell(joining, people, place=place, call=call, **told)
    return meeting
