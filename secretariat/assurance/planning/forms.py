"""The forms of the planner."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.assurance.models import SELF_ASSESSED, Assessment, Kind
from secretariat.assurance.planning.models import Assessor, Booking, SharedProvider, SystemsReport
from secretariat.assurance.planning.procedure import BEFORE_FIELDWORK, BOOKINGS
from secretariat.core.procedure import Step
from secretariat.register.models import Party
from secretariat.register.parties import PLURALS

PLACE, MOVE = BOOKINGS.steps["place"], BOOKINGS.steps["move"]


class AssessorForm(forms.ModelForm):  # type: ignore[type-arg]
    """An assessor or a team; a team that can do two fieldworks at once is entered as two."""

    class Meta:
        model = Assessor
        fields = ("name", "body", "note")


class CapacityForm(forms.Form):
    """The days a week from a day on."""

    days_a_week = forms.IntegerField(min_value=1, max_value=5, label="Days of fieldwork a week")
    from_day = forms.DateField(label="From")
    to_day = forms.DateField(required=False, label="Until", help_text="Leave empty until further notice.")


class AbsenceForm(forms.Form):
    """Days without fieldwork."""

    from_day = forms.DateField(label="From")
    to_day = forms.DateField(label="Until", help_text="The last day of it.")
    reason = forms.CharField(max_length=120, initial="absent", help_text="A word, nothing personal.")


class BookingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked for: which assessment, how long, from when."""

    class Meta:
        model = Booking
        fields = ("assessment", "days", "wanted_from", "note", "asked_on")
        help_texts = {
            "days": "From 3 to 10; fewer where a shared provider is assessed for you.",
            "wanted_from": "Leave empty for as soon as it can be: fieldwork begins 12 weeks after it is asked for.",
            "asked_on": "The day on which the form came. Leave it as it is for today.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Assessment.objects.filter(state__in=BEFORE_FIELDWORK).exclude(kind__in=SELF_ASSESSED)
        self.fields["assessment"].queryset = rows.select_related("party").order_by("party__name")  # type: ignore[attr-defined]
        self.fields["asked_on"].required = False


class StepForm(forms.Form):
    """The facts of a step, on a page of its own."""

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({name: make() for name, make in step.facts.items()})


class CalendarForm(forms.Form):
    """From which week on the calendar is shown."""

    begin = forms.DateField(required=False, label="From the week of")


class CycleForm(forms.Form):
    """Which Users are shown."""

    category = forms.ChoiceField(
        choices=[("", "any"), *((one.value, one.label) for one in PLURALS)], required=False, label="Party Category"
    )
    kind = forms.ChoiceField(
        choices=[("", "any"), *((one, one) for one in (Kind.FUSA, Kind.VUSA, Kind.SSA))], required=False, label="Next"
    )
    open = forms.BooleanField(required=False, label="Only those with nothing booked")
    late = forms.BooleanField(required=False, label="Only those that are late")


class SharedProviderForm(forms.ModelForm):  # type: ignore[type-arg]
    """A shared provider."""

    class Meta:
        model = SharedProvider
        fields = ("name", "shares")


class RelianceForm(forms.Form):
    """A User that relies on a provider."""

    party = forms.ModelChoiceField(Party.objects.filter(left_on__isnull=True, is_dcc=False))
    from_day = forms.DateField(label="From")
    to_day = forms.DateField(required=False, label="Until", help_text="Leave empty until further notice.")
    left_out = forms.CharField(max_length=300, required=False, label="Left out of its own assessments")


class SystemsReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """The number of a User's smart metering systems."""

    class Meta:
        model = SystemsReport
        fields = ("party", "as_at", "systems")
