"""Series of months read off a paper's tables: what one row, or one column, says of each month."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from secretariat.plain.months import Month
from secretariat.proof.paper import Item, Paper, Paragraph, Row, Section, Table
from secretariat.proof.words.dates import column_month
from secretariat.proof.words.quantities import cell_number
from secretariat.proof.words.said import table_months

_FEWEST_MONTHS: Final = 2
_NOUGHT: Final = frozenset({"-", "–", "—", "nil", "none"})
_LEFT_OUT: Final = re.compile(r"\([^)]*\)|[^\w\s%£&]")


@dataclass(frozen=True, slots=True)
class Value:
    """A number of one month: its worth, as printed, and the row it stands in. A dash is worth nought."""

    number: Decimal
    printed: str
    row: Row


@dataclass(frozen=True, slots=True)
class Series:
    """One label's numbers, month by month."""

    label: str
    values: Mapping[Month, Value]

    @property
    def key(self) -> str:
        """The label without what differs between printings: capitals, spaces, brackets, signs."""
        return plain_words(self.label)


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A table over months: its series, and the words around it: its caption and the prose of its section."""

    paper: Paper
    table: Table
    series: tuple[Series, ...]
    around: str = ""

    def __iter__(self) -> Iterator[Series]:
        return iter(self.series)

    @property
    def months(self) -> set[Month]:
        """The months of which any series tells something."""
        return {month for one in self.series for month in one.values}


def plain_words(label: str) -> str:
    """A label without what differs between printings, for comparing."""
    words = _LEFT_OUT.sub(" ", label.replace("&", " and ")).casefold().split()
    return " ".join(words) or label.strip().casefold()


def file_beside(paper: Paper, beside: Paper) -> str:
    """The other paper's file, in as few words as tell it from this one's."""
    name = Path(paper.name).name
    return paper.name if name == Path(beside.name).name else name


def month_tables(paper: Paper) -> list[MonthTable]:
    """The paper's tables that have months for columns, or for rows, with what each says of them."""
    return [made for section in paper.sections() for made in _of_section(paper, section)]


def _of_section(paper: Paper, section: Section) -> Iterator[MonthTable]:
    said = [block.text for block in section.blocks if isinstance(block, Paragraph | Item)]
    heading = section.heading.text if section.heading else ""
    for table in section.blocks:
        if isinstance(table, Table) and (series := tuple(_unlike(_across(table) or _down(table)))):
            yield MonthTable(paper, table, series, "\n".join([heading, *said, table.caption]))


def _across(table: Table) -> list[Series]:
    months = _at(table_months(table))
    if len(months) < _FEWEST_MONTHS:
        return []
    return [made for row in table.rows if (made := _row(row, months, table)) is not None]


def _at(months: Sequence[Month | None]) -> dict[Month, int]:
    """The column of each month; a month that stands over two columns is not told apart, so it is left out."""
    times = Counter(months)
    return {month: at for at, month in enumerate(months) if month is not None and times[month] == 1}


def _row(row: Row, months: dict[Month, int], table: Table) -> Series | None:
    label = next((text for text in row.texts if text.strip()), "")
    if not label or cell_number(label) is not None or (table.rebuilt and len(row.cells) <= max(months.values())):
        return None
    values = {month: made for month, at in months.items() if (made := _value(row, at)) is not None}
    return Series(label.strip(), values) if values else None


def _down(table: Table) -> list[Series]:
    """The columns of a table that has a month in each row."""
    rows = [(row, column_month(row.label)) for row in table.rows]
    months = Counter(month for _, month in rows if month is not None)
    if len(months) < _FEWEST_MONTHS or max(months.values()) > 1 or not table.head:
        return []
    heads = table.head[-1].texts
    made: list[Series] = []
    for at, head in enumerate(heads[1:], 1):
        values = {month: told for row, month in rows if month is not None and (told := _value(row, at)) is not None}
        if head.strip() and values:
            made.append(Series(head.strip(), values))
    return made


def _value(row: Row, at: int) -> Value | None:
    printed = row.cells[at].text.strip() if at < len(row.cells) else ""
    number = Decimal(0) if printed.casefold() in _NOUGHT else cell_number(printed)
    return None if number is None else Value(number, printed, row)


def _unlike(series: Sequence[Series]) -> Iterator[Series]:
    """The series whose label stands once in the table: of two alike, nothing tells which is meant."""
    times = Counter(one.key for one in series)
    return (one for one in series if times[one.key] == 1)
