"""The choices offered on the lists of the change room."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q

from secretariat.change.models import OLD_SHAPE, OPEN_STAGES, Proposal, Release, Stage
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.references import UnreadableReferenceError, parse_proposal

ERAS = (("old", "SECMP (raised before 1 November 2018)"), ("new", "DP and MP (raised since)"))
ANY_OPEN = "open"


class LabelFilter(TextFilter):
    """Rows that contain the text; a proposal's label, also an older one, finds that proposal by its number (MOD-1)."""

    def filter(self, rows: Any, value: str) -> Any:
        """The rows that the label names or that contain the text."""
        try:
            named = parse_proposal(value or "")
        except UnreadableReferenceError:
            return super().filter(rows, value)
        return rows.filter(number=named.number, suffix=named.suffix)


class ProposalFilter(django_filters.FilterSet):
    """Choices among proposals."""

    text = LabelFilter("reference", "title")
    stage = django_filters.ChoiceFilter(
        choices=((ANY_OPEN, "Open (any stage)"), *Stage.choices), method="in_stage", label="Stage"
    )
    era = django_filters.ChoiceFilter(choices=ERAS, method="of_era", label="Era")
    raised = MonthFilter("raised_on", label="Raised in")
    proposer = django_filters.CharFilter("proposer_name", "icontains", label="Proposer")

    class Meta:
        model = Proposal
        fields = ()

    def in_stage(self, rows: Any, name: str, value: str) -> Any:
        """The rows in a stage, or in any of those in which a proposal is open."""
        return rows.filter(state__in=OPEN_STAGES if value == ANY_OPEN else (value,))

    def of_era(self, rows: Any, name: str, value: str) -> Any:
        """The rows of one shape of label."""
        shapes = RULEBOOK.entries["change.shape"]
        new = next(entry.effective_from for entry in shapes if entry.value != OLD_SHAPE)
        return rows.filter(Q(raised_on__lt=new) if value == OLD_SHAPE else Q(raised_on__gte=new))


class ReleaseFilter(django_filters.FilterSet):
    """Choices among releases."""

    text = TextFilter("name")
    kind = django_filters.ChoiceFilter(choices=Release.Kind.choices, label="Kind")
    live = MonthFilter("go_live_on", label="Live in")

    class Meta:
        model = Release
        fields = ()
