"""What a proposal still needs to pass, and what comes next: the shapes in which each part of the room says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from secretariat.plain.dates import local_day


@dataclass(frozen=True)
class Need:
    """One thing that stands between a proposal and its next stage: what, who has it, and its rule."""

    what: str
    who: str
    citation: str = ""
    href: str = ""


@dataclass(frozen=True)
class Coming:
    """One next date of a proposal: what, when, who has the ball, and how the date was reckoned.

    `due` is a day, or an instant where a period closes at one.
    """

    what: str
    due: date | datetime
    who: str
    working: str = ""
    citation: str = ""
    href: str = ""

    @property
    def day(self) -> date:
        """The day, in London."""
        return local_day(self.due) if isinstance(self.due, datetime) else self.due


def in_order(found: Iterable[Coming]) -> list[Coming]:
    """Next dates by day; what is overdue comes first by itself."""
    return sorted(found, key=lambda one: (one.day, one.what))
