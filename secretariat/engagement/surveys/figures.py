"""What surveys count: how many were asked and answered, and what the answers say together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from secretariat.consultations.who import AUDIENCE
from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, Value, figure
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.surveys.models import ENDED, PUBLISHED, Invitee, Kind, Survey, SurveyQuestion
from secretariat.engagement.surveys.tally import Asked, Finding, findings, together
from secretariat.plain.dates import local_day, long_date

LABELS = dict(AUDIENCE)
NO_CATEGORY = "No Party Category"
COLUMNS = (Head("surveys", "Surveys closed"), Head("asked", "Asked"), Head("answered", "Answered"))
MARKS = (Head("marks", "Marks given"), Head("mean", "Mean mark"))


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


@figure("survey_satisfaction", title="Customer satisfaction, as surveyed", unit="marks from 1 to 5, people")
def survey_satisfaction(span: Span) -> Grid:
    """The mean mark, from 1 (not at all) to 5 (fully), that each question on the scale was given in the customer
    satisfaction survey that closed last, by the end of the span, and was published; and how many answered it (HLP-10).

    The last row is the mean of all marks. It is taken as published: a question that too few answered is not told, and
    no sheet of answers opens from here.
    """
    survey = _last_published(span)
    if survey is None:
        return Grid((), MARKS, {}, remarks=("No customer satisfaction survey was published yet.",))
    scales = set(survey.questions.filter(asks=SurveyQuestion.Asks.SCALE).values_list("number", flat=True))
    told = [one for one in survey.results or [] if one["number"] in scales]
    cells = {(f"q{one['number']}", key): cell for one in told for key, cell in _marks(survey, one).items()}
    mean, _ = together(told)
    cells["all", "marks"] = Cell(
        sum(one["answered"] for one in told), Sum(tuple((f"q{one['number']}", "marks") for one in told))
    )
    cells["all", "mean"] = _as_published(survey, mean, "the mean of all marks", "No question was told.")
    rows = (*(Head(f"q{one['number']}", one["text"]) for one in told), Head("all", "All marks"))
    remark = f"{survey}, closed {long_date(local_day(survey.closes_at))}."
    return Grid(rows, MARKS, cells, ("all",), (remark,))


def _last_published(span: Span) -> Survey | None:
    rows = Survey.objects.filter(kind=Kind.SATISFACTION, state=PUBLISHED).order_by("-closes_at", "-pk")
    return next((one for one in rows if local_day(one.closes_at) <= span.last), None)


def _marks(survey: Survey, told: Mapping[str, Any]) -> dict[str, Cell]:
    """How many marks a question was given and their mean; neither where so few answered that it is not told."""
    number = None if told["why_not"] else told["answered"]
    mean = Decimal(told["mean"]) if told["mean"] else None
    return {
        "marks": _as_published(survey, number, "how many answered it", told["why_not"]),
        "mean": _as_published(survey, mean, "the mean of the marks given to it", told["why_not"]),
    }


def _as_published(survey: Survey, value: Value | None, how: str, why_not: str) -> Cell:
    if value is None:
        return Cell(None, Unknown(why_not))
    return Cell(value, Records(Survey, {"pk": survey.pk}, how=f"{how}, as published"))


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
