"""Measures, returns, levels and promises as kinds of record that pages and references lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.models import (
    Commitment,
    Measure,
    MeasureDefinition,
    PerformanceReturn,
    ServiceLevel,
    TestTraffic,
)
from secretariat.register.kinds import not_named


def measure(text: str) -> Measure | None:
    """The measure with this code, with or without a space in it: "CPM 1" is CPM1."""
    return Measure.objects.filter(code="".join(text.split()).upper()).first()


register("performance measure", Measure, measure)
register("measure definition", MeasureDefinition, not_named)
register("methodology version", MethodVersion, not_named)
register("performance return", PerformanceReturn, not_named)
register("service level", ServiceLevel, not_named)
register("performance commitment", Commitment, not_named)
register("test traffic", TestTraffic, not_named)
