"""A session of a Working Group is planned, held or cancelled, and considers proposals (NEW-7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.change.models import Proposal
from secretariat.change.sessions.models import CANCELLED, HELD, PLANNED, Session
from secretariat.core.capacities import team
from secretariat.core.facts import a_line
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]
change_team = team(Team.CHANGE)


@rule("NEW-7")
def the_session_day_has_come(session: Session, at: datetime) -> bool:
    """A session is held on its day: it cannot be told as held before."""
    return local_day(at) >= session.day


@rule("NEW-7")
def not_considered_yet(session: Session, at: datetime, facts: Facts) -> bool:
    """The proposal is on the session's list already."""
    return not session.proposals.filter(pk=facts["proposal"].pk).exists()


@rule("NEW-7")
def raised_by_the_day(session: Session, at: datetime, facts: Facts) -> bool:
    """A session considers what was raised on its day or before."""
    return bool(facts["proposal"].raised_on <= session.day)


@rule("NEW-7")
def is_considered_without_notes(session: Session, at: datetime, facts: Facts) -> bool:
    """Only a proposal that is on the session's list, and of which no note is kept, is taken off it."""
    pk = facts["proposal"].pk
    return session.proposals.filter(pk=pk).exists() and not session.notes.filter(proposal=pk).exists()


def _consider(session: Session, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    session.proposals.add(facts["proposal"])


def _leave_out(session: Session, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    session.proposals.remove(facts["proposal"])


def _cancel(session: Session, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    session.cancelled_why = facts["why"]


def _proposal() -> forms.Field:
    return forms.ModelChoiceField(Proposal.objects.all())


SESSIONS = Procedure(
    "working_group_session",
    Session,
    Step("plan", NEW, PLANNED, change_team),
    Step("consider", (PLANNED, HELD), None, change_team, (not_considered_yet, raised_by_the_day),
         {"proposal": _proposal}, _consider, "Put a proposal on its list"),
    Step("leave_out", (PLANNED, HELD), None, change_team, (is_considered_without_notes,),
         {"proposal": _proposal}, _leave_out, "Take a proposal off its list"),
    Step("hold", PLANNED, HELD, change_team, (the_session_day_has_come,), says="Record that it was held", primary=True),
    Step("cancel", PLANNED, CANCELLED, change_team, facts={"why": a_line()},
         change=_cancel),
)  # fmt: skip
