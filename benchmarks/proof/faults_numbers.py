"""Faults of numbers: totals, and what prose says of tables and lists."""

from __future__ import annotations

from collections import Counter
from random import Random

from benchmarks.proof.content import Block, Content, Grid, Items, bare
from benchmarks.proof.sites import (
    Fault,
    charts,
    following,
    grids,
    number_of,
    other_digit,
    pick,
    reworded,
    sites,
)


def _parts(grid: Grid, row: int, column: int, way: str) -> list[tuple[int, int]]:
    return [(at, column) for at in range(row)] if way == "column" else [(row, at) for at in range(1, column)]


def _prose(content: Content) -> tuple[Block, ...]:
    """The blocks that tell the numbers of tables."""
    return tuple(site.block for site in sites(content, "n"))


def _mistyped_sum(content: Content, draw: Random, way: str, rule: str) -> Fault | None:
    cells = [(grid, row, column) for grid in grids(content) for row, column, each in grid.sums if each == way]
    if not cells:
        return None
    grid, row, column = draw.choice(cells)
    parts = _parts(grid, row, column, way)
    if way == "column" and draw.random() < 0.25 and len(grid.rows[row]) > 3 and not grid.rounded:
        other = column + 1 if column + 1 < len(grid.rows[row]) else column - 1
        if other and grid.rows[row][column] != grid.rows[row][other]:
            grid.rows[row][column], grid.rows[row][other] = grid.rows[row][other], grid.rows[row][column]
            return Fault(rule, (grid.rows[row][column],), (grid,), beside=_prose(content))
    at, across = (row, column) if draw.random() < 0.6 else draw.choice(parts)
    was = grid.rows[at][across]
    now = other_digit(draw, was)
    grid.rows[at][across] = now
    off = abs(number_of(now) - number_of(was))
    if grid.declared and off <= len(parts) / 2:
        return None
    return Fault(rule, (now,), (grid,), mild=grid.rounded and off <= len(parts) / 2, beside=_prose(content))


def column_total(content: Content, draw: Random) -> Fault | None:
    """A total under a column, or a part of it, has a wrong digit; or two totals changed places."""
    return _mistyped_sum(content, draw, "column", "column-total")


def row_total(content: Content, draw: Random) -> Fault | None:
    """A total at the end of a row, or a part of it, has a wrong digit."""
    return _mistyped_sum(content, draw, "row", "row-total")


def percentage_total(content: Content, draw: Random) -> Fault | None:
    """A share of a whole was mistyped, so that the shares do not come to 100 %."""
    cells = [
        (grid, row, column) for grid in grids(content) for column in grid.shares for row in range(len(grid.rows) - 1)
    ]
    if not cells:
        return None
    grid, row, column = draw.choice(cells)
    was = grid.rows[row][column]
    now = other_digit(draw, was)
    grid.rows[row][column] = now
    if abs(number_of(now) - number_of(was)) <= 2:
        return None  # within what rounding does to shares
    return Fault("percentage-total", (now,), (grid,), beside=_prose(content))


def rounded_total(content: Content, draw: Random) -> Fault | None:
    """A total of rounded parts was rounded by itself, so it misses their sum by one."""
    cells = [
        (grid, row, column)
        for grid in grids(content)
        if grid.rounded and not grid.declared
        for row, column, _ in grid.sums
    ]
    if not cells:
        return None
    grid, row, column = draw.choice(cells)
    now = f"{number_of(grid.rows[row][column]) + draw.choice([-1, 1]):,.0f}"
    grid.rows[row][column] = now
    return Fault("rounded-total", (now,), (grid,), mild=True, beside=_prose(content))


def figure_total(content: Content, draw: Random) -> Fault | None:
    """A label in a figure was mistyped, so that the labels do not come to the total told of them."""
    told = sites(content, "figtotal")
    if not told or not charts(content):
        return None
    chart, site = draw.choice(charts(content)), told[0]
    at = draw.randrange(len(chart.labels))
    name, value = chart.labels[at]
    chart.labels[at] = (name, other_digit(draw, value))
    return Fault("figure-total", (chart.labels[at][1],), (chart, site.block), also=("prose-table-number",))


def prose_table_number(content: Content, draw: Random) -> Fault | None:
    """A number that prose takes from a table was mistyped."""
    site = pick(draw, sites(content, "n"))
    now = reworded(draw, site.words) if site else None
    if site is None or now is None:
        return None
    site.write(now)
    return Fault("prose-table-number", (now,), (site.block, *grids(content)))


def prose_number_differs(content: Content, draw: Random) -> Fault | None:
    """A number told twice was brought up to date in one place."""
    site = pick(draw, sites(content, "same"))
    if site is None:
        return None
    now = reworded(draw, site.words)
    blocks = tuple(each.block for each in sites(content, "same") if each.key == site.key)
    if now is None:
        return None
    site.write(now)
    return Fault("prose-number-differs", (now,), blocks)


def count_of_list(content: Content, draw: Random) -> Fault | None:
    """A list was lengthened or shortened, or its count mistyped."""
    site = pick(draw, sites(content, "count"))
    if site is None:
        return None
    after = following(content, site.block)
    if isinstance(after, Items) and len(after.texts) > 2 and draw.random() < 0.5:
        gone = after.texts.pop(draw.randrange(len(after.texts) - 1))
        return Fault("count-of-list", (site.words, bare(gone)), (site.block, after))
    now = reworded(draw, site.words)
    if now is None:
        return None
    site.write(now)
    return Fault("count-of-list", (now,), (site.block, *([after] if after else []), *grids(content)))


def remainder(content: Content, draw: Random) -> Fault | None:
    """One of the parts that prose divides a whole into was mistyped, so that the parts leave a remainder."""
    site = pick(draw, sites(content, "part"))
    now = reworded(draw, site.words) if site else None
    if site is None or now is None:
        return None
    site.write(now)
    return Fault("remainder", (now,), (site.block,), mild=True)


def missing_category(content: Content, draw: Random) -> Fault | None:
    """A row was left out of one of two tables that have the same rows; its total was reckoned anew."""
    families = Counter(grid.family for grid in grids(content) if grid.family)
    tables = [grid for grid in grids(content) if families[grid.family] > 1]
    if not tables:
        return None
    grid = draw.choice(tables)
    at = draw.randrange(len(grid.rows) - 1)
    gone = grid.rows.pop(at)
    for column in range(1, len(grid.rows[-1])):
        left = [number_of(row[column]) for row in grid.rows[:-1]]
        grid.rows[-1][column] = f"{sum(left):,.0f}%" if column in grid.shares else f"{sum(left):,.0f}"
    if grid.shares:
        first = grid.rows[0]
        first[1] = f"{number_of(first[1]) + 100 - sum(number_of(row[1]) for row in grid.rows[:-1]):.0f}%"
        grid.rows[-1][1] = "100%"
    grid.sums = [(row - 1, column, way) for row, column, way in grid.sums if row != at or way == "column"]
    others = [each for each in grids(content) if each.family == grid.family]
    return Fault("missing-category", (gone[0],), (grid, *others), mild=True, beside=_prose(content))
