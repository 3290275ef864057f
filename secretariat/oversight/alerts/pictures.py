"""Charts that only alerts need, as Vega-Lite specifications beside those of papers: a heat map, and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from secretariat.papers.charts import COLOURS, INK, WIDTH, frame


@dataclass(frozen=True, slots=True)
class Square:
    """One field of a heat map."""

    row: str
    column: str
    value: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A ratio with the ends of its interval."""

    label: str
    low: float
    middle: float
    high: float


def heat_map(squares: Sequence[Square], unit: str) -> dict[str, Any]:
    """Rows by columns, darker where there is more; the table beside it tells the numbers. ValueError without fields."""
    if not squares:
        raise ValueError("A heat map needs a field.")
    rows = [{"row": one.row, "column": one.column, "value": one.value} for one in squares]
    colour = {"range": ["#e8f1f5", COLOURS[0], "#0b2a38"], "type": "linear"}
    legend = {"title": unit, "format": ",d", "labelFont": "Arimo", "titleFont": "Arimo"}
    return frame(
        WIDTH - 150,
        16 * len({one.row for one in squares}),
        data={"values": rows},
        mark={"type": "rect", "stroke": "#ffffff", "strokeWidth": 1},
        encoding={
            "x": {"field": "column", "type": "ordinal", "sort": None, "axis": _axis("Hour of the day, Universal Time")},
            "y": {"field": "row", "type": "ordinal", "sort": None, "axis": _axis(None)},
            "color": {"field": "value", "type": "quantitative", "scale": colour, "legend": legend},
        },
    )


def intervals(bars: Sequence[Bar], unit: str) -> dict[str, Any]:
    """Ratios with their intervals on one scale, and a line where nothing changes. ValueError without one."""
    if not bars:
        raise ValueError("A chart of intervals needs one.")
    rows = [{"label": one.label, "low": one.low, "middle": one.middle, "high": one.high} for one in bars]
    y = {"field": "label", "type": "nominal", "sort": None, "axis": _axis(None)}
    x = {"type": "quantitative", "scale": {"zero": True}, "axis": _axis(unit)}
    return frame(
        WIDTH - 220,
        34 * len(bars),
        data={"values": rows},
        layer=[
            {
                "mark": {"type": "rule", "color": COLOURS[0], "strokeWidth": 3},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "color": COLOURS[0]},
                "encoding": {"y": y, "x": {**x, "field": "middle"}},
            },
            {"mark": {"type": "rule", "color": INK, "strokeDash": [4, 4]}, "encoding": {"x": {"datum": 1}}},
        ],
    )


def _axis(title: str | None) -> dict[str, Any]:
    return {"title": title, "titleFont": "Arimo", "labelAngle": 0, "labelLimit": 200, "ticks": False, "domain": False}
