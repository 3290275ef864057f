"""Where votes are kept: a named one with its elector, a secret one apart from everything that says whose it is."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from secretariat.committees.ballots.models import Elector, Paper, Vote
from secretariat.core.procedure import Refused

SHUFFLE = secrets.SystemRandom()


def keep_vote(elector: Elector, said: Mapping[str, Any]) -> None:
    """Keeps an elector's named vote in the place of an earlier one."""
    told = {name: said[name] for name in ("choice", "reason", "objectives", "receipt_hash")}
    Vote.objects.update_or_create(elector=elector, defaults=told)


def keep_paper(elector: Elector, choice: str, receipt_hash: str, instead_of: str = "") -> None:
    """Puts a secret vote among the others, in the place of the one whose receipt was shown. Raises Refused.

    All papers of the ballot are written anew in an order drawn by lot, so that the order in which they lie in the
    database tells nothing of when each was cast.
    """
    ballot = elector.ballot
    papers = [paper for paper in ballot.papers.all() if paper.receipt_hash != instead_of]
    if any(paper.receipt_hash == receipt_hash for paper in papers):
        raise Refused("This receipt is taken. Vote again with another.")
    papers.append(Paper(ballot=ballot, choice=choice, receipt_hash=receipt_hash))
    SHUFFLE.shuffle(papers)
    ballot.papers.all().delete()
    Paper.objects.bulk_create(
        Paper(ballot=ballot, choice=paper.choice, receipt_hash=paper.receipt_hash) for paper in papers
    )
