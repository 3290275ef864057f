"""The register's forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import secretariat, speaks_for
from secretariat.core.people import Person
from secretariat.register.models import (
    WITH_NOTICE,
    Category,
    DefaultCase,
    Limb,
    Party,
    TestNotification,
    UserEntry,
    UserRole,
    VotingGroup,
)


def offer_own_parties(form: Any, person: Person | None, at: datetime) -> None:
    """Leaves to whoever is not of the secretariat the choice of the parties for which they speak; of one, none."""
    if secretariat(person, None, at):
        return
    own = speaks_for(person, at)
    form.fields["party"].queryset = Party.objects.filter(pk__in=own)
    if len(own) == 1:
        form.initial.setdefault("party", next(iter(own)))
        form.fields["party"].empty_label = None


ACCESSION = ("day", "category", "voting_group")


class PartyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A party: to enter one is to record its accession; what changes by a step is not amended here."""

    day = forms.DateField(label="Acceded on", help_text="The day on which the Accession Agreement was executed.")
    category = forms.ChoiceField(choices=Category.choices, label="Party Category")
    voting_group = forms.ModelChoiceField(
        VotingGroup.objects.all(),
        to_field_name="key",
        required=False,
        label="Voting Group",
        help_text="Leave empty for a party without affiliates in its category.",
    )

    class Meta:
        model = Party
        fields = ("name", "key", "company_number", "signifier", "is_dcc")
        help_texts = {"key": "For its address: small letters, digits and hyphens."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in (*ACCESSION, "key", "is_dcc"):
                del self.fields[name]


class VotingGroupForm(forms.ModelForm):  # type: ignore[type-arg]
    """A Voting Group; its category does not change, since a group is of one category."""

    class Meta:
        model = VotingGroup
        fields = ("name", "key", "category")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["key"]
            del self.fields["category"]


class DefaultCaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new case: the notice under a limb that takes one, else the default itself."""

    day = forms.DateField(help_text="Of the notice; under a limb without notice, of the default itself.")

    cites = forms.CharField(
        max_length=300, required=False, label="What the notice cites",
        help_text="Unpaid Charges: the DCC's notice under J2.1; Credit Support: J3.14; any other sum or breach: M8.",
    )  # fmt: skip

    class Meta:
        model = DefaultCase
        fields = ("party", "limb")
        help_texts = {"limb": f"A notice goes before a default under {', '.join(Limb(limb) for limb in WITH_NOTICE)}."}


class UserEntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A completion of the User Entry Process."""

    roles = forms.ModelMultipleChoiceField(UserRole.objects.all(), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = UserEntry
        fields = ("party", "completed_on")


class TestNotificationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The DCC's word that a party passed tests."""

    __test__ = False

    roles = forms.ModelMultipleChoiceField(UserRole.objects.all(), widget=forms.CheckboxSelectMultiple, required=False)

    class Meta:
        model = TestNotification
        fields = ("party", "kind", "notified_on")
