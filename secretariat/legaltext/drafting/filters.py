"""The choices offered on the list of drafts."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import TextFilter
from secretariat.legaltext.filters import document_choice
from secretariat.legaltext.models import APPROVED, DEAD, PENDING, Draft


class DraftFilter(django_filters.FilterSet):
    """Choices among drafts of legal text."""

    text = TextFilter("title", "document__title", "document__code")
    document = document_choice()
    state = django_filters.ChoiceFilter(
        choices=tuple((state, state.capitalize()) for state in (PENDING, APPROVED, DEAD)), label="State"
    )
    of_a_proposal = django_filters.BooleanFilter(
        "about_kind", lookup_expr="exact", method="about_one", label="Of a proposal"
    )

    class Meta:
        model = Draft
        fields = ()

    def about_one(self, rows: object, name: str, value: bool) -> object:
        """The drafts that are about a proposal, or those that are about nothing."""
        return rows.exclude(about_kind="") if value else rows.filter(about_kind="")  # type: ignore[attr-defined]
