"""Forms of contacts, details, supply and changes of category."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.core.people import Person
from secretariat.register.contacts.applying import as_it_is
from secretariat.register.contacts.contact import Contact, Hearer, Purpose
from secretariat.register.contacts.details import LABELS
from secretariat.register.contacts.licences import Licence
from secretariat.register.contacts.rounds import ConfirmationRound
from secretariat.register.contacts.supply import SupplyMeasure
from secretariat.register.models import Category, Party, VotingGroup


class LicenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A licence."""

    class Meta:
        model = Licence
        fields = ("party", "kind", "number", "from_day", "to_day")


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """A contact, what it is there for, and who may be told of it."""

    purposes = forms.MultipleChoiceField(choices=Purpose.choices, widget=forms.CheckboxSelectMultiple, label="For")
    hearers = forms.MultipleChoiceField(
        choices=Hearer.choices, widget=forms.CheckboxSelectMultiple, required=False, label="May be told to",
        help_text="Only with the contact's own consent; nobody is told without it.",
    )  # fmt: skip

    class Meta:
        model = Contact
        fields = ("party", "name", "email", "telephone", "person")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Person.objects.filter(is_active=True)
        self.fields["person"] = forms.ModelChoiceField(active, required=False, help_text="When they can sign in.")
        if self.instance.pk:
            del self.fields["party"]
            self.initial["purposes"] = self.instance.purpose_keys
            open_rows = self.instance.consents.filter(withdrawn_on__isnull=True)
            self.initial["hearers"] = list(open_rows.values_list("hearer", flat=True))


class ContactEndForm(forms.Form):
    """The end of a contact."""

    day = forms.DateField(label="Contact until", help_text="From this day on it is no contact any more.")
    erase = forms.BooleanField(
        required=False, label="Erase the personal data too",
        help_text="Name, e-mail address and telephone number go for good, also from requests; the history stays.",
    )  # fmt: skip


class EraseForm(forms.Form):
    """The erasure of a contact that has ended."""

    erase = forms.BooleanField(
        label="Erase the personal data",
        help_text="Name, e-mail address and telephone number go for good, also from requests; the history stays.",
    )


class WhichPartyForm(forms.Form):
    """For which of several parties."""

    party = forms.ModelChoiceField(Party.objects.none())


class SupplyMeasureForm(forms.ModelForm):  # type: ignore[type-arg]
    """Premises supplied."""

    class Meta:
        model = SupplyMeasure
        fields = ("party", "premises", "measured_on", "told_by")
        help_texts = {"premises": "Domestic premises only; a supplier of none tells 0."}


class ConfirmationRoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """A round: its year."""

    class Meta:
        model = ConfirmationRound
        fields = ("year",)


class ChangeForm(forms.Form):
    """Party Details as they are, to be typed over with what they are to be; what stays is not asked for."""

    name = forms.CharField(max_length=200, label=LABELS["name"])
    company_number = forms.CharField(max_length=20, required=False, label=LABELS["company_number"])
    registered_address = forms.CharField(widget=forms.Textarea, required=False, label=LABELS["registered_address"])
    trading_names = forms.CharField(
        widget=forms.Textarea, required=False, label=LABELS["trading_names"], help_text="One a line."
    )
    notices_address = forms.CharField(widget=forms.Textarea, required=False, label=LABELS["notices_address"])
    contact_name = forms.CharField(max_length=200, label=LABELS["contact_name"])
    contact_email = forms.EmailField(label=LABELS["contact_email"])
    contact_telephone = forms.CharField(max_length=40, required=False, label=LABELS["contact_telephone"])
    contact_purposes = forms.MultipleChoiceField(
        choices=Purpose.choices, widget=forms.CheckboxSelectMultiple, label=LABELS["contact_purposes"]
    )
    contact_consents = forms.MultipleChoiceField(
        choices=Hearer.choices, widget=forms.CheckboxSelectMultiple, required=False, label=LABELS["contact_consents"],
        help_text="With the contact’s own consent only.",
    )  # fmt: skip
    contact_ended = forms.BooleanField(required=False, label="This is no contact of ours any more")
    from_day = forms.DateField(label="Takes effect on")
    tell_dcc = forms.BooleanField(required=False, label="The DCC may be told of this change")
    tell_alt_han = forms.BooleanField(required=False, label="Alt HAN may be told of this change")

    def __init__(self, *args: Any, party: Party, contact: Contact | None, day: date, **kwargs: Any) -> None:
        """The party's details alone; with a contact, saved or new, that contact alone."""
        kwargs["initial"] = as_it_is(party, contact, day) | {"from_day": day} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for field in LABELS:
            if field.startswith("contact_") != (contact is not None):
                del self.fields[field]
        if contact is not None and not contact.pk:
            del self.fields["contact_ended"]

    @property
    def wanted(self) -> dict[str, Any]:
        """What the details are to be, by name; of a contact that ends nothing else is asked."""
        told = {name: self.cleaned_data[name] for name in LABELS if name in self.fields}
        if "contact_ended" in told:
            told["contact_ended"] = "yes" if told["contact_ended"] else ""
        return {"contact_ended": "yes"} if told.get("contact_ended") else told


class CategoryForm(forms.Form):
    """A change of category that is thought of."""

    category = forms.ChoiceField(choices=Category.choices, label="Party Category")
    day = forms.DateField(label="From")
    voting_group = forms.ModelChoiceField(
        VotingGroup.objects.all(), to_field_name="key", required=False, label="Voting Group",
        help_text="Leave empty for a party without affiliates in the category.",
    )  # fmt: skip
