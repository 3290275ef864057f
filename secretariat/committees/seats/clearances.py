"""What an appointment opens: the capacity of a member, for the body and for those that its members fill as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Appointment, Constituency, Seat
from secretariat.core.people import Capacity, Role
from secretariat.core.rulebook import RULEBOOK


@dataclass(frozen=True)
class Opened:
    """One body whose papers an appointment opens, from a day until a day."""

    code: str
    first: date
    last: date | None


def opened_by(appointment: Appointment) -> Iterator[Opened]:
    """What an appointment opens: its body's papers and, in a second capacity, those of bodies that its body fills.

    An observer's opens nothing of it unless the rulebook says so (rule INF-2).
    """
    seat, first, last = appointment.seat, appointment.from_day, appointment.to_day
    if seat.constituency == Constituency.OBSERVER:
        if RULEBOOK.switch("information.observers_read_amber", first):
            yield Opened(seat.committee.code, first, last)
        return
    yield Opened(seat.committee.code, first, last)
    hats = Seat.objects.filter(filled_by=seat.committee, second_hat=True).overlapping(first, last)
    for hat in hats.select_related("committee").order_by("pk"):
        yield Opened(hat.committee.code, max(first, hat.from_day), _sooner(last, hat.to_day))


def _sooner(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def open_and_close(appointment: Appointment, recorded: datetime, at_once: bool = False) -> list[str]:
    """Makes the person's capacities follow the appointment; returns the codes of the bodies that they open.

    `at_once` closes on the last day itself instead of at its end.
    """
    due = {told.code: told for told in opened_by(appointment)}
    there = {capacity.audience: capacity for capacity in appointment.opens.all()}
    for code, told in due.items():
        capacity = there.get(code) or Capacity(
            person=appointment.person, role=Role.COMMITTEE_MEMBER, audience=code, recorded=recorded
        )
        capacity.from_day, capacity.to_day = told.first, told.last
        capacity.ended = recorded if at_once else None
        capacity.save()
        appointment.opens.add(capacity)
    for code in there.keys() - due.keys():
        capacity = there[code]
        capacity.to_day, capacity.ended = capacity.from_day, recorded
        capacity.save()
    return sorted(due)


def follow_second_hat(hat: Seat, recorded: datetime) -> None:
    """Makes the capacities of the members of the body that fills a seat follow that seat."""
    held = Q(seat__committee=hat.filled_by)
    reopen(Appointment.objects.filter(held).overlapping(hat.from_day, hat.to_day), recorded)


def reopen(appointments: Iterable[Appointment], recorded: datetime) -> None:
    """Makes the capacities of several appointments follow what they open now."""
    for appointment in appointments:
        open_and_close(appointment, recorded)


def readers_of(committee: Committee, day: date) -> Iterator[tuple[Capacity, Appointment | None]]:
    """Who reads a body's Amber papers on a day as its member, each with the appointment that opens them, if any."""
    rows = Capacity.objects.on(day).filter(role=Role.COMMITTEE_MEMBER, audience=committee.code)
    known = rows.select_related("person").prefetch_related("opened_by__seat__committee")
    for capacity in known.order_by("person__name", "pk"):
        yield capacity, next(iter(capacity.opened_by.all()), None)
