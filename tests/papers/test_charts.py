"""Charts: drawn the same each time, readable without colour, safe to put into a page."""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Callable

import pytest

from secretariat.papers import charts
from secretariat.papers.document import Chart
from tests.papers import sample


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def words_of(drawing: str) -> list[str]:
    return re.findall(r">([^<>]+)<", drawing)


CHARTS = [sample.voting_groups(), sample.proposals(), sample.website()]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.caption)
def test_a_chart_in_a_page_has_a_role_a_name_and_no_style_script_or_fixed_ground(chart: Chart) -> None:
    drawing = charts.svg(chart.spec, 'A "quoted" <alt>', theme="page")
    assert drawing.startswith("<svg ")
    assert 'role="img" aria-label="A &#34;quoted&#34; &lt;alt&gt;"' in drawing
    assert drawing.count("role=") == 1
    assert not re.search(r"<style|<script|style=|\bon\w+=|javascript:", drawing)
    assert not re.search(r"<(rect|path)[^>]*#fff", drawing)
    assert charts.INK not in drawing
    assert "currentColor" in drawing


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.caption)
def test_the_same_specification_gives_the_same_drawing(chart: Chart) -> None:
    first = charts.svg(chart.spec, chart.alt), charts.png(chart.spec, 1.5)
    charts._drawn.cache_clear()
    charts._painted.cache_clear()
    assert (charts.svg(chart.spec, chart.alt), charts.png(chart.spec, 1.5)) == first


def test_every_value_of_a_breakdown_is_printed_in_the_order_given() -> None:
    words = words_of(charts.svg(charts.breakdown(["Zebra", "Apple"], [1200, 7]), ""))
    assert [word for word in words if word in {"Zebra", "Apple", "1,200", "7"}] == ["Zebra", "Apple", "1,200", "7"]


def test_bars_and_line_print_every_value_and_both_names() -> None:
    drawing = charts.svg(charts.bars_and_line(["Jan 20", "Feb 20"], [31, 17], [59, 83], "Raised", "Open"), "")
    assert {"31", "17", "59", "83", "Raised", "Open", "Jan", "Feb", "20"} <= set(words_of(drawing))


def test_a_month_without_a_figure_is_a_gap_and_the_last_known_value_is_named() -> None:
    drawing = charts.svg(charts.lines(["Jan 20", "Feb 20", "Mar 20"], {"Visits": [10, 4321, None]}), "")
    assert "4,321" in words_of(drawing)
    assert "None" not in drawing
    assert "null" not in drawing


def test_names_at_the_ends_of_lines_that_meet_do_not_overlap() -> None:
    labels = charts._end_labels("Jan 20", {"A": 100, "B": 100, "C": 101}, top=110.0)
    heights = [label["at"] * charts.HEIGHT / 110 for label in labels]
    assert all(after - before >= 15.9 for before, after in itertools.pairwise(heights))


def test_colours_stand_out_from_the_white_page_and_the_dark_one() -> None:
    for colour in charts.COLOURS:
        assert contrast(colour, "#ffffff") >= 3
        assert contrast(colour, "#12181c") >= 3
    assert contrast(charts.COLOURS[0], "#ffffff") >= 4.5  # white figures stand inside the bars
    assert contrast(charts.INK, "#ffffff") >= 7


def test_a_label_that_looks_like_markup_is_drawn_as_text() -> None:
    drawing = charts.svg(charts.breakdown(['<script>id="x"</script>'], [1]), "", theme="page")
    assert "<script" not in drawing
    assert "&lt;script&gt;" in drawing


def test_a_picture_has_the_asked_scale() -> None:
    spec = sample.voting_groups().spec
    one, two = (struct.unpack_from(">II", charts.png(spec, scale), 16) for scale in (1, 2))
    assert two == (one[0] * 2, one[1] * 2)


@pytest.mark.parametrize(
    "build",
    [
        lambda: charts.breakdown([], []),
        lambda: charts.breakdown(["a"], [1, 2]),
        lambda: charts.lines(["Jan 20"], {}),
        lambda: charts.lines(["Jan 20"], {"a": [1, 2]}),
        lambda: charts.lines(["Jan 20"], {name: [1] for name in "abcde"}),
        lambda: charts.bars_and_line(["Jan 20"], [1], [], "a", "b"),
    ],
)
def test_series_that_cannot_be_drawn_are_refused(build: Callable[[], charts.Spec]) -> None:
    with pytest.raises(ValueError, match="chart"):
        build()
