"""Where sheets of answers are kept: those of an anonymous survey apart from everything that says whose they are."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from secretariat.engagement.surveys.figures import least
from secretariat.engagement.surveys.models import Invitee, Sheet, Survey

SHUFFLE = secrets.SystemRandom()
Answers = Mapping[str, Any]


def told_category(survey: Survey, category: str) -> str:
    """The category that a sheet keeps: none where so few are asked of it that it would tell who they are."""
    if not survey.by_category:
        return ""
    alike = survey.invitees.filter(category=category).count()
    return category if alike >= least(survey) or not survey.anonymous else ""


def keep_sheet(invitee: Invitee, answers: Answers) -> None:
    """Keeps the answers of somebody asked: by name, or of an anonymous survey as nobody's."""
    survey = invitee.survey
    if survey.anonymous:
        keep_anonymous(survey, [(invitee.category, answers)])
        return
    category = told_category(survey, invitee.category)
    Sheet.objects.create(survey=survey, anonymous=False, invitee=invitee, category=category, answers=dict(answers))


def keep_anonymous(survey: Survey, told: Iterable[tuple[str, Answers]]) -> None:
    """Puts anonymous sheets, each a Party Category and answers, among the others.

    All sheets of the survey are written anew in an order drawn by lot, so that neither the order in which they lie in
    the database nor its marks of who wrote when tell one from another.
    """
    new = [{"category": told_category(survey, category), "answers": dict(answers)} for category, answers in told]
    rows = [*survey.sheets.values("category", "answers"), *new]
    SHUFFLE.shuffle(rows)
    survey.sheets.all().delete()
    Sheet.objects.bulk_create(Sheet(survey=survey, anonymous=True, **one) for one in rows)
