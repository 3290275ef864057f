"""What can be asked of counts, requests for accounts, operations contacts, and the uses of their list."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.engagement.website.models import (
    APPROVED,
    ASKED,
    DECLINED,
    LISTED,
    REMOVED,
    AccountRequest,
    ContactUse,
    OperationsContact,
    Purpose,
    Sort,
    ViewCount,
)


def _choices(*states: str) -> list[tuple[str, str]]:
    return [(state, state.capitalize()) for state in states]


class ViewCountFilter(django_filters.FilterSet):
    """Counts of page views by page, day and month."""

    page = django_filters.CharFilter(lookup_expr="icontains", label="Page")
    on = django_filters.DateFilter("day", label="Day", help_text="As 2020-02-29.")
    month = MonthFilter("day", label="Month")

    class Meta:
        model = ViewCount
        fields = ()


class AccountRequestFilter(django_filters.FilterSet):
    """Requests for accounts by words, state and month."""

    text = TextFilter("organisation", "name", "email")
    state = django_filters.ChoiceFilter(choices=_choices(ASKED, APPROVED, DECLINED))
    asked_in = MonthFilter("asked_on", label="Asked in")

    class Meta:
        model = AccountRequest
        fields = ()


class OperationsContactFilter(django_filters.FilterSet):
    """Operations contacts by organisation, sort and state; never by an address."""

    text = TextFilter("organisation", "role")
    sort = django_filters.ChoiceFilter(choices=Sort.choices, label="Sort of organisation")
    state = django_filters.ChoiceFilter(choices=_choices(LISTED, REMOVED))

    class Meta:
        model = OperationsContact
        fields = ()


class ContactUseFilter(django_filters.FilterSet):
    """Uses of the list by purpose, words and month."""

    text = TextFilter("matter", "by__name")
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices)
    used_in = MonthFilter("used_at", of="instant", label="Used in")

    class Meta:
        model = ContactUse
        fields = ()
