"""Meetings in a calendar: at their hours on the London clock, the cancelled marked, places for those invited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Count

from secretariat.core.lists import ListPage
from secretariat.core.pages import reader
from secretariat.meetings.attending.models import Place
from secretariat.meetings.models import CANCELLED, Meeting
from secretariat.post.feeds import REFINED, FeedItem, clean


def with_hours(page: ListPage, found: list[FeedItem]) -> list[FeedItem]:
    """The items of the list of meetings with what a calendar needs; how to call in stays on the meeting's page."""
    keys = [item.pk for item in found]
    known = Meeting.objects.filter(pk__in=keys).select_related("committee").annotate(moved=Count("moves"))
    meetings = {meeting.pk: meeting for meeting in known}
    open_places: Any = Place.objects.filter(meeting__in=keys).visible_to(reader(page.request), page.request.at)
    places = dict(open_places.values_list("meeting_id", "place"))
    return [_refined(item, meetings[item.pk], places.get(item.pk, "")) for item in found]


def _refined(item: FeedItem, meeting: Any, place: str) -> FeedItem:
    cancelled = meeting.state == CANCELLED
    name = " ".join(part for part in (meeting.committee.short_name, meeting.reference) if part)
    return replace(
        item,
        day=meeting.begins_at or meeting.day,
        ends=meeting.ends_at,
        title=clean(f"Cancelled: {name}" if cancelled else name),
        where=clean(place),
        cancelled=cancelled,
        changes=meeting.moved + cancelled,
    )


REFINED["meetings"] = with_hours
