"""What can be asked of governed documents, their reviews, their drafts for comment and the comments."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.legaltext.governed.models import (
    APPROVED,
    CLOSED,
    DECLINED,
    DUE,
    MADE,
    NOT_TAKEN_UP,
    OPEN,
    PUBLISHED,
    STILL_TRUE,
    TAKEN_UP,
    TO_BE_CHANGED,
    Circulation,
    DraftComment,
    Review,
)
from secretariat.legaltext.models import OF_THE_CODE, Document, DocumentKind

BESIDE = tuple((kind.value, kind.label) for kind in DocumentKind if kind not in OF_THE_CODE)


def _state(*states: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in states), label="State")


class GovernedFilter(django_filters.FilterSet):
    """Governed documents by words, kind and body."""

    text = TextFilter("title", "code")
    kind = django_filters.ChoiceFilter(choices=BESIDE, label="Kind")
    owner = django_filters.CharFilter(lookup_expr="iexact", label="Owned by")

    class Meta:
        model = Document
        fields = ()


class ReviewFilter(django_filters.FilterSet):
    """Reviews by words, body, state and month."""

    text = TextFilter("document__title", "answer", "meeting")
    owner = django_filters.CharFilter("document__owner", lookup_expr="iexact", label="Owned by")
    state = _state(DUE, STILL_TRUE, TO_BE_CHANGED)
    due_in = MonthFilter("due_on", label="Due in")

    class Meta:
        model = Review
        fields = ()


class CirculationFilter(django_filters.FilterSet):
    """Drafts for comment by words, body, state and month."""

    text = TextFilter("draft__title", "draft__document__title", "asked")
    owner = django_filters.CharFilter("draft__document__owner", lookup_expr="iexact", label="Owned by")
    state = _state(OPEN, CLOSED, APPROVED, DECLINED, PUBLISHED)
    closes_in = MonthFilter("closes_on", label="Comments by a day in")

    class Meta:
        model = Circulation
        fields = ()


class CommentFilter(django_filters.FilterSet):
    """Comments by words and state."""

    text = TextFilter("text", "answer", "circulation__draft__title")
    state = _state(MADE, TAKEN_UP, NOT_TAKEN_UP)

    class Meta:
        model = DraftComment
        fields = ()
