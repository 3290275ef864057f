"""The answers as a table for other programs: named, or of an anonymous survey in an order that tells nothing."""

from __future__ import annotations

from typing import Any

from secretariat.core.procedure import Refused
from secretariat.engagement.surveys.figures import LABELS, least
from secretariat.engagement.surveys.models import ENDED, Survey
from secretariat.engagement.surveys.tally import group_columns


def has_enough(survey: Survey) -> bool:
    """Whether so many have answered that a file of answers tells nobody's: a survey with names needs no least."""
    return not survey.anonymous or survey.sheets.count() >= least(survey)


def table(survey: Survey) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows, one row a sheet, a column a question.

    Raises Refused before the closing, and for an anonymous survey that too few have answered.
    """
    if survey.state not in ENDED:
        raise Refused("Answers are given as a file once the survey is closed.")
    questions = list(survey.questions.order_by("number"))
    sheets = list(survey.sheets.select_related("invitee__person").order_by("pk"))
    if not has_enough(survey):
        raise Refused(f"Fewer than {least(survey)} answered: so few answers would tell who gave them.")
    first = _groups(survey, sheets) if survey.anonymous else _names(sheets)
    heads = ["Party Category" if survey.anonymous else "Who", *(f"{one.number}. {one.text}" for one in questions)]
    answers = [[one.answers.get(str(question.number), "") for question in questions] for one in sheets]
    return heads, [[who, *said] for who, said in zip(first, answers, strict=True)]


def _names(sheets: list[Any]) -> list[str]:
    return [str(one.invitee.person) for one in sheets]


def _groups(survey: Survey, sheets: list[Any]) -> list[str]:
    groups = [LABELS.get(one.category, "") for one in sheets]
    return group_columns(groups, least(survey))
