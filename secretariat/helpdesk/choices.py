"""Fields of forms in which something of the helpdesk is chosen or named."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.helpdesk.models import Enquiry, categories


class NumberField(forms.CharField):
    """An enquiry typed by its number."""

    def clean(self, value: Any) -> Enquiry | None:
        """The enquiry, or none. Raises ValidationError when there is none of that number."""
        if isinstance(value, Enquiry):
            return value
        text = super().clean(value)
        if not text:
            return None
        found: Enquiry | None = Enquiry.objects.filter(number=text.upper()).first()
        if found is None:
            raise forms.ValidationError(f"There is no enquiry {text}. Type its number as ENQ-000123.")
        return found

    def prepare_value(self, value: Any) -> Any:
        """A kept enquiry as its number; what was typed stays as typed."""
        if not isinstance(value, int):
            return value
        return Enquiry.objects.filter(pk=value).values_list("number", flat=True).first()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another number was typed."""
        return (self.prepare_value(initial) or "") != (data or "").strip().upper()


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A category of the scheme in force on a day."""

    def __init__(self, day: date, **kwargs: Any) -> None:
        super().__init__(categories(day).order_by("position"), **kwargs)
