"""The choices offered on the list of reviewed obligations."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import TextFilter
from secretariat.legaltext.filters import document_choice
from secretariat.legaltext.reading.models import CONFIRMED, SET_ASIDE, Obligation


class ObligationFilter(django_filters.FilterSet):
    """Obligations by their words, document, role and what was found of them."""

    text = TextFilter("action", "words", "limit")
    document = document_choice()
    role = django_filters.CharFilter(lookup_expr="iexact", label="Who")
    state = django_filters.ChoiceFilter(
        choices=((CONFIRMED, "Confirmed"), (SET_ASIDE, "Set aside")), label="State"
    )  # fmt: skip

    class Meta:
        model = Obligation
        fields = ()
