"""The form of an enquiry."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.heading_choices import HeadingField, headings
from secretariat.helpdesk.models import CATEGORIES, Enquiry


class NumberField(forms.CharField):
    """An enquiry typed by its number."""

    def clean(self, value: Any) -> Enquiry | None:
        """The enquiry, or none. Raises ValidationError when there is none of that number."""
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


class EnquiryForm(forms.ModelForm):  # type: ignore[type-arg]
    """An enquiry as it came in; it gets its number when it is entered."""

    category = HeadingField(headings(CATEGORIES))
    received = forms.DateTimeField(help_text="As 2020-02-17 14:30, on the London clock.")
    follows = NumberField(
        required=False, help_text="The answered enquiry to which this one replies, such as ENQ-000123."
    )

    class Meta:
        model = Enquiry
        fields = ("channel", "category", "received", "mailbox", "subject", "organisation", "party", "follows")
