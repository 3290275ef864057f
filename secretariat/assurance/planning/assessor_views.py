"""Pages of assessors: their time, their absences, and what they are booked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.urls import reverse

from secretariat.assurance.planning.filters import AssessorFilter
from secretariat.assurance.planning.forms import AbsenceForm, AssessorForm, CapacityForm
from secretariat.assurance.planning.models import BODIES, Absence, Assessor, AssessorCapacity
from secretariat.assurance.planning.procedure import security_team
from secretariat.core import journal
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day, long_date


class Assessors(ListPage):
    """The assessors and teams, as far as the reader may know them."""

    model = Assessor
    word, plural = "assessor", "assessors"
    filters = AssessorFilter
    about = "Who does fieldwork. An assessor, or a team that works together, does one fieldwork at a time."
    empty = "No assessor is entered that you may read. The security team enters each with the days a week it gives."
    columns = (
        Column("name", "Name", "name"),
        Column("body", "Assessing body", "body", lambda value: dict(BODIES).get(value, value)),
        Column("note", "Note", "note"),
        class_column(),
    )
    order = "name"
    order_words = "by name"
    enters: ClassVar[Who | None] = staticmethod(security_team)


class AssessorPage(RecordPage):
    """One assessor: its time, its absences, and what it is booked for."""

    model = Assessor
    word, plural = "assessor", "assessors"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: Assessor) -> list[Fact]:
        """Of which body it is, its calendar, and where its time is entered."""
        facts = [
            Fact("Assessing body", record.get_body_display()),
            Fact("Calendar", "its bookings as a calendar file", f"{_file('ics')}?assessor={record.pk}"),
        ]
        facts += [Fact("Note", record.note)] if record.note else []
        if security_team(reader(self.request), record, self.request.at):
            facts += [
                Fact("Its time", "enter a capacity", reverse("assessor-capacity", args=[record.pk])),
                Fact("Its absences", "enter an absence", reverse("assessor-absence", args=[record.pk])),
            ]
        return facts

    def related(self, record: Assessor) -> list[Related]:
        """Capacities, absences and bookings."""
        spells: list[tuple[Any, ...]] = [
            (one.days_a_week, long_date(one.from_day), long_date(one.to_day) if one.to_day else "further notice")
            for one in record.capacities.all()
        ]
        away: list[tuple[Any, ...]] = [
            (one.reason, long_date(one.from_day), long_date(one.to_day)) for one in record.absences.all()
        ]
        readable = record.bookings.visible_to(reader(self.request), self.request.at).select_related("assessment__party")
        booked: list[tuple[Any, ...]] = [(one, long_date(one.last_day), one.state) for one in readable[:50]]
        return [
            Related("Days a week", ("Days of fieldwork a week", "From", "Until"), spells, "None is entered."),
            Related("Absences", ("Why", "From", "Until"), away, "None is entered."),
            Related("Fieldwork", ("Fieldwork", "Until", "State"), booked, "Nothing that you may read is booked."),
        ]


def _file(ending: str) -> str:
    return reverse("bookings-file", args=[ending])


class AssessorEntry(EntryPage):
    """Enters or amends an assessor."""

    model = Assessor
    form_class = AssessorForm
    word, plural = "assessor", "assessors"
    who: ClassVar[Who] = staticmethod(security_team)


class CapacityEntry(FormPage):
    """Enters how many days a week an assessor gives; the one before ends on the day before."""

    model = Assessor
    title = "Enter a capacity"
    who: ClassVar[Who] = staticmethod(security_team)

    def form(self, record: Assessor, data: Any = None, files: Any = None) -> forms.Form:
        """The form."""
        return CapacityForm(data, initial={"days_a_week": 5, "from_day": local_day(self.request.at)})

    def save(self, record: Assessor, form: forms.Form) -> str:
        """Enters it, and ends what held until further notice."""
        told, begins = self.told(), form.cleaned_data["from_day"]
        before = record.capacities.filter(to_day__isnull=True, from_day__lt=begins).first()
        with transaction.atomic():
            if before is not None:
                journal.amend(before, {"to_day": begins - timedelta(days=1)}, **told)
            row = AssessorCapacity(assessor=record, recorded=told["recorded"], **form.cleaned_data)
            journal.enter(row, **told)
        return record.get_absolute_url()


class AbsenceEntry(FormPage):
    """Enters days on which an assessor does no fieldwork."""

    model = Assessor
    title = "Enter an absence"
    who: ClassVar[Who] = staticmethod(security_team)

    def form(self, record: Assessor, data: Any = None, files: Any = None) -> forms.Form:
        """The form."""
        return AbsenceForm(data)

    def save(self, record: Assessor, form: forms.Form) -> str:
        """Enters it; what it upsets stands in the calendar."""
        told = self.told()
        journal.enter(Absence(assessor=record, recorded=told["recorded"], **form.cleaned_data), **told)
        return record.get_absolute_url()
