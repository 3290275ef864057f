"""What can be asked of role entries, requirements, mandates and User Roles."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.register.entry import UserRole
from secretariat.register.parties import PLURALS
from secretariat.register.user_entry.mandates import Mandate, Supply
from secretariat.register.user_entry.models import (
    CONFIRMED,
    NOT_NEEDED,
    OPEN,
    STANDINGS,
    WITHDRAWN,
    Confirmer,
    Dispute,
    Kind,
    Requirement,
    RoleEntry,
)

STATES = tuple((state, state.capitalize()) for state in STANDINGS)
LINE_STATES = tuple((state, state.capitalize()) for state in (OPEN, CONFIRMED, WITHDRAWN, NOT_NEEDED))
CATEGORIES = tuple((one.value, str(one.label)) for one in PLURALS)


class RoleEntryFilter(django_filters.FilterSet):
    """Role entries by party, role, state, dispute and months."""

    text = TextFilter("party__name", "evidence")
    role = django_filters.ModelChoiceFilter(queryset=UserRole.objects.all())
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    dispute = django_filters.ChoiceFilter(choices=[choice for choice in Dispute.choices if choice[0]])
    begun_in = MonthFilter("begun_on", label="Begun in")
    completed_in = MonthFilter("completed_on", label="Completed in")

    class Meta:
        model = RoleEntry
        fields = ()


class RequirementFilter(django_filters.FilterSet):
    """Requirements by party, kind, who confirms them and state."""

    text = TextFilter("entry__party__name", "evidence")
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="Requirement")
    confirmer = django_filters.ChoiceFilter(choices=Confirmer.choices, label="Confirmed by")
    state = django_filters.ChoiceFilter(choices=LINE_STATES, label="State")
    role = django_filters.ModelChoiceFilter(field_name="entry__role", queryset=UserRole.objects.all(), label="Role")
    confirmed_in = MonthFilter("day", label="Confirmed in")

    class Meta:
        model = Requirement
        fields = ()


class MandateFilter(django_filters.FilterSet):
    """Mandates by words, category and supply."""

    text = TextFilter("name")
    category = django_filters.ChoiceFilter(choices=CATEGORIES, label="Party Category")
    supply = django_filters.ChoiceFilter(choices=Supply.choices, label="Of those who supply")

    class Meta:
        model = Mandate
        fields = ()


class UserRoleFilter(django_filters.FilterSet):
    """User Roles by name."""

    text = TextFilter("name")

    class Meta:
        model = UserRole
        fields = ()
