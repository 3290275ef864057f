"""Closing a ballot: the count is computed once, frozen, and told with what a stranger needs to compute it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from secretariat.committees.ballots.count import Cast, Count, Standing, most_votes, two_level
from secretariat.committees.ballots.models import (
    CONFLICTED,
    PRESENT,
    VOTED,
    Ballot,
    Elector,
    Method,
    suspended_electors,
)
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.tallies import Strategy

LATE = "Suspended since they voted, and still in the count because a secret vote cannot be found"
STRATEGY, QUORUM = "ballot.strategy", "ballot.quorum_percent"


def close(ballot: Ballot, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Counts, and freezes the count; the event holds every elector's standing and every vote that is published."""
    electors = list(ballot.electors.select_related("vote").order_by("constituency", "name", "pk"))
    standings = _standings(ballot, electors)
    counted = _secret(ballot, electors, standings) if ballot.secret else _named(ballot, electors, standings)
    told = counted.facts() | {
        "strategy": RULEBOOK.text(STRATEGY, ballot.closes_at) if ballot.method == Method.TWO_LEVEL else "",
        "electors": [_line(elector, standings[elector.pk], ballot.secret) for elector in electors],
        "papers": [{"receipt": each.receipt_hash, "choice": each.choice} for each in ballot.papers.all()],
    }
    ballot.tally, ballot.outcome = told, counted.outcome
    facts |= told


def _standings(ballot: Ballot, electors: Sequence[Elector]) -> dict[int, Standing]:
    suspended = suspended_electors(ballot, local_day(ballot.closes_at))
    of_state = {VOTED: Standing.COUNTED, CONFLICTED: Standing.CONFLICTED, PRESENT: Standing.ATTENDED}
    return {
        elector.pk: Standing.SUSPENDED if elector.pk in suspended else of_state.get(elector.state, Standing.SILENT)
        for elector in electors
    }


def _line(elector: Elector, standing: Standing, secret: bool) -> dict[str, Any]:
    told = {"id": elector.pk, "name": elector.name, "constituency": elector.constituency, "standing": standing.value}
    return told if secret else told | {"choice": _choice(elector), "receipt": _receipt(elector)}


def _choice(elector: Elector) -> str:
    return elector.vote.choice if hasattr(elector, "vote") else ""


def _receipt(elector: Elector) -> str:
    return elector.vote.receipt_hash if hasattr(elector, "vote") else ""


def _count(ballot: Ballot, casts: Sequence[Cast]) -> Count:
    percent = RULEBOOK.number(QUORUM, ballot.closes_at) if ballot.quorum else 0
    if ballot.method == Method.TWO_LEVEL:
        return two_level(casts, Strategy(RULEBOOK.text(STRATEGY, ballot.closes_at)), percent)
    return most_votes(casts, ballot.options, percent, ballot.places)


def _named(ballot: Ballot, electors: Sequence[Elector], standings: dict[int, Standing]) -> Count:
    casts = [
        Cast(elector.constituency if elector.has_vote else "", _choice(elector), standings[elector.pk])
        for elector in electors
    ]
    return _count(ballot, casts)


def _secret(ballot: Ballot, electors: Sequence[Elector], standings: dict[int, Standing]) -> Count:
    """The papers, which nobody can tell apart: what came to be ineligible after it was cast stays in, and is told."""
    casts = [Cast("", paper.choice, Standing.COUNTED) for paper in ballot.papers.all()]
    casts += [Cast("", "", standings[each.pk]) for each in electors if each.state != VOTED]
    late = sum(each.state == VOTED and standings[each.pk] is Standing.SUSPENDED for each in electors)
    counted = _count(ballot, casts)
    if not late:
        return counted
    told = f"{LATE}: {late}."
    return replace(counted, sentences=(*counted.sentences, told))
