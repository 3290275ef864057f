"""Changes of other codes that go together with ours, and whether we name them as the other code prints them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from secretariat.change.judging.codes import number_key, other_codes, title_key
from secretariat.change.judging.models import OfProposal
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.rulebook import RULEBOOK, UnknownRule

OPEN, AGREED, RESOLVED = "open", "agreed", "resolved"
DECIDED, APPEALED, UPHELD, OVERTURNED = "decided", "appealed", "upheld", "overturned"
SEC = "SEC"


def known_code(code: str, *more: str) -> None:
    """Refuses a code that the rulebook does not have. Raises ValidationError."""
    known = (*other_codes(), *more)
    if code not in known:
        raise ValidationError(f"“{code}” is not a code that we know: {', '.join(sorted(known))}.")


class Compared(models.Model):
    """Base of what names a change of another code: its number and title are kept as they are compared, too."""

    code: models.CharField[str, str]
    number: models.CharField[str, str]
    title: models.CharField[str, str]
    number_key = models.CharField(max_length=20, blank=True, editable=False)
    title_key = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what number and title are compared by, also where only some fields are saved."""
        self.number_key, self.title_key = number_key(self.number), title_key(self.title)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "number_key", "title_key"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """The code is a known one, and number and title are kept for comparison too. Raises ValidationError."""
        super().clean()
        known_code(self.code)
        self.number_key, self.title_key = number_key(self.number), title_key(self.title)


class CodeListing(Compared, Classified):
    """One line of another code's register of changes, as it was printed on a day."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    code = models.CharField(max_length=10)
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=250)
    printed_on = models.DateField("as printed on")
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("code", "number", "-printed_on")
        indexes = (models.Index(fields=["printed_on"]), models.Index(fields=["code", "number_key", "printed_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["code", "number_key", "printed_on"], name="a_register_prints_a_number_once",
                violation_error_message="The register of that day has this number already.",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        """The line's page."""
        return reverse("code listing", args=[self.pk])


class CrossCodeQuerySet(ClassifiedQuerySet):
    """Asks what the other codes print."""

    def with_printed(self) -> CrossCodeQuerySet:
        """Each with number, title and day of the newest line that another code prints under its number."""
        lines = CodeListing.objects.filter(code=OuterRef("code"), classification=Class.WHITE)
        newest = lines.filter(number_key=OuterRef("number_key")).order_by("-printed_on", "-pk")
        found: CrossCodeQuerySet = self.annotate(
            printed_title=Subquery(newest.values("title")[:1]),
            printed_key=Subquery(newest.values("title_key")[:1]),
            printed_on=Subquery(newest.values("printed_on")[:1]),
            register_known=Exists(lines),
        )
        return found

    def disagreeing(self) -> CrossCodeQuerySet:
        """Those not yet settled whose number the other code does not print, or prints with another title."""
        told = self.with_printed().filter(register_known=True).exclude(state=RESOLVED)
        return told.filter(Q(printed_key__isnull=True) | ~Q(printed_key=F("title_key")))


class CrossCode(Compared, OfProposal):
    """A change of another code to which a proposal is related (XC-1, XC-3)."""

    class Relation(models.TextChoices):
        """What the other code's change is to ours."""

        LEAD = "lead", "Lead: ours is consequential"
        CONSEQUENTIAL = "consequential", "Consequential on ours"
        RELATED = "related", "Related"

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="cross_codes")
    code = models.CharField("other code", max_length=10)
    number = models.CharField("their number", max_length=20)
    title = models.CharField("their title", max_length=250)
    relation = models.CharField(max_length=15, choices=Relation.choices)
    since = models.DateField()
    settled_because = models.CharField("why a difference stands", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)

    objects: ClassVar[Any] = CrossCodeQuerySet.as_manager()

    class Meta:
        ordering = ("proposal_id", "code", "number")
        indexes = (models.Index(fields=["code", "number_key"]), models.Index(fields=["state", "since"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "code", "number_key"], name="one_reference_to_another_code",
                violation_error_message="This change of the other code is recorded already.",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        """The reference's page."""
        return reverse("cross-code reference", args=[self.pk])

    def printed(self) -> CodeListing | None:
        """The newest line that the other code prints under this number."""
        lines = CodeListing.objects.filter(code=self.code, number_key=number_key(self.number))
        found: CodeListing | None = lines.filter(classification=Class.WHITE).order_by("-printed_on", "-pk").first()
        return found

    def warning(self) -> str:
        """What does not agree with the other code's register, as a sentence; empty where all does or none is known."""
        line = self.printed()
        if line is not None:
            agrees = line.title_key == title_key(self.title)
            return "" if agrees else f"On {line.printed_on.isoformat()} the {self.code} prints “{line.title}”."
        known = CodeListing.objects.filter(code=self.code, classification=Class.WHITE).exists()
        return f"The {self.code} prints no {self.number} in the registers loaded." if known else ""


class Steering(OfProposal):
    """A choice of the Cross Code Steering Group: the lead code and the consequential ones (XC-1)."""

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="steerings")
    decided_on = models.DateField("chosen on")
    lead_code = models.CharField(max_length=10, help_text="SEC, or the short name of the other code.")
    consequential_codes = models.CharField(max_length=100, blank=True, help_text="Short names, with commas.")
    reason = models.CharField(max_length=300, blank=True)
    appealed_on = models.DateField("appealed on", null=True, blank=True, editable=False)
    appeal_decided_on = models.DateField("appeal decided on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)

    class Meta:
        ordering = ("-decided_on", "-id")
        indexes = (models.Index(fields=["state", "decided_on"]), models.Index(fields=["lead_code"]))

    def __str__(self) -> str:
        return f"{self.proposal.reference}: lead code {self.lead_code}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("steering choice", args=[self.pk])

    @property
    def consequential(self) -> tuple[str, ...]:
        """The consequential codes."""
        return tuple(one.strip() for one in self.consequential_codes.split(",") if one.strip())

    def clean(self) -> None:
        """There is a Steering Group on the day, and the codes are known ones. Raises ValidationError."""
        super().clean()
        if self.decided_on is not None and not _steered_on(self.decided_on):
            raise ValidationError("The Cross Code Steering Group chooses from 1 September 2021 on (XC-1).")
        for code in (self.lead_code, *self.consequential):
            known_code(code, SEC)
        if self.lead_code in self.consequential:
            raise ValidationError("The lead code is not consequential on itself.")


def _steered_on(day: Any) -> bool:
    try:
        return RULEBOOK.switch("change.steering", day)
    except UnknownRule:
        return False


class ForumIssue(Classified):
    """An issue before the code administrators' forum (CACoP), and the proposals that it touches (XC-2)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=250)
    raised_on = models.DateField("raised on")
    closed_on = models.DateField("closed on", null=True, blank=True)
    proposals: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "change.Proposal", related_name="forum_issues", blank=True
    )
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-raised_on", "-id")
        indexes = (models.Index(fields=["raised_on"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("raised_on")),
                name="a_forum_issue_closes_after_it_is_raised",
                violation_error_message="An issue does not close before it is raised.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The issue's page."""
        return reverse("forum issue", args=[self.pk])
