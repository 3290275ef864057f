"""What agents answer with: templates of replies, and who has a reply form open just now."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.helpdesk.models import Enquiry


class ReplyTemplate(Classified):
    """A reply that is written often. Its live fields are looked up when it is sent, never before."""

    title = models.CharField(max_length=120, unique=True)
    body = models.TextField(
        "text", help_text="Fields such as [[name]], [[number]], [[date:2020-03-10]] or [[party:key]] are looked up."
    )
    in_use = models.BooleanField("in use", default=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    recorded = models.DateTimeField(editable=False)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The template's page."""
        return reverse("reply template", args=[self.pk])


class OpenReply(models.Model):
    """Somebody opened an enquiry to answer it, and what they typed so far. No part of the record: it leaves no event.

    `typed` holds the fields of the form by name, and under "files" the name, hash and size of every file added.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="open_replies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="open_replies")
    at = models.DateTimeField()
    typed = models.JSONField(default=dict, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name_plural = "open replies"
        constraints = (models.UniqueConstraint(fields=["enquiry", "person"], name="one_open_reply_each"),)

    def __str__(self) -> str:
        return f"{self.person} on {self.enquiry}"
