"""The days on which the sample's Panel and Board met: as published where a document says so, else assumed."""

from __future__ import annotations

from datetime import date, timedelta

from secretariat.plain.months import Month
from secretariat.site.sample.facts import facts

FRIDAY = 4


def panel_day(month: Month) -> date:
    """The day of the Panel's regular meeting in a month: as published, else the second Friday."""
    published = [date.fromisoformat(row["date"]) for row in facts("meetings") if row["body"] == "SEC Panel"]
    found = [day for day in published if Month.of(day) == month and day.day < 20]
    return min(found, default=second_friday(month))


def second_friday(month: Month) -> date:
    """The second Friday of a month."""
    return month.first + timedelta(days=(FRIDAY - month.first.weekday()) % 7 + 7)


def panel_day_after(day: date) -> date:
    """The first of the Panel's regular meetings after a day."""
    found = panel_day(Month.of(day))
    return found if found > day else panel_day(Month.of(day).plus(1))
