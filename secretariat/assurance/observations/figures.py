"""What is counted of observations: monthly totals over all cases. They are White, so nothing here breaks them down."""

from __future__ import annotations

from secretariat.assurance.observations.models import Observation, State
from secretariat.core.figures import Grid, Head, Records, Span, counters, figure

COUNTED = (
    ("shared", "Observations shared with parties", "shared_on", ""),
    ("answered", "Management responses given", "answered_on", ""),
    ("completed", "Actions said to be done", "completed_on", ""),
    ("verified", "Actions verified", "ended_on", State.VERIFIED),
)
"""Each counter's key and label, the day that it counts by, and the state that the observation is in."""


@figure("observation_counters", title="Observations of security assessments", unit="observations")
def observation_counters(span: Span) -> Grid:
    """How many observations came how far in the span, each by its day (SEC-7). Totals of all cases: no party, no
    obligation and no severity is told, since small numbers of those would tell what was found (SEC-12).
    """
    found = [(key, label, _on(day, state, span)) for key, label, day, state in COUNTED]
    rows = [(key, label, records, records.queryset.count()) for key, label, records in found]
    return counters(rows, Head("value", span.month.label if span.is_month else "Number"))


def _on(day: str, state: str, span: Span) -> Records:
    filters: dict[str, object] = {f"{day}__range": (span.first, span.last)}
    return Records(Observation, filters | {"state": state} if state else filters)
