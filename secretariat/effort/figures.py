"""What is counted of the administrator's effort."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Sum

from secretariat.core import published
from secretariat.core.figures import Grid, Records, Span, figure
from secretariat.core.series import Series, Table, two_places
from secretariat.effort.models import DRIVERS, DayEntry


@figure("days_by_driver", title="Division of effort by driver", unit="days worked")
def days_by_driver(span: Span) -> Grid:
    """Days worked in the span by driver of the scheme in force on its last day, unrounded (rule CHG-10).

    The total is that of the stored hundredths. For a month before timesheets are kept the published numbers
    stand, and the published total beside the sum of its parts where they differ.
    """
    since = published.kept_since("timesheets")
    kept = frozenset({span.month} if since is not None and since <= span.first else ())
    within = {"day__gte": span.first, "day__lte": span.last}
    sums = DayEntry.objects.filter(**within).order_by().values_list("driver").annotate(Sum("hundredths"))
    printed_months = [span.month] if span.is_month and not kept else []

    def records(_: Any, drivers: list[int] | None) -> Records:
        chosen = within if drivers is None else {**within, "driver__in": drivers}
        return Records(DayEntry, chosen, summed="hundredths")

    table = Table(
        Series(DRIVERS, span.last),
        (span.month,),
        kept,
        {(pk, span.month): Decimal(hundredths).scaleb(-2) for pk, hundredths in sums} if kept else {},
        records,
        published.Printed("days_by_driver", printed_months),
        two_places,
        total_label="Grand Total",
    )
    return table.grid()
