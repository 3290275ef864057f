"""What is judged of a proposal: the objectives, whom and what it touches, what it costs, how pressing it is."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from secretariat.change.documents.models import class_fits
from secretariat.change.judging.amounts import Amount
from secretariat.change.judging.objectives import objective
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.products.models import DeviceType
from secretariat.register.entry import UserRole
from secretariat.register.parties import Category

SECTION_K = "Section K"
ALL_PARTIES = "all"


class Level(models.TextChoices):
    """How strongly: of an impact, and of a priority."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class OfProposal(Classified):
    """Base of what is judged of one proposal; its class is never lower than the proposal's."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Nobody reads it who may not read its proposal. Raises ValidationError."""
        super().clean()
        if getattr(self, "proposal_id", None) is not None:
            class_fits(self, getattr(self, "proposal"))  # noqa: B009 - each model has a proposal of its own


class Judgement(OfProposal):
    """One source's verdict on a proposal against one objective, with its reason (MOD-22)."""

    class Source(models.TextChoices):
        """In which capacity somebody judges."""

        PROPOSER = "proposer", "Proposer"
        WORKING_GROUP = "working group", "Working Group"
        RESPONDENT = "respondent", "Respondent"
        BOARD_MEMBER = "board member", "Change Board member"

    class Verdict(models.TextChoices):
        """What a proposal does to an objective."""

        BETTER = "better", "Better"
        NEUTRAL = "neutral", "Neutral"
        WORSE = "worse", "Worse"
        NOT_APPLICABLE = "not applicable", "Not applicable"

    proposal = models.ForeignKey("change.Proposal", on_delete=models.PROTECT, related_name="judgements")
    source = models.CharField("judged as", max_length=15, choices=Source.choices)
    by_whom = models.CharField("by whom", max_length=200)
    party = models.ForeignKey(
        "register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="judgements"
    )
    objective = models.CharField(max_length=30)
    verdict = models.CharField(max_length=15, choices=Verdict.choices)
    reason = models.TextField(blank=True, max_length=5000)
    judged_on = models.DateField("judged on")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("proposal_id", "source", "by_whom", "objective")
        indexes = (models.Index(fields=["objective", "verdict"]), models.Index(fields=["judged_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "source", "by_whom", "objective"], name="one_judgement_of_a_source",
                violation_error_message="This source has judged this objective; amend what it said.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="not applicable") | ~Q(reason=""), name="a_judgement_has_a_reason",
                violation_error_message="Give the reason: only “not applicable” needs none (MOD-22).",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposal.reference}: {self.get_verdict_display().lower()} on {self.objective_label}"

    def get_absolute_url(self) -> str:
        """The judgement's page."""
        return reverse("judgement", args=[self.pk])

    @property
    def objective_label(self) -> str:
        """The objective as the head of a column names it."""
        found = objective(self.objective)
        return found.short if found else self.objective

    def clean(self) -> None:
        """The objective is in force on the day, and a charging one only for Section K. Raises ValidationError."""
        super().clean()
        if None in (self.judged_on, self.proposal_id):
            return
        found = objective(self.objective, self.judged_on)
        if found is None:
            known = objective(self.objective)
            told = f"was added after {self.judged_on.isoformat()}" if known else "is none of the code's"
            raise ValidationError(f"The objective {known.short if known else self.objective} {told} (MOD-20).")
        if found.charging and not concerns_charging(self.proposal):
            told = "Charging objectives apply only to a change of Section K: record that it affects Section K first"
            raise ValidationError(f"{told} (MOD-21).")


class Impact(OfProposal):
    """What or whom a proposal touches, and how strongly; the level is empty where nobody told it."""

    class Kind(models.TextChoices):
        """Of which kind the thing touched is."""

        CATEGORY = "category", "Party Category"
        ROLE = "role", "User Role"
        DEVICE = "device", "Device type"
        SYSTEM = "system", "System"
        DOCUMENT = "document", "Document"

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="impacts")
    kind = models.CharField("of which kind", max_length=10, choices=Kind.choices)
    subject = models.CharField("what is touched", max_length=120)
    level = models.CharField(max_length=6, choices=Level.choices, blank=True, help_text="Empty: not told.")
    note = models.CharField("how", max_length=300, blank=True)

    class Meta:
        ordering = ("proposal_id", "kind", "subject")
        indexes = (models.Index(fields=["kind", "subject", "level"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "kind", "subject"], name="one_impact_of_a_subject",
                violation_error_message="This impact is recorded already; amend it.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposal.reference} touches {self.subject_label}"

    def get_absolute_url(self) -> str:
        """The impact's page."""
        return reverse("impact", args=[self.pk])

    @property
    def subject_label(self) -> str:
        """The thing touched, as it is printed."""
        return subject_label(self.kind, self.subject)

    def clean(self) -> None:
        """The thing touched is one of its kind, written in the one way. Raises ValidationError."""
        super().clean()
        if self.kind and self.subject:
            self.subject = read_subject(self.kind, self.subject)


def subject_label(kind: str, subject: str) -> str:
    """A Party Category by its name, anything else as it is kept."""
    return CATEGORIES.get(subject, subject) if kind == Impact.Kind.CATEGORY else subject


CATEGORIES = {ALL_PARTIES: "All SEC Parties", **{one.value: str(one.label) for one in Category}}


def read_subject(kind: str, typed: str) -> str:
    """The one way in which a thing touched is kept. Raises ValidationError naming the known ones."""
    text = " ".join(typed.split())
    if kind == Impact.Kind.CATEGORY:
        return _known(text, {**{key: key for key in CATEGORIES}, **{name: key for key, name in CATEGORIES.items()}})
    if kind == Impact.Kind.ROLE:
        return _known(text, {name: name for name in UserRole.objects.values_list("name", flat=True)})
    if kind == Impact.Kind.DEVICE:
        return _known(text, {value: value for value in DeviceType.values})
    return document_name(text) if kind == Impact.Kind.DOCUMENT else text


def _known(text: str, names: dict[str, str]) -> str:
    found = {name.casefold(): kept for name, kept in names.items()}.get(text.casefold())
    if found is None:
        raise ValidationError({"subject": f"“{text}” is not one of {', '.join(sorted(set(names)))}."})
    return found


def document_name(text: str) -> str:
    """A part of the code as it is kept: "section k" is Section K, "appendix ad" is Appendix AD."""
    match = re.fullmatch(r"(section|schedule|appendix)\s+([a-z0-9]{1,3})", text, re.IGNORECASE)
    return f"{match[1].capitalize()} {match[2].upper()}" if match else text


def concerns_charging(proposal: Any) -> bool:
    """Whether it is recorded that a proposal changes the charging methodology (MOD-21)."""
    return Impact.objects.filter(proposal=proposal, kind=Impact.Kind.DOCUMENT, subject=SECTION_K).exists()


class SystemImpact(OfProposal):
    """Whether a proposal changes the DCC System: yes, no, or not known yet (NEW-12)."""

    class Answer(models.TextChoices):
        """What is known."""

        YES = "yes", "Yes"
        NO = "no", "No"
        UNKNOWN = "not known", "Not known"

    proposal = models.OneToOneField("change.Proposal", on_delete=models.CASCADE, related_name="system_impact")
    answer = models.CharField("DCC System impact", max_length=10, choices=Answer.choices)
    told_by = models.CharField("told by", max_length=100, blank=True)
    told_on = models.DateField("told on")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("proposal_id",)
        indexes = (models.Index(fields=["answer"]),)

    def __str__(self) -> str:
        return f"{self.proposal.reference}: DCC System impact {self.get_answer_display().lower()}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("system impact", args=[self.pk])


class CostQuerySet(ClassifiedQuerySet):
    """Asks for the costs that still count."""

    def current(self) -> CostQuerySet:
        """The newest cost of each proposal, bearer and purpose among these; older ones are superseded."""
        same = {name: OuterRef(name) for name in ("proposal", "borne_by", "purpose")}
        newer = Cost.objects.filter(Q(dated_on__gt=OuterRef("dated_on")) | Q(dated_on=OuterRef("dated_on"),
                                    pk__gt=OuterRef("pk")), pk__in=self.values("pk"), **same)  # fmt: skip
        return self.filter(~Exists(newer))


class Cost(OfProposal):
    """One estimate of what a proposal costs, in whole pounds; a later one supersedes it, and both are kept."""

    CENTRAL = "central"

    class Source(models.TextChoices):
        """Who reckoned it."""

        PRELIMINARY = "DCC PA", "DCC Preliminary Assessment"
        IMPACT = "DCC IA", "DCC Impact Assessment"
        PROPOSER = "proposer", "Proposer"
        PARTIES = "parties", "Parties, in consultation"
        SECRETARIAT = "secretariat", "Secretariat"

    BORNE_BY = ((CENTRAL, "Central"), *((key, name) for key, name in CATEGORIES.items()))

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="costs")
    borne_by = models.CharField("borne by", max_length=20, choices=BORNE_BY)
    purpose = models.CharField("for", max_length=60, default="implementation")
    low = models.PositiveBigIntegerField("cost, £")
    high = models.PositiveBigIntegerField("up to, £", null=True, blank=True)
    about = models.BooleanField(default=False)
    source = models.CharField(max_length=12, choices=Source.choices)
    dated_on = models.DateField("dated")
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = CostQuerySet.as_manager()

    class Meta:
        ordering = ("proposal_id", "borne_by", "purpose", "-dated_on", "-id")
        indexes = (models.Index(fields=["proposal", "borne_by", "dated_on"]), models.Index(fields=["dated_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "borne_by", "purpose", "source", "dated_on"], name="one_cost_of_a_source_on_a_day",
                violation_error_message="This source's cost of that day is recorded already.",
            ),
            models.CheckConstraint(
                condition=Q(high__isnull=True) | Q(high__gt=F("low")), name="a_range_of_costs_rises",
                violation_error_message="A range ends above where it begins.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposal.reference}: {self.amount}, {self.get_borne_by_display()}"

    def get_absolute_url(self) -> str:
        """The cost's page."""
        return reverse("cost", args=[self.pk])

    @property
    def amount(self) -> Amount:
        """The amount as it was told: about stays about."""
        return Amount(self.low, self.high, self.about)


class PriorityQuerySet(ClassifiedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Priorities, asked as at a day and by who reads them."""


class Priority(OfProposal, Dated):
    """How pressing a proposal is, with the reason, from a day until a day (NEW-12)."""

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="priorities")
    level = models.CharField(max_length=6, choices=Level.choices)
    reason = models.CharField(max_length=300)
    recorded = models.DateTimeField(editable=False)

    objects: ClassVar[Any] = PriorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "priorities"
        ordering = ("proposal_id", "-from_day", "-id")
        indexes = (models.Index(fields=["proposal", "from_day"]), models.Index(fields=["level", "from_day"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(to_day__isnull=True), name="one_priority_at_a_time",
                violation_error_message="The proposal has a priority already.",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="a_priority_ends_after_it_begins",
                violation_error_message="A priority does not end before it begins.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_level_display()} priority of {self.proposal.reference} from {self.from_day.isoformat()}"

    def get_absolute_url(self) -> str:
        """The priority's page."""
        return reverse("priority", args=[self.pk])

    def clean(self) -> None:
        """Priorities of one proposal never overlap. Raises ValidationError."""
        super().clean()
        if None in (self.proposal_id, self.from_day):
            return
        others = Priority.objects.filter(proposal_id=self.proposal_id).exclude(pk=self.pk)
        if others.overlapping(self.from_day, self.to_day).exists():
            raise ValidationError("The proposal has another priority on some of these days.")


class Summary(OfProposal):
    """A proposal in plain words, on top of its page; the journal keeps each version."""

    proposal = models.OneToOneField("change.Proposal", on_delete=models.CASCADE, related_name="summary")
    problem = models.TextField("What is the problem?", max_length=2000)
    change = models.TextField("What would change?", max_length=2000, blank=True)
    affected = models.TextField("Who is affected?", max_length=2000, blank=True)
    to_do = models.TextField("What should I do now?", max_length=2000, blank=True)

    class Meta:
        verbose_name_plural = "summaries"
        ordering = ("proposal_id",)

    def __str__(self) -> str:
        return f"{self.proposal.reference} in plain words"

    def get_absolute_url(self) -> str:
        """The summary's page."""
        return reverse("summary", args=[self.pk])


# What is judged beside other codes and by Sub-Committees, so that Django finds its models from here.
from secretariat.change.judging.cross_code import CodeListing, CrossCode, ForumIssue, Steering  # noqa: E402, F401
from secretariat.change.judging.interest import Interest, SubCommitteeView  # noqa: E402, F401
