"""Incidents of the central service: categories and sides over time, clocks, problems, reviews, lessons (H9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.oversight.regions import Region
from secretariat.plain.dates import instant, local_day, long_date
from secretariat.register.parties import Party

if TYPE_CHECKING:
    from datetime import datetime

OPEN, WAITING, RESOLVED, CLOSED = "open", "waiting", "resolved", "closed"
"""Where an incident stands; it waits while its clock is stopped."""
UNSOLVED = (OPEN, WAITING)
INVESTIGATED, UNDERSTOOD, MENDED = "investigated", "understood", "mended"
"""Where a problem stands."""
OPENED, SUMMARISED, REPORTED, ACCEPTED, REVIEWED = "opened", "summarised", "reported", "accepted", "reviewed"
"""Where the review of a major incident stands."""
AGREED, DONE, VERIFIED = "agreed", "done", "verified"
"""Where a lesson stands."""
BODY = "OPSG"
"""The body whose Amber these records are."""
OPERATOR = "DCC"
"""Who runs the service, as the capacities of its people name it."""
CATEGORIES = tuple((number, f"Category {number}") for number in range(1, 6))
"""The five categories of the incident policy, the gravest first."""


class OfTheService(ClassifiedQuerySet):
    """Rows about the service that whoever runs it reads too, up to Amber."""

    def cleared_for(self, cleared: Clearance) -> OfTheService:
        """The rows that a clearance opens, and all but the Red ones for the operator."""
        rows = super().cleared_for(cleared)
        return rows | self.filter(classification__lte=Class.AMBER) if OPERATOR in cleared.audiences else rows


class Side(models.TextChoices):
    """Who has to act for an incident to be resolved."""

    DCC = "dcc", "The DCC"
    PROVIDER = "provider", "A service provider of the DCC"
    USER = "user", "A Service User"


class AgedCategory(Classified):
    """A kind of cause under which incidents that grow old are watched, with who leads it and what its count misses."""

    name = models.CharField(max_length=120, unique=True)
    side = models.CharField("assigned to", max_length=10, choices=Side.choices, default=Side.USER)
    lead = models.CharField("who leads it", max_length=120, blank=True)
    caveat = models.CharField(
        "what its count misses", max_length=500, blank=True, help_text="Said wherever its count is shown."
    )
    source = models.CharField("told in", max_length=200, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("name",)
        verbose_name = "aged incident category"
        verbose_name_plural = "aged incident categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("aged incident category", args=[self.pk])


class Coverage(models.Model):
    """A report of how many meters a cause affects, which is no count of incidents."""

    of = models.ForeignKey(AgedCategory, on_delete=models.PROTECT, related_name="coverage")
    title = models.CharField("report", max_length=200)
    promised_for = models.DateField("promised for")
    received_on = models.DateField("received on", null=True, blank=True)
    affected = models.PositiveIntegerField("meters affected", null=True, blank=True)
    source = models.CharField("told in", max_length=200, blank=True)

    class Meta:
        ordering = ("-promised_for", "-id")
        verbose_name = "population report"
        constraints = (
            models.CheckConstraint(
                condition=Q(affected__isnull=True) | Q(received_on__isnull=False),
                name="a_population_is_known_once_its_report_is_received",
                violation_error_message="The number affected is known once the report is received: give its day.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}, promised for {long_date(self.promised_for)}"


class Problem(Classified):
    """The cause behind incidents, known or sought."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=BODY)
    reference = models.CharField(max_length=30, unique=True, help_text="As the DCC has it.")
    title = models.CharField(max_length=200)
    text = models.TextField("what is known", max_length=4000, blank=True)
    raised_on = models.DateField("raised on")
    cause = models.TextField("root cause", max_length=4000, blank=True, editable=False)
    workaround = models.TextField("way round it", max_length=2000, blank=True, editable=False)
    mended_on = models.DateField("mended on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=14, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheService.as_manager()

    class Meta:
        ordering = ("-raised_on", "-id")
        verbose_name = "service problem"

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service problem", args=[self.pk])


class Incident(Classified):
    """One incident of the central service, from when it was raised until it is closed."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=BODY)
    reference = models.CharField(max_length=30, unique=True, help_text="As the DCC has it, such as INC000000123456.")
    title = models.CharField(max_length=200)
    text = models.TextField("what happened", max_length=8000, blank=True)
    raised_at = models.DateTimeField("raised at", help_text="As 2020-02-17 14:30.")
    raised_by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    category = models.PositiveSmallIntegerField(choices=CATEGORIES)
    region = models.CharField(max_length=10, choices=Region.choices, blank=True)
    service = models.CharField("service affected", max_length=80, blank=True)
    side = models.CharField("to be resolved by", max_length=10, choices=Side.choices, default=Side.DCC)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="service_incidents",
        verbose_name="Service User", help_text="Where a Service User is to resolve it.",
    )  # fmt: skip
    assignee = models.CharField("who works on it", max_length=120, blank=True)
    aged_category = models.ForeignKey(
        AgedCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents",
        help_text="Under which it is watched should it grow old.",
    )  # fmt: skip
    problem = models.ForeignKey(
        Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents", help_text="Its cause."
    )
    responded_at = models.DateTimeField("responded at", null=True, blank=True, editable=False)
    resolved_at = models.DateTimeField("resolved at", null=True, blank=True, editable=False)
    resolution = models.TextField(max_length=4000, blank=True, editable=False)
    closed_at = models.DateTimeField("closed at", null=True, blank=True, editable=False)
    reopened = models.PositiveSmallIntegerField("times reopened", default=0, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party"
    objects: ClassVar[Any] = OfTheService.as_manager()

    class Meta:
        ordering = ("-raised_at", "-id")
        verbose_name = "service incident"
        indexes = (models.Index(fields=["state", "raised_at"]), models.Index(fields=["resolved_at"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_at__gte=F("raised_at")),
                name="an_incident_is_resolved_after_it_is_raised",
                violation_error_message="An incident is resolved after it was raised.",
            ),
            models.CheckConstraint(
                condition=Q(category__gte=1) & Q(category__lte=5), name="incidents_are_of_five_categories"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service incident", args=[self.pk])


class Categorisation(models.Model):
    """The category of an incident from an instant until the next one: who set it, and why."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="categorisations")
    category = models.PositiveSmallIntegerField(choices=CATEGORIES)
    from_at = models.DateTimeField("from")
    decided_by = models.CharField("set by", max_length=80)
    why = models.CharField(max_length=500, blank=True)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("incident_id", "from_at", "id")

    def __str__(self) -> str:
        return f"Category {self.category} from {instant(self.from_at)}"


class Assignment(models.Model):
    """Who has to act on an incident, from an instant until the next one."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="assignments")
    side = models.CharField(max_length=10, choices=Side.choices)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("who works on it", max_length=120, blank=True)
    from_at = models.DateTimeField("from")
    why = models.CharField(max_length=500, blank=True)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("incident_id", "from_at", "id")

    def __str__(self) -> str:
        return f"{self.get_side_display()} from {instant(self.from_at)}"


class ClockStop(models.Model):
    """A time in which an incident's clock does not run: something is waited for, or it was taken for resolved."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="stops")
    from_at = models.DateTimeField("stopped")
    to_at = models.DateTimeField("ran again", null=True, blank=True)
    why = models.CharField(max_length=500)
    resolved = models.BooleanField("taken for resolved", default=False)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("incident_id", "from_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="a_clock_runs_again_after_it_stopped"
            ),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(to_at__isnull=True), name="one_clock_stops_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"Stopped from {instant(self.from_at)}"


class IncidentLink(models.Model):
    """What an incident has to do with another record: a proposal, a device model, an entry of the tracker, a paper."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links")
    about_kind = models.CharField(max_length=60, editable=False)
    about_id = models.BigIntegerField(editable=False)
    how = models.CharField("how they belong together", max_length=200, blank=True)
    recorded = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("incident_id", "id")
        indexes = (models.Index(fields=["about_kind", "about_id"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["incident", "about_kind", "about_id"], name="an_incident_is_linked_once_to_a_record",
                violation_error_message="It is linked to this record already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.incident.reference}, {self.about_kind} {self.about_id}"


class MajorReview(Classified):
    """The review of a major incident: a summary, the report, what the Operations Group says of it, its lessons."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=BODY)
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="review")
    summary = models.TextField(max_length=4000, blank=True, editable=False)
    summarised_on = models.DateField("summary received on", null=True, blank=True, editable=False)
    findings = models.TextField("what the report finds", max_length=8000, blank=True, editable=False)
    reported_on = models.DateField("report received on", null=True, blank=True, editable=False)
    accepted_in = models.CharField("accepted at", max_length=120, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheService.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = "major incident review"

    def __str__(self) -> str:
        return f"Review of {self.incident.reference}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("major incident review", args=[self.pk])


class Lesson(Classified):
    """What is to change after a major incident: by whom, by when, and by which evidence it is known to be done."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=BODY)
    review = models.ForeignKey(MajorReview, on_delete=models.PROTECT, related_name="lessons")
    text = models.CharField("what is to change", max_length=1000)
    owner = models.CharField(max_length=120)
    due_on = models.DateField("due on")
    first_due_on = models.DateField("first due on", null=True, editable=False)
    moved = models.PositiveSmallIntegerField("times moved", default=0, editable=False)
    done_on = models.DateField("done on", null=True, blank=True, editable=False)
    evidence = models.TextField(max_length=2000, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheService.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = "incident lesson"

    def __str__(self) -> str:
        return f"{self.text[:80]} ({self.owner})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("incident lesson", args=[self.pk])

    def is_late(self, at: datetime) -> bool:
        """Whether its day is over and it is not done."""
        return self.done_on is None and self.due_on < local_day(at)
