"""The form of a proposal's document."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.documents.models import Document
from secretariat.change.documents.naming import parse_name
from secretariat.change.naming.forms import OfProposalForm


class DocumentForm(OfProposalForm):
    """A document with its file. What the file's name tells need not be typed."""

    file = forms.FileField(label="The file", required=False, help_text="PDF, Word, Excel or text, up to 25 MB.")

    class Meta:
        model = Document
        fields = ("proposal", "kind", "detail", "version", "dated_on", "classification", "audience")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "version"):
            self.fields[name].required = False
        self.fields["kind"].help_text = "Empty: as the file's name tells, such as MP099 Modification Report v1.0."

    def clean(self) -> dict[str, Any]:
        """Kind and version as typed, or as the file's name tells. Raises ValidationError where neither does."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        told = parse_name(file.name) if file else None
        if not cleaned.get("kind") and told is not None:
            cleaned["kind"], cleaned["detail"] = told.kind, cleaned.get("detail") or told.detail
        cleaned["version"] = cleaned.get("version") or (told.version if told else "0.1")
        if not cleaned.get("kind"):
            self.add_error("kind", "Say of which kind it is; the file's name does not tell.")
        return cleaned
