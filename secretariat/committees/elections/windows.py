"""When an election's periods open and close, in Working Days, by the body's own rules (rules ELE-3, ELE-4)."""

from __future__ import annotations

from datetime import date, datetime, time

from secretariat.committees.models import Committee
from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.dates import LONDON
from secretariat.plain.workdays import Calendar, Working

PANEL = "SECP"


def said(body: Committee, what: str, day: date | datetime) -> Entry:
    """What the rulebook says of a body's elections on a day: the Panel's own, or that of all others.

    Raises UnknownRule.
    """
    return RULEBOOK.entry(f"election.{'panel' if body.code == PANEL else 'sub_committee'}.{what}", day)


def secret(body: Committee, at: datetime) -> bool:
    """Whether a vote on seats of a body is secret."""
    return RULEBOOK.switch(said(body, "secret", at).key, at)


def on_a_tie(body: Committee, at: date | datetime) -> str:
    """What a tie leads to (rule ELE-3): one of the tie rules of ballots."""
    return str(said(body, "tie", at).value)


def _days(body: Committee, what: str, day: date) -> int:
    return RULEBOOK.number(said(body, what, day).key, day)


def nominations_close(body: Committee, opens_on: date) -> datetime:
    """The earliest instant at which nominations may close: 17:00 on a Working Day (rules ELE-3, ELE-4)."""
    return calendar().closing(nominations(body, opens_on).result)


def at_five(day: date) -> datetime:
    """The instant at which a period that ends on a day ends (rule ELE-3)."""
    return calendar().closing(day)


def begins(day: date) -> datetime:
    """The first instant of a day, in London."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def nominations(body: Committee, opens_on: date) -> Working:
    """The days for nominations, with their working."""
    return calendar().working(opens_on, _days(body, "nominate_wd", opens_on))


def voting(body: Committee, opens_on: date) -> Working:
    """The days for voting, with their working."""
    return calendar().working(opens_on, _days(body, "ballot_wd", opens_on))


def voting_closes(body: Committee, opens_on: date) -> datetime:
    """When a vote that opens on a day closes: at 17:00 (rule ELE-3)."""
    return calendar().closing(voting(body, opens_on).result)


def invitation(body: Committee, term_from: date, known: Calendar | None = None) -> Working:
    """By when nominations are invited for terms that begin on a day (rule ELE-4); give the calendar where it is told of
    many.
    """
    return (known or calendar()).working(term_from, -_days(body, "invite_wd", term_from))
