"""The form by which a draft that is there becomes a proposal's legal text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.change.drafting.texts import free_drafts
from secretariat.core.people import Person


class LinkForm(forms.Form):
    """One of the pending drafts that are about nothing and that the person may read."""

    draft = forms.ModelChoiceField(free_drafts(), label="Draft")

    def __init__(self, *args: Any, reader: Person | None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft: Any = self.fields["draft"]
        draft.queryset = free_drafts().visible_to(reader, at)
