"""What a body's page says: its seats with who holds them, terms, duties, delegations, recommendations, readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from secretariat.committees.bodies.models import Delegation, Duty, Recommendation, TermsOfReference, who_holds
from secretariat.committees.models import Committee
from secretariat.committees.seats.clearances import readers_of
from secretariat.committees.seats.models import Appointment, Seat, members_on
from secretariat.committees.who import committees_team
from secretariat.core.pages import Crumb, Related
from secretariat.core.people import Person
from secretariat.plain.dates import day_words, local_day, long_date

Table = Callable[[Committee, Person | None, datetime], Related]

TABLES: list[Table] = []
"""What rooms above this one say on a body's page, such as its next meetings."""


def table(tell: Table) -> Table:
    """Makes a room's table known: a function of (body, person, instant); it tells what the person may read."""
    if tell not in TABLES:
        TABLES.append(tell)
    return tell


VACANT, HELD = "Vacant", "Held"


def related(body: Committee, person: Person | None, at: datetime) -> list[Related]:
    """The tables of a body's page, without those in which there is nothing to tell."""
    day = local_day(at)
    tables = [
        *(tell(body, person, at) for tell in TABLES),
        seats(body, person, at, day),
        terms(body, person, at),
        duties(body, person, at, day),
        delegations(body, person, at, day),
        recommendations(body, person, at),
    ]
    tables += [readers(body, day)] if committees_team(person, body, at) else []
    return [one for one in tables if one.rows or one.empty]


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]], add: str, one: str) -> Related:
    """A table to which those who may can add; where there is nothing yet, only they see it."""
    if rows or not add:
        return Related(title, heads, rows, "", add)
    return Related(f"Add {one}", heads, rows, "There is none yet.", add)


def seats(body: Committee, person: Person | None, at: datetime, day: date) -> Related:
    """Each seat with its holder and alternates, as far as they may be read, or Vacant (rule ELE-6)."""
    held = {one.seat_id: one for one in members_on(body, day)}
    readable = Appointment.objects.visible_to(person, at)
    named = {one.pk for one in readable.filter(pk__in=[one.pk for one in held.values()])}
    acting = _alternates(readable.filter(alternate_for__in=[one.pk for one in held.values()]).on(day))
    rows: list[tuple[Any, ...]] = []
    for seat in Seat.objects.filter(committee=body).on(day).visible_to(person, at).select_related("filled_by"):
        link = Crumb(seat.title, seat.get_absolute_url())
        place = seat.get_constituency_display()
        if seat.second_hat:
            rows += [(link, place, _in_second_capacity(seat, held, named), "", "", _vote(seat))]
            continue
        one = held.get(seat.pk)
        until = long_date(one.to_day) if one is not None and one.to_day and one.pk in named else ""
        rows.append((link, place, _holder(one, named), acting.get(one.pk, "") if one else "", until, _vote(seat)))
    export = f"{reverse('appointments')}?committee={body.pk}&on={day.isoformat()}"
    heads = ("Seat", "Constituency", "Member", "Alternate", "Until", "Has a vote")
    return Related("Seats", heads, rows, "It has no seats today.", export if named else "")


def _holder(one: Appointment | None, named: set[int]) -> Any:
    if one is None:
        return VACANT
    return Crumb(str(one.person), one.get_absolute_url()) if one.pk in named else HELD


def _in_second_capacity(seat: Seat, held: dict[int, Appointment], named: set[int]) -> str:
    """The members of the other body, by name where all of them may be read."""
    there = [one for one in held.values() if one.seat.committee_id == seat.filled_by_id]
    if there and all(one.pk in named for one in there):
        return "; ".join(sorted(str(one.person) for one in there))
    return HELD if there else VACANT


def _vote(seat: Seat) -> str:
    return "yes" if seat.votes else "no"


def _alternates(rows: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    for one in rows.select_related("person").order_by("from_day", "pk"):
        before = found.get(one.alternate_for_id, "")
        found[one.alternate_for_id] = f"{before}; {one.person}" if before else str(one.person)
    return found


def terms(body: Committee, person: Person | None, at: datetime) -> Related:
    """The versions of its terms of reference, newest first."""
    found = TermsOfReference.objects.filter(committee=body).visible_to(person, at)
    rows: list[tuple[Any, ...]] = [
        (Crumb(one.version, one.get_absolute_url()), long_date(one.from_day), one.meeting, one.changed) for one in found
    ]
    add = _add("terms of reference", "committee", body, person, at)
    heads = ("Version", "From", "At the meeting", "What changed")
    return _table("Terms of reference", heads, rows, add, "a version of the terms of reference")


def duties(body: Committee, person: Person | None, at: datetime, day: date) -> Related:
    """Its duties of today, its own and those passed on to it, with who has each."""
    own = Duty.objects.filter(committee=body).on(day).visible_to(person, at)
    rows: list[tuple[Any, ...]] = []
    for one in own:
        holder = who_holds(one.what, day)
        rows.append((Crumb(one.what, one.get_absolute_url()), "Its own", str(holder), long_date(one.from_day)))
    passed = Delegation.objects.filter(to_body=body).exclude(duty="").on(day).visible_to(person, at)
    for given in passed.select_related("from_body"):
        how = f"{given.get_how_display()} by {given.from_body}"
        link = Crumb(given.duty, given.get_absolute_url())
        rows.append((link, how, str(who_holds(given.duty, day)), long_date(given.from_day)))
    add = _add("duty of a body", "committee", body, person, at)
    return _table("Duties", ("Duty", "How it has it", "Has it today", "Since"), rows, add, "a duty")


def delegations(body: Committee, person: Person | None, at: datetime, day: date) -> Related:
    """What it delegated and lent, in force today."""
    found = Delegation.objects.filter(from_body=body).on(day).visible_to(person, at)
    rows: list[tuple[Any, ...]] = [
        (Crumb(one.what, one.get_absolute_url()), str(one.holder), one.get_how_display(), long_date(one.from_day),
         day_words(one.to_day), one.meeting)
        for one in found.select_related("to_body", "to_person")
    ]  # fmt: skip
    heads = ("Authority", "To", "How", "From", "Until", "At the meeting")
    add = _add("delegation of authority", "from_body", body, person, at)
    return _table("Delegations of authority", heads, rows, add, "a delegation of authority")


def recommendations(body: Committee, person: Person | None, at: datetime) -> Related:
    """The newest recommendations that it made and received."""
    asked: Any = Recommendation.objects.filter(from_body=body) | Recommendation.objects.filter(to_body=body)
    found = asked.visible_to(person, at).select_related("from_body", "to_body")[:20]
    rows: list[tuple[Any, ...]] = [
        (Crumb(one.what, one.get_absolute_url()), one.from_body.short_name, one.to_body.short_name,
         long_date(one.day), one.state)
        for one in found
    ]  # fmt: skip
    add = _add("recommendation", "from_body", body, person, at)
    heads = ("Recommendation", "From", "To", "On", "State")
    return _table("Recommendations", heads, rows, add, "a recommendation")


def readers(body: Committee, day: date) -> Related:
    """Who reads its Amber papers today as a member, and what opens them: for the secretariat."""
    rows: list[tuple[Any, ...]] = []
    for capacity, appointment in readers_of(body, day):
        by = Crumb(str(appointment.seat), appointment.get_absolute_url()) if appointment else "Entered by hand"
        until = day_words(capacity.to_day)
        rows.append((str(capacity.person), by, long_date(capacity.from_day), until))
    return Related("Who reads its Amber papers as a member", ("Person", "By", "From", "Until"), rows, "Nobody today.")


def _add(word: str, field: str, body: Committee, person: Person | None, at: datetime) -> str:
    """Where one more is entered, for those who may."""
    return f"{reverse(f'{word}-new')}?{field}={body.pk}" if committees_team(person, body, at) else ""
