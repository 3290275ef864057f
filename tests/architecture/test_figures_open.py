"""Every figure opens to exactly what it counted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum as Added

from secretariat.core.figures import FIGURES, Cell, Figure, Grid, Listing, Records, Span, Sum, single
from secretariat.core.kinds import KINDS, kind_of, model_of
from tests.architecture.spans import MONTH, QUERIES, every_figure, every_span

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_world")]


def counted(result: Any) -> list[Records]:
    """Every query for records in a figure."""
    if isinstance(result, Listing):
        return [result.counted]
    return [cell.counted for cell in result.cells.values() if isinstance(cell.counted, Records)]


@every_figure
def test_a_figure_asks_no_more_when_there_is_more_to_count(figure: Figure, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(QUERIES):
        figure(MONTH)


@every_figure
@every_span
def test_each_number_opens_to_exactly_what_it_counted(figure: Figure, span: Span) -> None:
    result = figure(span)
    if isinstance(result, Listing):
        assert sorted({row.record.pk for row in result.rows}) == result.counted.ids
        return
    wrong = [f"{key}: {cell.value}" for key, cell in result.cells.items() if not opens(result, cell)]
    assert wrong == []


def opens(grid: Grid, cell: Cell) -> bool:
    """Whether what stands behind a cell gives its value."""
    if isinstance(cell.counted, Records):
        rows = cell.counted.queryset
        if cell.counted.how:
            return rows.exists()
        if cell.counted.summed:
            total = rows.aggregate(total=Added(cell.counted.summed))["total"] or 0
            return cell.value is not None and cell.value in (total, Decimal(total) / 100)
        return cell.value == len(cell.counted.ids)
    if isinstance(cell.counted, Sum) and cell.counted.how == "sum":
        return cell.value == sum(grid.cells[key].value or 0 for key in cell.counted.keys)
    return True


@every_figure
def test_a_figure_counts_records_of_known_kinds_that_have_pages(figure: Figure) -> None:
    for records in counted(figure(MONTH)):
        assert model_of(kind_of(records.model)) is records.model
        assert hasattr(records.model, "get_absolute_url")


def test_there_is_something_to_count_for_most_figures() -> None:
    told = {name: figure(MONTH) for name, figure in FIGURES.items()}
    empty = {name for name, result in told.items() if not any(records.ids for records in counted(result))}
    assert len(empty) < len(told) / 2, sorted(empty)


def test_a_number_that_does_not_open_to_what_it_counted_is_found() -> None:
    party = KINDS["register.party"].model
    there = party._default_manager.count()
    grid = single("Parties", Records(party), there)
    assert opens(grid, grid.headline)
    assert not opens(grid, Cell(there + 1, Records(party)))
    assert not opens(grid, Cell(there + 1, Sum((("value", "value"),))))
