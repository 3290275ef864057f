"""What can be asked of the Document Log, and of versions that are planned."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.legaltext.models import OF_THE_CODE, DocumentKind, DocumentVersion
from secretariat.legaltext.publishing.models import (
    CANCELLED,
    CHECKED,
    GATHERED,
    PLANNED,
    PUBLISHED,
    TAKEN_OUT,
    ItemKind,
    PlannedItem,
    PlannedVersion,
)


class AskedDayFilter(django_filters.DateFilter):
    """A day as at which a list is told; the list itself asks by it."""

    def filter(self, qs: Any, value: date | None) -> Any:
        """The rows as they are: the list was asked for that day."""
        return qs


class LogFilter(django_filters.FilterSet):
    """The Document Log by day, what was known on a day, kind, words and route."""

    on = AskedDayFilter(label="On the day", help_text="As 2020-02-17. Empty: today.")
    known = AskedDayFilter(label="As known at the end of", help_text="As 2020-02-17. Empty: all that is known.")
    text = TextFilter("document__title", "document__code", "document__letter")
    kind = django_filters.ChoiceFilter(
        "document__kind", choices=[(kind, DocumentKind(kind).label) for kind in OF_THE_CODE], label="Kind"
    )
    codeworks = django_filters.BooleanFilter("codeworks", label="CodeWorks")
    modification = django_filters.BooleanFilter("modification", label="Modification")
    designation = django_filters.BooleanFilter("designation", label="Designation")

    class Meta:
        model = DocumentVersion
        fields = ()


class PlannedFilter(django_filters.FilterSet):
    """Planned versions by words, state and month."""

    text = TextFilter("number", "cause", "note")
    state = django_filters.ChoiceFilter(
        choices=tuple((state, state.capitalize()) for state in (PLANNED, CHECKED, PUBLISHED, CANCELLED)), label="State"
    )
    effective_in = MonthFilter("effective_from", label="In effect from")

    class Meta:
        model = PlannedVersion
        fields = ()


class PlannedChangeFilter(django_filters.FilterSet):
    """What versions bring, by words, kind and state."""

    text = TextFilter("reference", "document__title", "document__code", "planned__number")
    kind = django_filters.ChoiceFilter(choices=ItemKind.choices, label="What")
    state = django_filters.ChoiceFilter(
        choices=tuple((state, state.capitalize()) for state in (GATHERED, TAKEN_OUT)), label="State"
    )

    class Meta:
        model = PlannedItem
        fields = ()
