"""Bookings in a calendar: from the first to the last day, the cancelled marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from secretariat.assurance.planning.models import CANCELLED, Booking
from secretariat.core.lists import ListPage
from secretariat.plain.dates import LONDON
from secretariat.post.feeds import REFINED, FeedItem

BEGINS, ENDS = time(9), time(17)


def with_days(page: ListPage, found: list[FeedItem]) -> list[FeedItem]:
    """The items of the list of bookings with the hour and day on which each ends."""
    known = {row.pk: row for row in Booking.objects.filter(pk__in=[item.pk for item in found])}
    return [_refined(item, known[item.pk]) for item in found]


def _refined(item: FeedItem, booking: Booking) -> FeedItem:
    if booking.first_day is None or booking.last_day is None:
        return item
    return replace(
        item,
        day=datetime.combine(booking.first_day, BEGINS, tzinfo=LONDON),
        ends=datetime.combine(booking.last_day, ENDS, tzinfo=LONDON),
        cancelled=booking.state == CANCELLED,
    )


REFINED["bookings"] = with_days
