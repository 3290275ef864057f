"""Days by driver, counted and printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from secretariat.core.figures import Printed, Records, Span, Unknown
from secretariat.effort.figures import days_by_driver
from secretariat.plain.months import Month
from tests.effort.factories import entry, heading, keep, printed, two_schemes

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))


def test_days_count_from_the_first_to_the_last_day_of_the_month() -> None:
    _, new = two_schemes()
    keep(date(2020, 1, 1))
    driver = heading(new, "Change Management")
    for day in (date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 29), date(2020, 3, 1)):
        entry(driver, day, 33)
    grid = days_by_driver.grid(FEBRUARY)
    cell = grid.cell("services-change-management")
    assert cell.value == Decimal("0.66")
    assert isinstance(cell.counted, Records)
    assert {row.day for row in cell.counted.queryset} == {date(2020, 2, 1), date(2020, 2, 29)}
    assert sum(row.hundredths for row in cell.counted.queryset) == 66
    assert cell.counted.summed == "hundredths"


def test_rows_are_the_headings_in_force_on_the_last_day_with_their_groups() -> None:
    two_schemes()
    keep(date(2020, 1, 1))
    grid = days_by_driver.grid(FEBRUARY)
    assert [(row.key, row.label, row.group) for row in grid.rows] == [
        ("services-security-and-privacy", "Security and Privacy", "Services"),
        ("services-change-management", "Change Management", "Services"),
        ("projects-meter-splitting", "Meter Splitting", "Projects"),
        ("total", "Grand Total", ""),
    ]
    assert [grid.cell(row.key).value for row in grid.rows] == [0, 0, 0, 0]
    assert grid.totals == ("total",)
    assert [column.key for column in grid.columns] == ["2020-02"]


def test_the_total_is_taken_from_stored_hundredths_not_from_rounded_parts() -> None:
    _, new = two_schemes()
    keep(date(2020, 1, 1))
    for name in ("Change Management", "Meter Splitting", "Security and Privacy"):
        entry(heading(new, name), date(2020, 2, 3), 50)
    grid = days_by_driver.grid(FEBRUARY)
    assert grid.headline.value == Decimal("1.50")
    assert isinstance(grid.headline.counted, Records)
    assert len(grid.headline.counted.ids) == 3


def test_days_under_an_earlier_heading_stand_under_the_one_that_continues_it() -> None:
    old, new = two_schemes()
    keep(date(2018, 1, 1))
    entry(heading(old, "Modifications and Release Management"), date(2018, 9, 28), 100)
    entry(heading(new, "Change Management"), date(2018, 10, 2), 25)
    entry(heading(old, "Technical Effectiveness"), date(2018, 9, 27), 10)
    grid = days_by_driver.grid(Span(date(2018, 9, 24), date(2018, 10, 5)))
    assert grid.cell("services-change-management").value == Decimal("1.25")
    assert grid.cell("earlier-technical-effectiveness").value == Decimal("0.10")
    assert grid.headline.value == Decimal("1.35")
    assert grid.remarks == (
        "Without a heading in the present scheme, each in a row of its own: Technical Effectiveness.",
    )


def test_a_month_before_timesheets_are_kept_stands_as_printed_beside_the_sum_of_its_parts() -> None:
    two_schemes()
    keep(date(2018, 7, 1))
    printed(
        "2018-06", "500.87", Security_and_Privacy="107.47", Modifications_and_Release_Management="393.41",
        Technical_Effectiveness="0.00",
    )  # fmt: skip
    grid = days_by_driver.grid(Span.of(Month(2018, 6)))
    assert grid.cell("core-security-and-privacy").value == Decimal("107.47")
    assert isinstance(grid.cell("core-security-and-privacy").counted, Printed)
    assert grid.headline.value == Decimal("500.87")
    said = "The published total for June 2018 is 500.87; its published parts sum to 500.88."
    assert grid.remarks == (said,)
    assert grid.headline.remark == said


def test_printed_whole_days_agree_without_a_remark() -> None:
    two_schemes()
    printed("2020-02", "3", Security_and_Privacy="1", Change_Management="2")
    grid = days_by_driver.grid(FEBRUARY)
    assert grid.headline.value == 3
    assert grid.remarks == ()
    assert isinstance(grid.cell("projects-meter-splitting").counted, Unknown)
    assert grid.cell("projects-meter-splitting").value is None


def test_nothing_is_guessed_of_a_month_neither_kept_nor_printed() -> None:
    _, new = two_schemes()
    entry(heading(new, "Change Management"), date(2020, 2, 3), 50)
    grid = days_by_driver.grid(FEBRUARY)
    assert {cell.value for cell in grid.cells.values()} == {None}


def test_without_a_scheme_the_figure_says_so() -> None:
    printed("2020-02", "3", Security_and_Privacy="3")
    grid = days_by_driver.grid(FEBRUARY)
    assert grid.cell("earlier-security-and-privacy").value == 3
    assert grid.remarks == ("No scheme of effort drivers is in force on Sat 29 Feb 2020.",)


def test_the_figure_takes_the_same_few_queries_however_much_there_is(django_assert_max_num_queries: Any) -> None:
    _, new = two_schemes()
    keep(date(2018, 1, 1))
    for day in range(1, 29):
        for name in ("Change Management", "Meter Splitting", "Security and Privacy"):
            entry(heading(new, name), date(2020, 2, day), 10)
    with django_assert_max_num_queries(7):
        days_by_driver.grid(FEBRUARY)
