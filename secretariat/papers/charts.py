"""Charts of papers as Vega-Lite specifications, and their drawing as SVG and PNG.

One specification serves page, PDF and Word. Every value or series is labelled where it stands, so no chart
needs a legend or colour to be read; the colours keep a contrast of 3:1 against white and the dark page.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import vl_convert
from markupsafe import escape

from secretariat.papers.layout import TEXT_WIDTH, measure
from secretariat.papers.wording import clean

Spec = dict[str, Any]
Value = float | int | None

FONTS = Path(__file__).parent / "fonts"
VEGA_LITE = "6.4"
WIDTH = 640
HEIGHT = 250
PAPER_SCALE = 0.74  # points of paper to a pixel of the chart
INK = "#1b2a33"  # text, axes and rules; the theme "page" turns it into currentColor
COLOURS = ("#27799a", "#c2540a", "#6b5ca5", "#3f7d3a")
DASHES: tuple[list[int], ...] = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3])
PAGE_FONTS = "Arimo, Arial, Liberation Sans, Helvetica, sans-serif"

_AXIS_WIDTH = 68
_LABEL = 12
_LABEL_GAP = 16  # pixels between the baselines of two labels that stand at the end of lines
_SVG_TAG = re.compile(r"<svg[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SIZE = re.compile(r'\b(width|height|viewBox)="([^"]*)"')
_ARIA = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
_ID = re.compile(r'(\bid="|url\(#|href="#)([A-Za-z_][\w-]*)')

vl_convert.register_font_directory(str(FONTS))


def bars_and_line(
    months: Sequence[str], bars: Sequence[Value], line: Sequence[Value], bar_title: str, line_title: str
) -> Spec:
    """Monthly counts as bars with a level as a line above them, on one scale from nought.

    Raises ValueError when the three series are empty or not of one length.
    """
    _same_length(months, bars, line)
    top = _top([*bars, *line])
    rows = [_month_row(*row, top) for row in zip(months, bars, line, strict=True)]
    x = _months_axis()
    ends = _end_labels(months[-1], {line_title: _last(line), bar_title: _last(bars)}, top)
    width = _plot_width(bar_title, line_title)
    bar = {"mark": {"type": "bar", "color": COLOURS[0]}, "encoding": {"x": x, "y": _value_axis("bar", top)}}
    level = {
        "mark": {"type": "line", "color": COLOURS[1], "strokeWidth": 2.5, "point": _point(COLOURS[1])},
        "encoding": {"x": x, "y": _value_axis("line", top)},
    }
    texts = [
        _text_layer(x, "bar", "bar_label", top, {"dy": -7}),
        _text_layer(x, "bar", "bar_label_inside", top, {"dy": 10, "color": "#ffffff"}),
        _text_layer(x, "line", "line_label", top, {"dy": -11}),
    ]
    return frame(width, HEIGHT, data={"values": rows}, layer=[bar, level, *texts, _end_layer(x, ends, top)])


def breakdown(labels: Sequence[str], values: Sequence[Value]) -> Spec:
    """One horizontal bar for each category, in the order given, with its value at its end.

    Raises ValueError when there is no category or the two series are not of one length.
    """
    _same_length(labels, values)
    pairs = zip(labels, values, strict=True)
    rows = [{"label": clean(label), "value": value, "text": _printed(value)} for label, value in pairs]
    axis = {"title": None, "labelLimit": 260, "labelPadding": 8, "ticks": False, "domain": False}
    y = {"field": "label", "type": "nominal", "sort": None, "axis": axis}
    x = {"field": "value", "type": "quantitative", "scale": {"domain": [0, _top(values)]}, "axis": None}
    longest = max(measure(label, _LABEL) for label in labels)
    return frame(
        round(WIDTH - min(longest, 260) - 76),
        34 * len(rows),
        data={"values": rows},
        encoding={"x": x, "y": y},
        layer=[
            {"mark": {"type": "bar", "color": COLOURS[0], "size": 20}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold"},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    )


def lines(months: Sequence[str], series: Mapping[str, Sequence[Value]]) -> Spec:
    """One line for each of up to four series, named at its end with its last value, on one scale from nought.

    Raises ValueError when there is no series, there are more than four, or they are not of one length.
    """
    if not 0 < len(series) <= len(COLOURS):
        raise ValueError(f"A chart draws one to {len(COLOURS)} lines.")
    _same_length(months, *series.values())
    top = _top([value for values in series.values() for value in values])
    x = _months_axis()
    named = {f"{name}\n{_printed(_last(values))}": _last(values) for name, values in series.items()}
    ends = _end_labels(months[-1], named, top, gap=2 * _LABEL_GAP)
    drawn = [_line_layer(x, months, values, COLOURS[at], DASHES[at], top) for at, values in enumerate(series.values())]
    return frame(_plot_width(*series), HEIGHT, layer=[*drawn, _end_layer(x, ends, top)])


def svg(spec: Spec, alt: str, theme: str = "print") -> str:
    """The chart as an SVG element: no style sheet, no script, role="img" and `alt` as its name.

    The theme "page" leaves the ground clear and draws text in the colour of the text around the chart; its ids
    are made from the specification, so several charts can stand in one page.
    """
    drawn = _drawn(_canonical(spec, background=None if theme == "page" else "white"))
    size = " ".join(f'{name}="{value}"' for name, value in _SIZE.findall(_root(drawn)))
    mark = hashlib.sha256(drawn.encode()).hexdigest()[:8]
    body = _TAG.sub(lambda tag: _tag(tag[0], mark, theme), _SVG_TAG.sub("", drawn, count=1))
    name = escape(clean(alt))
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="{name}" {size}>{body}'


def printed_width(spec: Spec) -> float:
    """How wide the chart stands on paper, in points, so that its 12-point labels print at about 9."""
    own = dict(_SIZE.findall(_root(_drawn(_canonical(spec, background="white")))))["width"]
    return min(float(own) * PAPER_SCALE, TEXT_WIDTH)


def png(spec: Spec, scale: float = 2.0) -> bytes:
    """The chart as a PNG on white, `scale` pixels to a point of its own size."""
    return _painted(_canonical(spec, background="white"), scale)


def _root(drawn: str) -> str:
    found = _SVG_TAG.search(drawn)
    assert found is not None
    return found[0]


def _tag(tag: str, mark: str, theme: str) -> str:
    tag = _ID.sub(lambda found: f"{found[1]}chart-{mark}-{found[2]}", _ARIA.sub("", tag))
    if theme == "page":
        tag = tag.replace(f'"{INK}"', '"currentColor"').replace('"Arimo"', f'"{PAGE_FONTS}"')
    return tag


@functools.lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])


@functools.lru_cache(maxsize=64)
def _painted(spec: str, scale: float) -> bytes:
    return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[])


def _canonical(spec: Spec, background: str | None) -> str:
    return json.dumps({**spec, "background": background}, sort_keys=True)


def frame(width: int, height: int, **parts: Any) -> Spec:
    """A specification of a plot of some pixels, in the look that all charts share."""
    text = {"font": "Arimo", "fontSize": _LABEL, "color": INK, "fill": INK}
    axis = {
        "labelFont": "Arimo",
        "labelFontSize": _LABEL,
        "labelColor": INK,
        "labelFontWeight": "normal",
        "gridColor": INK,
        "gridOpacity": 0.15,
        "domainColor": INK,
        "domainOpacity": 0.4,
        "tickColor": INK,
    }
    config = {"font": "Arimo", "aria": False, "view": {"stroke": None}, "axis": axis, "text": text}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "padding": {"left": 14, "right": 14, "top": 6, "bottom": 6},
        "background": "white",
        "config": config,
        **parts,
    }


def _same_length(first: Sequence[Any], *others: Sequence[Any]) -> None:
    if not first or any(len(other) != len(first) for other in others):
        raise ValueError("A chart needs series of one length, with at least one value.")


def _top(values: Iterable[Value]) -> float:
    """The top of the scale: a little above the highest value, so that its label has room."""
    return max((value for value in values if value is not None), default=0) * 1.12 or 1


def _last(values: Sequence[Value]) -> Value:
    return next((value for value in reversed(values) if value is not None), None)


def _printed(value: Value) -> str:
    return "" if value is None else f"{value:,}"


def _month_row(month: str, bar: Value, line: Value, top: float) -> Spec:
    """One month; the bar's label moves into the bar where the line passes over it."""
    high = (bar or 0) / top * HEIGHT
    apart = (line or 0) / top * HEIGHT - high
    inside = line is not None and high > 2 * _LABEL_GAP and -_LABEL_GAP < apart < 1.5 * _LABEL_GAP
    label = _printed(bar)
    return {
        "month": clean(month),
        "bar": bar,
        "line": line,
        "line_label": _printed(line),
        "bar_label": "" if inside else label,
        "bar_label_inside": label if inside else "",
    }


def _months_axis() -> Spec:
    axis = {
        "title": None,
        "labelAngle": 0,
        "labelExpr": "split(datum.label, ' ')",
        "labelLineHeight": 14,
        "labelPadding": 5,
        "ticks": False,
        "grid": False,
    }
    return {"field": "month", "type": "ordinal", "sort": None, "axis": axis, "scale": {"padding": 0.25}}


def _value_axis(field: str, top: float) -> Spec:
    axis = {
        "title": None,
        "format": ",d",
        "tickMinStep": 1,
        "tickCount": 5,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    scale = {"domain": [0, top], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _point(colour: str) -> Spec:
    return {"filled": True, "size": 42, "color": colour, "fill": colour}


def _text_layer(x: Spec, field: str, label: str, top: float, look: Spec) -> Spec:
    return {
        "mark": {"type": "text", "fontSize": 11, **look},
        "encoding": {"x": x, "y": _value_axis(field, top), "text": {"field": label}},
    }


def _line_layer(
    x: Spec, months: Sequence[str], values: Sequence[Value], colour: str, dash: list[int], top: float
) -> Spec:
    rows = [{"month": clean(month), "value": value} for month, value in zip(months, values, strict=True)]
    mark = {"type": "line", "color": colour, "strokeWidth": 2.5, "strokeDash": dash, "point": _point(colour)}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": _value_axis("value", top)}}


def _end_labels(month: str, ends: Mapping[str, Value], top: float, gap: float = _LABEL_GAP) -> list[Spec]:
    """The names of the series beside their last values, pushed apart where they would touch."""
    step = gap * top / HEIGHT
    labels: list[Spec] = []
    for name, value in sorted(ends.items(), key=lambda end: end[1] or 0):
        floor = labels[-1]["at"] + step if labels else 0.0
        labels.append({"month": clean(month), "at": max(float(value or 0), floor), "name": clean(name).split("\n")})
    return labels


def _end_layer(x: Spec, labels: list[Spec], top: float) -> Spec:
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 24, "fontWeight": "bold", "lineHeight": 14}
    encoding = {"x": x, "y": _value_axis("at", top), "text": {"field": "name"}}
    return {"data": {"values": labels}, "mark": mark, "encoding": encoding}


def _plot_width(*names: str) -> int:
    longest = max(measure(name, _LABEL, strong=True) for name in names)
    return round(WIDTH - _AXIS_WIDTH - min(longest, 160))
