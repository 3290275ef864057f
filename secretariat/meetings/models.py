"""Meetings of the bodies, and the documents of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.models import Committee
from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.plain.dates import LONDON, long_date
from secretariat.plain.references import MeetingReference

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
PANEL = "SECP"
NOT_CANCELLED = ~Q(state=CANCELLED)


class Meeting(Classified):
    """A meeting of a body on a day; its reference is reckoned, never typed (rule REF-1).

    `extraordinary` counts the extraordinary meetings after the one with the number: 2 is printed as 29xx.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    day = models.DateField()
    starts = models.TimeField("starts at", null=True, blank=True)
    ends = models.TimeField("ends at", null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    extraordinary = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(max_length=40, blank=True, editable=False)
    note = models.CharField("what it was about", max_length=200, blank=True)
    cause_of_none = models.CharField(
        "why nothing is published", max_length=200, blank=True, help_text="Such as: proceedings are confidential."
    )
    series = models.ForeignKey(
        "meetings.Series", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings", editable=False
    )
    slot = models.DateField("day that its series gives", null=True, blank=True, editable=False)
    called_on = models.DateField("notice given on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("-day", "committee_id", "-id")
        indexes = (models.Index(fields=["day", "state"]), models.Index(fields=["committee", "day"]))
        constraints = (
            models.UniqueConstraint(
                fields=["committee", "day"],
                condition=NOT_CANCELLED,
                name="one_meeting_of_a_body_on_a_day",
                violation_error_message="The body has a meeting on this day already.",
            ),
            models.UniqueConstraint(
                fields=["committee", "number", "extraordinary"],
                condition=NOT_CANCELLED & Q(number__isnull=False),
                name="one_meeting_of_a_number",
                violation_error_message="The body has a meeting of this number already.",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=NOT_CANCELLED & ~Q(reference=""),
                name="one_meeting_of_a_reference",
                violation_error_message="There is a meeting of this reference already.",
            ),
            models.UniqueConstraint(
                fields=["series", "slot"],
                condition=Q(series__isnull=False),
                name="one_meeting_for_a_day_of_a_series",
                violation_error_message="The series has a meeting for this day already.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=False, ends__gt=F("starts")),
                name="a_meeting_ends_after_it_starts",
                violation_error_message="A meeting ends after it starts.",
            ),
        )

    def __str__(self) -> str:
        return self.reference or f"{self.committee.short_name}, {long_date(self.day)}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meeting", args=[self.pk])

    @property
    def on_its_day(self) -> str:
        """It with its day, said once: "OPSG_29_0402, Tue 4 Feb 2020"."""
        return f"{self.reference or self.committee.short_name}, {long_date(self.day)}"

    def clean(self) -> None:
        """Refuses a number that no reference can carry, and a day outside the body's time."""
        if self.number is not None and not 1 <= self.number <= 999:
            raise ValidationError({"number": "A meeting's number runs from 1 to 999."})
        if not self.day or not hasattr(self, "committee"):
            return
        body = self.committee
        if (body.from_day and self.day < body.from_day) or (body.to_day and self.day > body.to_day):
            raise ValidationError({"day": f"{body.short_name} did not exist on {long_date(self.day)}."})
        self.reference = self.reckoned_reference()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves with the reference that body, number and day give."""
        self.reference = self.reckoned_reference()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "reference"}
        super().save(*args, **kwargs)

    def reckoned_reference(self) -> str:
        """Its reference, such as OPSG_29xx_2402; nothing while its number is not known."""
        if self.number is None:
            return ""
        return str(MeetingReference.for_meeting(self.committee.code, self.number, self.extraordinary, self.day))

    @property
    def begins_at(self) -> datetime | None:
        """The instant at which it starts, on the London clock; None while the hour is not known."""
        return datetime.combine(self.day, self.starts, tzinfo=LONDON) if self.starts else None

    @property
    def ends_at(self) -> datetime | None:
        """The instant at which it ends; None while that is not known."""
        return datetime.combine(self.day, self.ends, tzinfo=LONDON) if self.ends else None

    @property
    def hours(self) -> str:
        """From when until when, as "10:00 to 12:30"; nothing while it is not known."""
        return " to ".join(f"{hour:%H:%M}" for hour in (self.starts, self.ends) if hour)

    @property
    def previous(self) -> Meeting | None:
        """The body's meeting before this one, held or planned; of the Panel only its regular meetings."""
        before = Meeting.objects.filter(committee_id=self.committee_id, day__lt=self.day, state__in=(PLANNED, HELD))
        if self.committee.code == PANEL:
            before = before.filter(extraordinary=0)
        found: Meeting | None = before.order_by("-day", "-pk").first()
        return found


class MeetingDocument(Classified):
    """A document of a meeting, with its own class (rules REF-2, REF-3)."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", "Agenda"
        PAPERS = "papers", "Papers"
        HEADLINES = "headlines", "Headlines"
        MINUTES = "minutes", "Minutes"
        DOCUMENTS = "documents", "Meeting documentation"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    published_on = models.DateField(null=True, blank=True)
    url = models.URLField("address", max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("meeting_id", "id")
        indexes = (models.Index(fields=["published_on"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "kind", "classification"],
                name="one_document_of_a_kind_and_class",
                violation_error_message="The meeting has a document of this kind and class already.",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(file__isnull=True),
                name="a_document_is_a_file_or_a_link",
                violation_error_message="Give a file or an address, not both.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.title}"

    def get_absolute_url(self) -> str:
        """The page of its meeting."""
        return self.meeting.get_absolute_url()

    @property
    def title(self) -> str:
        """Its kind, with its class when it is not White: "Minutes (Amber)"."""
        kind = self.get_kind_display()
        return str(kind) if self.classification == Class.WHITE else f"{kind} ({Class(self.classification).label})"


# The parts of the room, so that Django finds their models from here.
from secretariat.meetings.actions import models as actions  # noqa: E402, F401
from secretariat.meetings.agenda import models as agenda  # noqa: E402, F401
from secretariat.meetings.attending import models as attending  # noqa: E402, F401
from secretariat.meetings.minutes import models as minutes  # noqa: E402, F401
from secretariat.meetings.packs import models as packs  # noqa: E402, F401
from secretariat.meetings.series import models as series  # noqa: E402, F401
