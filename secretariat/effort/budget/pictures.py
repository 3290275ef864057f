"""The course of a year as a picture: planned, spent, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from secretariat.effort.budget.years import Course
from secretariat.effort.money import pounds
from secretariat.papers import charts

THOUSAND = 100_000
"""A thousand pounds in pence."""
HEADS = ("By the end of", "Planned", "Spent", "By run rate", "By plan")


@dataclass(frozen=True)
class Picture:
    """A drawing, and the amounts that it draws."""

    drawing: Markup
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]


def picture(course: Course) -> Picture | None:
    """The course of a year; none where nothing was planned and nothing spent."""
    if not any((*course.planned, *course.spent)):
        return None
    waits = (None,) * (len(course.months) - len(course.spent))
    series = {
        "Planned": course.planned, "Spent": (*course.spent, *waits), "By run rate": course.by_run_rate(),
        "By plan": course.by_plan(),
    }  # fmt: skip
    drawn = {name: [_thousands(one) for one in values] for name, values in series.items() if any(values)}
    spec = charts.lines([month.short for month in course.months], drawn)
    svg = charts.svg(spec, "Planned, spent and foreseen since 1 April, in thousands of pounds", theme="page")
    rows = [
        (month.label, *("" if one is None else pounds(one) for one in values))
        for month, *values in zip(course.months, *series.values(), strict=True)
    ]
    return Picture(Markup(svg), HEADS, rows)  # noqa: S704  it escapes every text  # nosec B704


def _thousands(pence: int | None) -> int | None:
    return None if pence is None else (pence + THOUSAND // 2) // THOUSAND
