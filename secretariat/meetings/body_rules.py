"""Which entry of the rulebook holds for a body: its own, the Panel's, or that of all other bodies."""

from __future__ import annotations

from datetime import date

from secretariat.committees.models import Committee
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.meetings.models import PANEL

OF_OTHERS = {"quorum_percent": "ballot.quorum_percent"}
"""Figures that stand under another name for the bodies that have none of their own."""


def body_rule(name: str, body: Committee, day: date) -> Entry:
    """The rule of a name, such as `notice_wd`, for a body on a day. Raises UnknownRule."""
    own = f"meetings.{body.code.lower()}.{name}"
    if own in RULEBOOK.entries:
        return RULEBOOK.entry(own, day)
    if body.code == PANEL:
        return RULEBOOK.entry(f"panel.{name}", day)
    return RULEBOOK.entry(OF_OTHERS.get(name, f"meetings.{name}"), day)
