"""How much of a month the central service was maintained, planned and not, against what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, figure, month_heads
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.maintenance.allowance import total
from secretariat.oversight.maintenance.models import ANNOUNCED, HELD, MaintenanceWindow, WindowKind
from secretariat.oversight.maintenance.standing import spell
from secretariat.plain.months import Month

MONTHS = 12
ROWS = (*(Head(kind.value, f"{kind.label}, hours") for kind in WindowKind), Head("allowed", "Allowed of planned"))


@figure("maintenance_hours", title="Maintenance of the central service", unit="hours")
def maintenance_hours(span: Span) -> Grid:
    """For each of the twelve months that end with the span's: the hours of planned and of unplanned maintenance, as it
    was held or as it is announced, without what was cancelled and what two windows share counted once; and the hours of
    planned maintenance that the rulebook allows a month (Section H8).
    """
    months = span.month.back(MONTHS)
    windows = _touching(months)
    cells: dict[tuple[str, str], Cell] = {}
    for month in months:
        for kind in WindowKind:
            cells[kind.value, month.iso] = _hours([one for one in windows if one.kind == kind], kind, month)
        rule = RULEBOOK.entry("maintenance.hours_a_month", month.last)
        how = f"the rulebook's hours a month. {rule.doubt}"
        cells["allowed", month.iso] = Cell(Decimal(int(rule.value)), Sum((), how=how))
    return Grid(ROWS, month_heads(months), cells)


def _touching(months: Sequence[Month]) -> list[MaintenanceWindow]:
    first, end = months[0].bounds()[0], months[-1].bounds()[1]
    rows = MaintenanceWindow.objects.filter(state__in=(ANNOUNCED, HELD), starts_at__lt=end, ends_at__gt=first)
    return list(rows)


def _hours(windows: Iterable[MaintenanceWindow], kind: WindowKind, month: Month) -> Cell:
    first, end = month.bounds()
    counted = Records(MaintenanceWindow, {"kind": kind.value, "state__in": (ANNOUNCED, HELD), "starts_at__lt": end,
                                          "ends_at__gt": first})  # fmt: skip
    touching = [spell(one) for one in windows if one.starts_at < end and one.ends_at > first]
    length = total(touching, month)
    return Cell((Decimal(length // timedelta(minutes=1)) / 60).quantize(Decimal("0.01")), counted)
