"""How somebody subscribes: asks, confirms by the link that only the address has, and ends it with one click."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from secretariat.core.capacities import secretariat, the_clock
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.subscribing.models import ASKED, CONFIRMED, ENDED, ERASED, LAPSED, Subscriber
from secretariat.post.due import Due, register


def holder_of_the_link(person: Person | None, record: Any, at: datetime) -> bool:
    """Whoever asks for an address, or holds a link that was mailed to it: nobody who is signed in for it."""
    return person is None


def reader_or_secretariat(person: Person | None, record: Any, at: datetime) -> bool:
    """Whoever holds the link, the person whose account it is, or the secretariat for them."""
    return person is None or secretariat(person, record, at) or own_account(person, record, at)


def own_account(person: Person | None, record: Any, at: datetime) -> bool:
    """The person whose account's address it is."""
    return person is not None and record.person_id == person.pk


@rule("House rule: newsletter.ask_again_hours")
def is_not_asked_too_often(subscriber: Subscriber, at: datetime) -> bool:
    """A mail to confirm went to this address a short time ago. Wait for it, or try again later."""
    wait = timedelta(hours=RULEBOOK.number("newsletter.ask_again_hours", at))
    return subscriber.asked_at is None or subscriber.asked_at + wait <= at


@rule("House rule: newsletter.confirm_days")
def is_confirmed_in_time(subscriber: Subscriber, at: datetime) -> bool:
    """The link to confirm has run out. Subscribe again, and confirm by the new one."""
    return subscriber.asked_at is None or at <= lapses_at(subscriber, at)


@rule("House rule: newsletter.confirm_days")
def is_past_its_time(subscriber: Subscriber, at: datetime) -> bool:
    """The address still has time to confirm."""
    return subscriber.asked_at is not None and at > lapses_at(subscriber, at)


@rule("House rule: newsletter.forget_days")
def need_not_be_kept(subscriber: Subscriber, at: datetime) -> bool:
    """The address is kept for some days after it ended, in case that was a mistake."""
    return subscriber.ended_at is None or subscriber.ended_at + _kept_for(at) <= at


def lapses_at(subscriber: Subscriber, at: datetime) -> datetime:
    """The instant until which an address that asked may confirm."""
    return (subscriber.asked_at or at) + timedelta(days=RULEBOOK.number("newsletter.confirm_days", at))


def _kept_for(at: datetime) -> timedelta:
    return timedelta(days=RULEBOOK.number("newsletter.forget_days", at))


def _ask(subscriber: Subscriber, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    subscriber.asked_at = at
    subscriber.asked_times += 1
    subscriber.ended_at = None


def _confirm(subscriber: Subscriber, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    subscriber.confirmed_at = at
    subscriber.ended_at = None


def _join(subscriber: Subscriber, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _confirm(subscriber, at, recorded, facts)
    if subscriber.person is not None:
        subscriber.address = subscriber.person.email.lower()


def _end(subscriber: Subscriber, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    subscriber.ended_at = at


def _erase(subscriber: Subscriber, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    subscriber.address = None


SUBSCRIBER = Procedure(
    "subscriber",
    Subscriber,
    Step("ask", NEW, ASKED, who=holder_of_the_link, change=_ask, says="Ask to subscribe"),
    Step(
        "ask_again",
        (ASKED, ENDED, LAPSED),
        ASKED,
        who=holder_of_the_link,
        rules=(is_not_asked_too_often,),
        change=_ask,
        says="Ask to subscribe again",
    ),
    Step(
        "confirm",
        ASKED,
        CONFIRMED,
        who=holder_of_the_link,
        rules=(is_confirmed_in_time,),
        change=_confirm,
        primary=True,
    ),
    Step("join", (NEW, ASKED, ENDED, LAPSED), CONFIRMED, who=own_account, change=_join, says="Subscribe"),
    Step("decline", NEW, ENDED, who=holder_of_the_link, change=_end, says="Want no newsletter"),
    Step("end", (ASKED, CONFIRMED), ENDED, who=reader_or_secretariat, change=_end, says="Unsubscribe"),
    Step("lapse", ASKED, LAPSED, who=the_clock, rules=(is_past_its_time,), change=_end, says="Run out unconfirmed"),
    Step("erase", (ENDED, LAPSED), ERASED, who=the_clock, rules=(need_not_be_kept,), change=_erase, says="Forget"),
)


@register
def forgotten(at: datetime) -> Iterator[Due]:
    """Those who did not confirm in time, and those without an account who ended it long enough ago."""
    confirm_by = at - timedelta(days=RULEBOOK.number("newsletter.confirm_days", at))
    for one in Subscriber.objects.filter(state=ASKED, asked_at__lt=confirm_by):
        yield Due(SUBSCRIBER, "lapse", one)
    for one in Subscriber.objects.filter(state__in=(ENDED, LAPSED), person=None, ended_at__lte=at - _kept_for(at)):
        yield Due(SUBSCRIBER, "erase", one)
