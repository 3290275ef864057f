"""Surveys: what is asked of whom, who opted in, who has answered, and the sheets of answers (rule HLP-10).

Where a survey promises anonymity its sheets hold nothing of who answered or when: no link, no time and no number that
runs on. Who has answered is known, so that nobody answers twice and only the others are reminded.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.consultations.who import EVERYBODY
from secretariat.core.capacities import secretariat, team
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Who
from secretariat.core.sealed import SealedText
from secretariat.engagement.events.models import EngagementEvent
from secretariat.engagement.keys import new_mark
from secretariat.engagement.own import OwnQuerySet
from secretariat.register.parties import Party

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

DRAFT, OPT_IN, OPEN, CLOSED, PUBLISHED, DROPPED = (
    "draft", "taking opt-ins", "open", "closed", "published", "dropped",
)  # fmt: skip
ENDED = (CLOSED, PUBLISHED)

_party_support, _committees = team(Team.PARTY_SUPPORT), team(Team.COMMITTEES)


def survey_keeper(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's party support team or committees team."""
    return _party_support(person, record, at) or _committees(person, record, at)


class Kind(models.TextChoices):
    """What a survey is for."""

    SATISFACTION = "satisfaction", "Customer satisfaction"
    EFFECTIVENESS = "effectiveness", "Effectiveness of a body"
    FEEDBACK = "feedback", "Feedback on an event"
    OTHER = "other", "Other"


class SurveyQuerySet(ClassifiedQuerySet):
    """Asks surveys."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """What a person's class opens; one that is prepared or was dropped is the secretariat's alone.

        Who is asked reads it whatever its class up to Amber.
        """
        found = super().visible_to(person, at)
        if not isinstance(person, Person) or not person.is_active:
            return found.exclude(state__in=("", DRAFT, DROPPED))
        if secretariat(person, None, at):
            return found
        asked = Q(invitees__person=person, classification__lte=Class.AMBER)
        mine = Q(pk__in=self.filter(asked).values("pk")) | Q(pk__in=found.values("pk"))
        return self.filter(mine).exclude(state__in=("", DRAFT, DROPPED))


class Survey(Classified):
    """One survey, from its draft until its results are published."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    anonymous = models.BooleanField("answers are anonymous", default=True)
    by_category = models.BooleanField(
        "tells answers by Party Category", default=False, help_text="Only where no category is so small that it tells."
    )
    body = models.CharField(
        "members of", max_length=20, blank=True, help_text="Code of the body whose members are asked."
    )
    event = models.ForeignKey(
        EngagementEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="surveys",
        verbose_name="guests of", help_text="The event whose guests are asked.",
    )  # fmt: skip
    invited = models.JSONField("Party Categories", default=list, blank=True)
    by_opt_in = models.BooleanField("only those who opt in", default=False)
    closes_at = models.DateTimeField("closes", help_text="An answer at this very instant still counts.")
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    commentary = models.TextField("what we make of it", blank=True, editable=False)
    results = models.JSONField(null=True, blank=True, editable=False, help_text="As published.")
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    objects: ClassVar[Any] = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ("-closes_at", "-id")
        indexes = (models.Index(fields=["state", "closes_at"]),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The survey's page."""
        return reverse("survey", args=[self.pk])

    def clean(self) -> None:
        """Refuses an audience that is unknown."""
        if set(self.invited) - set(EVERYBODY):
            raise ValidationError({"invited": "Tell Party Categories that there are."})

    @property
    def promise(self) -> str:
        """What who answers is promised, in their words."""
        if not self.anonymous:
            return (
                "Your name stands beside your answers. The secretariat reads them; nobody else is told whose they are."
            )
        return (
            "Your answers are anonymous. That you answered is known, so that nobody answers twice; which answers are "
            "yours is kept nowhere, so they cannot be changed once sent. Say nothing in words that tells who you are."
            + (" Your Party Category stands with them where enough of it are asked." if self.by_category else "")
        )

    def is_open(self, at: datetime) -> bool:
        """Whether answers are taken at an instant; the closing instant itself is in time."""
        return self.state == OPEN and at <= self.closes_at


class SurveyQuestion(models.Model):
    """One question of a survey."""

    class Asks(models.TextChoices):
        """What is asked for."""

        SCALE = "scale", "A number from 1 (not at all) to 5 (fully)"
        CHOICE = "choice", "One of some answers"
        YES_NO = "yes or no", "Yes or no"
        WORDS = "words", "Words"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField("question", max_length=500)
    asks = models.CharField("asks for", max_length=10, choices=Asks.choices, default=Asks.SCALE)
    options = models.JSONField("answers to choose from", default=list, blank=True)
    required = models.BooleanField("must be answered", default=False)

    class Meta:
        verbose_name = "question of a survey"
        verbose_name_plural = "questions of surveys"
        ordering = ("survey_id", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["survey", "number"], name="one_question_of_a_survey_by_number",
                violation_error_message="There is a question with this number.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Question {self.number}"

    def get_absolute_url(self) -> str:
        """The page of its survey."""
        return self.survey.get_absolute_url()

    def clean(self) -> None:
        """Refuses a change once people answer, and a choice between fewer than two answers."""
        if self.survey.state not in (DRAFT, OPT_IN):
            raise ValidationError("The questions stand once a survey is open.")
        if self.asks == self.Asks.CHOICE and len(set(self.options)) < 2:
            raise ValidationError({"options": "Give two different answers or more, one a line."})

    @property
    def answers(self) -> list[str]:
        """The answers that can be given, in order; none for words."""
        if self.asks == self.Asks.SCALE:
            return [str(number) for number in range(1, 6)]
        if self.asks == self.Asks.YES_NO:
            return ["Yes", "No"]
        return [str(option) for option in self.options] if self.asks == self.Asks.CHOICE else []


class AskedQuerySet(OwnQuerySet):
    """Asks rows about people who are asked: each person's own, and for who keeps surveys to read."""

    keepers: ClassVar[Who] = staticmethod(survey_keeper)


class OptIn(Classified):
    """Somebody who agreed to be asked, by an agency and by telephone where that is how it is run (rule HLP-10)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="opt_ins")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    telephone = SealedText(blank=True, help_text="Only who asks reads it; it is forgotten when the survey is closed.")
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    objects: ClassVar[Any] = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = "opt-in"
        ordering = ("survey_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["survey", "person"], condition=Q(withdrawn_on__isnull=True), name="opted_in_once",
                violation_error_message="You opted in already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Opt-in {self.pk} to {self.survey}" if self.pk else f"An opt-in to {self.survey}"

    def get_absolute_url(self) -> str:
        """The opt-in's page."""
        return reverse("opt-in", args=[self.pk])


class Invitee(Classified):
    """One person who is asked, why, and whether they have answered; of what they answered it knows nothing."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitees")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    category = models.CharField("Party Category", max_length=20, blank=True)
    why = models.CharField(max_length=200)
    has_answered = models.BooleanField("answered", default=False)
    link_mark = models.CharField(
        max_length=64, default=new_mark, editable=False, help_text="Goes into the private link."
    )
    recorded = models.DateTimeField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    objects: ClassVar[Any] = AskedQuerySet.as_manager()

    class Meta:
        ordering = ("survey_id", "id")
        constraints = (models.UniqueConstraint(fields=["survey", "person"], name="asked_once_by_a_survey"),)

    def __str__(self) -> str:
        return f"Somebody asked by {self.survey}"

    def get_absolute_url(self) -> str:
        """The survey's page."""
        return self.survey.get_absolute_url()


def by_lot() -> int:
    """A number drawn by lot: unlike a running one it tells nothing of when a sheet was handed in."""
    return secrets.randbits(62)


class Sheet(models.Model):
    """The answers of one who answered: of an anonymous survey, and nothing of who or when."""

    id = models.BigIntegerField(primary_key=True, default=by_lot, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sheets")
    anonymous = models.BooleanField()
    invitee = models.OneToOneField(Invitee, null=True, blank=True, on_delete=models.PROTECT, related_name="sheet")
    category = models.CharField(max_length=20, blank=True)
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(anonymous=False, invitee__isnull=False) | Q(anonymous=True, invitee__isnull=True),
                name="an_anonymous_sheet_is_nobodys",
                violation_error_message="An anonymous sheet has no link to who answered; any other has one.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"A sheet of {self.survey}"
