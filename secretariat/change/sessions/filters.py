"""What can be asked of the sessions of Working Groups and of their notes."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.change.sessions.models import CANCELLED, HELD, PLANNED, Note, Session
from secretariat.core.filters import MonthFilter, TextFilter

STATES = tuple((state, state.capitalize()) for state in (PLANNED, HELD, CANCELLED))


class SessionFilter(django_filters.FilterSet):
    """Sessions by group, proposal, state and month."""

    text = TextFilter("group")
    proposal = django_filters.CharFilter(method="considering", label="Proposal")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    held_in = MonthFilter("day", label="In the month")

    class Meta:
        model = Session
        fields = ()

    def considering(self, rows: Any, name: str, value: str) -> Any:
        """The sessions that consider a proposal with this label."""
        return rows.filter(proposals__reference__iexact=value.strip()).distinct()


class NoteFilter(django_filters.FilterSet):
    """Notes by words, proposal and month of the session."""

    text = TextFilter("discussed", "outcome", "session__group")
    proposal = django_filters.CharFilter("proposal__reference", "iexact", label="Proposal")
    held_in = MonthFilter("session__day", label="Session in the month")

    class Meta:
        model = Note
        fields = ()
