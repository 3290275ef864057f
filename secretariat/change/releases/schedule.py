"""Which releases are scheduled: February, June and November by the rulebook, all others ad hoc (REL-1)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce, ExtractMonth

from secretariat.change.models import Release
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import month_number


def scheduled_months(on: date) -> tuple[int, ...]:
    """The months, 1 to 12, for which releases are scheduled by the rule in force on a day."""
    return tuple(month_number(name.strip()) for name in RULEBOOK.text("release.scheduled_months", on).split(","))


def is_scheduled(release: Release) -> bool:
    """Whether a release was planned for a scheduled month: one that moved out of its month stays scheduled."""
    first = release.planned_for or release.go_live_on
    return first.month in scheduled_months(first)


def scheduled(rows: models.QuerySet[Release], on: date) -> models.QuerySet[Release]:
    """The scheduled ones among releases, by the months in force on a day."""
    month = ExtractMonth(Coalesce("planned_for", "go_live_on"))
    return rows.alias(first_month=month).filter(first_month__in=scheduled_months(on))


def ad_hoc(rows: models.QuerySet[Release], on: date) -> models.QuerySet[Release]:
    """The others."""
    month = ExtractMonth(Coalesce("planned_for", "go_live_on"))
    return rows.alias(first_month=month).exclude(first_month__in=scheduled_months(on))
