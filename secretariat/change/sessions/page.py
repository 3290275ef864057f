"""What Working Groups said of a proposal, and when they next consider it, on the proposal's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.change.coming import Coming, Need
from secretariat.change.models import Proposal
from secretariat.change.sessions.models import CANCELLED, PLANNED, Note, Session
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """Nothing: the sessions are a table."""
    return []


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """The sessions that considered it or will, each with what came out of it."""
    found: Any = Session.objects.filter(proposals=proposal).exclude(state=CANCELLED)
    notes: Any = Note.objects.filter(proposal=proposal)
    told = {note.session_id: note.outcome or note.discussed for note in notes.visible_to(person, at)}
    rows: list[tuple[Any, ...]] = [
        (Crumb(long_date(one.day), one.get_absolute_url()), one.group, one.state, told.get(one.pk, ""))
        for one in found.visible_to(person, at).order_by("day", "pk")
    ]
    href = f"{reverse('working group sessions')}?proposal={proposal.reference}"
    heads = ("Day", "Working Group", "State", "Outcome")
    return [Related("Working Group sessions", heads, rows, "No Working Group has considered it.", href)]


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """Nothing: no step waits for a session by rule."""
    return []


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """The planned sessions with the proposal on their list."""
    found: Any = Session.objects.filter(proposals=proposal, state=PLANNED, day__gte=local_day(at))
    return [
        Coming(f"{one.group} considers it", one.day, "The Working Group", "As planned.", "NEW-7",
               one.get_absolute_url())
        for one in found.visible_to(person, at).order_by("day")
    ]  # fmt: skip
