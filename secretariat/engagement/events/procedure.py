"""How an event is planned, opened, held or cancelled, and how a place at it is asked for and given (rule HLP-8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms

from secretariat.consultations.who import invites
from secretariat.core.capacities import team, the_clock
from secretariat.core.facts import a_line, an_instant
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.events.invited import invite, uninvited
from secretariat.engagement.events.models import (
    ABSENT,
    ANNOUNCED,
    ASKED,
    ATTENDED,
    CANCELLED,
    CLOSED,
    FULL,
    HELD,
    LAPSED,
    OPEN,
    PLACED,
    PLANNED,
    WAITING,
    WITHDRAWN,
    EngagementEvent,
    Registration,
)
from secretariat.engagement.events.waiting import next_in_line
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
TAKING = (OPEN, FULL)
"""The states in which an event takes registrations: where it is full, into the waiting list."""

party_support = team(Team.PARTY_SUPPORT)


def staff_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's party support team; when its time has come, time alone."""
    return person is None or party_support(person, record, at)


def anybody(person: Person | None, record: Any, at: datetime) -> bool:
    """Anybody, by a form of the public; it counts once the address has confirmed it."""
    return True


def the_guest(person: Person | None, registration: Registration | None, at: datetime) -> bool:
    """Whoever it is for: signed in, or by the private link."""
    if registration is None:
        return person is not None
    return registration.held or (person is not None and registration.person_id == person.pk)


def the_guest_or_party_support(person: Person | None, registration: Registration | None, at: datetime) -> bool:
    """Whoever it is for: signed in, or by the private link; or the party support team."""
    return the_guest(person, registration, at) or party_support(person, registration, at)


@rule("HLP-8")
def it_can_be_found(event: EngagementEvent, at: datetime) -> bool:
    """An event says where it is, or how it is joined, before people are asked to come."""
    return bool(event.place.strip())


@rule("HLP-8")
def it_is_to_come(event: EngagementEvent, at: datetime) -> bool:
    """The time in which people may register is over."""
    return at <= event.registration_ends


@rule("HLP-8")
def it_has_not_begun(event: EngagementEvent, at: datetime) -> bool:
    """The event has begun: it is neither moved nor cancelled any more."""
    return at < event.begins_at


@rule("HLP-8")
def it_is_over(event: EngagementEvent, at: datetime) -> bool:
    """An event is held once it has come to its end."""
    return at >= event.ends_at


@rule("HLP-8")
def registration_is_over(event: EngagementEvent, at: datetime) -> bool:
    """Registration is closed by time alone once its last instant has passed."""
    return at > event.registration_ends


@rule("HLP-8")
def no_place_is_free(event: EngagementEvent, at: datetime) -> bool:
    """There are places."""
    return event.is_full


@rule("HLP-8")
def a_place_is_free(event: EngagementEvent, at: datetime) -> bool:
    """Every place is taken."""
    return not event.is_full


@rule("HLP-8")
def nobody_loses_a_place(event: EngagementEvent, at: datetime, facts: Facts) -> bool:
    """There are at least as many places as are taken already: a place that was given is not taken away."""
    return facts["capacity"] is None or bool(facts["capacity"] >= event.taken)


@rule("HLP-8")
def it_ends_after_it_begins(event: EngagementEvent, at: datetime, facts: Facts) -> bool:
    """The new hours lie ahead, and the event ends after it begins."""
    return bool(at < facts["begins_at"] < facts["ends_at"])


@rule("HLP-8")
def its_sessions_keep_within_it(event: EngagementEvent, at: datetime, facts: Facts) -> bool:
    """A session lies outside of the new hours, even when it is moved with the event."""
    shift = facts["begins_at"] - event.begins_at
    return all(one.ends_at + shift <= facts["ends_at"] for one in event.sessions.all())


@rule("House rule: invitations")
def somebody_is_left_to_invite(event: EngagementEvent, at: datetime) -> bool:
    """Everybody whom the event is meant for and who can be reached was invited, or is registered."""
    return bool(uninvited(event, at))


@rule("House rule: reminders")
def nobody_was_reminded(event: EngagementEvent, at: datetime) -> bool:
    """The guests were reminded already: one reminder is enough."""
    return event.reminded_at is None


@rule("House rule: reminders")
def it_is_soon(event: EngagementEvent, at: datetime) -> bool:
    """Guests are reminded a set number of days before the event, and not once it has begun."""
    days = RULEBOOK.number("engagement.event_reminder_days", at)
    return event.begins_at - timedelta(days=days) <= at < event.begins_at


@rule("HLP-8")
def it_takes_registrations(registration: Registration, at: datetime) -> bool:
    """The event does not take registrations now."""
    event = registration.event
    return event.state in TAKING and at <= event.registration_ends


@rule("HLP-8")
def it_is_meant_for_them(registration: Registration, at: datetime) -> bool:
    """The event is meant for others: it names the Party Categories that it is for."""
    return invites(registration.event, registration.party, local_day(at))


@rule("HLP-8")
def it_has_a_place_for_them(registration: Registration, at: datetime) -> bool:
    """Whoever asked earlier gets a free place first."""
    event = registration.event
    line = [one.asked for one in event.registrations.filter(state=WAITING)]
    return registration.asked in next_in_line(event.capacity, event.taken, line)


@rule("HLP-8")
def its_event_has_not_begun(registration: Registration, at: datetime) -> bool:
    """The event has begun, so it is told who came instead."""
    return at < registration.event.begins_at


@rule("HLP-8")
def its_event_has_begun(registration: Registration, at: datetime) -> bool:
    """Who came is told once the event has begun."""
    return at >= registration.event.begins_at and registration.event.state != CANCELLED


@rule("House rule: double opt-in")
def it_was_not_confirmed(registration: Registration, at: datetime) -> bool:
    """An address has a set number of hours to confirm that it asked."""
    return at > registration.asked_at + timedelta(hours=RULEBOOK.number("engagement.confirm_hours", at))


def _move(event: EngagementEvent, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    shift = facts["begins_at"] - event.begins_at
    event.begins_at, event.ends_at = facts["begins_at"], facts["ends_at"]
    event.registers_until = event.registers_until and event.registers_until + shift
    event.changes, event.reminded_at = event.changes + 1, None
    for one in event.sessions.all():
        one.begins_at, one.ends_at = one.begins_at + shift, one.ends_at + shift
        one.save(update_fields=["begins_at", "ends_at"])


def _relocate(event: EngagementEvent, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    event.place, event.changes = facts["place"], event.changes + 1


def _cancel(event: EngagementEvent, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    event.changes += 1
    _forget_needs(event, at, recorded, facts)


def _resize(event: EngagementEvent, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    event.capacity = facts["capacity"]


def _invite(event: EngagementEvent, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts["invited"] = invite(event, at, recorded)


def _reminded(event: EngagementEvent, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    event.reminded_at = at


def _forget_needs(event: EngagementEvent, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """What guests told so that they could take part is not kept once the event is over."""
    event.registrations.update(needs="")


def _asked_now(registration: Registration, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Puts a registration at the end of the line: nobody tells an earlier hour."""
    if at != recorded:
        raise Refused("A place is asked for when it is asked for, not earlier.")
    registration.asked_at = at


def _withdraw(registration: Registration, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    registration.needs = ""


INSTANT = an_instant(help_text="Such as 2020-03-17 09:00, London time.")


def _capacity() -> forms.Field:
    return forms.IntegerField(label="Places", min_value=1, required=False, help_text="Empty: there is no limit.")


HOURS = {"begins_at": INSTANT, "ends_at": INSTANT, "why": a_line()}

EVENTS = Procedure(
    "engagement_event",
    EngagementEvent,
    Step("plan", NEW, PLANNED, who=party_support),
    Step("open", PLANNED, OPEN, who=party_support, rules=(it_can_be_found, it_is_to_come), primary=True,
         says="Open the registration"),
    Step("invite", TAKING, None, who=party_support, rules=(it_is_to_come, somebody_is_left_to_invite), change=_invite,
         says="Invite those it is meant for"),
    Step("fill", OPEN, FULL, who=the_clock, rules=(no_place_is_free,), says="Every place is taken"),
    Step("free_up", FULL, OPEN, who=the_clock, rules=(a_place_is_free,), says="A place is free again"),
    Step("close", TAKING, CLOSED, who=party_support, says="Close the registration"),
    Step("run_out", TAKING, CLOSED, who=the_clock, rules=(registration_is_over,), says="The registration ran out"),
    Step("reopen", CLOSED, OPEN, who=party_support, rules=(it_is_to_come,), says="Open the registration again"),
    Step("remind", ANNOUNCED, None, who=staff_or_clock, rules=(nobody_was_reminded, it_is_soon), change=_reminded,
         says="Remind the guests"),
    Step("resize", (PLANNED, *ANNOUNCED), None, who=party_support, rules=(it_has_not_begun, nobody_loses_a_place),
         facts={"capacity": _capacity}, change=_resize, says="Change the number of places"),
    Step("move", (PLANNED, *ANNOUNCED), None, who=party_support,
         rules=(it_has_not_begun, it_ends_after_it_begins, its_sessions_keep_within_it), facts=HOURS, change=_move),
    Step("relocate", (PLANNED, *ANNOUNCED), None, who=party_support, rules=(it_has_not_begun,),
         facts={"place": a_line(200, "Where"), "why": a_line()}, change=_relocate, says="Change where it is"),
    Step("hold", ANNOUNCED, HELD, who=party_support, rules=(it_is_over,), change=_forget_needs, says="It was held"),
    Step("cancel", (PLANNED, *ANNOUNCED), CANCELLED, who=party_support, rules=(it_has_not_begun,),
         facts={"why": a_line()}, change=_cancel),
)  # fmt: skip

REGISTRATIONS = Procedure(
    "registration",
    Registration,
    Step("ask", NEW, ASKED, who=anybody, rules=(it_takes_registrations, it_is_meant_for_them), change=_asked_now,
         says="Ask for a place, to be confirmed"),
    Step("register", NEW, WAITING, who=the_guest_or_party_support, change=_asked_now,
         rules=(it_takes_registrations, it_is_meant_for_them)),
    Step("confirm", ASKED, WAITING, who=the_guest, rules=(it_takes_registrations,), change=_asked_now, primary=True,
         says="Confirm that you asked"),
    Step("lapse", ASKED, LAPSED, who=the_clock, rules=(it_was_not_confirmed,), change=_withdraw,
         says="Nobody confirmed it"),
    Step("give_place", WAITING, PLACED, who=the_clock, rules=(its_event_has_not_begun, it_has_a_place_for_them),
         says="A place is given"),
    Step("withdraw", (ASKED, WAITING, PLACED), WITHDRAWN, who=the_guest_or_party_support,
         rules=(its_event_has_not_begun,), change=_withdraw),
    Step("attend", (PLACED, ABSENT), ATTENDED, who=party_support, rules=(its_event_has_begun,), says="Came"),
    Step("miss", (PLACED, ATTENDED), ABSENT, who=party_support, rules=(its_event_has_begun,), says="Did not come"),
)  # fmt: skip


def settle(event: EngagementEvent, at: datetime, recorded: datetime) -> int:
    """Gives the free places to those who asked first, and says whether the event is full; returns how many were given.

    Nobody is given a place once the event has begun. Call it inside the transaction of what freed or asked.
    """
    row = EngagementEvent.objects.select_for_update().get(pk=event.pk)
    if row.state not in ANNOUNCED or at >= row.begins_at:
        return 0
    waiting = {one.asked: one for one in row.registrations.filter(state=WAITING)}
    given = next_in_line(row.capacity, row.taken, waiting)
    for asked in given:
        REGISTRATIONS.take("give_place", waiting[asked], by=None, at=at, recorded=recorded)
    if row.state == OPEN and row.is_full:
        EVENTS.take("fill", row, by=None, at=at, recorded=recorded)
    elif row.state == FULL and not row.is_full:
        EVENTS.take("free_up", row, by=None, at=at, recorded=recorded)
    return len(given)


@register
def due(at: datetime) -> Iterator[Due]:
    """What time causes: addresses that were never confirmed, reminders, the end of registration.

    Places that somebody freed by a bare step are given here too.
    """
    for one in Registration.objects.filter(state=ASKED).select_related("event"):
        if it_was_not_confirmed(one, at):
            yield Due(REGISTRATIONS, "lapse", one)
    for event in EngagementEvent.objects.filter(state__in=ANNOUNCED):
        yield from _due(event, at)


def _due(event: EngagementEvent, at: datetime) -> Iterator[Due]:
    if event.state in TAKING and registration_is_over(event, at):
        yield Due(EVENTS, "run_out", event)
    if nobody_was_reminded(event, at) and it_is_soon(event, at):
        yield Due(EVENTS, "remind", event)
    waiting = {one.asked: one for one in event.registrations.filter(state=WAITING)}
    if at < event.begins_at:
        for asked in next_in_line(event.capacity, event.taken, waiting):
            yield Due(REGISTRATIONS, "give_place", waiting[asked])
