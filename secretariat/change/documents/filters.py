"""What can be asked of the documents of proposals."""

from __future__ import annotations

import django_filters

from secretariat.change.documents.models import Document
from secretariat.change.documents.naming import DocumentKind
from secretariat.core.filters import MonthFilter, TextFilter


class DocumentFilter(django_filters.FilterSet):
    """Documents by words, proposal, kind, version and month."""

    text = TextFilter("name", "proposal__title", "received_name")
    proposal = django_filters.CharFilter("proposal__reference", "iexact", label="Proposal")
    kind = django_filters.ChoiceFilter(choices=DocumentKind.choices)
    version = django_filters.CharFilter("version", "iexact", label="Version")
    dated_in = MonthFilter("dated_on", label="Dated in")

    class Meta:
        model = Document
        fields = ()
