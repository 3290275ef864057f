"""Lays out a body's seats as the rulebook composes it, keeps those of Voting Groups with the register, ends seats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.committees.models import Committee
from secretariat.committees.seats.clearances import follow_second_hat, reopen
from secretariat.committees.seats.composition import Composition, composition, groups_on, lines
from secretariat.committees.seats.models import FILLED, IN_OFFICE, Constituency, Filling, Seat
from secretariat.committees.seats.procedure import APPOINTMENTS
from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day

ALONE = (Constituency.CHAIR, Constituency.SPECIALIST)
"""Constituencies of one seat, whose title bears no number."""


def lay_out(committee: Committee, **told: Unpack[Told]) -> list[Seat]:
    """Enters the seats that the rulebook gives and the body lacks; ends those of Voting Groups that are no more.

    Returns the seats entered. Running it again changes nothing.
    """
    day = local_day(told["at"])
    with transaction.atomic():
        for seat in _without_group(committee, day):
            end_seat(seat, max(seat.from_day, day - timedelta(days=1)), **told)
        lacking = [seat for line in composition(committee, day) for seat in _lacking(committee, line, day)]
        for seat in lacking:
            seat.from_day = day
            enter_seat(seat, **told)
    return lacking


def _without_group(committee: Committee, day: date) -> Any:
    """The seats of Voting Groups that no longer have a party in them."""
    living = [groups_on(day, line.constituency) for line in lines(committee.code, day) if line.per_group]
    held = Seat.objects.filter(committee=committee, voting_group__isnull=False).on(day)
    for groups in living:
        held = held.exclude(voting_group__in=groups.values("pk"))
    return held


def _lacking(committee: Committee, told: Composition, day: date) -> Iterator[Seat]:
    line = told.line
    if line.at_most:
        return
    if line.per_group:
        held = Seat.objects.filter(committee=committee, voting_group__isnull=False).on(day)
        for group in groups_on(day, line.constituency).exclude(pk__in=held.values("voting_group")):
            yield _seat(committee, told, day, group.name, voting_group=group)
    elif line.body:
        yield from _from_another_body(committee, told, day)
    else:
        for number in range(told.seats, line.number or 0):
            title = line.constituency.label
            yield _seat(committee, told, day, title if line.constituency in ALONE else f"{title} {number + 1}")


def _from_another_body(committee: Committee, told: Composition, day: date) -> Iterator[Seat]:
    body = Committee.objects.get(code=told.line.body)
    if told.line.number is None:
        if not told.seats:
            yield _seat(committee, told, day, f"Members of the {body.name}", filled_by=body, second_hat=True)
        return
    for number in range(told.seats, told.line.number):
        title = f"{body.short_name} representative"
        yield _seat(committee, told, day, f"{title} {number + 1}" if told.line.number > 1 else title, filled_by=body)


def _seat(committee: Committee, told: Composition, day: date, title: str, **more: Any) -> Seat:
    held_for = told.constituency
    return Seat(
        committee=committee, constituency=held_for, title=title, votes=votes(held_for, day),
        filling=FILLED.get(held_for, Filling.ELECTED), **more,
    )  # fmt: skip


def votes(constituency: str, day: date) -> bool:
    """Whether a seat of a constituency has a vote where nothing else is said (rules GOV-4, GOV-8)."""
    key = f"seats.vote.{Constituency(constituency).name.lower()}"
    return RULEBOOK.switch(key, day) if key in RULEBOOK.entries else True


def enter_seat(seat: Seat, **told: Unpack[Told]) -> Seat:
    """Enters a seat. Raises ValidationError, also where the body has as many as it may have ("not more than").

    Where all members of another body fill it, they read the body's papers from then on.
    """
    seat.recorded = told["recorded"]
    for line in composition(seat.committee, seat.from_day):
        if line.line.at_most and line.constituency == seat.constituency and line.seats >= (line.said or 0):
            raise ValidationError(f"The body has at most {line.said} such seats, and it has {line.seats}.")
    with transaction.atomic():
        journal.enter(seat, **told)
        if seat.second_hat:
            follow_second_hat(seat, told["recorded"])
    return seat


def end_seat(seat: Seat, last: date, **told: Unpack[Told]) -> None:
    """Ends a seat after a last day, and the appointments in it with it. Raises Refused and ValidationError."""
    with transaction.atomic():
        held = seat.appointments.filter(state=IN_OFFICE, from_day__lte=last).exclude(to_day__lte=last)
        for appointment in held:
            APPOINTMENTS.take("end", appointment, last_day=last, reason="The seat ended.", **told)
        amend_seat(seat, {"to_day": last}, **told)


def amend_seat(seat: Seat, changes: dict[str, Any], **told: Unpack[Told]) -> None:
    """Amends a seat; who reads the papers of which body follows. Raises ValidationError."""
    with transaction.atomic():
        journal.amend(seat, changes, **told)
        if seat.second_hat:
            follow_second_hat(seat, told["recorded"])
        reopen(seat.appointments.filter(state=IN_OFFICE), told["recorded"])
