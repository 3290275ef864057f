"""Where sheets of answers are kept: those of an anonymous survey apart from everything that says whose they are."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from secretariat.engagement.surveys.figures import least
from secretariat.engagement.surveys.models import Invitee, Sheet

SHUFFLE = secrets.SystemRandom()


def _told_category(invitee: Invitee) -> str:
    """The category that a sheet keeps: none where so few are asked of it that it would tell who they are."""
    survey = invitee.survey
    if not survey.by_category:
        return ""
    alike = survey.invitees.filter(category=invitee.category).count()
    return invitee.category if alike >= least(survey) or not survey.anonymous else ""


def keep_sheet(invitee: Invitee, answers: Mapping[str, Any]) -> None:
    """Keeps the answers of somebody asked.

    An anonymous sheet is put among the others, and all sheets of the survey are written anew in an order drawn by lot,
    so that neither the order in which they lie in the database nor its marks of who wrote when tell one from another.
    """
    survey = invitee.survey
    category = _told_category(invitee)
    if not survey.anonymous:
        Sheet.objects.create(
            survey=survey, anonymous=False, invitee=invitee, category=category, answers=dict(answers)
        )  # fmt: skip
        return
    told = [*survey.sheets.values("category", "answers"), {"category": category, "answers": dict(answers)}]
    SHUFFLE.shuffle(told)
    survey.sheets.all().delete()
    Sheet.objects.bulk_create(Sheet(survey=survey, anonymous=True, **one) for one in told)
