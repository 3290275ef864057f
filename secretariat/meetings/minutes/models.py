"""Minutes: what a meeting decided, placed as actions and discussed, row by row against its agenda."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.committees.ballots.models import Ballot
from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.meetings.actions.models import Action
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.models import Meeting, MeetingDocument

DRAFT, CIRCULATED, COMMENTED, APPROVED, PUBLISHED = "draft", "circulated", "commented on", "approved", "published"
STILL_OPEN = (DRAFT, CIRCULATED, COMMENTED)
"""The states in which a row can still be put right."""
MADE, ACCEPTED, DECLINED = "made", "accepted", "declined"


class Minutes(Classified):
    """The minutes of one meeting, from the first row typed to their publication.

    Until they are published they are Amber of their body; what they are then is read off their rows.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    due_on = models.DateField("to be circulated by", null=True, blank=True, editable=False)
    working = models.CharField("how the day is reckoned", max_length=600, blank=True, editable=False)
    chased_at = models.DateTimeField(null=True, blank=True, editable=False)
    circulated_on = models.DateField(null=True, blank=True, editable=False)
    comments_by = models.DateField("comments by", null=True, blank=True, editable=False)
    headlines_on = models.DateField("headlines published on", null=True, blank=True, editable=False)
    approved_at = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="approved_minutes", editable=False
    )
    published_on = models.DateField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name_plural = "minutes"
        ordering = ("-meeting__day", "-id")
        indexes = (models.Index(fields=["state", "due_on"]),)

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"

    def get_absolute_url(self) -> str:
        """The page of the minutes."""
        return reverse("minuted meeting", args=[self.meeting_id])


class Kind(models.TextChoices):
    """What a row of the minutes tells."""

    DECISION = "decision", "Decision"
    ACTION = "action", "Action"
    DISCUSSION = "discussion", "Discussion"


class Outcome(models.TextChoices):
    """How a body decided."""

    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    NOTED = "noted", "Noted"
    AGREED = "agreed", "Agreed"


class Minute(Classified):
    """One row: a decision, an action or a discussion, on an item of the agenda or on none.

    `published_class` is the class that the row has in the published minutes. Its class in force is never below Amber
    before they are published, so that nothing of a draft is read outside its body (rule INF-2).
    """

    classification = models.PositiveSmallIntegerField(
        "class in force", choices=Class.choices, default=Class.AMBER, editable=False
    )
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="rows", editable=False)
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="minuted",
        verbose_name="agenda item",
    )  # fmt: skip
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DISCUSSION)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, blank=True, help_text="Of a decision: how the body decided."
    )
    text = models.TextField("what is minuted", max_length=10000)
    published_class = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    ballot = models.ForeignKey(
        Ballot, null=True, blank=True, on_delete=models.PROTECT, related_name="minuted",
        help_text="Where the body voted by a ballot.",
    )  # fmt: skip
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Where hands were counted.")
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(null=True, blank=True)
    action = models.OneToOneField(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="minute", editable=False
    )
    headline = models.TextField(
        "as a headline", max_length=2000, blank=True, help_text="Empty: the words of the minutes."
    )
    in_headlines = models.BooleanField("is a headline", default=True)

    class Meta:
        ordering = ("minutes_id", models.F("item__position").asc(nulls_first=True), "item_id", "id")
        indexes = (models.Index(fields=["kind", "outcome"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="decision") & ~Q(outcome="") | ~Q(kind="decision") & Q(outcome=""),
                name="a_decision_and_nothing_else_has_an_outcome",
                violation_error_message="Say of a decision, and of nothing else, how the body decided.",
            ),
            models.CheckConstraint(
                condition=Q(headline="") | Q(published_class=0),
                name="only_what_is_white_has_a_headline",
                violation_error_message="Only a White row has a headline.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.minutes.meeting}"

    def get_absolute_url(self) -> str:
        """The page of its minutes."""
        return self.minutes.get_absolute_url()

    @property
    def vote(self) -> str:
        """The counted hands as they are printed; nothing where none were counted."""
        counts = ((self.votes_for, "for"), (self.votes_against, "against"), (self.abstentions, "abstained"))
        return ", ".join(f"{count} {word}" for count, word in counts if count is not None)

    def clean(self) -> None:
        """Its item is its meeting's and not of a higher class; a vote belongs to a decision. Raises ValidationError."""
        super().clean()
        item, meeting = self.item, self.minutes.meeting
        if item is not None and item.meeting_id != meeting.pk:
            raise ValidationError({"item": "The agenda item is of another meeting."})
        if item is not None and self.published_class < item.classification:
            least = Class(item.classification).label
            raise ValidationError({"published_class": f"The agenda item is {least}; what is minuted is not lower."})
        if (self.vote or self.ballot_id) and self.kind != Kind.DECISION:
            raise ValidationError("A vote belongs to a decision.")
        if self.ballot is not None and self.ballot.committee_id != meeting.committee_id:
            raise ValidationError({"ballot": "The ballot is another body's."})


def class_in_force(minutes: Minutes, published_class: int) -> int:
    """The class of a row as its minutes stand: until they are published it is never below Amber (rule INF-2)."""
    return published_class if minutes.state == PUBLISHED else max(published_class, int(Class.AMBER))


class Comment(Classified):
    """What a member asks to be changed in a row of circulated minutes, and the secretary's answer."""

    classification = models.PositiveSmallIntegerField(
        "class", choices=Class.choices, default=Class.AMBER, editable=False
    )
    minute = models.ForeignKey(Minute, on_delete=models.CASCADE, related_name="comments", editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="minute_comments", editable=False)
    text = models.TextField("what should be changed", max_length=2000)
    answer = models.CharField(max_length=1000, blank=True, editable=False)
    recorded = models.DateTimeField(editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("minute_id", "id")

    def __str__(self) -> str:
        return f"Comment on a {self.minute.get_kind_display().lower()} of {self.minute.minutes.meeting}"

    def get_absolute_url(self) -> str:
        """The comment's page."""
        return reverse("minutes comment", args=[self.pk])


class Edition(Classified):
    """Minutes or headlines as they were published in one class: what was printed, and its files."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="editions")
    kind = models.CharField(max_length=10, choices=MeetingDocument.Kind.choices)
    content = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    html = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("meeting_id", "kind", "classification")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "kind", "classification"], name="one_edition_of_a_class"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.meeting} ({Class(self.classification).label})"

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("edition", args=[self.meeting_id, self.kind, Class(self.classification).label.lower()])

    def form(self, ending: str) -> StoredFile:
        """Its file of an ending. Raises KeyError."""
        return {"html": self.html, "pdf": self.pdf, "docx": self.docx}[ending]
