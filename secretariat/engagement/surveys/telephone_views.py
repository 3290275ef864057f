"""Pages on which who keeps a survey enters answers that were taken by telephone: one by one, or from a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from secretariat.core.form_page import FormPage
from secretariat.core.journal import Told
from secretariat.core.procedure import Who
from secretariat.engagement.surveys.forms import AnswersFileForm, TelephoneForm
from secretariat.engagement.surveys.models import CLOSED, OPEN, Survey, survey_keeper
from secretariat.engagement.surveys.telephone import file_of, load_answers, take_down


class _ByTelephone(FormPage):
    """A form about answers taken by telephone."""

    model = Survey
    plural = "surveys"
    who: ClassVar[Who] = staticmethod(survey_keeper)

    def record(self, key: str) -> Survey:
        """The survey, while such answers can be entered. Raises Http404."""
        survey: Survey = super().record(key)
        if survey.state not in (OPEN, CLOSED):
            raise Http404("Answers are entered from the opening of a survey until its results are published.")
        return survey

    def taken(self, form: Any) -> Told:
        """In whose name, and when it was said: where that is not told, now."""
        told = self.told()
        return {**told, "at": form.cleaned_data["taken"] or told["at"]}


class Telephone(_ByTelephone):
    """Enters what one person says."""

    title = button = "Enter an answer taken by telephone"
    template = "engagement/surveys/telephone.html"

    def form(self, record: Survey, data: Any = None, files: Any = None) -> TelephoneForm:
        """Who answers, and the questions."""
        return TelephoneForm(record, data)

    def context(self, record: Survey) -> dict[str, Any]:
        """What is to be read to who answers."""
        return {"survey": record, "left": record.invitees.filter(has_answered=False).exists()}

    def save(self, record: Survey, form: TelephoneForm) -> str:
        """Keeps it, and is ready for the next."""
        take_down(form.cleaned_data["who"], form.answers, **self.taken(form))
        messages.success(self.request, "The answer is kept.")
        return self.request.path


class AnswersFile(_ByTelephone):
    """Loads the answers that an agency took."""

    title = button = "Load answers"
    template = "engagement/surveys/answers_file.html"

    def form(self, record: Survey, data: Any = None, files: Any = None) -> AnswersFileForm:
        """The file."""
        return AnswersFileForm(record, data, files)

    def context(self, record: Survey) -> dict[str, Any]:
        """The columns of the file."""
        return {"columns": file_of(record).columns, "survey": record}

    def save(self, record: Survey, form: AnswersFileForm) -> str:
        """Loads every row or none."""
        given = form.cleaned_data
        who = given.get("who", "").splitlines()
        prepared = load_answers(record, given["file"].name, given["file"].read(), who, **self.taken(form))
        messages.success(self.request, prepared.sentence)
        return reverse("survey", args=[record.pk])
