"""What is counted of a ballot while it is open."""

from __future__ import annotations

from secretariat.committees.ballots.models import Ballot


def heard(ballot: Ballot) -> tuple[int, int]:
    """How many electors have voted or said that they do not, and how many there are."""
    return ballot.electors.exclude(state="").count(), ballot.electors.count()
