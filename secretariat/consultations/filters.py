"""What can be asked of consultations, responses and points."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.consultations import responses as said
from secretariat.consultations.models import (
    ANNOUNCED,
    CLOSED,
    CONCLUDED,
    DRAFT,
    LISTED,
    OPEN,
    Consultation,
    Kind,
)
from secretariat.consultations.responses import DISPOSED, RAISED, Point, Response
from secretariat.consultations.who import AUDIENCE
from secretariat.core.filters import MonthFilter, TextFilter

STATES = tuple((state, state.capitalize()) for state in (DRAFT, ANNOUNCED, OPEN, CLOSED, CONCLUDED, LISTED))
OF_RESPONSES = (said.DRAFT, said.RECEIVED, said.SUBMITTED, said.REPLACED, said.LATE, said.SET_ASIDE)


class ConsultationFilter(django_filters.FilterSet):
    """Consultations by words, kind, body, whom they ask, where they stand and when they close."""

    text = TextFilter("reference", "title", "introduction", "outcome")
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    by = django_filters.CharFilter(field_name="body", lookup_expr="icontains", label="By")
    asks = django_filters.ChoiceFilter(choices=AUDIENCE, label="Asks", method="asking")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    is_others = django_filters.BooleanFilter(label="Another body's")
    closes_in = MonthFilter("closes_at", of="instant", label="Closes in")

    class Meta:
        model = Consultation
        fields = ()

    def asking(self, rows: Any, name: str, value: str) -> Any:
        """The consultations whose audience holds a kind of respondent; it is kept as a list of quoted words."""
        return rows.filter(invited__icontains=f'"{value}"') if value else rows


class ResponseFilter(django_filters.FilterSet):
    """Responses by consultation, respondent, state and month."""

    text = TextFilter("party__name", "name", "consultation__title")
    consultation = django_filters.CharFilter(field_name="consultation__reference", label="Consultation")
    state = django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in OF_RESPONSES), label="State")
    through = django_filters.ChoiceFilter(choices=Response.Through.choices, label="How it came")
    sent_in = MonthFilter("submitted_at", of="instant", label="Sent in")

    class Meta:
        model = Response
        fields = ()


class PointFilter(django_filters.FilterSet):
    """Points by consultation, words, what became of them, and state."""

    text = TextFilter("text", "reply", "response__party__name")
    consultation = django_filters.CharFilter(field_name="response__consultation__reference", label="Consultation")
    disposition = django_filters.ChoiceFilter(choices=Point.Disposition.choices)
    state = django_filters.ChoiceFilter(choices=((RAISED, "Raised"), (DISPOSED, "Disposed of")), label="State")

    class Meta:
        model = Point
        fields = ()
