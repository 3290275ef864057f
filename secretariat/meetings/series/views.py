"""Pages of series of meetings."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import committees_team
from secretariat.meetings.series.actions import begin, make_exception
from secretariat.meetings.series.filters import SeriesFilter
from secretariat.meetings.series.forms import SeriesExceptionForm, SeriesForm
from secretariat.meetings.series.models import RUNNING, Series, SeriesException
from secretariat.meetings.series.pattern import OnHoliday
from secretariat.meetings.series.procedure import horizon
from secretariat.plain.dates import WEEKDAY_NAMES, long_date


class AllSeries(ListPage):
    """The series of meetings."""

    model = Series
    word, plural = "series of meetings", "meeting series"
    filters = SeriesFilter
    columns = (
        Column("body", "Body", "committee__short_name"),
        Column("weekday", "Weekday", "weekday", lambda value: WEEKDAY_NAMES[value]),
        Column("nth", "Which of the month", "nth", lambda value: Series.Nth(value).label if value else ""),
        Column("every", "Every", "every", numeric=True),
        Column("rhythm", "Counted in", "rhythm"),
        Column("starts", "Starts at", "starts", lambda value: f"{value:%H:%M}" if value else ""),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("state", "State", "state"),
    )
    order = "committee__position"
    order_words = "by body"
    about = "The rules by which bodies meet. While a series runs, its meetings are planned ahead by themselves."
    empty = "No body meets by a rule yet: its meetings are planned one by one."
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class SeriesPage(RecordPage):
    """One series: its rule, its exceptions, its meetings."""

    model = Series
    word, plural = AllSeries.word, AllSeries.plural

    def facts(self, record: Series) -> list[Fact]:
        """The rule in words."""
        hours = " to ".join(f"{hour:%H:%M}" for hour in (record.starts, record.ends) if hour)
        return [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("Meets on the", record.words),
            Fact("When the day is no Working Day", OnHoliday(record.on_holiday).label),
            Fact("Hours", hours),
            Fact("From", long_date(record.from_day)),
            Fact("Until", long_date(record.to_day) if record.to_day else "further notice"),
            Fact("Planned as far as", long_date(horizon(self.request.at))),
        ]

    def related(self, record: Series) -> list[Related]:
        """Its exceptions and its meetings."""
        person, at = reader(self.request), self.request.at
        exceptions: list[tuple[Any, ...]] = [
            (long_date(row.day), long_date(row.instead) if row.instead else "No meeting", row.reason)
            for row in record.exceptions.visible_to(person, at)
        ]
        meetings: Any = Meeting.objects.filter(series=record)
        rows: list[tuple[Any, ...]] = [
            (row, long_date(row.day), row.state)
            for row in meetings.visible_to(person, at).select_related("committee").order_by("-day")[:50]
        ]
        may_add = record.state == RUNNING and committees_team(person, record, at)
        add = f"{reverse('series exception-new')}?series={record.pk}" if may_add else ""
        return [
            Related("Add an exception" if add and not exceptions else "Exceptions", ("Day", "Instead", "Reason"),
                    exceptions, "It meets on all days of the rule.", add),
            Related("Meetings", ("Meeting", "Day", "State"), rows, "None is planned yet."),
        ]  # fmt: skip


class SeriesEntry(EntryPage):
    """Begins a series."""

    model = Series
    form_class = SeriesForm
    word, plural = AllSeries.word, AllSeries.plural
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Series, form: forms.ModelForm[Any], **told: Any) -> None:
        """Begins it and plans its first meetings."""
        begin(record, **told)


class SeriesExceptionEntry(EntryPage):
    """Makes an exception from a series; a meeting planned for the day is moved or cancelled with it."""

    model = SeriesException
    form_class = SeriesExceptionForm
    word, plural = "series exception", AllSeries.plural
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: SeriesException, form: forms.ModelForm[Any], **told: Any) -> None:
        """Makes it."""
        make_exception(record, despite_clash=form.cleaned_data["despite_clash"], **told)
