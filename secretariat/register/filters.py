"""Filters of the register's lists."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.register.models import (
    CURED,
    EXPELLED,
    IN_DEFAULT,
    LEFT,
    NOTICE_SERVED,
    PARTY,
    Category,
    DefaultCase,
    Limb,
    Party,
    TestNotification,
    UserEntry,
    UserRole,
    VotingGroup,
)

STATES = ((PARTY, "Party"), (LEFT, "Left"))
DEFAULT_STATES = tuple((state, state.capitalize()) for state in (NOTICE_SERVED, IN_DEFAULT, CURED, EXPELLED))


class PartyFilter(django_filters.FilterSet):
    """Filters of parties; the category is that of the day on which the list is read."""

    text = TextFilter("name", "company_number", "signifier")
    category = django_filters.ChoiceFilter(field_name="category_now", choices=Category.choices, label="Category")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    acceded_in = MonthFilter("acceded_on", label="Acceded in")
    left_in = MonthFilter("left_on", label="Left in")

    class Meta:
        model = Party
        fields = ()


class VotingGroupFilter(django_filters.FilterSet):
    """Filters of Voting Groups."""

    text = TextFilter("name")
    category = django_filters.ChoiceFilter(choices=Category.choices, label="Category")

    class Meta:
        model = VotingGroup
        fields = ()


class DefaultCaseFilter(django_filters.FilterSet):
    """Filters of default cases."""

    text = TextFilter("party__name")
    limb = django_filters.ChoiceFilter(choices=Limb.choices, label="Limb")
    state = django_filters.ChoiceFilter(choices=DEFAULT_STATES, label="State")
    entered_in = MonthFilter("entered_on", label="In default from")
    ended_in = MonthFilter("ended_on", label="Ended in")

    class Meta:
        model = DefaultCase
        fields = ()


class UserEntryFilter(django_filters.FilterSet):
    """Filters of user entries."""

    text = TextFilter("party__name")
    role = django_filters.ModelChoiceFilter(field_name="roles", queryset=UserRole.objects.all(), label="Role")
    completed_in = MonthFilter("completed_on", label="Completed in")

    class Meta:
        model = UserEntry
        fields = ()


class TestNotificationFilter(django_filters.FilterSet):
    """Filters of test notifications."""

    __test__ = False

    text = TextFilter("party__name")
    kind = django_filters.ChoiceFilter(choices=TestNotification.Kind.choices, label="Tests")
    notified_in = MonthFilter("notified_on", label="Notified in")

    class Meta:
        model = TestNotification
        fields = ()
