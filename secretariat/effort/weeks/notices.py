"""Who hears that a week is missing: the worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.effort.weeks.models import WeekSheet
from secretariat.post.notices import Notice, notify


def the_worker(event: Event, sheet: WeekSheet, at: datetime) -> Iterable[Person]:
    """Whose week it is."""
    return [sheet.worker] if sheet.worker.is_active else []


NOTICES = notify(
    Notice(
        "week_sheet.chase",
        to=the_worker,
        subject="Your week is not closed: {{ record }}",
        template="effort/notices/week.txt",
    ),
)
