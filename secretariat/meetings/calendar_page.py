"""The page of the calendar: a month as a grid and as a list, over all bodies or some, for paper as for the screen."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from secretariat.core.pages import Crumb, Page, reader
from secretariat.meetings.calendar import OTHERS, Line, grid, lines_of, weeks_around
from secretariat.meetings.filters import MeetingFilter
from secretariat.meetings.models import CANCELLED, PLANNED, Meeting
from secretariat.meetings.procedure import committees_team
from secretariat.meetings.series.clashes import Clash, clashes
from secretariat.plain.dates import WEEKDAY_NAMES, local_day
from secretariat.plain.months import Month

PLANS = (
    ("A meeting", "/meetings/new/"),
    ("An extraordinary meeting", "/meetings/extraordinary/"),
    ("A series of meetings", "/meeting-series/new/"),
)
"""What who keeps meetings can enter from here."""


class CalendarPage(Page):
    """What meets when, in one month."""

    template = "meetings/calendar.html"
    crumbs = (Crumb("Meetings", "/meetings/"), Crumb("Calendar"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; filters are those of the list of meetings."""
        chosen = MeetingFilter(self._asked(), queryset=self._readable(), request=self.request)
        month = chosen.form.cleaned_data["month"] if chosen.is_valid() else Month.of(local_day(self.request.at))
        first, last = weeks_around(month)
        found = chosen.form.cleaned_data if chosen.is_valid() else {}
        meetings = self._meetings(found, chosen, first, last)
        lines = sorted([*lines_of(meetings), *self._others(found, first, last)], key=lambda line: line.order)
        told = {
            "filter": chosen, "month": month, "weekdays": WEEKDAY_NAMES,
            "weeks": grid(month, lines, local_day(self.request.at)),
            "lines": [line for line in lines if month.first <= line.day <= month.last],
            "earlier": self._beside(month, -1), "later": self._beside(month, 1),
            "feed": f"{reverse('meetings-file', args=['ics'])}?{self._query(month=None)}",
            "follow": f"{reverse('subscriptions')}?{self._following()}" if reader(self.request) else "",
            "clashes": self._clashes(meetings),
            "plans": PLANS if committees_team(reader(self.request), None, self.request.at) else (),
        }  # fmt: skip
        return self.shown(told, 200 if chosen.is_valid() else 422)

    def _asked(self) -> QueryDict:
        asked = self.request.GET.copy()
        if not asked.get("month"):
            asked["month"] = Month.of(local_day(self.request.at)).iso
        return asked

    def _readable(self) -> Any:
        rows: Any = Meeting.objects.exclude(state="").select_related("committee")
        return rows.visible_to(reader(self.request), self.request.at)

    def _meetings(self, found: dict[str, Any], chosen: MeetingFilter, first: Any, last: Any) -> list[Meeting]:
        """The meetings asked for, also on the days of the weeks around the month that lie outside of it."""
        if not found:
            return []
        wider = self._asked()
        del wider["month"]
        rows = MeetingFilter(wider, queryset=self._readable(), request=self.request).qs
        return list(rows.filter(day__range=(first, last)))

    def _others(self, found: dict[str, Any], first: Any, last: Any) -> list[Line]:
        """What other rooms have in their calendars; nothing once a body, a state, words or the own is asked for."""
        if not found or any(value for name, value in found.items() if name != "month"):
            return []
        return [line for ask in OTHERS for line in ask(reader(self.request), self.request.at, first, last)]

    def _query(self, **changes: Any) -> str:
        kept = {name: value for name, value in self.request.GET.items() if value} | changes
        return urlencode({name: str(value) for name, value in kept.items() if value is not None})

    def _beside(self, month: Month, step: int) -> str:
        """The same choice one month before or after; nothing at the ends of what a month can be."""
        try:
            return self._query(month=month.plus(step))
        except ValueError:
            return ""

    def _following(self) -> str:
        return urlencode({"plural": "meetings", "query": self._query(month=None), "name": ""})

    def _clashes(self, meetings: list[Meeting]) -> list[tuple[Meeting, Clash]]:
        """The clashes of the month, for who plans meetings: each pair once."""
        person, at = reader(self.request), self.request.at
        if not committees_team(person, None, at):
            return []
        days = [one.day for one in meetings if one.state != CANCELLED]
        crowded = [one for one in meetings if one.state == PLANNED and days.count(one.day) > 1]
        pairs = [(one, clash) for one in crowded for clash in clashes(one)]
        return [(one, clash) for one, clash in pairs if one.pk < clash.meeting.pk]
