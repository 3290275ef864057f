"""Series of meetings by a rule, with exceptions; and the days from which meetings were moved."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.models import Committee
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.meetings.models import Meeting
from secretariat.meetings.series.pattern import LAST, OnHoliday, Pattern, Rhythm
from secretariat.plain.dates import WEEKDAY_NAMES, long_date

RUNNING, ENDED = "running", "ended"


class SeriesQuerySet(ClassifiedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Asks series as at a day, through the one door."""


class Series(Dated, Classified):
    """The rule by which a body meets, such as every second Friday of a month at ten (rule GOV-9)."""

    class Nth(models.IntegerChoices):
        FIRST = 1, "First"
        SECOND = 2, "Second"
        THIRD = 3, "Third"
        FOURTH = 4, "Fourth"
        LAST = LAST, "Last"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="series", verbose_name="body")
    rhythm = models.CharField("counted in", max_length=6, choices=[(one.value, one.value) for one in Rhythm])
    every = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAY_NAMES)))
    nth = models.PositiveSmallIntegerField(
        "which of the month", choices=Nth.choices, null=True, blank=True, help_text="Empty when counted in weeks."
    )
    on_holiday = models.CharField(
        "when the day is no Working Day", max_length=16, choices=[(one.value, one.label) for one in OnHoliday],
        default=OnHoliday.WEEK_LATER.value,
    )  # fmt: skip
    starts = models.TimeField("starts at", null=True, blank=True)
    ends = models.TimeField("ends at", null=True, blank=True)
    numbered = models.BooleanField("its meetings get the next numbers", default=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = SeriesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "series"
        ordering = ("committee_id", "from_day", "id")
        indexes = (models.Index(fields=["state", "from_day"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="a_series_ends_after_it_begins",
                violation_error_message="A series does not end before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(rhythm=Rhythm.MONTHS.value, nth__isnull=False)
                | Q(rhythm=Rhythm.WEEKS.value, nth__isnull=True),
                name="a_month_has_a_first_and_a_last_weekday",
                violation_error_message="Say which of the month, such as the second, and only when counted in months.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee.short_name}: {self.words}"

    def get_absolute_url(self) -> str:
        """The series' page."""
        return reverse("series of meetings", args=[self.pk])

    @property
    def pattern(self) -> Pattern:
        """The rule apart from the record: what days it gives."""
        return Pattern(Rhythm(self.rhythm), self.every, self.weekday, self.nth, self.from_day, self.to_day)

    @property
    def words(self) -> str:
        """The rule in words: "second Friday of every month"."""
        name = WEEKDAY_NAMES[self.weekday]
        if self.rhythm == Rhythm.WEEKS.value:
            return f"{name} of every week" if self.every == 1 else f"{name} of every {self.every} weeks"
        which = self.Nth(self.nth or 1).label.lower()
        return f"{which} {name} of every {'month' if self.every == 1 else f'{self.every} months'}"


class SeriesException(Classified):
    """A day of a series on which the body does not meet, or meets on another day instead."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField("day that the rule gives")
    instead = models.DateField("meets on", null=True, blank=True, help_text="Empty: it does not meet at all.")
    reason = models.CharField(max_length=200)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("series_id", "day")
        constraints = (
            models.UniqueConstraint(
                fields=["series", "day"],
                name="one_exception_for_a_day",
                violation_error_message="There is an exception for this day already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.series}, not on {long_date(self.day)}"

    def get_absolute_url(self) -> str:
        """The page of its series."""
        return self.series.get_absolute_url()

    def clean(self) -> None:
        """Only a day that the rule gives has an exception. Raises ValidationError."""
        super().clean()
        if self.day and self.series_id and self.day not in self.series.pattern.days(self.day, self.day):
            raise ValidationError({"day": f"The rule of the series does not give {long_date(self.day)}."})
        if self.instead == self.day:
            raise ValidationError({"instead": "This is the day that the rule gives."})


class Move(Classified):
    """A meeting moved from one day or hour to another; the old one is kept."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moves")
    old_day = models.DateField()
    old_starts = models.TimeField(null=True, blank=True)
    new_day = models.DateField()
    new_starts = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    moved_at = models.DateTimeField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("meeting_id", "moved_at", "id")

    def __str__(self) -> str:
        return f"{self.meeting}: from {long_date(self.old_day)} to {long_date(self.new_day)}"

    def get_absolute_url(self) -> str:
        """The page of its meeting."""
        return self.meeting.get_absolute_url()


def first_day(meeting: Meeting) -> date:
    """The day for which a meeting was planned at first."""
    move = meeting.moves.order_by("moved_at", "pk").first()
    return move.old_day if move else meeting.day
