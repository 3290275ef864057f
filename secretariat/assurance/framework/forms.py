"""The shape of what is typed about frameworks, controls, interpretations and the security plan."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.assurance.framework.models import (
    AGREED,
    OF_CONTROLS,
    Control,
    FrameworkVersion,
    Interpretation,
    PlannedWork,
)
from secretariat.core import kinds
from secretariat.core.kinds import kind_of
from secretariat.core.pages import about
from secretariat.core.people import Person, Role


class FrameworkVersionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A version of a framework or of guidance."""

    about_reference = forms.CharField(
        label="Governed document",
        required=False,
        help_text="The reference under which the program keeps it, if it does.",
    )

    class Meta:
        model = FrameworkVersion
        fields = ("framework", "title", "number", "from_day", "changed", "source", "classification")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = self.instance
        named = about(record.about_kind, record.about_id) if record.about_kind and record.about_id else None
        self.fields["about_reference"].initial = getattr(named, "reference", "") or (str(named) if named else "")

    def clean_about_reference(self) -> str:
        """The reference, when it names one record; the version is then one of that document's."""
        text = self.cleaned_data["about_reference"].strip()
        found = kinds.find(text) if text else []
        if text and len(found) != 1:
            raise forms.ValidationError("No single record has this reference.")
        self.instance.about_kind = kind_of(found[0]) if found else ""
        self.instance.about_id = found[0].pk if found else None
        return str(text)


class ControlForm(forms.ModelForm):  # type: ignore[type-arg]
    """A control, in our own words."""

    class Meta:
        model = Control
        fields = ("reference", "obligation", "title", "says", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = FrameworkVersion.objects.filter(framework__in=OF_CONTROLS)
        for name in ("since", "until"):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class InterpretationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An interpretation that is proposed."""

    class Meta:
        model = Interpretation
        fields = ("number", "obligation", "question", "says", "replaces")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = Interpretation.objects.filter(state=AGREED)  # type: ignore[attr-defined]


class PlannedWorkForm(forms.ModelForm):  # type: ignore[type-arg]
    """A turn of the security plan; its day is moved by a step once it is planned."""

    class Meta:
        model = PlannedWork
        fields = ("work", "due_on", "owner", "scope")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = Person.objects.filter(is_active=True, capacities__role=Role.SECRETARIAT).distinct()
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["work"], self.fields["due_on"]
