"""Pages of a survey's questions and of whom it asks, while it is prepared and after."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Page
from secretariat.core.procedure import Who
from secretariat.engagement.surveys.asked import people
from secretariat.engagement.surveys.filters import InviteeFilter
from secretariat.engagement.surveys.forms import QuestionForm
from secretariat.engagement.surveys.models import Invitee, Survey, SurveyQuestion, survey_keeper


class _OfSurvey(FormPage):
    """A form about one survey."""

    model = Survey
    plural = "surveys"


class AddQuestion(_OfSurvey):
    """Adds a question."""

    title = button = "Add a question"
    who: ClassVar[Who] = staticmethod(survey_keeper)

    def form(self, record: Survey, data: Any = None, files: Any = None) -> QuestionForm:
        """The question, with the next number."""
        last = record.questions.order_by("-number").values_list("number", flat=True).first() or 0
        return QuestionForm(data, instance=SurveyQuestion(survey=record, number=last + 1))

    def save(self, record: Survey, form: Any) -> Survey:
        """Enters it."""
        journal.enter(form.save(commit=False), **self.told())
        return record


class ChangeQuestion(_OfSurvey):
    """Changes a question before anybody answers it."""

    title = "Change a question"
    who: ClassVar[Who] = staticmethod(survey_keeper)

    def form(self, record: Survey, data: Any = None, files: Any = None) -> QuestionForm:
        """The question."""
        return QuestionForm(data, instance=self._question(record))

    def save(self, record: Survey, form: Any) -> Survey:
        """Amends it."""
        journal.amend(
            self._question(record), {name: form.cleaned_data[name] for name in form.changed_data}, **self.told()
        )  # fmt: skip
        return record

    def _question(self, record: Survey) -> SurveyQuestion:
        question = record.questions.filter(number=self.kwargs["number"]).first()
        if question is None:
            raise Http404("The survey has no question with this number.")
        return question


class AskedPage(Page):
    """Exactly who would be asked if the survey opened now, and why."""

    template = "engagement/surveys/asked.html"
    who: ClassVar[Who] = staticmethod(survey_keeper)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The list; nothing is sent."""
        survey = found(Survey, key, self)
        crumbs = (Crumb("Surveys", reverse("surveys")), Crumb(str(survey), survey.get_absolute_url()),
                  Crumb("Who would be asked"))  # fmt: skip
        return self.shown({"survey": survey, "people": people(survey, self.request.at), "crumbs": crumbs})


class Invitees(ListPage):
    """Who is asked by which survey, and who has answered: one's own, and for the secretariat all."""

    model = Invitee
    word, plural, rows_are = "invitee", "invitees", "people asked"
    filters = InviteeFilter
    about = "Who is asked by which survey, why, and whether they have answered. What they answered is told nowhere."
    empty = "Nobody is asked whom you may read of."
    columns = (
        Column("survey", "Survey", "survey__title"),
        Column("person", "Who", "person__name"),
        Column("party", "Party", "party__name"),
        Column("why", "Why", "why"),
        Column("has_answered", "Answered", "has_answered"),
        class_column(),
    )
    link = "survey_id"
    order, order_words = "pk", "as they were asked"

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The page of the survey."""
        return reverse("survey", args=[key])
