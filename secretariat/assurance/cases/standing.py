"""Cases with what is asked of each: its status, who has the ball, since when, and by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from secretariat.assurance.cases.ball import (
    NOT_BEGUN,
    SELF_ASSESSING,
    STATES,
    TO_CLOSE,
    TO_FOLLOW,
    TO_REMEDY,
    Ball,
    Outcome,
    ball,
)
from secretariat.assurance.cases.changes import status_of
from secretariat.assurance.cases.models import Stage
from secretariat.assurance.cases.rules import response_due
from secretariat.assurance.cases.statuses import FINAL, FOLLOWED, calls_for_a_follow_up, is_final
from secretariat.assurance.models import SELF_ASSESSED, STATUSES, Assessment, AssessmentMilestone, State
from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date

TO_REMEDY_IN = (State.DECIDED, State.REMEDIATION)


def came_here(assessment: Assessment) -> date | None:
    """The day on which a case came to where it stands; None where that is not kept."""
    return assessment.stages.filter(to_day__isnull=True).values_list("from_day", flat=True).first()


def outcome(assessment: Assessment, at: datetime) -> Outcome:
    """What the status of a case leaves to be done."""
    status = status_of(assessment)
    return Outcome(is_final(status, at), assessment.followed_by.exists(), calls_for_a_follow_up(status, at))


def ball_of(assessment: Assessment, at: datetime) -> Ball:
    """Who has the ball in a case."""
    return ball(assessment.state, assessment.kind, outcome(assessment, at), came_here(assessment))


def due(assessment: Assessment, at: datetime) -> tuple[date, str] | None:
    """By when the next thing is expected, and why; None where no day is known."""
    if assessment.state in (State.BOOKED, State.VALIDATED) and assessment.fieldwork_due:
        return assessment.fieldwork_due, "Fieldwork begins."
    if assessment.state == State.FIRST_PHASE and assessment.second_phase_due:
        return assessment.second_phase_due, "The second phase begins."
    if assessment.state == State.REPORTED:
        rule = RULEBOOK.entry("assessment.response_wd", at)
        words = f"The management response: {rule.value} Working Days after the report. {rule.doubt}"
        return response_due(assessment, at), words
    begun = came_here(assessment)
    if assessment.state in TO_REMEDY_IN and begun and not is_final(status_of(assessment), at):
        rule = RULEBOOK.entry("assessment.letter_wd", at)
        words = f"A plan or the Director's Letter: {rule.value} Working Days after {long_date(begun)}. {rule.doubt}"
        return calendar().add(begun, RULEBOOK.number(rule.key, at)), words
    return None


def with_ball(rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """The cases, each with its `status`, its `holder` and the day `since` which it waits: the same as `ball_of`."""
    day = local_day(at)
    statuses = AssessmentMilestone.objects.filter(assessment=OuterRef("pk"), kind__in=STATUSES)
    stands = Stage.objects.filter(assessment=OuterRef("pk"), to_day__isnull=True)
    followed = Assessment.objects.filter(follows=OuterRef("pk"))
    final, wants = (RULEBOOK.text(key, day).split("|") for key in (FINAL, FOLLOWED))
    decided = Q(state=State.DECIDED)
    over = Q(status__isnull=True) | Q(status__in=final)
    holders = [
        When(Q(state=State.REQUESTED, kind__in=SELF_ASSESSED), then=Value(SELF_ASSESSING[0].value)),
        When(decided & (over | Exists(followed)), then=Value(TO_CLOSE[0].value)),
        When(decided & Q(status__in=wants), then=Value(TO_FOLLOW[0].value)),
        When(decided, then=Value(TO_REMEDY[0].value)),
        *(When(state=state, then=Value(holder.value)) for state, (holder, _) in STATES.items()),
    ]
    status, since = Subquery(statuses.values("detail")[:1]), Subquery(stands.values("from_day")[:1])
    told: QuerySet[Any] = rows.annotate(status=status, since=since)
    found: QuerySet[Any] = told.annotate(
        holder=Case(*holders, default=Value(NOT_BEGUN[0].value), output_field=CharField())
    )
    return found
