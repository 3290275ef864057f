"""Forms of user entry by role."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.register.entry import UserRole
from secretariat.register.parties import PARTY, Party
from secretariat.register.user_entry.filters import CATEGORIES
from secretariat.register.user_entry.mandates import Mandate
from secretariat.register.user_entry.models import QUERIED, SUBMITTED, RoleEntry
from secretariat.register.user_entry.procedure import FORM, ROLE_ENTRIES


class RoleEntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """The beginning of a party's entry into a role, or its plan."""

    day = forms.DateField(label="Begins, or is planned, on")
    planned = forms.BooleanField(required=False, label="Only planned so far")

    class Meta:
        model = RoleEntry
        fields = ("party", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = forms.ModelChoiceField(Party.objects.filter(state=PARTY, is_dcc=False))


class EvidenceForm(forms.Form):
    """The User Entry Process Evidence Form of one role."""

    reference = FORM["reference"]()
    note = FORM["note"]()
    declared = ROLE_ENTRIES.steps["submit"].facts["declared"]()


class CompletionForm(forms.Form):
    """The roles of a party that are completed on a day."""

    day = forms.DateField(label="Completed on")
    entries = forms.ModelMultipleChoiceField(
        RoleEntry.objects.none(), widget=forms.CheckboxSelectMultiple, label="Roles",
        help_text="Roles that are completed on one day are one completion.",
    )  # fmt: skip

    def __init__(self, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = RoleEntry.objects.filter(party=party, state__in=(SUBMITTED, QUERIED)).select_related("party", "role")
        self.fields["entries"].queryset = rows  # type: ignore[attr-defined]


class MandateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A mandate of the rulebook."""

    class Meta:
        model = Mandate
        fields = ("name", "category", "supply", "rule", "anchor", "anchored_from", "anchored_until", "roles")
        widgets = {"roles": forms.CheckboxSelectMultiple}


class UserRoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A User Role: roles are added, and may end."""

    class Meta:
        model = UserRole
        fields = ("name", "position", "from_day", "to_day")
        help_texts = {"to_day": "Leave empty until further notice."}


class BehindForm(forms.Form):
    """Which of those behind are asked for."""

    category = forms.ChoiceField(choices=[("", "any"), *CATEGORIES], required=False, label="Party Category")
    mandate = forms.ModelChoiceField(Mandate.objects.all(), required=False, empty_label="any")


class TimelineForm(forms.Form):
    """The day on which a party starts, and the role."""

    start = forms.DateField(label="You start on")
    role = forms.ModelChoiceField(UserRole.objects.all(), required=False, empty_label="any but Other User")
