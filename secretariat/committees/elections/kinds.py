"""Elections, nominations and expressions of interest as kinds of record; no reference in prose names one."""

from __future__ import annotations

from secretariat.committees.elections.models import Call, Contest, IneligibleVote, Interest, Nomination
from secretariat.core.kinds import register


def not_named(text: str) -> None:
    """Nothing: no reference in prose names one."""


register("election", Call, not_named)
register("contest", Contest, not_named)
register("nomination", Nomination, not_named)
register("ineligible vote", IneligibleVote, not_named)
register("expression of interest", Interest, not_named)
