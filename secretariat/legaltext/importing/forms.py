"""Forms for a text that comes in: the file, and what it is accepted as."""

from __future__ import annotations

from django import forms

from secretariat.legaltext.importing.models import TextImport
from secretariat.legaltext.models import CauseKind, DocumentVersion, Draft


class TextImportForm(forms.ModelForm):  # type: ignore[type-arg]
    """A file for a document."""

    file = forms.FileField(label="The file", help_text="Word, Akoma Ntoso (.xml), or JSON as it is given out here.")

    class Meta:
        model = TextImport
        fields = ("document", "with_changes", "classification", "audience")


class AsDraftForm(forms.ModelForm):  # type: ignore[type-arg]
    """The draft that an import becomes."""

    class Meta:
        model = Draft
        fields = ("title", "classification", "audience")


class AsFirstForm(forms.ModelForm):  # type: ignore[type-arg]
    """The first version of a document that an import becomes."""

    cause = forms.ChoiceField(choices=CauseKind.choices, initial=CauseKind.FIRST)
    reference = forms.CharField(max_length=200, required=False, help_text="Such as MP042, or a letter's date.")

    class Meta:
        model = DocumentVersion
        fields = ("number", "effective_from", "notified_on", "posted_on", "note")
