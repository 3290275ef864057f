"""The shape of what is typed about testing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from secretariat.oversight.testing.durations import Days
from secretariat.oversight.testing.models import (
    ConcurrentTesting,
    Dependency,
    GovernancePlan,
    TestDocument,
    TestPhase,
    TestProgramme,
)
from secretariat.oversight.testing.overlaps import Need, goes_round


class TestProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A programme of testing."""

    __test__ = False

    class Meta:
        model = TestProgramme
        fields = ("name", "kind", "goes_live_on", "about", "source")


class TestPhaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A phase of testing as it is planned."""

    __test__ = False

    class Meta:
        model = TestPhase
        fields = ("programme", "kind", "environment", "begins_on", "ends_on")


class TestDocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A test document that is put to the Testing Advisory Group."""

    __test__ = False

    class Meta:
        model = TestDocument
        fields = ("programme", "phase", "title", "kind", "version", "relates_to", "required_by")

    def clean(self) -> dict[str, Any]:
        """Refuses the testing of another programme."""
        told: dict[str, Any] = super().clean() or {}
        phase, programme = told.get("phase"), told.get("programme")
        if phase is not None and programme is not None and phase.programme_id != programme.pk:
            self.add_error("phase", "This testing is of another programme.")
        return told


class GovernancePlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """A plan of governance before its days are told."""

    class Meta:
        model = GovernancePlan
        fields = ("programme", "phase", "title")


class DependencyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A phase that needs another."""

    class Meta:
        model = Dependency
        fields = ("phase", "needed", "why", "mitigation")

    def clean(self) -> dict[str, Any]:
        """Refuses dependencies that go round in a circle."""
        told: dict[str, Any] = super().clean() or {}
        phase, needed = told.get("phase"), told.get("needed")
        rows = Dependency.objects.exclude(pk=self.instance.pk)
        known = [Need(one.phase_id, one.needed_id) for one in rows]
        if phase is not None and needed is not None and goes_round(known, phase.pk, needed.pk):
            raise forms.ValidationError("The testing that is needed needs this one itself: they would wait for ever.")
        return told


class ConcurrentTestingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A proposal that two programmes are tested at the same time."""

    class Meta:
        model = ConcurrentTesting
        fields = ("one", "other", "case", "source")


class StepsForm(forms.Form):
    """The first and the last day of each step of governance."""

    def __init__(self, names: Iterable[str], days: Mapping[str, Days], data: Any = None) -> None:
        super().__init__(data)
        self.names = list(names)
        for place, name in enumerate(self.names):
            found = days.get(name)
            first, last = (found.first, found.last) if found else (None, None)
            self.fields[f"first_{place}"] = _day(f"{name.capitalize()}: from", first)
            self.fields[f"last_{place}"] = _day(f"{name.capitalize()}: until", last)

    @property
    def days(self) -> dict[str, Days]:
        """What was typed, by the step's name."""
        told = self.cleaned_data
        return {name: Days(told[f"first_{place}"], told[f"last_{place}"]) for place, name in enumerate(self.names)}


class SlipForm(forms.Form):
    """By how many Working Days a phase of testing ends later."""

    slips_by = forms.IntegerField(min_value=1, max_value=250, label="Ends later by, in Working Days")


def _day(label: str, initial: date | None) -> forms.DateField:
    return forms.DateField(label=label, initial=initial, help_text="As 2020-03-16.")
