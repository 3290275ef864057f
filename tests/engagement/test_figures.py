"""Portal users and the use of the website, counted and printed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.core.figures import Printed, Records, Span, Unknown
from secretariat.engagement.figures import portal_users, website_statistics, website_visitors
from secretariat.plain.months import Month
from tests.engagement.factories import categories, keep, printed, user, website

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))


def test_an_account_counts_from_its_registration_until_the_day_before_it_is_closed() -> None:
    known = categories()
    keep(date(2020, 1, 1))
    large = known["Large Supplier"]
    counted = [
        user(large, date(2020, 2, 29)),
        user(large, date(2019, 2, 1), closed=date(2020, 3, 1)),
    ]
    user(large, date(2020, 3, 1))
    user(large, date(2019, 2, 1), closed=date(2020, 2, 29))
    grid = portal_users.grid(FEBRUARY)
    cell = grid.cell("large-supplier")
    assert isinstance(cell.counted, Records)
    assert (cell.value, cell.counted.ids) == (2, [row.pk for row in counted])
    assert isinstance(grid.headline.counted, Records)
    assert (grid.headline.value, grid.headline.counted.ids) == (2, cell.counted.ids)


def test_every_category_in_force_has_a_row() -> None:
    known = categories()
    keep(date(2020, 2, 29))
    user(known["DCC"], date(2019, 1, 1))
    grid = portal_users.grid(FEBRUARY)
    assert [(row.key, grid.cell(row.key).value) for row in grid.rows] == [
        ("dcc", 1), ("large-supplier", 0), ("small-supplier", 0), ("total", 1),
    ]  # fmt: skip


def test_a_total_that_is_not_printed_is_the_sum_of_the_printed_parts() -> None:
    categories()
    printed("portal_users", "2020-02", DCC=28, Large_Supplier=48, Small_Supplier=68)
    grid = portal_users.grid(FEBRUARY)
    assert [grid.cell(row.key).value for row in grid.rows] == [28, 48, 68, 144]
    assert isinstance(grid.cell("dcc").counted, Printed)


def test_a_printed_total_of_users_stands_as_printed() -> None:
    categories()
    printed("portal_users", "2020-02", 232, DCC=28, Large_Supplier=48, Small_Supplier=156)
    assert (portal_users.grid(FEBRUARY).headline.value, portal_users.grid(FEBRUARY).remarks) == (232, ())


def test_portal_users_take_few_queries(django_assert_max_num_queries: Any) -> None:
    known = categories()
    keep(date(2020, 2, 1))
    for heading in known.values():
        user(heading, date(2019, 1, 1))
    with django_assert_max_num_queries(7):
        portal_users.grid(FEBRUARY)


def test_the_website_shows_thirteen_months_from_records_and_else_from_print(
    django_assert_max_num_queries: Any,
) -> None:
    printed("website_statistics", "2017-07", visits=5775, page_views=17808)
    printed("website_statistics", "2018-06", visits=6825, page_views=20292)
    made = website("2018-06", 6826, 20293)
    with django_assert_max_num_queries(3):
        grid = website_statistics.grid(Span.of(Month(2018, 6)))
    assert [row.key for row in grid.rows] == ["visits", "page_views"]
    assert len(grid.columns) == 13
    assert (grid.cell("visits", "2017-07").value, grid.cell("page_views", "2017-07").value) == (5775, 17808)
    assert isinstance(grid.cell("visits", "2017-07").counted, Printed)
    newest = grid.cell("page_views", "2018-06")
    assert newest.value == 20293
    assert isinstance(newest.counted, Records)
    assert (newest.counted.ids, newest.counted.summed) == ([made.pk], "page_views")
    assert isinstance(grid.cell("visits", "2017-06").counted, Unknown)
    assert grid.cell("visits", "2017-06").value is None


def test_visitors_are_told_apart_as_new_and_returning() -> None:
    website("2018-06", 10, 20, new_visitors=7)
    printed("website_visitors", "2018-05", new=4, returning=3)
    june = website_visitors.grid(Span.of(Month(2018, 6)))
    assert [(row.key, june.cell(row.key).value) for row in june.rows] == [("new", 7), ("returning", None)]
    may = website_visitors.grid(Span.of(Month(2018, 5)))
    assert [may.cell(row.key).value for row in may.rows] == [4, 3]
