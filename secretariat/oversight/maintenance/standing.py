"""Maintenance as its pages, its figure and those who compare with it ask for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.maintenance.allowance import Allowance, Spell, remarks
from secretariat.oversight.maintenance.models import CANCELLED, MaintenanceWindow, WindowKind
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month


def allowance(day: date) -> Allowance:
    """What planned maintenance may take on a day."""
    numbers = (RULEBOOK.number(f"maintenance.{name}", day) for name in
               ("from_hour", "until_hour", "hours_a_month", "notice_wd"))  # fmt: skip
    return Allowance(*numbers)


def spell(window: MaintenanceWindow) -> Spell:
    """From when until when: as it was held, or as it is announced."""
    return Spell(window.started_at or window.starts_at, window.ended_at or window.ends_at)


def planned_in(month: Month) -> Any:
    """The planned windows that touch a month and were not cancelled."""
    first, end = month.bounds()
    rows: Any = MaintenanceWindow.objects.filter(kind=WindowKind.PLANNED, starts_at__lt=end, ends_at__gt=first)
    return rows.exclude(state=CANCELLED)


def not_kept(window: MaintenanceWindow) -> list[str]:
    """What a planned window does not keep of Section H8."""
    if window.kind != WindowKind.PLANNED:
        return []
    day = local_day(window.starts_at)
    others = [spell(one) for one in planned_in(Month.of(day)).exclude(pk=window.pk)]
    announced = local_day(window.announced_at) if window.announced_at else None
    return remarks(spell(window), announced, others, allowance(day), calendar())


def windows(first: datetime, last: datetime) -> list[MaintenanceWindow]:
    """Every window, planned or not, that lies in part between two instants and was not cancelled, in order of start."""
    rows: Any = MaintenanceWindow.objects.filter(starts_at__lt=last, ends_at__gt=first).exclude(state=CANCELLED)
    return list(rows.order_by("starts_at", "pk"))
