"""The shape of what is typed about schemes, milestones and the joint plan."""

from __future__ import annotations

from django import forms

from secretariat.oversight.accountability.models import (
    OPEN,
    IncentiveMilestone,
    JointMilestone,
    PanelScore,
    PlanChange,
    Scheme,
    SchemePart,
)


class SchemeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A scheme."""

    class Meta:
        model = Scheme
        fields = ("name", "from_day", "to_day", "at_risk", "method", "source", "mark", "note")


class SchemePartForm(forms.ModelForm):  # type: ignore[type-arg]
    """A part of a scheme."""

    class Meta:
        model = SchemePart
        fields = ("category", "name", "weight", "measure", "region", "floor", "ceiling")


class PanelScoreForm(forms.ModelForm):  # type: ignore[type-arg]
    """A score of the Panel."""

    class Meta:
        model = PanelScore
        fields = ("part", "question", "score", "reason", "given_on", "meeting")


class IncentiveMilestoneForm(forms.ModelForm):  # type: ignore[type-arg]
    """An incentive milestone as it is set."""

    class Meta:
        model = IncentiveMilestone
        fields = ("programme", "reference", "criteria", "due_on", "source")


class JointMilestoneForm(forms.ModelForm):  # type: ignore[type-arg]
    """A milestone of the joint plan; one that a change request adds has no day yet."""

    class Meta:
        model = JointMilestone
        fields = ("programme", "name", "due_on")


class PlanChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A change request as it is issued."""

    class Meta:
        model = PlanChange
        fields = ("title", "why", "closes_at", "source")


class MoveForm(forms.Form):
    """A milestone, and the day that a change request gives it."""

    milestone = forms.ModelChoiceField(JointMilestone.objects.filter(state=OPEN))
    becomes = forms.DateField(label="Its new day", help_text="As 2023-06-30.")
