"""Events in calendars: at their hours on the London clock, the cancelled marked; and on the calendar of all bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.conf import settings

from secretariat.core.kinds import kind_of
from secretariat.core.lists import ListPage
from secretariat.core.people import Person
from secretariat.engagement.events.models import CANCELLED, STANDING, EngagementEvent, Registration
from secretariat.meetings.calendar import Line, also
from secretariat.plain.dates import LONDON, in_london
from secretariat.post.feeds import REFINED, FeedItem, clean


def item_of(event: EngagementEvent) -> FeedItem:
    """One event as a calendar tells it."""
    link = f"{settings.SITE_URL}{event.get_absolute_url()}"
    blank = FeedItem(kind_of(event), event.pk, link, event.begins_at, "", clean(event.summary), event.begins_at)
    return _refined(blank, event)


def with_hours(page: ListPage, found: list[FeedItem]) -> list[FeedItem]:
    """The items of the list of events with what a calendar needs."""
    events = EngagementEvent.objects.in_bulk([item.pk for item in found])
    return [_refined(item, events[item.pk]) for item in found]


def of_registrations(page: ListPage, found: list[FeedItem]) -> list[FeedItem]:
    """The items of the list of registrations, each as its event; one that has ended takes the event off a calendar."""
    rows = Registration.objects.select_related("event").in_bulk([item.pk for item in found])
    return [_of_guest(_refined(item, rows[item.pk].event), rows[item.pk]) for item in found]


def _of_guest(item: FeedItem, row: Registration) -> FeedItem:
    ended = row.state not in STANDING
    return replace(item, cancelled=item.cancelled or ended, changes=item.changes + ended)


def _refined(item: FeedItem, event: EngagementEvent) -> FeedItem:
    cancelled = event.state == CANCELLED
    return replace(
        item,
        day=event.begins_at,
        ends=event.ends_at,
        title=clean(f"Cancelled: {event.title}" if cancelled else event.title),
        where=clean(event.place),
        cancelled=cancelled,
        changes=event.changes,
    )


@also
def lines(person: Person | None, at: datetime, first: date, last: date) -> Iterator[Line]:
    """The events from one day to another, as the calendar of all bodies shows them."""
    begin = datetime.combine(first, time.min, tzinfo=LONDON)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=LONDON)
    for event in EngagementEvent.objects.visible_to(person, at).filter(begins_at__gte=begin, begins_at__lt=end):
        start, stop = in_london(event.begins_at), in_london(event.ends_at)
        hours = f"{start:%H:%M} to {stop:%H:%M}"
        yield Line(start.date(), event.title, event.get_absolute_url(), hours, start.time(), "", event.state)


REFINED["engagement events"] = with_hours
REFINED["registrations"] = of_registrations
