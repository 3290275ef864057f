"""How a major incident is reviewed and what is learnt from it: the review and its lessons, as tables (H9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.incidents.models import (
    ACCEPTED,
    AGREED,
    DONE,
    OPENED,
    REPORTED,
    REVIEWED,
    SUMMARISED,
    VERIFIED,
    Lesson,
    MajorReview,
)
from secretariat.oversight.incidents.standing import is_major, is_unsolved
from secretariat.oversight.incidents.who import dcc_group_or_team, dcc_or_team, group_or_team
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]


@rule("H9")
def its_incident_is_major(review: MajorReview, at: datetime) -> bool:
    """Only a major incident is reviewed: one that is or was of the category that the rulebook names."""
    return is_major(review.incident, at)


@rule("H9")
def its_incident_is_resolved(review: MajorReview, at: datetime) -> bool:
    """The report of a review is sent once the incident is resolved."""
    return not is_unsolved(review.incident)


@rule("H9")
def every_lesson_is_verified(review: MajorReview, at: datetime) -> bool:
    """A review is done once each of its lessons is verified."""
    return not review.lessons.exclude(state=VERIFIED).exists()


@rule("H9")
def its_review_still_runs(lesson: Lesson, at: datetime) -> bool:
    """The review is done; a lesson that comes of it later belongs to another incident."""
    return lesson.review.state != REVIEWED


@rule("H9")
def the_day_is_another(lesson: Lesson, at: datetime, facts: Facts) -> bool:
    """The lesson is due on this day already."""
    return bool(facts["due_on"] != lesson.due_on)


def _summarised(review: MajorReview, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    review.summarised_on, review.summary = local_day(at), facts["summary"]


def _reported(review: MajorReview, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    review.reported_on, review.findings = local_day(at), facts["findings"]


def _asked_again(review: MajorReview, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    review.reported_on = None


def _accepted(review: MajorReview, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    review.accepted_in = facts["accepted_in"]


def _agreed(lesson: Lesson, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    lesson.first_due_on = lesson.due_on


def _moved(lesson: Lesson, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    lesson.due_on = facts["due_on"]
    lesson.moved += 1


def _done(lesson: Lesson, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    lesson.done_on, lesson.evidence = local_day(at), facts["evidence"]


def _not_done(lesson: Lesson, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    lesson.done_on = None


REVIEWS = Procedure(
    "major_incident_review",
    MajorReview,
    Step("open", NEW, OPENED, dcc_group_or_team, (its_incident_is_major,)),
    Step("summarise", OPENED, SUMMARISED, dcc_or_team, (), {"summary": a_text(4000)}, _summarised, "Send the summary"),
    Step("report", (OPENED, SUMMARISED), REPORTED, dcc_or_team, (its_incident_is_resolved,),
         {"findings": a_text(8000, "What the report finds")}, _reported, "Send the report", primary=True),
    Step("ask_again", REPORTED, SUMMARISED, group_or_team, (), {"why": a_line(500)}, _asked_again,
         "Ask for a better report"),
    Step("accept", REPORTED, ACCEPTED, group_or_team, (),
         {"accepted_in": a_line(120, "Accepted at", help_text="The meeting, such as OPSG_29.")}, _accepted,
         primary=True),
    Step("finish", ACCEPTED, REVIEWED, group_or_team, (every_lesson_is_verified,)),
)  # fmt: skip

LESSONS = Procedure(
    "incident_lesson",
    Lesson,
    Step("agree", NEW, AGREED, dcc_group_or_team, (its_review_still_runs,), change=_agreed),
    Step("move", AGREED, None, dcc_or_team, (the_day_is_another,),
         {"due_on": a_day("Due on"), "why": a_line(500)}, _moved, "Move its day"),
    Step("do", AGREED, DONE, dcc_or_team, (), {"evidence": a_text(2000)}, _done, "It is done", primary=True),
    Step("verify", DONE, VERIFIED, group_or_team, primary=True),
    Step("refuse", DONE, AGREED, group_or_team, (), {"why": a_line(500)}, _not_done, "It is not done"),
)  # fmt: skip
