"""Dated schemes: the headings under which things are counted, which change over the years.

Enquiry categories and effort drivers were renamed, dropped and added between 2018 and 2020. A scheme
holds from a day until a day; a heading says which earlier headings it continues, so that a series can
cross a change and say so.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from secretariat.core.dated import Dated, DatedQuerySet


class Scheme(Dated):
    """A set of headings for one subject ("enquiry categories", "effort drivers") in force for a time."""

    subject = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("subject", "from_day")
        constraints = (models.UniqueConstraint(fields=["subject", "from_day"], name="one_scheme_from_a_day"),)

    def __str__(self) -> str:
        return self.name


class Heading(models.Model):
    """One heading of a scheme, in its place; `group` is the printed group it stands in."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="headings")
    group = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    continues = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="continued_by")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("scheme_id", "position")
        constraints = (
            models.UniqueConstraint(fields=["scheme", "group", "name"], name="one_heading_of_a_name"),
            models.UniqueConstraint(fields=["scheme", "position"], name="one_heading_in_a_place"),
        )

    def __str__(self) -> str:
        return self.name


def scheme_on(subject: str, day: date) -> Scheme:
    """The scheme of a subject in force on a day. Raises Scheme.DoesNotExist with a sentence."""
    found: Scheme | None = (
        Scheme.objects.filter(subject=subject).on(day).prefetch_related("headings__continues").first()
    )
    if found is None:
        raise Scheme.DoesNotExist(f"No scheme of {subject} is in force on {day.isoformat()}. Load one first.")
    return found


def continued_names(scheme: Scheme) -> dict[str, str]:
    """Each earlier heading's name with the name of the heading of `scheme` that continues it."""
    names: dict[str, str] = {}
    for heading in scheme.headings.all():
        for earlier in heading.continues.all():
            names[earlier.name] = heading.name
    return names
