"""Forms of what the Panel resolves and of case files."""

from __future__ import annotations

from django import forms

from secretariat.core.people import Person
from secretariat.register.defaults import IN_DEFAULT, DefaultCase
from secretariat.register.panel_action.models import CaseNote, PanelAction


class PanelActionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A resolution of the Panel in a case that is in default."""

    day = forms.DateField(label="Resolved on")
    due_on = forms.DateField(label="Remedial plan due on", required=False)

    class Meta:
        model = PanelAction
        fields = ("case", "power", "right", "meeting", "detail")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cases = DefaultCase.objects.filter(state=IN_DEFAULT).select_related("party")
        self.fields["case"] = forms.ModelChoiceField(cases, help_text="Only cases that are in default are here.")


class CaseNoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note of a case's file and who besides its writer may read it."""

    readers = forms.ModelMultipleChoiceField(
        Person.objects.filter(is_active=True), required=False,
        help_text="The note is Red: only you and those named here read it.",
    )  # fmt: skip

    class Meta:
        model = CaseNote
        fields = ("case", "title", "text", "written_on")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["case"] = forms.ModelChoiceField(DefaultCase.objects.select_related("party"))
