"""The figures and spans over which tests of all figures run."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.figures import FIGURES, Span

MONTH = Span(date(2020, 2, 1), date(2020, 2, 29))
THREE_WEEKS = Span(date(2020, 2, 15), date(2020, 3, 6))
QUERIES = 12
every_figure = pytest.mark.parametrize("figure", [FIGURES[name] for name in sorted(FIGURES)], ids=lambda one: one.name)
every_span = pytest.mark.parametrize("span", [MONTH, THREE_WEEKS], ids=["month", "three weeks"])
