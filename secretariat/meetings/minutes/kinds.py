"""The records of minutes that pages and figures lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.meetings.minutes.models import Comment, Edition, Minute, Minutes


def not_named(text: str) -> None:
    """Nothing: a reference in prose names the meeting."""


register("minuted meeting", Minutes, not_named)
register("minute", Minute, not_named)
register("minutes comment", Comment, not_named)
register("edition", Edition, not_named)
