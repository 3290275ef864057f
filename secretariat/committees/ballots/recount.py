"""What of a closed ballot is given out, so that anybody entitled counts it again without asking us."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from secretariat.committees.ballots.models import Ballot, Elector
from secretariat.core.journal import Event, storable
from secretariat.core.kinds import kind_of
from secretariat.core.pages import Related


def events_of(ballot: Ballot) -> list[dict[str, Any]]:
    """The events of a ballot and of its electors, in the order of the journal, each with what its hash is made of."""
    own = Q(kind=kind_of(Ballot), subject_id=ballot.pk)
    votes = Q(kind=kind_of(Elector), subject_id__in=ballot.electors.values("pk"))
    return [
        {
            "id": row.pk,
            "previous": row.previous,
            "name": row.name,
            "at": storable(row.at),
            "recorded": storable(row.recorded),
            "by": row.by_id,
            "kind": row.kind,
            "subject": row.subject_id,
            "facts": row.facts,
            "classification": row.classification,
            "audience": row.audience,
            "imported": row.imported,
            "hash": row.hash,
        }
        for row in Event.objects.filter(own | votes).order_by("pk")
    ]


def published(ballot: Ballot) -> Related:
    """The votes of a closed ballot: by name with reasons, or, where it was secret, by the hash of the receipt.

    What none of them has, such as a receipt of a vote that was written down, has no column.
    """
    tally = ballot.tally or {}
    if ballot.secret:
        rows = [(line["receipt"], line["choice"]) for line in tally.get("papers", [])]
        return Related("Votes by receipt", ("SHA-256 of the receipt", "Vote"), rows, "No vote was cast.")
    electors = {one.pk: one for one in ballot.electors.select_related("vote")}
    lines = [line for line in tally.get("electors", []) if line["id"] in electors]
    named: list[tuple[str, ...]] = [_named(electors[line["id"]], line) for line in lines]
    heads = ("Elector", "Constituency", "Vote", "Standing", "Objectives", "Reasons", "SHA-256 of the receipt")
    shown = [place for place in range(len(heads)) if any(row[place] for row in named)]
    cells: list[tuple[str, ...]] = [tuple(row[place] for place in shown) for row in named]
    return Related("Votes", tuple(heads[place] for place in shown), cells, "Nobody could vote.")


def _named(elector: Elector, line: dict[str, Any]) -> tuple[str, ...]:
    vote = getattr(elector, "vote", None)
    judged = "; ".join(f"{name} {word}" for name, word in sorted(vote.objectives.items())) if vote else ""
    reason = vote.reason if vote else elector.conflict
    return line["name"], line["constituency"], line["choice"], line["standing"], judged, reason, line["receipt"]
