"""The legal text on a proposal's page: its drafts, and what they meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.change.coming import Coming, Need
from secretariat.change.drafting.texts import drafts_of
from secretariat.change.models import OPEN_STAGES, Proposal
from secretariat.change.who import change_team
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.legaltext.drafting.procedure import fits_the_newest_version
from secretariat.legaltext.drafting.values import LIVE, Met, met_by
from secretariat.legaltext.models import Draft


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """Where the change team begins a draft, or makes one of its own the proposal's."""
    if proposal.state not in OPEN_STAGES or not change_team(person, proposal, at):
        return []
    return [
        Fact("Legal text", "Begin a draft", reverse("legal text-new", args=[proposal.reference])),
        Fact("Legal text", "Take a draft that is there", reverse("link legal text", args=[proposal.reference])),
    ]


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """The drafts that the person may read, each with the conflicts that the person may read of."""
    rows: list[tuple[Any, ...]] = [
        (
            Crumb(draft.title, draft.get_absolute_url()),
            draft.document.reference,
            draft.baseline.number if draft.baseline else "",
            draft.state,
            _said(met_by(draft, person, at)) if draft.state in LIVE else "",
        )
        for draft in drafts_of(proposal).visible_to(person, at)
    ]
    heads = ("Draft", "Document", "Made for version", "State", "Conflicts")
    return [Related("Legal text", heads, rows, "")] if rows else []


def _said(found: list[Met]) -> str:
    waiting = sum(one.waits for one in found)
    if not found:
        return "none"
    return f"{waiting} to be settled" if waiting else f"{len(found)}, none to be settled"


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """The drafts that a newer version has overtaken, and the conflicts that a person has still to settle."""
    if proposal.state not in OPEN_STAGES:
        return []
    drafts = drafts_of(proposal).filter(state__in=LIVE).visible_to(person, at)
    return [need for draft in drafts for need in _needs_of(draft, person, at)]


def _needs_of(draft: Draft, person: Person | None, at: datetime) -> Iterator[Need]:
    href = draft.get_absolute_url()
    if not fits_the_newest_version(draft, at):
        what = f"{draft.title} is carried over to the newest version of {draft.document.reference}"
        yield Need(what, "Change team", "DOC-3", href)
    for one in met_by(draft, person, at):
        if one.waits:
            what = f"A conflict with {one.other.title} is settled: {one.conflict.says}"
            yield Need(what, "Change team", "NEW-11, DOC-3", href)


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """Nothing: legal text has no deadline of its own."""
    return []
