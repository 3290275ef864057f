"""The records of Working Group sessions that pages and figures lead to."""

from __future__ import annotations

from secretariat.change.sessions.models import Note, Session
from secretariat.core.kinds import register


def not_named(text: str) -> None:
    """Nothing: no reference in prose names one."""


register("working group session", Session, not_named)
register("session note", Note, not_named)
