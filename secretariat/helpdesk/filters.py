"""Filters of enquiries."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.heading_choices import HeadingFilter
from secretariat.helpdesk.models import CATEGORIES, Channel, Enquiry


class EnquiryFilter(django_filters.FilterSet):
    """Filters of enquiries."""

    text = TextFilter("number", "subject", "organisation", "party__name")
    channel = django_filters.ChoiceFilter(choices=Channel.choices, label="Channel")
    category = HeadingFilter("category", CATEGORIES, label="Category")
    received_in = MonthFilter("received", of="instant", label="Received in")
    answered = django_filters.BooleanFilter("answered", lookup_expr="isnull", exclude=True, label="Answered")
    mailbox = django_filters.CharFilter("mailbox", lookup_expr="iexact", label="Mailbox")

    class Meta:
        model = Enquiry
        fields = ()
