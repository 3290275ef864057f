"""The records of agendas that pages lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.meetings.agenda.models import AgendaItem, Request, StandingItem


def not_named(text: str) -> None:
    """Nothing: no reference in prose names one."""


register("agenda item", AgendaItem, not_named)
register("standing item", StandingItem, not_named)
register("agenda request", Request, not_named)
