"""What is said in a consultation: a respondent's response, its answers, and the points that it raises."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.capacities import secretariat, speaks_for
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.people import Person
from secretariat.post.models import IncomingMail
from secretariat.register.parties import Party

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

DRAFT, RECEIVED, SUBMITTED, REPLACED, LATE, SET_ASIDE = (
    "draft", "received by e-mail", "submitted", "replaced", "late", "set aside",
)  # fmt: skip
PRIVATE = ("", DRAFT)
"""The states in which a response is nobody's but the respondent's."""

SENT = (SUBMITTED, REPLACED, LATE)
RAISED, DISPOSED = "raised", "disposed of"


class ResponseQuerySet(ClassifiedQuerySet):
    """Asks responses."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """A person's own and their party's; what was sent, also for the secretariat; nothing of others, ever.

        What others may read after the conclusion is told by the published summary, not by the response (rule INF-6).
        """
        if not isinstance(person, Person) or not person.is_active:
            return self.none()
        rows = Q(party__in=speaks_for(person, at)) | Q(party__isnull=True, respondent=person)
        if secretariat(person, None, at):
            rows |= Q(pk__in=super().visible_to(person, at).values("pk")) & ~Q(state__in=PRIVATE)
        return self.filter(rows)

    def of(self, party: Party | None, person: Person | None) -> Self:
        """The responses of a party, or of a person who responds for nobody else."""
        return self.filter(party=party) if party is not None else self.filter(party__isnull=True, respondent=person)


class Response(Classified):
    """One response of one respondent; sending another one replaces it until the closing."""

    class Through(models.TextChoices):
        """How it came."""

        WEB = "web", "On these pages"
        MAIL = "mail", "By e-mail"

    consultation = models.ForeignKey("consultations.Consultation", on_delete=models.PROTECT, related_name="responses")
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="consultation_responses"
    )
    respondent = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text="Of a respondent that is no party.")
    text = models.TextField("anything else", blank=True)
    confidential = models.BooleanField("all of it is confidential", default=False)
    anonymous = models.BooleanField("publish it without our name", default=False)
    through = models.CharField(max_length=4, choices=Through.choices, default=Through.WEB)
    mail = models.OneToOneField(
        IncomingMail, null=True, blank=True, on_delete=models.PROTECT, related_name="consultation_response"
    )
    version = models.PositiveIntegerField(default=0, help_text="How often the draft was saved.")
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    review_note = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    sha256 = models.CharField("hash", max_length=64, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ("-submitted_at", "-id")
        indexes = (
            models.Index(fields=["consultation", "state"]),
            models.Index(fields=["party", "state"]),
            models.Index(fields=["submitted_at"]),
        )
        constraints = (
            *(
                models.UniqueConstraint(
                    fields=["consultation", who],
                    condition=Q(state=state) & (Q(party__isnull=True) if who == "respondent" else Q()),
                    name=f"one_{state}_of_a_{who}",
                    violation_error_message=f"There is a {state} response already.",
                )
                for state in (DRAFT, SUBMITTED)
                for who in ("party", "respondent")
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT) | Q(submitted_at__isnull=False) & ~Q(sha256=""),
                name="what_was_sent_has_an_instant_and_a_hash",
            ),
        )

    def __str__(self) -> str:
        return f"{self.receipt} of {self.who}"

    def get_absolute_url(self) -> str:
        """The response's page: its receipt."""
        return reverse("consultation response", args=[self.pk])

    @property
    def receipt(self) -> str:
        """The number on the receipt."""
        return f"RSP-{self.pk:06d}" if self.pk else "RSP"

    @property
    def who(self) -> str:
        """Whose it is."""
        if self.party is not None:
            return str(self.party)
        return self.name or (str(self.respondent) if self.respondent else "an unknown sender")

    def content(self) -> dict[str, Any]:
        """What is hashed: every word of the response, and how it may be used."""
        return {
            "consultation": self.consultation.reference,
            "respondent": self.who,
            "submitted": self.submitted_at.isoformat() if self.submitted_at else "",
            "text": self.text,
            "confidential": self.confidential,
            "anonymous": self.anonymous,
            "answers": [
                [row.question.number, row.choice, row.text, row.confidential, row.anonymous]
                for row in self.answers.select_related("question").order_by("question__number")
            ],
        }

    def reckoned(self) -> str:
        """The SHA-256 of its content, as 64 hexadecimal digits: what the receipt shows."""
        text = json.dumps(self.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class Answer(models.Model):
    """The answer to one question."""

    class Choice(models.TextChoices):
        """What is said to a question of yes or no."""

        YES = "yes", "Yes"
        NO = "no", "No"
        NO_VIEW = "no view", "No view"

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey("consultations.Question", on_delete=models.PROTECT, related_name="answers")
    choice = models.CharField(max_length=8, choices=Choice.choices, blank=True)
    text = models.TextField(blank=True)
    confidential = models.BooleanField(default=False)
    anonymous = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("response_id", "question_id")
        constraints = (models.UniqueConstraint(fields=["response", "question"], name="one_answer_to_a_question"),)

    def __str__(self) -> str:
        return f"Answer to {self.question}"


class PointQuerySet(ClassifiedQuerySet):
    """Asks points."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """All for the secretariat; their own for who raised them, once the consultation is concluded."""
        if not isinstance(person, Person) or not person.is_active:
            return self.none()
        rows = _raised_by(person, at) & Q(response__consultation__state="concluded", state=DISPOSED)
        if secretariat(person, None, at):
            rows |= Q(pk__in=super().visible_to(person, at).values("pk"))
        return self.filter(rows)

    def raised_by(self, person: Person, at: datetime) -> Self:
        """The points that a person or their party raised."""
        return self.filter(_raised_by(person, at))

    def standing(self) -> Self:
        """The points of responses that stand: those replaced by a later one are left out."""
        return self.filter(response__state__in=(SUBMITTED, LATE))


def _raised_by(person: Person, at: datetime) -> Q:
    own = Q(response__party__isnull=True, response__respondent=person)
    return own | Q(response__party__in=speaks_for(person, at))


class Point(Classified):
    """One point raised in a response, what was decided about it, and the answer to who raised it."""

    class Disposition(models.TextChoices):
        """What became of a point."""

        ACCEPTED = "accepted", "Accepted"
        PARTLY = "partly accepted", "Partly accepted"
        NOT_ACCEPTED = "not accepted", "Not accepted"
        NOTED = "noted", "Noted"
        OUT_OF_SCOPE = "out of scope", "Out of scope"

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="points")
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="points", verbose_name="raised in"
    )
    text = models.TextField("point")
    disposition = models.CharField(max_length=20, choices=Disposition.choices, blank=True, editable=False)
    reply = models.TextField("answer given", blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = ""
    objects: ClassVar[Any] = PointQuerySet.as_manager()

    class Meta:
        ordering = ("response_id", "id")
        indexes = (models.Index(fields=["response", "state"]), models.Index(fields=["state"]))
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=DISPOSED) | ~Q(disposition="") & ~Q(reply=""),
                name="a_disposed_point_says_how",
                violation_error_message="A point is disposed of with a disposition and an answer.",
            ),
        )

    def __str__(self) -> str:
        return f"Point {self.pk}"

    def get_absolute_url(self) -> str:
        """The point's page."""
        return reverse("consultation point", args=[self.pk])

    @property
    def is_confidential(self) -> bool:
        """Whether its text is for the secretariat and the respondent alone."""
        return self.response.confidential or (self.answer is not None and self.answer.confidential)

    @property
    def is_anonymous(self) -> bool:
        """Whether it is told without the respondent's name."""
        return self.response.anonymous or (self.answer is not None and self.answer.anonymous)
