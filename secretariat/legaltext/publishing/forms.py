"""Forms of a planned version and of what goes into it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from secretariat.core.people import Person
from secretariat.legaltext.models import APPROVED, CauseKind, Document, DocumentVersion, Draft
from secretariat.legaltext.numbers import is_a_version
from secretariat.legaltext.publishing.actions import waiting_drafts
from secretariat.legaltext.publishing.models import OF_A_DRAFT, OF_A_VARIATION, ItemKind, PlannedItem, PlannedVersion
from secretariat.legaltext.standing import known_by


class PlannedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A version that is planned."""

    class Meta:
        model = PlannedVersion
        fields = ("number", "effective_from", "cause", "notified_on", "note")


class DraftsForm(forms.Form):
    """Which approved drafts a planned version brings, and what is told of their cause."""

    drafts = forms.ModelMultipleChoiceField(
        Draft.objects.none(), widget=forms.CheckboxSelectMultiple, label="Approved drafts that are in no version yet"
    )
    cause_kind = forms.ChoiceField(choices=CauseKind.choices, initial=CauseKind.MODIFICATION, label="Cause")
    reference = forms.CharField(max_length=200, required=False, help_text="Such as MP042, or a letter's date.")

    def __init__(self, *args: Any, person: Person | None = None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drafts"].queryset = waiting_drafts().visible_to(person, at)  # type: ignore[attr-defined]


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """One thing that a planned version brings; the document follows from the draft, or from the variation."""

    number = forms.CharField(
        max_length=17, validators=[is_a_version], label="Version of the document", help_text="Such as 9.0."
    )

    class Meta:
        model = PlannedItem
        fields = ("kind", "draft", "varied", "document", "number", "to_day", "cause_kind", "reference", "order")

    def __init__(self, *args: Any, person: Person | None = None, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].required = False
        self.fields["document"].help_text = "Only for a version whose text is not kept here."
        if at is not None:
            drafts: Any = Draft.objects.filter(state=APPROVED).select_related("document")
            variations: Any = known_by(at).filter(to_day__isnull=False).select_related("document")
            documents: Any = Document.objects.all()
            found = (("draft", drafts), ("varied", variations), ("document", documents))
            for name, rows in found:
                self.fields[name].queryset = rows.visible_to(person, at)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The item, with its document. Raises ValidationError for what does not go together."""
        told = super().clean() or {}
        kind = told.get("kind")
        needed = "draft" if kind in OF_A_DRAFT else "varied" if kind in OF_A_VARIATION else "document"
        chosen: Draft | DocumentVersion | Document | None = told.get(needed)
        if chosen is None:
            raise ValidationError(f"Choose the {'variation' if needed == 'varied' else needed}.")
        told["document"] = chosen if isinstance(chosen, Document) else chosen.document
        told |= {name: None for name in ("draft", "varied") if name != needed}
        if kind not in (ItemKind.VARIATION, ItemKind.EXTENSION):
            told["to_day"] = None
        if kind in OF_A_VARIATION and told.get("cause_kind") == CauseKind.MODIFICATION:
            raise ValidationError("A variation is extended or ended by a direction, not by a modification.")
        return told
