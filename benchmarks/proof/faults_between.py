"""The faults between two papers of one shape, a month apart; the later one is changed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from benchmarks.proof.content import Content, Grid, Text, bare
from benchmarks.proof.sites import Fault, number_of, other_digit, sites


def carried_paragraph(content: Content, earlier: Content, draw: Random) -> Fault | None:
    """A paragraph of facts was left as it stood last month, and perhaps the month's name in it was changed."""
    old = {block.key: block for block in earlier.blocks if isinstance(block, Text) and block.key}
    told = [
        block
        for block in content.blocks
        if isinstance(block, Text) and block.key in old and old[block.key].text != block.text
    ]
    if not told:
        return None
    block = draw.choice(told)
    block.text = old[block.key].text
    if draw.random() < 0.5:
        block.text = block.text.replace(earlier.month.label, content.month.label)
    return Fault("carried-paragraph", (bare(block.text)[:40],), (block,))


def overlapping_series(content: Content, earlier: Content, draw: Random) -> Fault | None:
    """A number of an earlier month was typed anew, and wrongly, in this month's table; its total was reckoned anew."""
    grids = [grid for grid in content.blocks if isinstance(grid, Grid) and grid.months]
    if not grids:
        return None
    grid = draw.choice(grids)
    row = draw.randrange(len(grid.rows) - bool(grid.sums))
    column = draw.randrange(2, len(grid.head) - 1)
    was = grid.rows[row][column]
    grid.rows[row][column] = other_digit(draw, was)
    if grid.sums:
        grid.rows[-1][column] = f"{sum(number_of(each[column]) for each in grid.rows[:-1]):,.0f}"
    return Fault("overlapping-series", (grid.rows[row][0], grid.rows[row][column]), (grid,))


def stock_and_flow(content: Content, earlier: Content, draw: Random) -> Fault | None:
    """The opening number is not last month's closing one; the closing one was reckoned from it."""
    grids = [grid for grid in content.blocks if isinstance(grid, Grid) and grid.series == "stock"]
    if not grids:
        return None
    rows = grids[0].rows
    was, closing = rows[0][1], rows[3][1]
    rows[0][1] = other_digit(draw, was)
    rows[3][1] = f"{number_of(rows[0][1]) + number_of(rows[1][1]) - number_of(rows[2][1]):,.0f}"
    blocks = [grids[0]]
    for old, new in ((was, rows[0][1]), (closing, rows[3][1])):
        for site in sites(content, "n"):
            if site.words == old:
                site.remark(new, "n")
                blocks.append(site.block)  # type: ignore[arg-type]
                break
    return Fault("stock-and-flow", (rows[0][1], rows[3][1]), tuple(blocks))


def unexplained_total(content: Content, earlier: Content, draw: Random) -> Fault | None:
    """How many there are at the month's end does not follow from last month's number and the changes reported."""
    found = [
        site
        for site in sites(content, "stock")
        if not any(isinstance(block, Grid) and block.series == "stock" for block in content.blocks)
    ]
    if not found:
        return None
    site = draw.choice(found)
    now = other_digit(draw, site.words)
    site.write(now)
    return Fault("unexplained-total", (now,), (site.block,))


BETWEEN: Final[dict[str, Callable[[Content, Content, Random], Fault | None]]] = {
    "carried-paragraph": carried_paragraph,
    "overlapping-series": overlapping_series,
    "stock-and-flow": stock_and_flow,
    "unexplained-total": unexplained_total,
}
