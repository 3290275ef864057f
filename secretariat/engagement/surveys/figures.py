"""What surveys count: how many were asked and answered, and what the answers say together."""

from __future__ import annotations

from django.db.models import Count, Q

from secretariat.consultations.who import AUDIENCE
from secretariat.core.figures import Cell, Grid, Head, Records, Span, figure
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.surveys.models import ENDED, Invitee, Kind, Survey, SurveyQuestion
from secretariat.engagement.surveys.tally import Asked, Finding, findings
from secretariat.plain.dates import local_day

LABELS = dict(AUDIENCE)
NO_CATEGORY = "No Party Category"
COLUMNS = (Head("surveys", "Surveys closed"), Head("asked", "Asked"), Head("answered", "Answered"))


@figure("survey_answers", title="Surveys and their answers", unit="surveys, people")
def survey_answers(span: Span) -> Grid:
    """The surveys that closed in the span, how many people each kind of them asked, and how many of those answered.

    Whoever was asked by two surveys counts twice. What was answered is not counted here.
    """
    closed = [
        pk for pk, closes in Survey.objects.filter(state__in=ENDED).values_list("pk", "closes_at")
        if span.first <= local_day(closes) <= span.last
    ]  # fmt: skip
    surveys = dict(Survey.objects.filter(pk__in=closed).order_by().values_list("kind").annotate(Count("pk")))
    rows = Invitee.objects.filter(survey__in=closed).order_by().values("survey__kind")
    people = {
        row["survey__kind"]: row for row in rows.annotate(asked=Count("pk"), answered=Count("pk", Q(has_answered=True)))
    }
    cells = {}
    for kind in Kind:
        of = {"survey__in": closed, "survey__kind": kind.value}
        told = people.get(kind.value, {})
        cells[kind.value, "surveys"] = Cell(
            surveys.get(kind.value, 0), Records(Survey, {"pk__in": closed, "kind": kind.value})
        )
        cells[kind.value, "asked"] = Cell(told.get("asked", 0), Records(Invitee, of))
        cells[kind.value, "answered"] = Cell(told.get("answered", 0), Records(Invitee, {**of, "has_answered": True}))
    return Grid(tuple(Head(kind.value, str(kind.label)) for kind in Kind), COLUMNS, cells)


def asked_of(survey: Survey) -> list[Asked]:
    """The questions of a survey as its tally knows them."""
    return [
        Asked(one.number, one.text, tuple(one.answers), one.asks == SurveyQuestion.Asks.SCALE)
        for one in survey.questions.order_by("number")
    ]


def least(survey: Survey) -> int:
    """How many answers there must be before anything of them is told."""
    return RULEBOOK.number("engagement.survey_least", survey.closes_at)


def results(survey: Survey) -> list[Finding]:
    """What the answers to a survey say together; nothing that a number below the least would tell."""
    sheets = list(survey.sheets.values_list("answers", "category"))
    groups = [LABELS.get(category, NO_CATEGORY) for _, category in sheets] if survey.by_category else []
    return findings(asked_of(survey), [answers for answers, _ in sheets], groups, least(survey))


def answered(survey: Survey) -> tuple[int, int]:
    """How many have answered, and how many were asked."""
    told = survey.invitees.aggregate(answered=Count("pk", Q(has_answered=True)), asked=Count("pk"))
    return told["answered"], told["asked"]
