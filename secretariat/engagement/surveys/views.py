"""Pages of surveys: the list, one survey, its questions, whom it asks, opting in, answering, and what was found."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString

from secretariat.core import journal
from secretariat.core.capacities import anyone_signed_in, party_contact, speaks_for
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.engagement.surveys import actions
from secretariat.engagement.surveys.asked import people
from secretariat.engagement.surveys.export import has_enough, table
from secretariat.engagement.surveys.figures import LABELS, answered, least, results
from secretariat.engagement.surveys.filters import InviteeFilter, OptInFilter, SurveyFilter
from secretariat.engagement.surveys.forms import OptInForm, QuestionForm, SheetForm, SurveyForm
from secretariat.engagement.surveys.links import opened
from secretariat.engagement.surveys.models import (
    CLOSED,
    DRAFT,
    ENDED,
    OPEN,
    OPT_IN,
    PUBLISHED,
    Invitee,
    Kind,
    OptIn,
    Survey,
    SurveyQuestion,
)
from secretariat.engagement.surveys.procedure import survey_keeper
from secretariat.papers import charts
from secretariat.plain.dates import instant, long_date
from secretariat.register.parties import Party

THANKS = "Thank you: your answers are kept."


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
            (Crumb(str(one.number), reverse("survey-question", args=[record.pk, one.number])) if keeps else one.number,
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


def may_read_results(survey: Survey, person: Any, at: Any) -> bool:
    """Whether a person reads what was found: everybody who reads the survey once it is published, its keepers before.

    Nobody reads anything while it is open.
    """
    return survey.state == PUBLISHED or (survey.state == CLOSED and survey_keeper(person, survey, at))


def _jobs(survey: Survey) -> list[tuple[str, str]]:
    jobs = []
    if survey.state in (DRAFT, OPT_IN):
        jobs += [
            ("Add a question", reverse("survey-question-new", args=[survey.pk])),
            ("Who would be asked, and why", reverse("survey-asked", args=[survey.pk])),
        ]
    else:
        jobs.append(("Who is asked, and who has answered", f"{reverse('invitees')}?survey={survey.pk}"))
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


class TakePart(_OfSurvey):
    """Opts in."""

    title = button = "Take part"
    lead = "You agree to be asked. You can withdraw until the survey begins, and need not answer."
    who: ClassVar[Who] = staticmethod(party_contact)

    def form(self, record: Survey, data: Any = None, files: Any = None) -> OptInForm:
        """The party spoken for, and a telephone number."""
        parties = Party.objects.filter(pk__in=speaks_for(reader(self.request), self.request.at)).order_by("name")
        blank = OptIn(survey=record, person=reader(self.request), invented=record.invented)
        return OptInForm(parties, data, instance=blank)

    def save(self, record: Survey, form: Any) -> OptIn:
        """Notes it."""
        return actions.opt_in(form.save(commit=False), **self.told())


class OptIns(ListPage):
    """Who opted in to which survey: one's own, and for the secretariat all."""

    model = OptIn
    word, plural = "opt-in", "opt-ins"
    filters = OptInFilter
    about = "Who agreed to be asked by a survey."
    empty = "There is no opt-in that you may read."
    columns = (
        Column("survey", "Survey", "survey__title"),
        Column("person", "Who", "person__name"),
        Column("party", "Party", "party__name"),
        Column("telephone", "Telephone", "telephone", sortable=False),
        Column("given_on", "Given", "given_on"),
        Column("withdrawn_on", "Withdrawn", "withdrawn_on"),
        class_column(),
    )
    order, order_words = "given_on", "oldest first"
    day = "given_on"


class OptInPage(RecordPage):
    """One opt-in."""

    template = "engagement/surveys/opt_in.html"
    model = OptIn
    word, plural = "opt-in", "opt-ins"

    def facts(self, record: OptIn) -> list[Fact]:
        """Of whom, to what, since when."""
        facts = [
            Fact("Survey", str(record.survey), record.survey.get_absolute_url()),
            Fact("Who", record.person.name),
            Fact("Party", str(record.party) if record.party else "none"),
            Fact("Given", long_date(record.given_on)),
        ]
        return facts + ([Fact("Withdrawn", long_date(record.withdrawn_on))] if record.withdrawn_on else [])

    def context(self, record: OptIn) -> dict[str, Any]:
        """The way out, for who opted in."""
        ends = record.withdrawn_on is None and record.survey.state == OPT_IN
        mine = record.person == reader(self.request)
        return {"way_out": reverse("opt-in-withdraw", args=[record.pk]) if ends and mine else ""}


class OptOut(FormPage):
    """Withdraws an opt-in."""

    model = OptIn
    plural = "opt-ins"
    title = button = "Withdraw"
    lead = "You are not asked, and your telephone number is forgotten."
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> OptIn:
        """The person's own. Raises Http404 for another's."""
        wish: OptIn = found(OptIn, key, self)
        if wish.person != reader(self.request):
            raise Http404("There is no such opt-in of yours.")
        return wish

    def form(self, record: OptIn, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return forms.Form(data)

    def save(self, record: OptIn, form: Any) -> OptIn:
        """Ends it."""
        actions.opt_out(record, **self.told())
        return record


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


class _AnswerPage(Page):
    """The questions, to be answered once."""

    template = "engagement/surveys/answer.html"

    def invitee(self, key: str) -> Invitee:
        """Who answers. Raises Http404."""
        raise NotImplementedError

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form."""
        invitee = self.invitee(key)
        return self._page(invitee, SheetForm(invitee.survey))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Takes the answers; a refusal keeps what was typed."""
        invitee = self.invitee(key)
        form = SheetForm(invitee.survey, request.POST)
        if not form.is_valid():
            return self._page(invitee, form, 422)
        try:
            actions.answer(invitee, form.answers, **self.told())
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._page(invitee, form, 422)
        messages.success(request, THANKS)
        return redirect(request.path)

    def _page(self, invitee: Invitee, form: SheetForm, status: int = 200) -> HttpResponse:
        survey = invitee.survey
        takes = survey.is_open(self.request.at) and not invitee.has_answered
        told = {"survey": survey, "invitee": invitee, "form": form, "takes": takes}
        answer = self.shown({**told, "crumbs": (Crumb("Surveys", reverse("surveys")), Crumb(str(survey)))}, status)
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer


class Answer(_AnswerPage):
    """Answers a survey, signed in."""

    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def invitee(self, key: str) -> Invitee:
        """The person's own row."""
        survey = found(Survey, key, self)
        row: Invitee | None = survey.invitees.filter(person=reader(self.request)).first()
        if row is None:
            raise Http404("This survey does not ask you.")
        return row


class OwnAnswer(_AnswerPage):
    """Answers a survey by a private link."""

    def invitee(self, key: str) -> Invitee:
        """Whoever is asked behind the link."""
        row = opened(key)
        if row is None or row.survey.state not in (OPEN, *ENDED):
            raise Http404("This link opens nothing. Look for it in our mail, and copy all of it.")
        return row


class ResultsPage(Page):
    """What was found: each question as a chart and a table, nothing where so few answered that it would tell who."""

    template = "engagement/surveys/results.html"

    def get(self, request: HttpRequest, key: str, ending: str = "") -> HttpResponse:
        """The page, or the same as a file."""
        survey = found(Survey, key, self)
        if not may_read_results(survey, reader(self.request), self.request.at):
            raise Http404("What was found is told once the survey is closed, and published.")
        findings = survey.results if survey.state == PUBLISHED else [one.stored() for one in results(survey)]
        if ending not in ("", "csv"):
            raise Http404("What was found is given as .csv.")
        if ending:
            rows = [(one["number"], one["text"], *row) for one in findings for row in one["rows"]]
            content = csv_file(("number", "question", "answer", "count"), rows)
            return attachment(content, "text/csv; charset=utf-8", f"survey-{survey.pk}-results.csv")
        drawn = [(one, _drawing(one)) for one in findings]
        crumbs = (Crumb("Surveys", reverse("surveys")), Crumb(str(survey), survey.get_absolute_url()),
                  Crumb("What was found"))  # fmt: skip
        told = {"survey": survey, "findings": drawn, "least": least(survey), "crumbs": crumbs}
        return self.shown({**told, "file": reverse("survey-results-file", args=[survey.pk, "csv"])})


def _drawing(finding: dict[str, Any]) -> SafeString | str:
    rows = finding["rows"]
    if not rows:
        return ""
    spec = charts.breakdown([str(answer) for answer, _ in rows], [count for _, count in rows])
    return SafeString(charts.svg(spec, finding["text"], theme="page"))


class SheetsFile(Page):
    """Every sheet of answers as a file, for who keeps the survey."""

    who: ClassVar[Who] = staticmethod(survey_keeper)

    def get(self, request: HttpRequest, key: str, ending: str) -> HttpResponse:
        """The file; a page that says why where there is none."""
        survey = found(Survey, key, self)
        try:
            heads, rows = table(survey)
        except Refused as refusal:
            raise Http404(str(refusal)) from refusal
        if ending == "csv":
            return attachment(csv_file(heads, rows), "text/csv; charset=utf-8", f"survey-{survey.pk}.csv")
        if ending != "xlsx":
            raise Http404("Answers are given as .csv and .xlsx.")
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return attachment(xlsx_file(f"Survey {survey.pk}", heads, rows), media, f"survey-{survey.pk}.xlsx")
