"""Figures as tables and charts of a paper."""

from __future__ import annotations

from decimal import Decimal

from secretariat.core.figures import Cell, Figure, Grid, Head, Span
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly, as_printed
from secretariat.plain.rounding import printed_parts


def text_cell(text: str, header: bool = False) -> doc.Cell:
    """A cell of plain words."""
    return doc.Cell(((doc.Text(text),),), header=header)


def number_cell(
    assembly: Assembly, figure: Figure, cell: Cell, key: tuple[str, str], span: Span | None, places: int
) -> doc.Cell:
    """A cell that prints a number and opens to what it counted."""
    number = doc.Number(as_printed(cell, places), assembly.href(figure, span, *key), assembly.source(figure, span))
    return doc.Cell(((number,),), numeric=True)


def grid_table(
    assembly: Assembly, figure: Figure, caption: str, *, span: Span | None = None, corner: str = "", places: int = 0
) -> doc.Table:
    """A grid as a table: a head of its columns, a row header each row, totals last, remarks below."""
    grid = assembly.grid(figure, span)
    ordered = [row for row in grid.rows if row.key not in grid.totals] + [
        row for row in grid.rows if row.key in grid.totals
    ]
    rows = tuple(
        (
            text_cell(row.label, header=True),
            *(_cell(assembly, figure, grid, row, column, span, places) for column in grid.columns),
        )
        for row in ordered
    )
    return doc.Table(
        caption=caption,
        head=(corner, *(column.label for column in grid.columns)),
        rows=rows,
        totals=len(grid.totals),
        notes=notes(grid),
        source=assembly.source(figure, span),
    )


def _cell(
    assembly: Assembly, figure: Figure, grid: Grid, row: Head, column: Head, span: Span | None, places: int
) -> doc.Cell:
    cell = grid.cells.get((row.key, column.key))
    if cell is None:
        return text_cell("")
    return number_cell(assembly, figure, cell, (row.key, column.key), span, places)


def notes(grid: Grid) -> tuple[doc.Runs, ...]:
    """What is said below a grid's table: the case behind a number, and where printed numbers disagree."""
    labels = {head.key: head.label for head in (*grid.rows, *grid.columns)}
    cases = [
        f"{labels[row]}, {labels[column]}: {cell.remark}"
        for (row, column), cell in grid.cells.items()
        if cell.remark and cell.remark not in grid.remarks
    ]
    return tuple((doc.Text(text),) for text in (*cases, *grid.remarks))


def listing_table(
    assembly: Assembly, figure: Figure, caption: str, *, empty: str, span: Span | None = None
) -> doc.Table:
    """A listing as a table; the first value of each row leads to its record."""
    listing = assembly.listing(figure, span)
    rows = tuple(
        (
            doc.Cell(((doc.Link(row.values[0], row.record.get_absolute_url()),),), header=True),
            *(text_cell(value) for value in row.values[1:]),
        )
        for row in listing.rows
    )
    return doc.Table(caption, listing.heads, rows, empty=empty, source=assembly.source(figure, span))


def days_table(assembly: Assembly, figure: Figure, caption: str, places: int) -> doc.Table:
    """Days by driver in their groups, the total from the stored values, and a note where print does not add up."""
    grid = assembly.grid(figure)
    column = grid.columns[0]
    drivers = [row for row in grid.rows if row.key not in grid.totals]
    total = grid.cell(grid.totals[-1], column.key)
    rows: list[tuple[doc.Cell, ...]] = []
    for position, row in enumerate(drivers):
        cells = [
            text_cell(row.label, header=True),
            number_cell(assembly, figure, grid.cell(row.key), (row.key, column.key), None, places),
        ]
        if position == 0 or drivers[position - 1].group != row.group:
            size = sum(1 for other in drivers if other.group == row.group)
            cells.insert(0, doc.Cell(((doc.Text(row.group),),), header=True, rows=size))
        rows.append(tuple(cells))
    key = (grid.totals[-1], column.key)
    rows.append(
        (text_cell("Grand Total", header=True), text_cell(""), number_cell(assembly, figure, total, key, None, places))
    )
    parts = [Decimal(grid.cell(row.key).value or 0) for row in drivers]
    note = printed_parts(parts, Decimal(total.value or 0), places, unit="days").note
    said = notes(grid) + (((doc.Text(note),),) if note else ())
    return doc.Table(caption, ("", "Driver", "Days"), tuple(rows), totals=1, notes=said, source=assembly.source(figure))
