"""Pages of surveys: the list, one survey, and its entry."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.capacities import speaks_for
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.engagement.surveys import actions
from secretariat.engagement.surveys.export import has_enough
from secretariat.engagement.surveys.figures import LABELS, answered
from secretariat.engagement.surveys.filters import SurveyFilter
from secretariat.engagement.surveys.forms import SurveyForm
from secretariat.engagement.surveys.models import CLOSED, DRAFT, ENDED, OPEN, OPT_IN, Kind, Survey, survey_keeper
from secretariat.engagement.surveys.result_views import may_read_results
from secretariat.plain.dates import instant


class Surveys(ListPage):
    """The surveys."""

    model = Survey
    word, plural = "survey", "surveys"
    filters = SurveyFilter
    about = "What we ask parties, members of bodies and guests of events about our work, and what they said."
    empty = "There is no survey that you may read."
    columns = (
        Column("title", "Survey", "title"),
        Column("kind", "Kind", "kind", lambda value: str(Kind(value).label)),
        Column("anonymous", "Anonymous", "anonymous"),
        Column("closes_at", "Closes", "closes_at"),
        Column("state", "State", "state"),
        class_column(),
    )
    order, order_words = "-closes_at", "latest first"
    day = "closes_at"
    news = ("survey.call", "survey.open", "survey.publish")
    enters: ClassVar[Who] = staticmethod(survey_keeper)


class SurveyPage(RecordPage):
    """One survey: what it promises, whom it asks, its questions, and the way to answer."""

    template = "engagement/surveys/survey.html"
    model = Survey
    word, plural = "survey", "surveys"
    editors: ClassVar[Who] = staticmethod(survey_keeper)

    def facts(self, record: Survey) -> list[Fact]:
        """What is promised, who is asked, until when; and for who keeps it how many have answered."""
        facts = [
            Fact("Kind", record.get_kind_display()),
            Fact("The promise", record.promise),
            Fact("Who is asked", audience(record)),
            Fact("Closes", instant(record.closes_at), note="An answer at this very instant still counts."),
        ]
        if record.introduction:
            facts.append(Fact("What it is about", record.introduction))
        if survey_keeper(reader(self.request), record, self.request.at) and record.state in (OPEN, *ENDED):
            done, asked = answered(record)
            facts.append(Fact("Answered", f"{done} of {asked}"))
        if record.commentary:
            facts.append(Fact("What we make of it", record.commentary))
        return facts

    def related(self, record: Survey) -> list[Related]:
        """The questions."""
        keeps = survey_keeper(reader(self.request), record, self.request.at) and record.state in (DRAFT, OPT_IN)
        rows = [
            (Crumb(str(one.number), reverse("survey-question", args=[record.pk, one.number]) if keeps else ""),
             one.text, one.get_asks_display(), "yes" if one.required else "no")
            for one in record.questions.order_by("number")
        ]  # fmt: skip
        heads = ("Number", "Question", "Asks for", "Must be answered")
        return [Related("Questions", heads, rows, "There is no question yet.")]

    def context(self, record: Survey) -> dict[str, Any]:
        """What the reader can do: answer, opt in, read what was found; and what who keeps it can."""
        person, at = reader(self.request), self.request.at
        own = record.invitees.filter(person=person).first() if person else None
        ways = []
        if own and not own.has_answered and record.is_open(at):
            ways.append(("Answer", reverse("survey-answer", args=[record.pk])))
        if record.state == OPT_IN and speaks_for(person, at):
            ways.append(("Take part", reverse("survey-opt-in", args=[record.pk])))
        if may_read_results(record, person, at):
            ways.append(("What was found", reverse("survey-results", args=[record.pk])))
        done = "You have answered." if own and own.has_answered else ""
        return {"ways": ways, "done": done, "jobs": _jobs(record) if survey_keeper(person, record, at) else ()}


def audience(survey: Survey) -> str:
    """Whom a survey asks, in words."""
    if survey.by_opt_in:
        return "Whoever opts in"
    parts = [f"contacts of parties: {', '.join(LABELS[key] for key in survey.invited)}"] if survey.invited else []
    parts += [f"members of {survey.body}"] if survey.body else []
    parts += [f"who came to {survey.event}"] if survey.event else []
    return "; ".join(parts) or "nobody yet"


def _jobs(survey: Survey) -> list[tuple[str, str]]:
    jobs = []
    if survey.state in (DRAFT, OPT_IN):
        jobs += [
            ("Add a question", reverse("survey-question-new", args=[survey.pk])),
            ("Who would be asked, and why", reverse("survey-asked", args=[survey.pk])),
        ]
    else:
        jobs.append(("Who is asked, and who has answered", f"{reverse('invitees')}?survey={survey.pk}"))
    if survey.state in (OPEN, CLOSED):
        jobs += [
            ("Enter an answer taken by telephone", reverse("survey-telephone", args=[survey.pk])),
            ("Load answers from a file", reverse("survey-answers", args=[survey.pk])),
        ]
    if survey.by_opt_in:
        jobs.append(("Who opted in", f"{reverse('opt-ins')}?survey={survey.pk}"))
    if survey.state in ENDED and has_enough(survey):
        jobs += [
            (f"Every answer as {ending.upper()}", reverse("survey-sheets", args=[survey.pk, ending]))
            for ending in ("csv", "xlsx")
        ]
    return jobs


class SurveyEntry(EntryPage):
    """Prepares a survey, or amends it."""

    model = Survey
    form_class = SurveyForm
    word, plural = "survey", "surveys"
    who: ClassVar[Who] = staticmethod(survey_keeper)

    def enter(self, record: Survey, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes its first step, with the questions of its kind where that is asked."""
        actions.prepare(record, with_questions=form.cleaned_data["with_questions"], **told)
