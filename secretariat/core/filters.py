"""Filters of the core room, and the pieces that other rooms' filters share."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.plain.months import Month


class MonthField(forms.CharField):
    """A month typed as 2020-02; its value is a Month."""

    def clean(self, value: Any) -> Month | None:
        """The month, or none. Raises ValidationError with what to type."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class MonthFilter(django_filters.Filter):
    """Rows whose day lies in a month; give `of="day"` for dates and `of="instant"` for instants."""

    field_class = MonthField

    def __init__(self, *args: Any, of: str = "day", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, help_text="As 2020-02.", **kwargs)

    def filter(self, rows: Any, value: Month | None) -> Any:
        """The rows of the month."""
        if value is None:
            return rows
        if self.of == "day":
            return rows.filter(**{f"{self.field_name}__range": (value.first, value.last)})
        start, end = value.bounds()
        return rows.filter(**{f"{self.field_name}__gte": start, f"{self.field_name}__lt": end})


class TextFilter(django_filters.CharFilter):
    """Rows in which any of some columns contains the words typed."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(label="Containing", **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        """The rows that contain the text, in any case."""
        if not value:
            return rows
        anywhere = Q()
        for column in self.columns:
            anywhere |= Q(**{f"{column}__icontains": value})
        return rows.filter(anywhere)


class ReadableFilter(django_filters.ModelChoiceFilter):
    """Rows of one record of a model, chosen among those that the person who asks may read."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        super().__init__(queryset=model.objects.all(), **kwargs)

    def get_queryset(self, request: Any) -> Any:
        """The records offered; none where nobody asks."""
        rows: Any = self.queryset
        if request is None:
            return rows.none()
        person = request.user if isinstance(request.user, Person) else None
        return rows.visible_to(person, request.at)


class EventFilter(django_filters.FilterSet):
    """Filters of the journal."""

    name = django_filters.CharFilter(lookup_expr="startswith", label="Name begins with")
    kind = django_filters.CharFilter(label="About (kind)")
    subject = django_filters.NumberFilter(field_name="subject_id", label="Record")
    recorded_in = MonthFilter("recorded", of="instant", label="Recorded in")

    class Meta:
        model = Event
        fields = ()
