"""Pictures: one value for each cell, every value in the table, and levels that say in words how they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from secretariat.oversight.pictures import STANDING, Picture, control, heat, levels, side_by_side, strips

MONTHS = ["Dec 19", "Jan 20", "Feb 20"]
CELLS = [("Met", "99.20"), ("Below minimum", "95.10"), ("Not reported", "")]


@pytest.mark.parametrize(
    "draw",
    [lambda: strips(MONTHS, {}), lambda: strips(MONTHS, {"CPM1": CELLS[:2]}), lambda: levels([], [], {}),
     lambda: levels(MONTHS, [1], {}), lambda: side_by_side(MONTHS, {}, {}),
     lambda: side_by_side(MONTHS, {"North": [1]}, {}), lambda: heat(["0"], ["Mon"], [[1, 2]]),
     lambda: heat([], [], [])],
)  # fmt: skip
def test_a_picture_needs_one_value_for_each_cell(draw: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match="needs one|is needed"):
        draw()


def test_a_strip_says_each_standing_in_words_and_not_by_colour_alone() -> None:
    rows = strips(MONTHS, {"CPM1": CELLS})["data"]["values"]
    assert [row["words"] for row in rows] == [["99.20", "met"], ["95.10", "below minimum"], ["", "not reported"]]
    assert rows[1]["colour"] == STANDING["Below minimum"]


def test_levels_keep_their_months_without_a_value_and_name_their_lines() -> None:
    spec = levels(MONTHS, [95.0, None, 97.0], {"Target 99 %": 99.0})
    assert [row["value"] for row in spec["layer"][0]["data"]["values"]] == [95.0, None, 97.0]
    low, high = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low < 95
    assert high > 99
    assert spec["layer"][2]["data"]["values"][0]["name"] == "Target 99 %"


def test_regions_stand_on_one_scale() -> None:
    spec = side_by_side(MONTHS, {"North": [80, 81, 82], "South": [97, 98, 99]}, {})
    scales = [plot["layer"][0]["encoding"]["y"]["scale"]["domain"] for plot in spec["hconcat"]]
    assert scales[0] == scales[1]


def test_a_heat_map_prints_large_numbers_short_and_none_for_nought() -> None:
    cells = heat(["0", "1"], ["Mon"], [[0, 12_345]])["data"]["values"]
    assert [cell["text"] for cell in cells] == ["", "12k"]


def test_a_control_chart_names_its_mean_and_limits() -> None:
    spec = control(MONTHS, [1, 2, 3], 2, 0, 4)
    names = [row["name"] for layer in spec["layer"] for row in layer["data"]["values"] if "name" in row]
    assert list(dict.fromkeys(names)) == ["Mean", "Upper limit", "Lower limit"]


def test_a_picture_is_drawn_on_the_page_and_told_in_a_paper_with_the_same_specification() -> None:
    picture = Picture("Levels <1>", "What it shows", levels(MONTHS, [1, 2, 3], {}), ("Month", "Level"),
                      (("Dec 19", 1), ("Jan 20", None)))  # fmt: skip
    assert 'aria-label="Levels &lt;1&gt;"' in picture.drawing
    assert picture.chart.spec is picture.spec
    assert [[cell.numeric for cell in row] for row in picture.chart.data.rows] == [[False, True], [False, False]]
