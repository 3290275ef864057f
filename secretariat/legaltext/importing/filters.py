"""What can be asked of the texts that came in."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.legaltext.filters import document_choice
from secretariat.legaltext.importing.models import TextImport


class TextImportFilter(django_filters.FilterSet):
    """Texts that came in, by words, document and month."""

    text = TextFilter("file__name", "document__title")
    document = document_choice()
    brought = MonthFilter("recorded", of="instant", label="Brought in in")

    class Meta:
        model = TextImport
        fields = ()
