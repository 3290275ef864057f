"""What is counted of service performance: levels of the Code Performance Measures, and how often they were missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Unknown, figure, month_heads
from secretariat.oversight.measures.levels import MISSED, Status, rounded
from secretariat.oversight.measures.models import ServiceLevel
from secretariat.oversight.measures.standing import code_measures, current_levels, months_to, strips_of
from secretariat.oversight.measures.terms import Family
from secretariat.plain.months import Month

NOT_REPORTED = Unknown("No level is reported of this month.")
NO_EVENT = "There was no event, so that there is no level."


def _records(month: Month, **more: Any) -> Records:
    return Records(ServiceLevel, {"month": month.first, "superseded_in__isnull": True, **more})


@figure("service_levels", title="Code Performance Measures", unit="percent")
def service_levels(span: Span) -> Grid:
    """The level of each Code Performance Measure as reported for each of the 12 months to the end of the span, to two
    decimals; a restated level counts in place of the one before it. A month without an event has no level.
    """
    months, measures = months_to(span.month), code_measures()
    found = {(one.measure.code, Month.of(one.month)): one for one in current_levels(months, [m.code for m in measures])
             if not one.region}  # fmt: skip
    cells = {(measure.code.lower(), month.iso): _cell(found.get((measure.code, month)), month)
             for measure in measures for month in months}  # fmt: skip
    rows = tuple(Head(measure.code.lower(), str(measure)) for measure in measures)
    return Grid(rows, month_heads(months), cells)


def _cell(row: ServiceLevel | None, month: Month) -> Cell:
    if row is None:
        return Cell(None, NOT_REPORTED)
    filters = _records(month, measure=row.measure_id, region="").filters
    counted = Records(ServiceLevel, filters, how="the level reported")
    level = rounded(row.exact)
    return Cell(level, counted, row.get_status_display()) if level is not None else Cell(None, Unknown(NO_EVENT))


COLUMNS: Mapping[str, tuple[str, tuple[Status, ...]]] = {
    "reported": ("Months reported", (Status.MET, *MISSED)),
    "missed": ("Months missed", MISSED),
    "below_minimum": ("Of them below minimum", (Status.BELOW_MINIMUM,)),
}


@figure("measures_missed", title="Code Performance Measures missed", unit="months")
def measures_missed(span: Span) -> Grid:
    """In how many of the 12 months to the end of the span each Code Performance Measure was reported with something to
    measure, was below its target, and was below its minimum. Months without a report or an event do not count.
    """
    months, measures = months_to(span.month), code_measures()
    levels = [one for one in current_levels(months, [measure.code for measure in measures]) if not one.region]
    strips = strips_of(levels, months)
    days = [month.first for month in months]
    cells = {}
    for measure in measures:
        strip = strips.get((measure.code, ""))
        for key, (_, statuses) in COLUMNS.items():
            filters = {"measure": measure.pk, "region": "", "month__in": days, "status__in": [str(s) for s in statuses],
                       "superseded_in__isnull": True}  # fmt: skip
            cells[(measure.code.lower(), key)] = Cell(
                strip.count(*statuses) if strip else 0, Records(ServiceLevel, filters)
            )
    rows = tuple(Head(measure.code.lower(), str(measure)) for measure in measures)
    return Grid(rows, tuple(Head(key, label) for key, (label, _) in COLUMNS.items()), cells)


FAMILIES = {Family.CODE: "Code Performance Measures", Family.PROVIDER: "Service provider measures"}


@figure("levels_by_standing", title="Reported levels by standing", unit="levels")
def levels_by_standing(span: Span) -> Grid:
    """How many levels were reported for the month in which the span ends, by how they stand to the target and minimum
    of that month; restated levels count once, as they were restated.
    """
    found: dict[tuple[str, str], int] = {}
    for one in current_levels([span.month]):
        key = (one.measure.family, one.status)
        found[key] = found.get(key, 0) + 1
    cells = {
        (str(family), status.value.replace(" ", "_")): Cell(
            found.get((family, status), 0), _records(span.month, measure__family=family.value, status=status.value)
        )
        for family in FAMILIES for status in Status
    }  # fmt: skip
    rows = tuple(Head(family, label) for family, label in FAMILIES.items())
    return Grid(rows, tuple(Head(status.value.replace(" ", "_"), status.label) for status in Status), cells)
