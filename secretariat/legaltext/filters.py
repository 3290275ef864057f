"""The choices offered on the lists of documents, their versions, and versions of the code."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.pages import reader
from secretariat.legaltext.models import PUBLICATION, WHOLE, CauseKind, CodeVersion, Document, DocumentKind
from secretariat.legaltext.models import DocumentVersion as Version


def readable_documents(request: Any) -> Any:
    """The documents that whoever asks may choose among: those that they may read; none where nobody asks."""
    if request is None:
        return Document.objects.none()
    return Document.objects.visible_to(reader(request), request.at)


def document_choice() -> django_filters.ModelChoiceFilter:
    """A choice among the documents that whoever asks may read."""
    return django_filters.ModelChoiceFilter(
        queryset=readable_documents, to_field_name="code", label="Document"  # type: ignore[arg-type]
    )  # fmt: skip


class DocumentFilter(django_filters.FilterSet):
    """Choices among documents."""

    text = TextFilter("code", "title", "letter")
    kind = django_filters.ChoiceFilter(choices=DocumentKind.choices, label="Kind")
    owner = django_filters.CharFilter(lookup_expr="iexact", label="Owned by")

    class Meta:
        model = Document
        fields = ()


class DocumentVersionFilter(django_filters.FilterSet):
    """Choices among versions of documents."""

    document = document_choice()
    cause = django_filters.ChoiceFilter("causes__kind", choices=CauseKind.choices, label="Cause", distinct=True)
    effective = MonthFilter("effective_from", label="In effect from a day in")
    for_a_time = django_filters.BooleanFilter("to_day", lookup_expr="isnull", exclude=True, label="For a time")

    class Meta:
        model = Version
        fields = ()


class CodeVersionFilter(django_filters.FilterSet):
    """Choices among versions of the whole code."""

    number = django_filters.CharFilter(label="Number")
    scheme = django_filters.ChoiceFilter(
        choices=((WHOLE, "Major and minor"), (PUBLICATION, "One step a publication")), label="Scheme"
    )
    effective = MonthFilter("effective_from", label="In effect from a day in")

    class Meta:
        model = CodeVersion
        fields = ()
