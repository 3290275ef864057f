"""What the page of a record says of the consultations about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse

from secretariat.consultations.figures import points_left
from secretariat.consultations.models import ANNOUNCED, OPEN, Kind, about
from secretariat.consultations.timing import working
from secretariat.core.calendar import calendar
from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import instant, instant_words


@dataclass(frozen=True)
class Next:
    """A next date: what, when, who has the ball, how the date was reckoned."""

    what: str
    due: datetime
    who: str
    working: str = ""
    citation: str = ""
    href: str = ""


@dataclass(frozen=True)
class Lacking:
    """One thing that is still to be done: what, who has it, and its rule."""

    what: str
    who: str
    citation: str = ""
    href: str = ""


def _readable(record: models.Model, person: Person | None, at: datetime) -> list[Any]:
    rows: Any = about(record)
    return list(rows.visible_to(person, at))


def facts(record: models.Model, person: Person | None, at: datetime) -> list[Fact]:
    """The consultation about the record that is open now, with its closing."""
    return [
        Fact("Open consultation", str(one), one.get_absolute_url(), f"Until {instant(one.closes_at)}.")
        for one in _readable(record, person, at)
        if one.is_open(at)
    ]


def related(record: models.Model, person: Person | None, at: datetime) -> list[Related]:
    """The consultations about the record."""
    rows = [
        (
            one,
            Kind(one.kind).label,
            one.body,
            instant_words(one.opens_at),
            instant_words(one.closes_at),
            one.state,
        )
        for one in _readable(record, person, at)
    ]
    heads = ("Consultation", "Kind", "By", "Opens", "Closes", "State")
    return [Related("Consultations", heads, rows, "Nobody was consulted on this yet.")]


def needs(record: models.Model, person: Person | None, at: datetime) -> list[Lacking]:
    """The points raised in its consultations that lack an answer, counted for each consultation."""
    left = points_left(record, at)
    return [
        Lacking(f"Points without an answer in {one.reference}: {left[one.pk]:,}", "The secretariat", "INF-6",
                reverse("consultation", args=[one.reference]))
        for one in _readable(record, person, at) if one.pk in left
    ]  # fmt: skip


def coming(record: models.Model, person: Person | None, at: datetime) -> list[Next]:
    """The openings and closings to come."""
    found, days = [], calendar()
    for one in _readable(record, person, at):
        if one.state == ANNOUNCED and one.opens_at and one.opens_at > at:
            found.append(Next(f"{one.reference} opens", one.opens_at, "The secretariat", href=one.get_absolute_url()))
        if one.state in (ANNOUNCED, OPEN) and one.closes_at and not one.is_over(at):
            found.append(Next(f"{one.reference} closes", one.closes_at, "Those who are asked", working(one, days),
                              "NEW-8, NEW-9", one.get_absolute_url()))  # fmt: skip
    return found
