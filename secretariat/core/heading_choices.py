"""Choosing a heading of a subject's schemes, in forms and filters; each says which scheme it is of."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from secretariat.core.schemes import Heading


def headings(subject: str) -> QuerySet[Heading]:
    """Every heading there is or was of a subject, newest scheme first."""
    found: QuerySet[Heading] = Heading.objects.filter(scheme__subject=subject)
    return found.select_related("scheme").order_by("-scheme__from_day", "position")


class HeadingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A heading; the label names its group and its scheme, since names return from scheme to scheme."""

    def label_from_instance(self, obj: Any) -> str:
        """The heading with its group and scheme."""
        group = f"{obj.group}: " if obj.group else ""
        return f"{group}{obj.name} ({obj.scheme})"


class HeadingFilter(django_filters.ModelChoiceFilter):
    """Rows that stand under one heading of a subject."""

    field_class = HeadingField  # type: ignore[assignment]

    def __init__(self, field_name: str, subject: str, **kwargs: Any) -> None:
        super().__init__(field_name=field_name, queryset=headings(subject), **kwargs)
