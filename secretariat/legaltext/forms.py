"""Forms of the documents of the code."""

from __future__ import annotations

from django import forms

from secretariat.legaltext.models import Document


class DocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A document; its text comes by versions."""

    class Meta:
        model = Document
        fields = ("code", "kind", "letter", "title", "owner", "position", "classification", "audience")
