"""The shape of what is typed about a project."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.core.heading_choices import HeadingField, headings
from secretariat.core.people import Person, Role
from secretariat.effort.models import DRIVERS
from secretariat.effort.projects.models import Project, ProjectMilestone


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]
    """A project."""

    driver = HeadingField(headings(DRIVERS), required=False, help_text="Under which its days are booked.")

    class Meta:
        model = Project
        fields = ("title", "purpose", "lead", "driver", "planned_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = Person.objects.filter(capacities__role=Role.SECRETARIAT, is_active=True).distinct()
        self.fields["lead"].queryset = staff.order_by("name")  # type: ignore[attr-defined]


class MilestoneForm(forms.Form):
    """A new milestone."""

    what = forms.CharField(max_length=200)
    due_on = forms.DateField(label="Due")


class _Choice(forms.Form):
    milestone = forms.ModelChoiceField(ProjectMilestone.objects.none(), empty_label=None)

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = project.milestones.filter(done_on=None)  # type: ignore[attr-defined]


class MoveForm(_Choice):
    """A date that moves, and why."""

    new = forms.DateField(label="New day")
    reason = forms.CharField(max_length=300, label="Why it moves")


class ReachForm(_Choice):
    """On which day a milestone was done."""

    day = forms.DateField(label="Done on")

    def __init__(self, project: Project, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(project, *args, initial={"day": today}, **kwargs)
