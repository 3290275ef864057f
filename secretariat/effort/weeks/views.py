"""One's own week on one page, and the list of everybody's weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.capacities import secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Refused, Who
from secretariat.core.schemes import Heading
from secretariat.effort.models import DayEntry, drivers_on
from secretariat.effort.views import days
from secretariat.effort.weeks.actions import begins_with, booked, fill
from secretariat.effort.weeks.filters import WeekSheetFilter
from secretariat.effort.weeks.forms import WeekForm
from secretariat.effort.weeks.grid import DAYS, WEEKDAYS, by_day, days_of, monday_of
from secretariat.effort.weeks.models import CLOSED, WeekSheet
from secretariat.effort.weeks.procedure import WEEKS, booked_in, due_on
from secretariat.effort.who import operations_team, worker_or_lead
from secretariat.plain.dates import local_day, long_date, parse_day


class MyWeek(Page):
    """One week of one worker: a grid that begins with last week's, saved at once, closed with the same button."""

    template = "effort/week.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The grid of the week asked for, or of this week."""
        worker, monday = self._asked()
        begun, carried = begins_with(worker, monday, local_day(self.request.at))
        return self._page(WeekForm(monday, self._drivers(worker, monday), begun), worker, monday, carried=carried)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Saves the week, and closes it where that is asked; what was typed stays when it is refused."""
        worker, monday = self._asked()
        form = WeekForm(monday, self._drivers(worker, monday), {}, self.request.POST)
        if form.is_valid():
            try:
                with transaction.atomic():
                    sheet = fill(worker, monday, form.grid(), **self.told())
                    if "close" in self.request.POST:
                        WEEKS.take("close", sheet, **self.told(), note=self.request.POST.get("note", ""))
                return redirect(sheet.get_absolute_url() if "close" in self.request.POST else self._address(monday))
            except (Refused, ValidationError) as refusal:
                form.add_error(None, refusal.messages)
        return self._page(form, worker, monday, carried=False, status=422)

    def _asked(self) -> tuple[Person, date]:
        """Whose week and which; others' for the operations team alone."""
        me = reader(self.request)
        if me is None:
            raise PermissionDenied("A week is somebody's.")
        key = self.request.GET.get("worker", "")
        worker = Person.objects.filter(pk=key).first() if key.isdecimal() else me
        if worker is None:
            raise Http404("There is no such worker.")
        if worker != me and not operations_team(me, None, self.request.at):
            raise PermissionDenied("Another's week is filled in by the operations team.")
        try:
            day = parse_day(self.request.GET["week"]) if "week" in self.request.GET else local_day(self.request.at)
        except ValueError as error:
            raise Http404(str(error)) from error
        return worker, monday_of(day)

    @staticmethod
    def _drivers(worker: Person, monday: date) -> list[Heading]:
        """The drivers in force on any day of the week."""
        found = {one.pk: one for day in (monday, monday + timedelta(days=4)) for one in drivers_on(day)}
        found |= {one.pk: one for one in Heading.objects.filter(pk__in={cell[0] for cell in booked(worker, monday)})}
        return sorted(found.values(), key=lambda one: (one.scheme_id, one.position))

    def _address(self, monday: date) -> str:
        whose = f"&worker={self.request.GET['worker']}" if self.request.GET.get("worker") else ""
        return f"{reverse('my week')}?week={monday.isoformat()}{whose}"

    def _page(self, form: WeekForm, worker: Person, monday: date, *, carried: bool, status: int = 200) -> HttpResponse:
        sheet = WeekSheet.objects.filter(worker=worker, monday=monday).first()
        told = {
            "form": form,
            "worker": worker,
            "sheet": sheet,
            "closed": sheet is not None and sheet.state == CLOSED,
            "carried": carried,
            "monday": long_date(monday),
            "days": self._heads(monday),
            "note": self.request.POST.get("note", sheet.note if sheet else ""),
            "booked": self._booked(worker, monday),
            "before": self._address(monday - timedelta(days=DAYS)),
            "after": self._address(monday + timedelta(days=DAYS)),
            "crumbs": (Crumb("Week sheets", reverse("week sheets")), Crumb("My week")),
        }
        return self.shown(told, status)

    @staticmethod
    def _heads(monday: date) -> list[tuple[str, str]]:
        """Each day as it stands over its column, and what it is where nobody works on it."""
        works = calendar().is_working_day
        return [
            (f"{day:%a} {day.day} {day:%b}", "" if works(day) or day.weekday() >= WEEKDAYS else "bank holiday")
            for day in days_of(monday)
        ]

    @staticmethod
    def _booked(worker: Person, monday: date) -> list[str]:
        """What is booked on each day, and last in the whole week; nothing where nothing is."""
        totals = by_day(booked(worker, monday))
        every = [totals.get(day, 0) for day in days_of(monday)]
        return [*(days(one) if one else "" for one in every), days(sum(every))] if totals else []


class WeekSheets(ListPage):
    """The weeks of the workers."""

    model = WeekSheet
    word, plural = "week sheet", "week sheets"
    filters = WeekSheetFilter
    about = "Weeks of days worked: still filled in, or closed. A week that is late is asked for by mail."
    empty = "No week is kept yet. Your own begins on the page My week."
    columns = (
        Column("monday", "Week from", "monday"),
        Column("worker", "Worker", "worker__name"),
        Column("state", "State", "state"),
        Column("closed_on", "Closed", "closed_on"),
        Column("chased_on", "Asked for", "chased_on"),
        Column("note", "Note", "note"),
        class_column(),
    )
    order = "-monday"
    day = "monday"
    who: ClassVar[Who] = staticmethod(secretariat)


class WeekSheetPage(RecordPage):
    """One week: its days by driver, and whether it is closed."""

    model = WeekSheet
    word, plural = "week sheet", "week sheets"
    template = "effort/week_sheet.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def facts(self, record: WeekSheet) -> list[Fact]:
        """Whose it is, how much is booked, and by when it is closed."""
        return [
            Fact("Worker", record.worker),
            Fact("Days booked", days(booked_in(record)), self._fills(record)),
            Fact("To be closed by", long_date(due_on(record))),
            Fact("Closed on", long_date(record.closed_on) if record.closed_on else "not yet"),
            *([Fact("Note", record.note)] if record.note else []),
        ]

    def _fills(self, record: WeekSheet) -> str:
        """The address of its grid, for those who fill it in."""
        if not worker_or_lead(reader(self.request), record, self.request.at):
            return ""
        return f"{reverse('my week')}?week={record.monday.isoformat()}&worker={record.worker_id}"

    def context(self, record: WeekSheet) -> dict[str, Any]:
        """Where an open week is filled in."""
        return {"fills": self._fills(record) if record.state != CLOSED else ""}

    def related(self, record: WeekSheet) -> list[Related]:
        """The entries."""
        rows: Any = DayEntry.objects.filter(worker=record.worker, day__range=(record.monday, record.sunday))
        seen = rows.visible_to(reader(self.request), self.request.at).select_related("driver").order_by("day", "pk")
        lines: list[tuple[Any, ...]] = [
            (Crumb(long_date(one.day), one.get_absolute_url()), one.driver.name, one.days) for one in seen
        ]
        return [Related("Days worked", ("Day", "Driver", "Days"), lines, "No day is booked in this week.")]
