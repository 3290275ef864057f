"""Published baselines: what was published before the record was kept here.

Before an administrator starts, history exists only as printed aggregates. They are kept as they were
printed, with their document, totals and parts apart, even where the two disagree. A figure counts
records from the day records are kept, and falls back to these before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.urls import reverse

from secretariat.core.classification import Classified
from secretariat.plain.months import Month


class Publication(Classified):
    """A published document whose figures are kept."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    day = models.DateField("published on", null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of everything kept from it."""
        return reverse("publication", args=[self.slug])


class PublishedFigure(Classified):
    """One printed number: of which figure, which month, which row; a total or a part."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="figures")
    figure = models.CharField(max_length=60)
    month = models.DateField(help_text="First day of the month.")
    row = models.CharField(max_length=120, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    is_total = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("figure", "month", "is_total", "id")
        indexes = (models.Index(fields=["figure", "month"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["publication", "figure", "month", "row", "is_total"], name="one_printed_number"
            ),
        )

    def __str__(self) -> str:
        what = f"{self.figure}, {self.row}" if self.row else self.figure
        return f"{what}, {Month.of(self.month).label}: {self.value.normalize():f}"

    def get_absolute_url(self) -> str:
        """Its row on the publication's page."""
        return f"{self.publication.get_absolute_url()}#figure-{self.pk}"


class Keeping(models.Model):
    """From which day this administration keeps its own records of one matter ("enquiries", "defaults")."""

    matter = models.CharField(max_length=60, unique=True)
    since = models.DateField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.matter} kept since {self.since.isoformat()}"


def kept_since(matter: str) -> date | None:
    """The first day on which records of a matter are complete; None when they are not kept yet."""
    return Keeping.objects.filter(matter=matter).values_list("since", flat=True).first()


def is_kept(matter_since: date | None, month: Month) -> bool:
    """Whether a whole month lies within what is kept."""
    return matter_since is not None and matter_since <= month.first


class Printed:
    """The printed numbers of one figure over some months, asked once.

    Where two documents print the same number the later publication's is taken, and a dated one's before an undated's.
    """

    def __init__(self, figure: str, months: Iterable[Month]) -> None:
        days = [month.first for month in months]
        rows = PublishedFigure.objects.filter(figure=figure, month__in=days).select_related("publication")
        self.parts: dict[tuple[str, Month], PublishedFigure] = {}
        self.totals: dict[Month, PublishedFigure] = {}
        for row in rows.order_by(F("publication__day").asc(nulls_first=True), "publication_id", "id"):
            if row.is_total:
                self.totals[Month.of(row.month)] = row
            else:
                self.parts[(row.row, Month.of(row.month))] = row

    def sum_of_parts(self, month: Month) -> Decimal:
        """What the printed parts of a month add up to."""
        return sum((row.value for (_, when), row in self.parts.items() if when == month), Decimal())
