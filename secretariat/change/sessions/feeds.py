"""Sessions of Working Groups in the calendar of all bodies, and at their hours in calendar files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from secretariat.change.sessions.models import CANCELLED, Joining, Session
from secretariat.core.lists import ListPage
from secretariat.core.pages import reader
from secretariat.core.people import Person
from secretariat.meetings.calendar import Line, also
from secretariat.plain.dates import LONDON
from secretariat.post.feeds import REFINED, FeedItem, clean


@also
def sessions(person: Person | None, at: datetime, first: date, last: date) -> Iterator[Line]:
    """The sessions of some days, for the calendar."""
    rows: Any = Session.objects.filter(day__range=(first, last)).exclude(state="")
    for one in rows.visible_to(person, at):
        hours = f"{one.begins:%H:%M}" if one.begins else ""
        yield Line(one.day, one.group, one.get_absolute_url(), hours, one.begins, "", one.state)


def with_hours(page: ListPage, found: list[FeedItem]) -> list[FeedItem]:
    """The items of the list of sessions at their hours, the cancelled marked, places for those invited."""
    keys = [item.pk for item in found]
    told: Any = Joining.objects.filter(session__in=keys).visible_to(reader(page.request), page.request.at)
    places = dict(told.values_list("session_id", "place"))
    known = Session.objects.in_bulk(keys)
    return [_refined(item, known[item.pk], places.get(item.pk, "")) for item in found]


def _refined(item: FeedItem, session: Session, place: str) -> FeedItem:
    cancelled = session.state == CANCELLED
    begins = datetime.combine(session.day, session.begins, tzinfo=LONDON) if session.begins else session.day
    title = f"Cancelled: {session.group}" if cancelled else session.group
    return replace(
        item, day=begins, title=clean(title), where=clean(place), cancelled=cancelled, changes=int(cancelled)
    )


REFINED["working group sessions"] = with_hours
