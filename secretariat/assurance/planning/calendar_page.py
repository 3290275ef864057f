"""The calendar of fieldwork: weeks down, assessors across, with what upsets it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.assurance.models import AUDIENCE
from secretariat.assurance.planning.diaries import empty_diaries
from secretariat.assurance.planning.forms import CalendarForm
from secretariat.assurance.planning.models import ASKED, Assessor, BookedDay, Booking
from secretariat.assurance.planning.procedure import security_team
from secretariat.assurance.planning.windows import Diary, upset
from secretariat.core.calendar import calendar
from secretariat.core.capacities import committee_member
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Who
from secretariat.plain.dates import WEEKDAY_NAMES, local_day

WEEKS = 13


def of_the_work(person: Person | None, record: Any, at: datetime) -> bool:
    """The security team, the people of the assessing bodies, or a member of the SSC."""
    if security_team(person, record, at) or committee_member(AUDIENCE)(person, record, at):
        return True
    return person is not None and person.acts_as(Role.ASSESSOR, at)


@dataclass(frozen=True)
class Line:
    """What one assessor does in one week: a booking with its days there, or an absence."""

    words: str
    days: str
    href: str = ""


@dataclass(frozen=True)
class Week:
    """One week: its Monday, its holidays, and the lines of each assessor in their order."""

    monday: date
    cells: tuple[tuple[Line, ...], ...]


class FieldworkCalendar(Page):
    """Thirteen weeks of fieldwork."""

    template = "assurance/calendar.html"
    crumbs = (Crumb("Bookings", "/bookings/"), Crumb("Calendar of fieldwork"))
    who: ClassVar[Who] = staticmethod(of_the_work)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The weeks from the one asked for, or from this one."""
        form = CalendarForm(request.GET or None)
        asked = form.cleaned_data["begin"] if form.is_bound and form.is_valid() else None
        monday = _monday(asked or local_day(self.request.at))
        person, at = reader(self.request), self.request.at
        assessors = list(Assessor.objects.visible_to(person, at).order_by("name"))
        rows = BookedDay.objects.visible_to(person, at).filter(
            assessor__in=assessors, day__range=(monday, monday + timedelta(weeks=WEEKS))
        )
        days = list(rows.select_related("booking__assessment__party").order_by("day"))
        known = empty_diaries(assessors)
        told = {
            "form": form, "assessors": assessors, "weeks": weeks(monday, known, days),
            "upset": upsets(known, days), "earlier": monday - timedelta(weeks=WEEKS),
            "later": monday + timedelta(weeks=WEEKS), "feed": reverse("bookings-file", args=["ics"]),
            "waiting": Booking.objects.visible_to(person, at).filter(state=ASKED).count(),
        }  # fmt: skip
        return self.shown(told, 422 if form.errors else 200)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks(monday: date, known: Iterable[Diary], days: Iterable[BookedDay]) -> list[Week]:
    """The weeks from a Monday on, with what each assessor does in them."""
    by_week: dict[tuple[int, date], list[BookedDay]] = defaultdict(list)
    for one in days:
        by_week[one.assessor_id, _monday(one.day)].append(one)
    diaries = list(known)
    mondays = [monday + timedelta(weeks=step) for step in range(WEEKS)]
    return [
        Week(first, tuple((*_lines(by_week[diary.key, first]), *_away(diary, first)) for diary in diaries))
        for first in mondays
    ]


def _lines(days: list[BookedDay]) -> Iterable[Line]:
    bookings = {one.booking_id: one.booking for one in days}
    for key, booking in bookings.items():
        held = [one.day for one in days if one.booking_id == key]
        case = booking.assessment
        yield Line(f"{case.party.name}, {case.kind}", _span(held[0], held[-1]), booking.get_absolute_url())


def _away(diary: Diary, monday: date) -> Iterable[Line]:
    friday = monday + timedelta(days=4)
    for one in diary.away:
        first, last = max(one.first, monday), min(one.last, friday)
        if first <= last:
            yield Line(f"Away: {one.reason}", _span(first, last))


def _span(first: date, last: date) -> str:
    names = [WEEKDAY_NAMES[day.weekday()][:3] for day in (first, last)]
    return names[0] if first == last else f"{names[0]} to {names[1]}"


def upsets(known: Iterable[Diary], days: Iterable[BookedDay]) -> list[tuple[Booking, list[str]]]:
    """The bookings that can no longer be held as they are, and why: an absence or a holiday came after them."""
    held: dict[int, list[BookedDay]] = defaultdict(list)
    for one in days:
        held[one.assessor_id].append(one)
    found: dict[int, tuple[Booking, list[str]]] = {}
    book = calendar()
    for diary in known:
        for one in held[diary.key]:
            reasons = upset(diary, [one.day], book)
            if reasons:
                found.setdefault(one.booking_id, (one.booking, []))[1].extend(reasons)
    return list(found.values())
