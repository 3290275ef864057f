"""Pages that belong to one consultation, and those of them that are one form: a question, a document, a point."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import Http404
from django.urls import reverse

from secretariat.consultations.actions import add_document
from secretariat.consultations.forms import ClarificationForm, DocumentForm, PointForm, QuestionForm
from secretariat.consultations.models import Clarification, Consultation, Question
from secretariat.consultations.procedure import CLARIFICATIONS
from secretariat.consultations.responding import POINTS
from secretariat.consultations.responses import Point, Response
from secretariat.core import journal
from secretariat.core.capacities import anyone_signed_in, secretariat
from secretariat.core.form_page import FormPage, found
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Who


class OfConsultation(Page):
    """A page that belongs to one consultation."""

    title: ClassVar[str] = ""

    def consultation(self, key: str) -> Consultation:
        """The consultation, if the person may read it. Raises Http404 otherwise."""
        record: Consultation = found(Consultation, key, self, "reference")
        return record

    def trail(self, record: Consultation) -> tuple[Crumb, ...]:
        """Where a page of a consultation is."""
        here = Crumb(record.reference or "", record.get_absolute_url())
        return Crumb("Consultations", reverse("consultations")), here, Crumb(self.title)


class _ConsultationForm(OfConsultation, FormPage):
    """A form about a consultation."""

    model = Consultation
    key = "reference"


class QuestionPage(_ConsultationForm):
    """Adds a question, or changes one that is not yet asked."""

    who: ClassVar[Who] = staticmethod(secretariat)
    title = "A question"

    def form(self, record: Consultation, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The question that the address names; a new one has the next number."""
        return QuestionForm(data, instance=self._question(record))

    def save(self, record: Consultation, form: Any) -> Consultation:
        """Enters or amends the question."""
        if "pk" in self.kwargs:
            journal.amend(self._question(record), dict(form.cleaned_data), **self.told())
        else:
            journal.enter(form.instance, **self.told())
        return record

    def _question(self, record: Consultation) -> Question:
        if "pk" not in self.kwargs:
            last = record.questions.aggregate(last=models.Max("number"))["last"] or 0
            return Question(consultation=record, number=last + 1)
        question = record.questions.filter(pk=self.kwargs["pk"]).first()
        if question is None:
            raise Http404("There is no such question.")
        return question


class DocumentPage(_ConsultationForm):
    """Puts a document to those who are asked."""

    who: ClassVar[Who] = staticmethod(secretariat)
    title = "Add a document"

    def form(self, record: Consultation, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Its title and its file."""
        return DocumentForm(data, files)

    def save(self, record: Consultation, form: Any) -> Consultation:
        """Keeps the file."""
        upload = form.cleaned_data["file"]
        add_document(record, form.cleaned_data["title"], upload.name, upload.read(), **self.told())  # type: ignore[arg-type]
        return record


class ClarifyPage(_ConsultationForm):
    """Asks what is unclear; the answer is published to all, without who asked."""

    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    title = "Ask what is unclear"

    def form(self, record: Consultation, data: Any = None, files: Any = None) -> forms.BaseForm:
        """What is asked."""
        asked = Clarification(consultation=record, asked_by=reader(self.request), asked_at=self.request.at)
        return ClarificationForm(data, instance=asked)

    def save(self, record: Consultation, form: Any) -> Consultation:
        """Sends the question to the secretariat."""
        CLARIFICATIONS.take("ask", form.instance, **self.told())
        return record


class PointNew(OfConsultation, FormPage):
    """Raises another point of a response, for the secretariat."""

    model = Response
    who: ClassVar[Who] = staticmethod(secretariat)
    title = "Add a point"

    def trail(self, record: Any) -> tuple[Crumb, ...]:
        """Where the consultation of the response is."""
        return super().trail(record.consultation)

    def back(self, record: Response) -> str:
        """The consultation of the response."""
        return record.consultation.get_absolute_url()

    def form(self, record: Response, data: Any = None, files: Any = None) -> forms.BaseForm:
        """What it says, and in which answer."""
        return PointForm(data, instance=Point(response=record))

    def save(self, record: Response, form: Any) -> Response:
        """Raises the point."""
        POINTS.take("raise", form.instance, **self.told())
        return record
