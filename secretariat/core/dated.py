"""Dated rows: a fact that holds from a day until a day, and the day we learnt of it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet[Any]):
    """Asks dated rows as at a day."""

    def on(self, day: date) -> Self:
        """The rows in force on a day; a row is in force on its first and on its last day."""
        return self.filter(Q(to_day__isnull=True) | Q(to_day__gte=day), from_day__lte=day)

    def overlapping(self, first: date, last: date | None) -> Self:
        """The rows that are in force on any day from `first` to `last` (None: for ever)."""
        begun = self if last is None else self.filter(from_day__lte=last)
        return begun.filter(Q(to_day__isnull=True) | Q(to_day__gte=first))


class Dated(models.Model):
    """Base of dated rows. `to_day` is the last day in force; none means until further notice."""

    from_day = models.DateField("from")
    to_day = models.DateField("until", null=True, blank=True)
    recorded = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
