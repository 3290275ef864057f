"""Maintenance in a calendar: with the instant at which it ends, the cancelled and the moved marked."""

from __future__ import annotations

from dataclasses import replace

from secretariat.core.lists import ListPage
from secretariat.oversight.maintenance.models import CANCELLED, MaintenanceWindow
from secretariat.post.feeds import REFINED, FeedItem


def with_hours(page: ListPage, found: list[FeedItem]) -> list[FeedItem]:
    """The items of the list of windows with their hours, where it is, and whether it was moved or cancelled."""
    known = {row.pk: row for row in MaintenanceWindow.objects.filter(pk__in=[item.pk for item in found])}
    return [_refined(item, known[item.pk]) for item in found]


def _refined(item: FeedItem, window: MaintenanceWindow) -> FeedItem:
    return replace(
        item,
        ends=window.ends_at,
        where=window.part,
        cancelled=window.state == CANCELLED,
        changes=window.moved + (window.state == CANCELLED),
    )


REFINED["maintenance windows"] = with_hours
