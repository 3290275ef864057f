"""Filters of the post room's lists."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.post.bounces import LIFTED, NOTED
from secretariat.post.models import Bounce, Delivery, IncomingMail, Message
from secretariat.post.procedure import MATCHED, SET_ASIDE, UNMATCHED


class MessageFilter(django_filters.FilterSet):
    """Filters of the outbox."""

    state = django_filters.ChoiceFilter(choices=Delivery.choices, label="State")
    person = TextFilter("person__name", "person__email")
    notice = django_filters.CharFilter(lookup_expr="startswith", label="Notice begins with")
    month = MonthFilter("recorded", of="instant", label="Queued in")

    class Meta:
        model = Message
        fields = ()


class IncomingMailFilter(django_filters.FilterSet):
    """Filters of mail that came in."""

    state = django_filters.ChoiceFilter(
        choices=[(state, state.capitalize()) for state in (UNMATCHED, MATCHED, SET_ASIDE)], label="State"
    )
    text = TextFilter("subject", "from_name", "from_address", "body")
    automatic = django_filters.BooleanFilter(label="Sent by a program")
    mailbox = django_filters.CharFilter(lookup_expr="iexact", label="Mailbox")
    month = MonthFilter("received", of="instant", label="Received in")

    class Meta:
        model = IncomingMail
        fields = ()


class BounceFilter(django_filters.FilterSet):
    """Filters of messages that came back."""

    state = django_filters.ChoiceFilter(choices=[(NOTED, "Noted"), (LIFTED, "Lifted")], label="State")
    text = TextFilter("address", "words")
    permanent = django_filters.BooleanFilter(label="The address takes no mail")
    month = MonthFilter("reported", of="instant", label="Reported in")

    class Meta:
        model = Bounce
        fields = ()
