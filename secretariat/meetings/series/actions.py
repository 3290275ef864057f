"""Beginning a series with its first meetings, and an exception that takes its planned meeting along."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.meetings.models import PLANNED, Meeting
from secretariat.meetings.procedure import MEETINGS
from secretariat.meetings.series.models import RUNNING, Series, SeriesException
from secretariat.meetings.series.procedure import SERIES, missing


def begin(series: Series, **told: Unpack[Told]) -> list[Meeting]:
    """Begins a series and plans its meetings as far ahead as the rulebook says; returns them. Raises Refused."""
    series.recorded = told["recorded"]
    with transaction.atomic():
        SERIES.take("begin", series, **told)
        return plan_ahead(series, **told)


def plan_ahead(series: Series, **told: Unpack[Told]) -> list[Meeting]:
    """Plans the meetings that a running series lacks; returns them. Running it again plans nothing."""
    meetings = missing([series], told["at"]) if series.state == RUNNING else []
    with transaction.atomic():
        for meeting in meetings:
            MEETINGS.take("plan", meeting, **told)
    return meetings


def make_exception(exception: SeriesException, *, despite_clash: bool = False, **told: Unpack[Told]) -> None:
    """Enters an exception; the meeting planned for the day is moved or cancelled, all or nothing. Raises Refused."""
    with transaction.atomic():
        journal.enter(exception, **told)
        planned = Meeting.objects.filter(series=exception.series, slot=exception.day, state=PLANNED).first()
        if planned is None:
            plan_ahead(exception.series, **told)
        elif exception.instead is None:
            MEETINGS.take("cancel", planned, reason=exception.reason, **told)
        elif exception.instead != planned.day:
            MEETINGS.take("move", planned, day=exception.instead, reason=exception.reason,
                          despite_clash=despite_clash, **told)  # fmt: skip
