"""The forms about one entry: whom it hurts, its plan, a date that moves, a part that is done, what was measured."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction

from secretariat.core import journal
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import FormPage
from secretariat.core.pages import reader
from secretariat.core.procedure import Who
from secretariat.oversight.tracker.actions import done, hurts, measure, move, plan
from secretariat.oversight.tracker.forms import (
    DoneForm,
    ImpactForm,
    ListedForm,
    MeasurementForm,
    MoveForm,
    PartForm,
)
from secretariat.oversight.tracker.models import TrackerEntry
from secretariat.oversight.tracker.procedure import the_owner_or_the_dcc
from secretariat.plain.dates import local_day


class EntryForm(FormPage):
    """Base of the forms about one entry, for its owner, the DCC and the technical team."""

    model = TrackerEntry
    key = "number"
    plural = "tracker entries"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> Any:
        """The entry, for those who write about it. Raises Http404 or PermissionDenied."""
        entry = super().record(key)
        if not the_owner_or_the_dcc(reader(self.request), entry, self.request.at):
            raise PermissionDenied("An entry is kept by its owner, the DCC and the technical team.")
        return entry


class AddImpact(EntryForm):
    """Says whom an entry hurts."""

    title = "Say whom it hurts"

    def form(self, record: TrackerEntry, data: Any = None, files: Any = None) -> forms.BaseForm:
        """On whom, how and how much."""
        return ImpactForm(data)

    def save(self, record: TrackerEntry, form: Any) -> str:
        """Back to the entry."""
        hurts(record, form.save(commit=False), **self.told())
        return record.get_absolute_url()


class AddPart(EntryForm):
    """Adds a part to the plan."""

    title = "Add to the plan"

    def form(self, record: TrackerEntry, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Which part, and by when."""
        return PartForm(data)

    def save(self, record: TrackerEntry, form: Any) -> str:
        """Back to the entry."""
        plan(record, form.save(commit=False), **self.told())
        return record.get_absolute_url()


class MoveDate(EntryForm):
    """Moves a date of the plan."""

    title = "Move a date"
    lead = "From when, to when and why stay on the entry's page."

    def form(self, record: TrackerEntry, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Which part, the new day, and why."""
        return MoveForm(record, data)

    def save(self, record: TrackerEntry, form: Any) -> str:
        """Back to the entry."""
        move(form.cleaned_data["part"], form.cleaned_data["new"], form.cleaned_data["reason"], **self.told())
        return record.get_absolute_url()


class PartDone(EntryForm):
    """Says that a part of the plan was done."""

    title = "Record a part as done"

    def form(self, record: TrackerEntry, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Which part, and on which day."""
        return DoneForm(record, local_day(self.request.at), data)

    def save(self, record: TrackerEntry, form: Any) -> str:
        """Back to the entry."""
        done(form.cleaned_data["part"], form.cleaned_data["day"], **self.told())
        return record.get_absolute_url()


class AddMeasurement(EntryForm):
    """Keeps what was measured before and after."""

    title = "Enter a measurement"
    lead = "Give the address of the question that told it, so that anybody can ask it again."

    def form(self, record: TrackerEntry, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The days, counts, control and interval; a page of the measurements may have filled them in."""
        return MeasurementForm(data, initial=self.request.GET.dict())

    def save(self, record: TrackerEntry, form: Any) -> str:
        """Back to the entry."""
        measure(record, form.save(commit=False), **self.told())
        return record.get_absolute_url()


class NameModels(EntryForm):
    """Names the entries of the Central Products List that the devices are."""

    title = "Name the device models"

    def form(self, record: TrackerEntry, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Their CPL Entry IDs."""
        named = ", ".join(record.models_listed.values_list("entry_id", flat=True))
        return ListedForm(data, initial={"entry_ids": named})

    def save(self, record: TrackerEntry, form: Any) -> str:
        """Back to the entry."""
        chosen = form.cleaned_data["entry_ids"]
        facts = {"entry_ids": [one.entry_id for one in chosen]}
        with transaction.atomic():
            record.models_listed.set(chosen)
            journal.record("trackerentry.name_models", record, **self.told(), **facts)
        return record.get_absolute_url()
