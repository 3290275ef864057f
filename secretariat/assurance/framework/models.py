"""What Users are assessed by: frameworks and guidance in versions, their controls, interpretations, and the plan."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.bodies.models import meeting_field
from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.plain.dates import long_date

PROPOSED, AGREED, REPLACED, WITHDRAWN = "proposed", "agreed", "replaced", "withdrawn"
"""Where an interpretation stands."""
PLANNED, UNDER_WAY, DONE, DROPPED = "planned", "under way", "done", "dropped"
"""Where a duty of the security plan stands."""


class Framework(models.TextChoices):
    """What is kept in versions (SEC-20, SEC-32, PRV-1)."""

    SCF_1 = "SCF 1", "Security Controls Framework, Part 1"
    SCF_2 = "SCF 2", "Security Controls Framework, Part 2"
    PCF = "PCF", "Privacy Controls Framework"
    CPA = "CPA guidance", "Guidance on CPA assurance and its use cases"
    GUIDANCE = "guidance", "Other guidance of the Security Sub-Committee"


OF_CONTROLS = (Framework.SCF_2, Framework.PCF)
"""Those that say control by control what an obligation asks."""


class FrameworkVersion(Classified):
    """One version of a framework or of guidance, in force from a day until the next one is (SEC-20, SEC-32)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    framework = models.CharField(max_length=14, choices=Framework.choices)
    number = models.CharField("version", max_length=20, help_text="As printed, such as V1.20.")
    title = models.CharField(max_length=200, blank=True, help_text="Of guidance: what it is about.")
    from_day = models.DateField("in force from")
    changed = models.TextField("what changed", max_length=2000, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="Where the version and its day are told.")
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("framework", "title", "-from_day", "-id")
        verbose_name = "version of a framework"
        verbose_name_plural = "versions of frameworks"
        constraints = (
            models.UniqueConstraint(
                fields=["framework", "title", "number"], name="one_version_of_a_framework",
                violation_error_message="This version is there already.",
            ),
            models.UniqueConstraint(
                fields=["framework", "title", "from_day"], name="one_version_of_a_framework_from_a_day",
                violation_error_message="Another version is in force from that day.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title or self.get_framework_display()}, {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("version of a framework", args=[self.pk])


class Control(Classified):
    """What one framework asks for under one obligation, in our own words, from a version until another (SEC-20)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    reference = models.CharField(max_length=20, help_text="Such as G3.8-1.")
    obligation = models.CharField(max_length=20, help_text="The clause of the code that it serves, such as G3.8.")
    title = models.CharField(max_length=200)
    says = models.TextField("what it asks", max_length=2000)
    since = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="controls_begun")
    until = models.ForeignKey(
        FrameworkVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="controls_ended",
        verbose_name="until", help_text="The first version that no longer has it in these words.",
    )  # fmt: skip
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("since__framework", "obligation", "reference", "id")
        indexes = (models.Index(fields=["obligation"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["since", "reference"], name="one_control_of_a_reference_in_a_version",
                violation_error_message="The version has a control of this reference already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("control", args=[self.pk])


class Interpretation(Classified):
    """How the Security Sub-Committee reads an obligation, agreed at a meeting; a later version replaces it (SEC-20)."""

    number = models.CharField(max_length=20, help_text="Such as AI-07; its versions share it.")
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    obligation = models.CharField(max_length=20, help_text="The clause that is read so, such as G3.8.")
    question = models.CharField(max_length=300)
    says = models.TextField("how it is read", max_length=4000)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by",
        help_text="The agreed one that this is a new version of.",
    )  # fmt: skip
    agreed_on = models.DateField("agreed on", null=True, blank=True, editable=False)
    ended_on = models.DateField("ended on", null=True, blank=True, editable=False)
    meeting = meeting_field()
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("number", "-version")
        verbose_name = "agreed interpretation"
        constraints = (
            models.UniqueConstraint(
                fields=["number", "version"], name="one_version_of_an_interpretation",
                violation_error_message="This version of the interpretation is there already.",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(state=AGREED), name="one_interpretation_of_a_number_holds",
                violation_error_message="Another version is agreed and holds.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("agreed_on")),
                name="an_interpretation_ends_after_it_was_agreed",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}, version {self.version}: {self.question}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("agreed interpretation", args=[self.pk])

    def clean(self) -> None:
        """A new one is the version after the one that it replaces."""
        super().clean()
        if self._state.adding and self.replaces is not None:
            self.version = self.replaces.version + 1


class Work(models.TextChoices):
    """What comes back in the Security Sub-Committee's year (SEC-30, SEC-31)."""

    RISK_ASSESSMENT = "risk_assessment", "End-to-End Risk Assessment"
    ARCHITECTURE_REVIEW = "architecture_review", "Review of the Security Architecture Document"
    INCIDENT_EXERCISE = "incident_exercise", "Security Incident Management exercise"
    REQUIREMENTS_REVIEW = "requirements_review", "Review of the Security Requirements"
    STANDARDS_REVIEW = "standards_review", "Review of security standards and guidance"


class PlannedWork(Classified):
    """One turn of a duty that comes back: who owns it, by when, and what came of it (SEC-30, SEC-31)."""

    work = models.CharField("what", max_length=20, choices=Work.choices)
    due_on = models.DateField("due on")
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=300, blank=True, help_text="Such as the scenario of an exercise.")
    begun_on = models.DateField("begun on", null=True, blank=True, editable=False)
    done_on = models.DateField("done on", null=True, blank=True, editable=False)
    outcome = models.TextField(max_length=2000, blank=True, editable=False)
    published_on = models.DateField("changes published on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-due_on", "work", "-id")
        verbose_name = "work of the security plan"
        verbose_name_plural = "security plan"
        constraints = (
            models.UniqueConstraint(
                fields=["work", "due_on"], name="one_turn_of_a_duty_on_a_day",
                violation_error_message="This is planned for that day already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_work_display()}, due {long_date(self.due_on)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("work of the security plan", args=[self.pk])
