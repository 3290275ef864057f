"""The form of a body."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.committees.models import Committee


class CommitteeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A body; its code stands in the references of its meetings and does not change."""

    class Meta:
        model = Committee
        fields = (
            "code", "name", "short_name", "purpose", "group", "position", "reports_to", "parent", "meets", "output",
            "minutes_class", "told_when_none", "keeps_receipts", "from_day", "to_day",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]
