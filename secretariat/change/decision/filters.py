"""What can be asked of decisions, referrals and letters."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.change.decision.models import (
    MADE,
    NOTIFIED,
    OVERTURNED,
    REFERRED,
    STANDS,
    UPHELD,
    WAITS,
    Decision,
    Letter,
    Outcome,
    Referral,
)
from secretariat.change.models import Body
from secretariat.core.filters import MonthFilter, TextFilter

DECISION_STATES = tuple((state, state.capitalize()) for state in (MADE, NOTIFIED, REFERRED, STANDS, OVERTURNED))
REFERRAL_STATES = ((WAITS, "Not decided yet"), (UPHELD, "Upheld"), (OVERTURNED, "Overturned"))


class AnyTextFilter(TextFilter):
    """The same over columns of which a row has several: each row is found once."""

    def filter(self, rows: Any, value: str) -> Any:
        """The rows that contain the text."""
        return super().filter(rows, value).distinct() if value else rows


class DecisionFilter(django_filters.FilterSet):
    """Decisions by proposal, body, outcome, state and month."""

    text = AnyTextFilter("proposals__reference", "proposals__title")
    body = django_filters.ChoiceFilter(choices=Body.choices, label="Decided by")
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices, label="Outcome")
    state = django_filters.ChoiceFilter(choices=DECISION_STATES, label="State")
    decided_in = MonthFilter("decided_at", label="Decided in")

    class Meta:
        model = Decision
        fields = ()


class ReferralFilter(django_filters.FilterSet):
    """Referrals by party, body and state."""

    text = AnyTextFilter("party__name", "decision__proposals__reference")
    to_body = django_filters.ChoiceFilter(choices=Body.choices, label="Referred to")
    state = django_filters.ChoiceFilter(choices=REFERRAL_STATES, label="State")
    received_in = MonthFilter("received_at", label="Received in")

    class Meta:
        model = Referral
        fields = ()


class LetterFilter(django_filters.FilterSet):
    """Letters of the Authority by words, what they say and month."""

    text = AnyTextFilter("reference", "decisions__proposals__reference")
    says = django_filters.ChoiceFilter(choices=Letter.Says.choices, label="It")
    dated_in = MonthFilter("dated_on", label="Dated in")

    class Meta:
        model = Letter
        fields = ()
