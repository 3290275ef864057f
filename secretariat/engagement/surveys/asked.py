"""Whom a survey asks, and why: members of a body, guests of an event, contacts by Party Category, or who opted in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from secretariat.core import journal
from secretariat.core.people import Capacity, Role
from secretariat.engagement.events.invited import Guest, people_of
from secretariat.engagement.events.models import ATTENDED
from secretariat.engagement.surveys.models import Invitee, Survey
from secretariat.plain.dates import local_day


def people(survey: Survey, at: datetime) -> list[Guest]:
    """Everybody whom the survey would ask at an instant, each once, with why.

    A survey that goes by opt-in asks those who opted in, and nobody else.
    """
    found: Iterable[Guest] = _opted_in(survey, at) if survey.by_opt_in else _named(survey, at)
    return list({one.person.pk: one for one in found}.values())


def _named(survey: Survey, at: datetime) -> Iterator[Guest]:
    yield from people_of(survey.invited, at)
    yield from _guests(survey)
    yield from _members(survey, at)


def _members(survey: Survey, at: datetime) -> Iterator[Guest]:
    if not survey.body:
        return
    rows: Any = Capacity.objects.on(local_day(at))
    members = rows.filter(role=Role.COMMITTEE_MEMBER, audience=survey.body, person__is_active=True)
    for row in members.select_related("person").order_by("person__name", "person"):
        yield Guest(row.person, None, f"Member of {survey.body}")


def _guests(survey: Survey) -> Iterator[Guest]:
    if survey.event is None:
        return
    came = survey.event.registrations.filter(state=ATTENDED, person__is_active=True)
    for row in came.select_related("person", "party"):
        yield Guest(row.person, row.party, f"Came to {survey.event}")


def _opted_in(survey: Survey, at: datetime) -> Iterator[Guest]:
    rows = survey.opt_ins.filter(withdrawn_on__isnull=True, person__is_active=True)
    for row in rows.select_related("person", "party"):
        category = row.party.category_on(local_day(at)) if row.party else None
        yield Guest(row.person, row.party, "Opted in", category.value if category else "")


def ask_all(survey: Survey, at: datetime, recorded: datetime) -> int:
    """Writes down everybody whom the survey asks, with why, and returns how many."""
    rows = [
        Invitee(survey=survey, person=one.person, party=one.party, category=one.category, why=one.why[:200],
                recorded=recorded)
        for one in people(survey, at)
    ]  # fmt: skip
    journal.enter_all(rows, by=None, at=at, recorded=recorded, verb="enter")
    return len(rows)
