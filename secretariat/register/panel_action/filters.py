"""What can be asked of the Panel's actions and of case files."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.register.panel_action.models import (
    APPROVED,
    DONE,
    IN_FORCE,
    LIFTED,
    RESCINDED,
    RESOLVED,
    CaseNote,
    PanelAction,
    Power,
    Right,
)

STATES = tuple((state, state.capitalize()) for state in (RESOLVED, APPROVED, IN_FORCE, DONE, LIFTED, RESCINDED))


class PanelActionFilter(django_filters.FilterSet):
    """Actions by words, power, right, state and month."""

    text = TextFilter("case__party__name", "meeting", "detail")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    power = django_filters.ChoiceFilter(choices=Power.choices)
    right = django_filters.ChoiceFilter(choices=Right.choices)
    resolved_in = MonthFilter("resolved_on", label="Resolved in")

    class Meta:
        model = PanelAction
        fields = ()


class CaseNoteFilter(django_filters.FilterSet):
    """Notes by words."""

    text = TextFilter("case__party__name", "title")

    class Meta:
        model = CaseNote
        fields = ()
