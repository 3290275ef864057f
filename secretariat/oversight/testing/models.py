"""What is tested before it goes live: programmes, phases of testing, their documents, and what stands between them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.bodies.models import meeting_field
from secretariat.core.classification import Class, Classified
from secretariat.oversight.who import TESTING_GROUP, OperatorReads
from secretariat.plain.dates import long_date

PLANNED, UNDER_WAY, OVER, CANCELLED = "planned", "under way", "over", "cancelled"
"""Where a phase of testing stands."""
SUBMITTED, QUERIED, APPROVED, REFUSED, WITHDRAWN = "submitted", "queried", "approved", "refused", "withdrawn"
"""Where a test document stands."""
DRAFT, PRESENTED, AGREED, SENT_BACK = "draft", "presented", "agreed", "sent back"
"""Where a plan of governance stands."""
PROPOSED = "proposed"
"""Where a proposal of concurrent testing begins."""


class ProgrammeKind(models.TextChoices):
    """What a programme of testing brings into use."""

    RELEASE = "sec release", "Release of the code"
    SMETS1 = "smets1", "Enrolment of SMETS1 devices"
    OTHER = "other", "Another programme"


class TestProgramme(Classified):
    """One programme that is tested before it goes live, such as a release of the code."""

    __test__ = False

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=ProgrammeKind.choices)
    goes_live_on = models.DateField("is to go live on", null=True, blank=True)
    about = models.TextField("what it brings", max_length=2000, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="The published document that tells of it.")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "test programme"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("test programme", args=[self.pk])


class PhaseKind(models.TextChoices):
    """The phases of testing."""

    PRE_INTEGRATION = "pit", "Pre-Integration Testing"
    SYSTEMS_INTEGRATION = "sit", "Systems Integration Testing"
    USER_INTEGRATION = "uit", "User Integration Testing"
    REQUEST_VARIANTS = "srvt", "Service Request Variant Testing"
    MIGRATION = "migration", "Migration testing"
    REGRESSION = "regression", "Regression testing"
    END_TO_END = "e2e", "End-to-End Testing"


class TestPhase(Classified):
    """One phase of a programme's testing, in one environment, from a day until a day."""

    __test__ = False

    programme = models.ForeignKey(TestProgramme, on_delete=models.PROTECT, related_name="phases")
    kind = models.CharField(max_length=12, choices=PhaseKind.choices)
    environment = models.CharField(max_length=40, help_text="Where it is done, such as SIT A.")
    begins_on = models.DateField("begins on")
    ends_on = models.DateField("ends on")
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "test phase"
        ordering = ("begins_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="testing_ends_after_it_begins",
                violation_error_message="Testing ends on the day on which it begins, or later.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.programme}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("test phase", args=[self.pk])


class DocumentKind(models.TextChoices):
    """What is put to the Testing Advisory Group."""

    APPROACH = "approach", "Testing approach document"
    DEPTH = "depth and breadth", "Depth and breadth document"
    COMPLETION = "completion", "Test completion report"
    OTHER = "other", "Other test document"


class TestDocument(Classified):
    """One version of a test document that the Testing Advisory Group approves (GOV-24)."""

    __test__ = False

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=TESTING_GROUP)
    programme = models.ForeignKey(TestProgramme, on_delete=models.PROTECT, related_name="documents")
    phase = models.ForeignKey(
        TestPhase, null=True, blank=True, on_delete=models.PROTECT, related_name="documents",
        help_text="The testing that it is about: a completion report needs one.",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    version = models.CharField(max_length=20, help_text="As printed, such as 1.2.")
    relates_to = models.CharField("relates to", max_length=200, blank=True, help_text="Such as dormant installations.")
    required_by = models.CharField(
        "required by", max_length=120, blank=True, help_text="The rule that requires it; none where none does."
    )
    submitted_on = models.DateField("submitted on", null=True, blank=True, editable=False)
    query = models.TextField(max_length=2000, blank=True, editable=False)
    answer = models.TextField(max_length=2000, blank=True, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    meeting = meeting_field()
    reason = models.CharField(max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "test document"
        ordering = ("-submitted_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "title", "version"], condition=~Q(state__in=(REFUSED, WITHDRAWN)),
                name="one_version_of_a_test_document",
                violation_error_message="This version was put to the Testing Advisory Group already.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DocumentKind.COMPLETION) | Q(phase__isnull=False),
                name="a_completion_report_names_its_testing",
                violation_error_message="A test completion report names the testing that it reports.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("test document", args=[self.pk])


class GovernancePlan(Classified):
    """When each step of governance is to be taken before testing begins; the group does not take a shorter one."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=TESTING_GROUP)
    programme = models.ForeignKey(TestProgramme, on_delete=models.PROTECT, related_name="plans")
    phase = models.ForeignKey(
        TestPhase, null=True, blank=True, on_delete=models.PROTECT, related_name="plans",
        help_text="The testing that may begin once the plan is through.",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    presented_on = models.DateField("presented on", null=True, blank=True, editable=False)
    concerns = models.TextField(max_length=2000, blank=True, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    meeting = meeting_field()
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "governance plan"
        ordering = ("-presented_on", "-id")

    def __str__(self) -> str:
        return f"{self.title}, {self.programme}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("governance plan", args=[self.pk])


class PlannedStep(models.Model):
    """From when until when one step of governance is planned; its name is one of the rulebook's."""

    plan = models.ForeignKey(GovernancePlan, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=40)
    begins_on = models.DateField("begins on")
    ends_on = models.DateField("ends on")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("plan_id", "begins_on", "id")
        constraints = (models.UniqueConstraint(fields=["plan", "name"], name="one_planned_step_of_a_name"),)

    def __str__(self) -> str:
        return f"{self.name}, {long_date(self.begins_on)} to {long_date(self.ends_on)}"


class Dependency(Classified):
    """One phase of testing that cannot begin before another has ended; with what is done where it is late."""

    phase = models.ForeignKey(TestPhase, on_delete=models.PROTECT, related_name="needs")
    needed = models.ForeignKey(TestPhase, on_delete=models.PROTECT, related_name="needed_by")
    why = models.CharField(max_length=300)
    mitigation = models.TextField("what is done where it is late", max_length=2000, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "test dependency"
        verbose_name_plural = "test dependencies"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["phase", "needed"], name="one_dependency_of_two_phases",
                violation_error_message="This dependency is entered already.",
            ),
            models.CheckConstraint(
                condition=~Q(phase=F("needed")), name="no_phase_needs_itself",
                violation_error_message="No phase of testing depends on itself.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.phase} needs {self.needed}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("test dependency", args=[self.pk])


class ConcurrentTesting(Classified):
    """A proposal that two programmes are tested at the same time, and what the group makes of it."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=TESTING_GROUP)
    one = models.ForeignKey(TestProgramme, on_delete=models.PROTECT, related_name="+", verbose_name="programme")
    other = models.ForeignKey(TestProgramme, on_delete=models.PROTECT, related_name="+", verbose_name="with programme")
    case = models.TextField("why", max_length=4000)
    proposed_on = models.DateField("proposed on", null=True, blank=True, editable=False)
    risks = models.TextField(max_length=4000, blank=True, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    meeting = meeting_field()
    source = models.CharField(max_length=200, blank=True, help_text="The published document that tells of it.")
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "concurrent testing"
        verbose_name_plural = "proposals of concurrent testing"
        ordering = ("-proposed_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(one=F("other")), name="concurrent_testing_is_of_two_programmes",
                violation_error_message="Concurrent testing is of two programmes.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.one} alongside {self.other}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("concurrent testing", args=[self.pk])
