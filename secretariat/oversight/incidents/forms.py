"""The shape of what is typed about incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core import kinds
from secretariat.core.people import Person
from secretariat.oversight.incidents.models import AgedCategory, Coverage, Incident, Lesson, MajorReview, Problem


class IncidentForm(forms.ModelForm):  # type: ignore[type-arg]
    """An incident as it is logged."""

    class Meta:
        model = Incident
        fields = ("reference", "title", "text", "raised_at", "raised_by", "category", "side", "party", "assignee",
                  "region", "service", "aged_category", "problem")  # fmt: skip


class IncidentAmendment(forms.ModelForm):  # type: ignore[type-arg]
    """What of an incident may be put right; its category and who is to resolve it change by steps."""

    class Meta:
        model = Incident
        fields = ("title", "text", "raised_by", "region", "service", "aged_category", "problem")


class ProblemForm(forms.ModelForm):  # type: ignore[type-arg]
    """A problem as it is raised."""

    class Meta:
        model = Problem
        fields = ("reference", "title", "text", "raised_on")


class AgedCategoryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A cause under which aged incidents are watched."""

    class Meta:
        model = AgedCategory
        fields = ("name", "side", "lead", "caveat", "source")


class CoverageForm(forms.ModelForm):  # type: ignore[type-arg]
    """A report of how many meters a cause affects."""

    class Meta:
        model = Coverage
        fields = ("title", "promised_for", "received_on", "affected", "source")


def offer_readable(form: forms.ModelForm[Any], person: Person | None, at: datetime) -> None:
    """Leaves of the causes and problems to choose from those that a person may read."""
    for name, model in (("aged_category", AgedCategory), ("problem", Problem)):
        field: Any = form.fields[name]
        field.queryset = model.objects.visible_to(person, at)


class MajorReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """A review as it is opened."""

    class Meta:
        model = MajorReview
        fields = ("incident",)

    def for_person(self, person: Person | None, at: datetime) -> None:
        """Offers the incidents that the person may read and that are not reviewed yet."""
        rows: Any = Incident.objects.visible_to(person, at)
        field: Any = self.fields["incident"]
        field.queryset = rows.filter(review=None)


class LessonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A lesson of a review."""

    class Meta:
        model = Lesson
        fields = ("text", "owner", "due_on")


class LinkForm(forms.Form):
    """Another record that an incident has to do with."""

    reference = forms.CharField(
        max_length=120, help_text="Of a proposal, a device model, an action, a paper: as its own page has it."
    )
    how = forms.CharField(max_length=200, required=False, label="How they belong together")

    def clean_reference(self) -> Any:
        """The one record that the reference names. Raises ValidationError."""
        found = kinds.find(self.cleaned_data["reference"].strip())
        if len(found) != 1:
            said = "No record has this reference" if not found else "Several records have this reference"
            raise forms.ValidationError(f"{said}. Type it as the record's own page has it.")
        return found[0]
