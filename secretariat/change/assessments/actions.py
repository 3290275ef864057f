"""Writes that begin with a step: a request to the DCC, an idea that is told, a question that is asked."""

from __future__ import annotations

from datetime import date, datetime

from secretariat.change.assessments.models import Assessment, Idea
from secretariat.change.assessments.procedure import ASSESSMENTS, IDEAS
from secretariat.core.journal import Event
from secretariat.core.people import Person


def request_assessment(
    assessment: Assessment, due_on: date | None = None, *, by: Person | None, at: datetime, recorded: datetime
) -> Event:
    """Asks the DCC for an assessment, due by the standard timescale or on the day agreed. Raises Refused (NEW-6)."""
    return ASSESSMENTS.take("request", assessment, by=by, at=at, recorded=recorded, due_on=due_on)


def submit_idea(idea: Idea, *, by: Person | None, at: datetime, recorded: datetime) -> Event:
    """Takes in what somebody tells, signed in or not; the reply's five Working Days begin (NEW-3). Raises Refused."""
    idea.person = idea.person or by
    return IDEAS.take("submit", idea, by=by, at=at, recorded=recorded)


def tell_for_another(idea: Idea, *, by: Person | None, at: datetime, recorded: datetime) -> Event:
    """Takes in what reached the change team by mail or telephone. Raises Refused."""
    return IDEAS.take("submit", idea, by=by, at=at, recorded=recorded)
