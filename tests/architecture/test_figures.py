"""Every figure says what it counts, also where there is nothing to count."""

from __future__ import annotations

from typing import Any

import pytest

from secretariat.core.figures import FIGURES, Figure, Grid, Span
from tests.architecture.spans import MONTH, QUERIES, every_figure, every_span


def test_there_are_figures() -> None:
    assert FIGURES


@every_figure
def test_a_figure_has_a_title_a_unit_and_a_rule(figure: Figure) -> None:
    assert figure.title
    assert figure.unit
    assert figure.rule.endswith((".", ")")), figure.rule


@every_figure
@every_span
@pytest.mark.django_db
def test_a_figure_of_nothing_is_told_in_few_queries(
    figure: Figure, span: Span, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(QUERIES):
        figure(span)


@every_figure
@pytest.mark.django_db
def test_a_grid_has_a_cell_at_every_row_and_column_it_names(figure: Figure) -> None:
    result = figure(MONTH)
    if isinstance(result, Grid):
        places = {(row.key, column.key) for row in result.rows for column in result.columns}
        assert set(result.cells) <= places
        assert set(result.totals) <= {row.key for row in result.rows}
        assert result.headline is not None
