"""Badges for the guests of an event: a PDF of A4 sheets, eight to a sheet, set by Typst."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from functools import cache
from importlib import resources

import typst

from secretariat.core.people import Person
from secretariat.engagement.events.models import EngagementEvent, Registration
from secretariat.papers.charts import FONTS
from secretariat.papers.glyphs import printable
from secretariat.papers.wording import clean
from secretariat.plain.dates import in_london, plain_date


def badges(event: EngagementEvent, rows: Iterable[Registration]) -> bytes:
    """The badges of these registrations, by name; the same guests give the same bytes.

    A character that the typeface lacks is printed as its name.
    """
    guests = sorted((_words(one.person), _organisation(one)) for one in rows)
    told = {"event": _text(event.title), "day": plain_date(in_london(event.begins_at).date()), "guests": guests}
    made = typst.compile(
        _template(), font_paths=_fonts(), sys_inputs={"badges": json.dumps(told)}, format="pdf",
        timestamp=event.begins_at.astimezone(UTC),
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _words(person: Person) -> str:
    return _text(person.name or person.email)


def _organisation(one: Registration) -> str:
    return _text(one.organisation or (one.party.name if one.party else ""))


def _text(text: str) -> str:
    return printable(clean(text))


@cache
def _template() -> bytes:
    return (resources.files("secretariat.engagement.events") / "badges.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
