"""Pages of the bank holidays proclaimed since the calendar's file was made."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms

from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.capacities import team
from secretariat.core.classification import Class
from secretariat.core.filters import TextFilter
from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import EntryPage, Fact, RecordPage
from secretariat.core.people import Team
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date

operations_team = team(Team.OPERATIONS)


class HolidayFilter(django_filters.FilterSet):
    """By words and year."""

    text = TextFilter("name", "source")
    year = django_filters.NumberFilter(field_name="day", lookup_expr="year", label="Year")

    class Meta:
        model = ProclaimedHoliday
        fields: tuple[str, ...] = ()


class Holidays(ListPage):
    """The list."""

    model = ProclaimedHoliday
    word, plural = "proclaimed holiday", "proclaimed holidays"
    filters = HolidayFilter
    about = "Bank holidays proclaimed since the calendar's file was made. Entering one moves every open deadline."
    empty = "None has been entered. The statutory bank holidays of England and Wales are in the calendar already."
    columns = (Column("day", "Day", "day"), Column("name", "Name", "name"), Column("source", "Source", "source"))
    order = "-day"
    day = "day"
    enters: ClassVar[Who | None] = staticmethod(operations_team)


class HolidayPage(RecordPage):
    """One holiday."""

    model = ProclaimedHoliday
    word, plural = "proclaimed holiday", "proclaimed holidays"
    editors: ClassVar[Who | None] = staticmethod(operations_team)

    def facts(self, record: Any) -> list[Fact]:
        """The day, its name and where it was proclaimed."""
        return [Fact("Day", long_date(record.day)), Fact("Name", record.name), Fact("Source", record.source)]


class HolidayForm(forms.ModelForm):  # type: ignore[type-arg]
    """A proclaimed holiday."""

    class Meta:
        model = ProclaimedHoliday
        fields = ("day", "name", "source")


class HolidayEntry(EntryPage):
    """Enters or amends one; it is White."""

    model = ProclaimedHoliday
    form_class = HolidayForm
    word, plural = "proclaimed holiday", "proclaimed holidays"
    who: ClassVar[Who] = staticmethod(operations_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Saves it as White: everybody's deadlines move with it."""
        record.classification = Class.WHITE
        super().enter(record, form, **told)
