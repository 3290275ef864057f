"""Pictures of what is watched: strips of attainment, levels, regions side by side, heat maps and control charts.

Each picture is one specification, drawn alike on the page and in a paper, with the table that it draws, what it shows
in words, and the address at which its table is downloaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from secretariat.papers import charts
from secretariat.papers.charts import COLOURS, INK, WIDTH, Spec, Value, frame
from secretariat.papers.document import Cell, Chart, Table, Text
from secretariat.papers.wording import clean

STANDING = {"Met": "#3f7d3a", "Below target": "#b04a06", "Below minimum": "#8a1c2b", "Not applicable": "#5d6b73"}
"""The ground of each standing in a strip; white text keeps a contrast of 4.5:1 on each."""
UNREPORTED = "#5d6b73"
ROOM = 0.05
"""The share of the scale that is left free above and below the values."""


@dataclass(frozen=True)
class Picture:
    """A picture with its table, its definition and the address of its download."""

    title: str
    about: str
    spec: Spec
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    download: str = ""

    @property
    def drawing(self) -> Markup:
        """The picture for a page; its name is what it shows."""
        return Markup(charts.svg(self.spec, self.title, theme="page"))  # noqa: S704  it escapes every text  # nosec B704

    @property
    def chart(self) -> Chart:
        """The picture for a paper, with its table."""
        rows = tuple(tuple(_cell(value) for value in row) for row in self.rows)
        return Chart(self.title, self.about, self.spec, Table(self.title, self.heads, rows))


def _cell(value: Any) -> Cell:
    text = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return Cell(((Text(text),),), numeric=isinstance(value, int | float))


def strips(months: Sequence[str], rows: Mapping[str, Sequence[tuple[str, str]]]) -> Spec:
    """One strip for each row: a cell for each month with its standing and its level in words.

    Raises ValueError where a row has not one cell for each month.
    """
    if not rows or any(len(cells) != len(months) for cells in rows.values()):
        raise ValueError("A strip needs one cell for each month.")
    values = [
        {"row": clean(name), "month": clean(month), "words": [level, standing.lower()], "colour": _ground(standing)}
        for name, cells in rows.items()
        for month, (standing, level) in zip(months, cells, strict=True)
    ]
    place = {
        "x": {"field": "month", "type": "ordinal", "sort": None, "axis": _plain_axis(orient="top")},
        "y": {"field": "row", "type": "nominal", "sort": None, "axis": _plain_axis()},
    }
    ground = {"mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 2},
              "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}}}  # fmt: skip
    words = {"mark": {"type": "text", "color": "#ffffff", "fontSize": 9, "lineHeight": 11, "dy": -5},
             "encoding": {"text": {"field": "words"}}}  # fmt: skip
    return frame(WIDTH + 330, 38 * len(rows), data={"values": values}, encoding=place, layer=[ground, words])


def _ground(standing: str) -> str:
    return STANDING.get(standing, UNREPORTED)


def _plain_axis(**more: Any) -> Spec:
    return {"title": None, "labelAngle": 0, "ticks": False, "domain": False, "grid": False, "labelPadding": 6, **more}


def levels(
    months: Sequence[str], values: Sequence[Value], lines: Mapping[str, float], width: int = WIDTH - 120
) -> Spec:
    """Levels by month, with a named straight line for each target and minimum; the scale does not begin at nought.

    Raises ValueError where the two series are empty or not of one length.
    """
    if not months or len(months) != len(values):
        raise ValueError("A level is needed for each month.")
    return frame(width, 230, **_levels(months, values, lines, _scale([*values, *lines.values()])))


def side_by_side(months: Sequence[str], regions: Mapping[str, Sequence[Value]], lines: Mapping[str, float]) -> Spec:
    """The same picture for each region, side by side on one scale. Raises ValueError as `levels` does."""
    if not regions or any(len(values) != len(months) for values in regions.values()) or not months:
        raise ValueError("A level is needed for each region and month.")
    scale = _scale([*(value for values in regions.values() for value in values), *lines.values()])
    width = (WIDTH - 60) // len(regions) - 30
    plots = [
        {"title": {"text": clean(name), "color": INK, "font": "Arimo"}, "width": width, "height": 180,
         **_levels([month.replace(" ", "\u00a0") for month in months], values, lines, scale, sparse=True)}
        for name, values in regions.items()
    ]  # fmt: skip
    whole = frame(width, 180)
    return {**{key: value for key, value in whole.items() if key not in ("width", "height")}, "hconcat": plots}


def _scale(values: Sequence[Value]) -> list[float]:
    known = [float(value) for value in values if value is not None] or [0.0, 1.0]
    room = (max(known) - min(known) or 1.0) * ROOM
    return [min(known) - room, max(known) + room]


def _levels(
    months: Sequence[str], values: Sequence[Value], lines: Mapping[str, float], scale: list[float], sparse: bool = False
) -> Spec:
    labels = {"labelExpr": "split(datum.label, ' ')", "labelLineHeight": 14}
    axis = _plain_axis(**({"labels": False} if sparse else labels))
    x = {"field": "month", "type": "ordinal", "sort": None, "axis": axis, "scale": {"padding": 0.3}}
    y = {"field": "value", "type": "quantitative", "scale": {"domain": scale, "nice": False, "zero": False},
         "axis": _plain_axis(grid=True, tickCount=5)}  # fmt: skip
    points = [{"month": clean(month), "value": value} for month, value in zip(months, values, strict=True)]
    mark = {"type": "line", "color": COLOURS[0], "strokeWidth": 2.5, "point": {"filled": True, "color": COLOURS[0]}}
    layers: list[Spec] = [{"data": {"values": points}, "mark": mark, "encoding": {"x": x, "y": y}}]
    for place, (name, value) in enumerate(lines.items()):
        layers += _line(name, value, y, place)
    return {"layer": layers}


def _line(name: str, value: float, y: Spec, place: int) -> list[Spec]:
    data = {"values": [{"value": value, "name": clean(name)}]}
    dash = [[7, 3], [2, 3], [9, 3, 2, 3]][place % 3]
    rule = {"type": "rule", "color": COLOURS[1], "strokeWidth": 1.5, "strokeDash": dash}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dy": -2, "x": 2, "fontSize": 11}
    return [{"data": data, "mark": rule, "encoding": {"y": y}},
            {"data": data, "mark": text, "encoding": {"y": y, "text": {"field": "name"}}}]  # fmt: skip


def heat(columns: Sequence[str], rows: Sequence[str], values: Sequence[Sequence[Value]]) -> Spec:
    """A heat map: a cell for each row and column, the darker the more, with its number where it is not nought.

    Raises ValueError where the values are not one for each cell.
    """
    if len(values) != len(rows) or any(len(line) != len(columns) for line in values) or not columns or not rows:
        raise ValueError("A heat map needs one value for each cell.")
    most = max((float(value) for line in values for value in line if value is not None), default=0.0) or 1.0
    cells = [
        {"row": clean(row), "column": clean(column), "value": value, "text": _short(value),
         "ink": "#ffffff" if value is not None and value > 0.45 * most else INK}
        for row, line in zip(rows, values, strict=True)
        for column, value in zip(columns, line, strict=True)
    ]  # fmt: skip
    place = {
        "x": {"field": "column", "type": "ordinal", "sort": None, "axis": _plain_axis(orient="top")},
        "y": {"field": "row", "type": "ordinal", "sort": None, "axis": _plain_axis()},
    }
    scale = {"domain": [0, most], "range": ["#f2f6f8", "#1b5570"]}
    colour = {"field": "value", "type": "quantitative", "scale": scale, "legend": None}
    ink = {"field": "ink", "type": "nominal", "scale": None}
    text = {"mark": {"type": "text", "fontSize": 9}, "encoding": {"text": {"field": "text"}, "color": ink}}
    ground = {"mark": {"type": "rect", "stroke": "#ffffff"}, "encoding": {"color": colour}}
    return frame(WIDTH, 22 * len(rows), data={"values": cells}, encoding=place, layer=[ground, text],
                 resolve={"scale": {"color": "independent"}})  # fmt: skip


def _short(value: Value) -> str:
    if not value:
        return ""
    return f"{value / 1000:.0f}k" if value >= 10_000 else f"{value:,.0f}"


def control(months: Sequence[str], values: Sequence[Value], mean: float, low: float, high: float) -> Spec:
    """A control chart: values with their mean and the limits between which chance alone keeps them."""
    return levels(months, values, {"Mean": mean, "Upper limit": high, "Lower limit": low})
