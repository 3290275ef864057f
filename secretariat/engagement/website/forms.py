"""Forms of the website: asking for an account, keeping and using operations contacts, taking a month."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.filters import MonthField
from secretariat.engagement.website.models import AccountRequest, ContactUse, OperationsContact
from secretariat.register.models import Party

CONTACT = ("role", "name", "email", "telephone", "hours")


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """What somebody tells who asks for an account."""

    class Meta:
        model = AccountRequest
        fields = ("name", "email", "organisation", "why")


class PutRightForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a contact is reached."""

    class Meta:
        model = OperationsContact
        fields: tuple[str, ...] = CONTACT


class ContactForm(PutRightForm):
    """A new contact, of one's own party; the secretariat enters those of any organisation."""

    class Meta:
        model = OperationsContact
        fields = ("party", "organisation", "sort", *CONTACT)

    def __init__(self, *args: Any, own: frozenset[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = Party.objects.filter(state="party").order_by("name")
        field: Any = self.fields["party"]
        field.queryset = parties if own is None else parties.filter(pk__in=own)
        self.fields["organisation"].required = False
        if own is not None:
            field.required = True
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        """Names the organisation, or asks for it."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("party") is not None:
            self.instance.organisation = told["party"].name
            told["organisation"] = told["party"].name
        elif "organisation" in self.fields and not told.get("organisation"):
            self.add_error("organisation", "Name the organisation, or choose its party.")
        return told


class UseForm(forms.ModelForm):  # type: ignore[type-arg]
    """For what the addresses are needed."""

    class Meta:
        model = ContactUse
        fields = ("purpose", "matter")


class MonthForm(forms.Form):
    """Which month to take from the counter."""

    month = MonthField(help_text="As 2020-02.")
