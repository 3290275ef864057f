"""Ballots as a kind of record."""

from __future__ import annotations

from secretariat.committees.ballots.models import Ballot
from secretariat.core.kinds import register


def ballot(text: str) -> Ballot | None:
    """The ballot that "ballot 12" names."""
    word, _, number = text.strip().lower().partition(" ")
    if word != "ballot" or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    found: Ballot | None = Ballot.objects.filter(pk=int(number)).first()
    return found


register("ballot", Ballot, ballot, lambda record: record.question)
