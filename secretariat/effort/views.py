"""Pages of day entries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage
from secretariat.core.procedure import Refused, Who
from secretariat.effort.filters import DayEntryFilter
from secretariat.effort.forms import DayEntryForm
from secretariat.effort.models import DayEntry
from secretariat.effort.who import operations_team
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.rounding import half_up


def days(hundredths: int) -> str:
    """Stored hundredths as days with two decimals."""
    return f"{half_up(hundredths, 2)}"


def refuse_to_come(day: date, at: datetime) -> None:
    """Raises Refused for a day that has not come: nothing is worked or spent on it yet."""
    if day > local_day(at):
        raise Refused(f"{long_date(day)} is still to come.")


class DayEntries(ListPage):
    """The list of day entries."""

    model = DayEntry
    word, plural = "day entry", "day entries"
    filters = DayEntryFilter
    about = "Days worked by the administrator, by worker, day and driver."
    columns = (
        Column("day", "Day", "day"),
        Column("worker", "Worker", "worked_by"),
        Column("group", "Group", "driver__group"),
        Column("driver", "Driver", "driver__name"),
        Column("hundredths", "Days", "hundredths", shown=days, numeric=True),
        class_column(),
    )
    order = "-day"
    day = "day"
    enters: ClassVar[Who] = staticmethod(operations_team)
    loads = "timesheets"

    def rows(self) -> QuerySet[Any]:
        """The entries that the person may read, with the worker's name or code."""
        rows: QuerySet[Any] = super().rows()
        named: QuerySet[Any] = rows.annotate(
            worked_by=Coalesce(
                NullIf("worker__name", Value("")), "worker__email", "worker_code", output_field=CharField()
            )
        )
        return named


class DayEntryPage(RecordPage):
    """One day entry."""

    model = DayEntry
    word, plural = "day entry", "day entries"
    editors: ClassVar[Who] = staticmethod(operations_team)

    def facts(self, record: DayEntry) -> list[Fact]:
        """Who, when, on what and how long."""
        return [
            Fact("Worker", record.who),
            Fact("Day", long_date(record.day)),
            Fact("Driver", record.driver.name, note=record.driver.group),
            Fact("Days", record.days),
        ]


class DayEntryEntry(EntryPage):
    """Books or amends days worked, of whomever; everybody else books their own on the page of their week."""

    model = DayEntry
    form_class = DayEntryForm
    word, plural = "day entry", "day entries"
    who: ClassVar[Who] = staticmethod(operations_team)

    def _save(self, form: Any, key: str) -> Any:
        refuse_to_come(form.cleaned_data["day"], self.request.at)
        return super()._save(form, key)
