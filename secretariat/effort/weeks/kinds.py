"""Weeks as records; no reference in prose names one."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.effort.weeks.models import WeekSheet
from secretariat.register.kinds import not_named

register("week sheet", WeekSheet, not_named)
