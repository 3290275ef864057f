"""Every list with a day as a feed, and other dated lines too: Atom for readers, iCalendar for calendars."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
from django.conf import settings
from django.db import models
from django.db.models import Max
from django.http import HttpResponse
from django.urls import reverse

from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.lists import FORMATS, Column, ListPage, attachment, meaning
from secretariat.core.pages import reader
from secretariat.plain.dates import LONDON
from secretariat.post.drafts import host

ATOM = "http://www.w3.org/2005/Atom"
ATOM_ROWS = 200
ICS_ROWS = 5000
TITLE_COLUMNS = 2
# The rule of summer time in the United Kingdom since 1996, so that the text is the same in every year.
LONDON_ZONE = icalendar.Timezone.from_ical(
    "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZNAME:BST\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZNAME:GMT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


@dataclass(frozen=True)
class FeedItem:
    """One row of a list as a feed tells it; kind and pk are its identity for as long as it lasts.

    `changes` counts the times that it was moved or cancelled, so that a calendar knows the newest telling.
    """

    kind: str
    pk: int
    link: str
    day: date | datetime
    title: str
    summary: str
    updated: datetime
    ends: datetime | None = None
    where: str = ""
    cancelled: bool = False
    changes: int = 0


Refine = Callable[[ListPage, list[FeedItem]], list[FeedItem]]

REFINED: dict[str, Refine] = {}
"""By list: a room's function that tells more of the items of its list, such as their hours; set in its `feeds.py`."""


def items(page: ListPage, rows: models.QuerySet[Any], limit: int) -> list[FeedItem]:
    """The newest rows by the list's day, at most so many; rows without a day are left out."""
    day = next((column.path for column in page.columns if column.name == page.day), page.day)
    dated = rows.filter(**{f"{day}__isnull": False}).order_by(f"-{day}", "-pk")
    lookups = [column.path for column in page.columns]
    found = list(dated.values_list("pk", page.link, day, *lookups)[:limit])
    changed = _changed(page, [row[0] for row in found])
    plainly = [
        FeedItem(
            kind=kind_of(page.model),
            pk=pk,
            link=f"{settings.SITE_URL}{page.address(key)}",
            day=when,
            title=_title(page.columns, values),
            summary=_summary(page.columns, values),
            updated=changed.get(pk) or _instant(when),
        )
        for pk, key, when, *values in found
    ]
    refine = REFINED.get(page.plural)
    return refine(page, plainly) if refine else plainly


def _changed(page: ListPage, ids: list[int]) -> dict[int, datetime]:
    kind = kind_of(page.model)
    events = Event.objects.filter(kind=kind, subject_id__in=ids)
    seen = events.visible_of({kind}, reader(page.request), page.request.at)
    return dict(seen.order_by().values_list("subject_id").annotate(Max("recorded")))


def _instant(day: date | datetime) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(), tzinfo=LONDON)


def _title(columns: tuple[Column, ...], values: list[Any]) -> str:
    told = zip(columns, values, strict=True)
    words = [text for column, value in told if (text := clean(column.shown(value)))]
    return " · ".join(words[:TITLE_COLUMNS]) or "(no title)"


def _summary(columns: tuple[Column, ...], values: list[Any]) -> str:
    told = zip(columns, values, strict=True)
    return "; ".join(f"{column.label}: {text}" for column, value in told if (text := clean(column.shown(value))))


def clean(text: str) -> str:
    """A text on one line, without the characters that neither XML nor a calendar may hold."""
    return " ".join("".join(letter if _allowed(letter) else " " for letter in text).split())


def _allowed(letter: str) -> bool:
    code = ord(letter)
    return not (code < 32 or 127 <= code < 160 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))


def _name(page: ListPage) -> str:
    words = meaning(page.chosen())
    return clean(f"{page.plural.capitalize()}: {words}" if words else page.plural.capitalize())


def atom(page: ListPage, rows: models.QuerySet[Any]) -> HttpResponse:
    """The list as an Atom feed (RFC 4287), newest day first."""
    query = page.query()
    here = f"{settings.SITE_URL}{reverse(page.plural)}{'?' if query else ''}{query}"
    return as_atom(here, _name(page), items(page, rows, ATOM_ROWS), page.request.at)


def as_atom(here: str, name: str, found: list[FeedItem], at: datetime) -> HttpResponse:
    """Lines as an Atom feed; `here` is the address of the page that shows them."""
    feed = ET.Element("feed", xmlns=ATOM)
    _add(feed, "id", _urn(here))
    _add(feed, "title", f"{settings.ADMINISTRATION}: {name}")
    _add(feed, "updated", _rfc3339(max((item.updated for item in found), default=at)))
    ET.SubElement(feed, "link", rel="alternate", href=here)
    _add(ET.SubElement(feed, "author"), "name", settings.ADMINISTRATION)
    for item in found:
        _add_entry(feed, item)
    content = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return _private(HttpResponse(content, content_type="application/atom+xml; charset=utf-8"))


def _add_entry(feed: ET.Element, item: FeedItem) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", _urn(f"{host()}/{item.kind}/{item.pk}"))
    _add(entry, "title", item.title)
    _add(entry, "updated", _rfc3339(item.updated))
    _add(entry, "published", _rfc3339(_instant(item.day)))
    ET.SubElement(entry, "link", rel="alternate", href=item.link)
    _add(entry, "summary", item.summary)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ics(page: ListPage, rows: models.QuerySet[Any]) -> HttpResponse:
    """The list as a calendar (RFC 5545)."""
    return as_ics(f"{page.plural}.ics", _name(page), items(page, rows, ICS_ROWS), page.request.at)


def as_ics(file: str, name: str, found: list[FeedItem], at: datetime) -> HttpResponse:
    """Lines as a calendar: an all-day event for a date, an instant on the London clock otherwise."""
    book = icalendar.Calendar()
    book.add("prodid", "-//Secretariat//Lists//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", f"{settings.ADMINISTRATION}: {name}")
    book.add_component(LONDON_ZONE)
    for item in found:
        book.add_component(_event(item, at))
    return _private(attachment(book.to_ical(), "text/calendar; charset=utf-8", file))


def _event(item: FeedItem, at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{item.kind}-{item.pk}@{host()}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("last-modified", item.updated.astimezone(UTC))
    event.add("dtstart", item.day.astimezone(LONDON) if isinstance(item.day, datetime) else item.day)
    if item.ends is not None:
        event.add("dtend", item.ends.astimezone(LONDON))
    if item.where:
        event.add("location", item.where)
    if item.cancelled:
        event.add("status", "CANCELLED")
    if item.changes:
        event.add("sequence", item.changes)
    event.add("summary", item.title)
    event.add("description", item.summary)
    event.add("url", item.link)
    if not isinstance(item.day, datetime):
        event.add("transp", "TRANSPARENT")
    return event


def _private(response: HttpResponse) -> HttpResponse:
    """A feed holds what one person may read, so nothing on the way keeps it."""
    response["Cache-Control"] = "private"
    response["X-Robots-Tag"] = "noindex"
    return response


FORMATS["atom"] = atom
FORMATS["ics"] = ics
