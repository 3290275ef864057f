"""The form of an enquiry."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.heading_choices import HeadingField, headings
from secretariat.helpdesk.choices import NumberField
from secretariat.helpdesk.models import CATEGORIES, Enquiry


class EnquiryForm(forms.ModelForm):  # type: ignore[type-arg]
    """An enquiry as it came in; it gets its number when it is entered."""

    category = HeadingField(headings(CATEGORIES))
    received = forms.DateTimeField(help_text="As 2020-02-17 14:30, on the London clock.")
    follows = NumberField(
        required=False, help_text="The answered enquiry to which this one replies, such as ENQ-000123."
    )

    said = forms.CharField(label="What was asked", widget=forms.Textarea, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["said"]

    class Meta:
        model = Enquiry
        fields = (
            "channel", "category", "received", "mailbox", "subject", "enquirer", "address", "telephone", "organisation",
            "party", "follows",
        )  # fmt: skip
