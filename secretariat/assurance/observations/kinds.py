"""The kinds of record of what was found. None has a reference that prose could name: nothing finds them by words."""

from __future__ import annotations

from secretariat.assurance.observations.models import Evidence, Observation, Reader, Remark
from secretariat.core.kinds import register


def none(text: str) -> None:
    """None: what is Red is found on the page of its case only."""


register("observation", Observation, none)
register("remark", Remark, none)
register("evidence file", Evidence, none)
register("named reader", Reader, none)
