"""What is counted of incidents: measures, aged causes, ages and major ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.figures import Records, Span
from secretariat.oversight.incidents.actions import tell_coverage
from secretariat.oversight.incidents.figures import (
    aged_incident_bands,
    aged_incidents,
    incident_measures,
    major_incidents,
    service_incidents,
)
from secretariat.oversight.incidents.models import (
    Coverage,
    Side,
)
from secretariat.oversight.incidents.procedure import INCIDENTS
from secretariat.plain.months import Month
from tests.oversight.incident_facts import (
    LATER,
    analyst,
    cause,
    dcc,
    logged,
    london,
    take,
)

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))


def value(grid: Any, row: str, column: str) -> Any:
    return grid.cell(row, column).value


def test_the_measures_count_what_the_dcc_had_to_resolve_by_the_category_it_had() -> None:
    for number, (category, hours, side) in enumerate(
        [(1, 3, "dcc"), (2, 30, "dcc"), (2, 20, "provider"), (3, 100, "user"), (4, 10, "dcc")]
    ):
        made = logged(f"INC{number}", category=category, side=side)
        day, hour = divmod(9 + hours, 24)
        take(INCIDENTS, "resolve", made, f"2020-02-{3 + day:02} {hour:02}:00", analyst(), resolution="Mended.")
    logged("INC9", category=5)
    counts = service_incidents(FEBRUARY)
    assert [value(counts, "total", column) for column in ("raised", "resolved", "dcc", "in_time")] == [6, 5, 4, 3]
    measures = incident_measures(FEBRUARY)
    assert [value(measures, "measure-4", column) for column in ("dcc", "in_time", "level")] == [3, 2, Decimal("66.67")]
    assert value(measures, "measure-5", "level") == Decimal("100.00")


def test_a_month_in_which_nothing_was_resolved_is_not_applicable() -> None:
    logged()
    assert value(incident_measures(FEBRUARY), "measure-4", "level") is None


def test_four_of_five_causes_fell_and_what_a_count_misses_is_said() -> None:
    names = ["Incorrect CH variant installed", "Incorrect or no credentials (DNO)", "Cause 3", "Cause 4", "Cause 5"]
    caveat = "The incidents of one network operator only."
    causes = [cause(name, caveat=caveat if place == 1 else "") for place, name in enumerate(names)]
    for place, one in enumerate(causes):
        for number in range(3 if place < 2 else 2):
            made = logged(f"INC{place}{number}", "2020-01-06 09:00", side=Side.USER, aged_category=one)
            if number < (2 if place < 2 else 1) and place < 4:
                take(INCIDENTS, "resolve", made, "2020-02-10", analyst(), resolution="Mended.")
    grid = aged_incidents(FEBRUARY)
    first = f"cause-{causes[0].pk}"
    assert [value(grid, first, month) for month in ("2019-12", "2020-01", "2020-02")] == [0, 3, 1]
    assert value(grid, "total", "2020-02") == 6
    said = " ".join(grid.remarks)
    assert "A Service User: 4 of 5 causes fell in the last month." in said
    assert "Incorrect CH variant installed (2 fewer), Incorrect or no credentials (DNO) (2 fewer)" in said
    assert caveat in said
    counted = grid.cell(first, "2020-02").counted
    assert isinstance(counted, Records)
    assert [row.reference for row in counted.queryset] == ["INC02"]


def test_how_many_meters_are_affected_is_told_beside_the_count_and_not_in_it() -> None:
    one = cause("Incorrect or no credentials (DNO)")
    report = Coverage(title="The report", promised_for=date(2020, 2, 29))
    tell_coverage(one, report, by=dcc(), at=london("2020-02-05"), recorded=LATER)
    assert not any("meters" in remark for remark in aged_incidents(FEBRUARY).remarks)
    told = Coverage(title="It", promised_for=date(2020, 2, 29), received_on=date(2020, 3, 2), affected=4100)
    tell_coverage(one, told, by=dcc(), at=london("2020-03-02"), recorded=LATER)
    grid = aged_incidents(FEBRUARY)
    assert "Incorrect or no credentials (DNO): 4,100 meters are affected, as It tells." in grid.remarks
    assert value(grid, f"cause-{one.pk}", "2020-02") == 0


def test_a_number_of_meters_without_a_report_is_refused() -> None:
    report = Coverage(title="It", promised_for=date(2020, 2, 29), affected=4100)
    with pytest.raises(ValidationError, match="give its day"):
        tell_coverage(cause(), report, by=dcc(), at=london("2020-02-05"), recorded=LATER)


def test_open_incidents_are_told_by_age_side_and_category_as_at_the_day() -> None:
    logged("INC1", "2019-11-01 09:00", category=4)
    made = logged("INC2", "2020-02-20 09:00", side=Side.USER)
    take(INCIDENTS, "resolve", made, "2020-03-02", analyst(), resolution="Mended.")
    grid = aged_incident_bands(FEBRUARY)
    assert [value(grid, "dcc-4", f"band-{band}") for band in range(4)] == [0, 0, 0, 1]
    assert [value(grid, "user-3", f"band-{band}") for band in range(4)] == [1, 0, 0, 0]
    assert value(grid, "total", "band-0") == 1


def test_a_major_incident_that_was_demoted_is_listed_with_who_demoted_it() -> None:
    made = logged(category=1)
    take(INCIDENTS, "recategorise", made, "2020-02-04", category="2", decided_by="The DCC", why="A way round it.")
    logged("INC2", category=2)
    listing = major_incidents.listing(FEBRUARY)
    assert [row.values[3] for row in listing.rows] == ["1 (As raised), then 2 (The DCC)"]
