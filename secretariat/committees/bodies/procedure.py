"""What becomes of a recommendation (Panel information)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.committees.bodies.models import FOLLOWED, MADE, NOT_FOLLOWED, Recommendation, is_a_meeting
from secretariat.committees.who import committees_team
from secretariat.core.facts import a_day, a_line
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]


@rule("GOV-22")
def it_was_recommended_by_then(recommendation: Recommendation, at: datetime) -> bool:
    """A recommendation is recorded once it was made."""
    return recommendation.day <= local_day(at)


@rule("GOV-22")
def it_is_answered_after_it_was_made(recommendation: Recommendation, at: datetime, facts: Facts) -> bool:
    """It is answered on a day that has come, and not before it was made."""
    return bool(recommendation.day <= facts["day"] <= local_day(at))


def _answer(recommendation: Recommendation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    recommendation.answered_on, recommendation.answer = facts["day"], facts["answer"]
    recommendation.answered_at = facts["meeting"]


ANSWER = {
    "day": a_day(),
    "answer": a_line(required=False, help_text="In which words."),
    "meeting": a_line(40, required=False, validators=[is_a_meeting], help_text="Such as SECP_46_1407."),
}

RECOMMENDATIONS = Procedure(
    "recommendation",
    Recommendation,
    Step("recommend", NEW, MADE, committees_team, rules=(it_was_recommended_by_then,)),
    Step("follow", MADE, FOLLOWED, committees_team, says="Record that it was followed", primary=True,
         rules=(it_is_answered_after_it_was_made,), facts=ANSWER, change=_answer),
    Step("decline", MADE, NOT_FOLLOWED, committees_team, says="Record that it was not followed",
         rules=(it_is_answered_after_it_was_made,), facts=ANSWER, change=_answer),
)  # fmt: skip
