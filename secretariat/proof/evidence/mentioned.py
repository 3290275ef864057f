"""Numbers in prose that stand beside the label of a row or the head of a column of their section's table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from secretariat.plain.months import Month
from secretariat.proof.evidence.matching import Fact, Mismatch, agrees, month_named, months_over
from secretariat.proof.evidence.sums import one_digit_apart
from secretariat.proof.evidence.table_sums import are_percentages, column_role, column_texts
from secretariat.proof.paper import Item, Paper, Paragraph, Row, Section, Table
from secretariat.proof.words.labels import column_labels, role, row_label, stems, total_label
from secretariat.proof.words.phrases import MEASURES, Counted, counted
from secretariat.proof.words.quantities import cell_number

_COMPARED: Final = re.compile(
    r"\b(?:against|from|than|of which|of these|of them|between|(?:up|down) (?:by|from)|by|target of|limit of|last|first"
    r"|next|previous|another|further|other|average of|(?:increase|rise|fall|decrease|reduction|change) of)\s+"
    r"(?:the\s+)?(?:a\s+target\s+of\s+)?$",
    re.IGNORECASE,
)
_SOME: Final = re.compile(
    r"\s*,?\s*(?:that|which|who|whose|more|fewer|less|higher|lower|of (?:them|these|those|which))\b", re.IGNORECASE
)
_LEANS: Final = re.compile(r"\s*(?:with|at|having|totalling|a total of|being)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table made ready: its heads, the rows that are parts with their labels, its last total, which columns are of
    percentages, and what its words are about."""

    table: Table
    heads: tuple[str, ...]
    months: tuple[Month | None, ...]
    rows: tuple[Row, ...]
    labels: tuple[str, ...]
    total: Row | None
    percentages: frozenset[int]
    about: frozenset[str]

    @classmethod
    def of(cls, table: Table, section: Section) -> _Grid:
        """The table of a section, ready."""
        heads = column_labels(table)
        rows = tuple(row for row in table.rows if not role(total_label(row)).is_total)
        totals = [row for row in table.rows if role(total_label(row)).is_total]
        labels = tuple(row_label(row) for row in rows)
        shares = {column for column in range(1, table.width) if are_percentages(column_texts(table, column))}
        heading = section.heading.text if section.heading else ""
        about = frozenset().union(*map(stems, (table.caption, heading, *heads, *labels)))
        total = totals[-1] if totals else None
        return cls(table, heads, months_over(table), rows, labels, total, frozenset(shares), about)

    def columns(self, told: Counted) -> list[int]:
        """The columns of numbers, or for a percentage those of percentages."""
        return [at for at in range(1, self.table.width) if (at in self.percentages) is (told.quantity.unit == "%")]


def astray(paper: Paper) -> Iterator[Mismatch]:
    """The numbers that a row's or column's own name stands beside in prose, and that are not its number."""
    for section in paper.sections():
        grids = [_Grid.of(block, section) for block in section.blocks if isinstance(block, Table)]
        for block in (block for block in section.blocks if grids and isinstance(block, Paragraph | Item)):
            for told in counted(block.text):
                if not _SOME.match(told.after[told.noun_end :]):
                    yield from _found(told, block, grids, paper)


def _found(told: Counted, block: Paragraph | Item, grids: Sequence[_Grid], paper: Paper) -> Iterator[Mismatch]:
    cells = [cell for grid in grids if (cell := _cell(told, grid, paper))]
    if any(agrees(told, value) for _, _, value in cells):
        return
    for fact, column, value in cells:
        number = told.quantity.value
        elsewhere = any(each == number for _, each in fact.values)
        close = one_digit_apart(number, value) or abs(number - value) * 2 <= abs(value)
        if close and not told.quantity.about and not elsewhere:
            yield Mismatch(told, block, fact, column, None, sure=True)


def _cell(told: Counted, grid: _Grid, paper: Paper) -> tuple[Fact, int, Decimal] | None:
    """The cell that the words beside a number name: its row, or the total's, and its column, or the total's."""
    columns = grid.columns(told)
    heads = [grid.heads[each] for each in columns]
    at = mention(grid.labels, _clause(told))
    named = mention(heads, _zone(told), before=told.before, after=told.after)
    row = grid.rows[at] if at is not None else grid.total if named is not None else None
    if row is None or (named is None and _COMPARED.search(told.before)) or not _of_its_kind(told, grid, row):
        return None
    values = [(each, cell_number(row.texts[each])) for each in columns if each < len(row.cells)]
    known = tuple((each, value) for each, value in values if value is not None)
    label = total_label(row)
    fact = Fact(grid.table, row, label, row is grid.total, stems(label), grid.about, known, grid.heads, grid.months, "")
    column = columns[named] if named is not None else _only(told, fact, paper)
    value = fact.value(column) if column is not None else None
    return (fact, column, value) if column is not None and value is not None else None


def _only(told: Counted, fact: Fact, paper: Paper) -> int | None:
    """The column of a row when none is named: the month's, the total, or the one that no other number told takes."""
    columns = [column for column, _ in fact.values]
    if any(fact.months[column] for column in columns):
        month: Month | None = month_named(told, paper)
        return next((column for column in columns if month and fact.months[column] == month), None)
    totals = [column for column in columns if column_role(fact.heads[column], fact.heads).is_total]
    if len(totals) == 1:
        return totals[0]
    others = {each.quantity.value for each in counted(told.sentence) if each.quantity != told.quantity}
    left = [column for column, value in fact.values if value not in others]
    return left[0] if len(left) == 1 else None


def _clause(told: Counted) -> str:
    """The words of the number's clause; one that leans on the one before it ("…, with 188 incidents") takes both."""
    start, end = told.clause
    own = told.sentence[start:end]
    before = told.sentence[:start]
    if _LEANS.match(own) and not any(each.quantity.end <= start for each in counted(told.sentence)):
        return before + own
    return own


def _zone(told: Counted) -> str:
    """The words of the clause nearer to this number than to another: from the one before, and up to the clause's end
    unless another follows."""
    start, end = told.clause
    others = [each.quantity for each in counted(told.sentence)]
    before = max((each.end for each in others if start <= each.end <= told.quantity.start), default=start)
    follows = any(told.quantity.end < each.start < end for each in others)
    return told.sentence[before : told.quantity.end if follows else end]


def mention(labels: Sequence[str], clause: str, *, before: str = "", after: str = "") -> int | None:
    """The one label that the clause names, or None: of labels within one another the longest. A single word counts as
    a name only as printed, with a capital within the sentence, or right beside the number."""
    found = [(at, label) for at, label in enumerate(labels) if label and _names(label, clause, before, after)]
    longest = [(at, label) for at, label in found if not any(label != other and label in other for _, other in found)]
    return longest[0][0] if len(longest) == 1 else None


def _names(label: str, clause: str, before: str, after: str) -> bool:
    words, anywhere, beside, follows = _patterns(label)
    if not words:
        return False
    if words > 1:
        return anywhere.search(clause) is not None
    if beside.search(before) or follows.match(after):
        return True
    return label[0].isupper() and re.search(rf"\b{re.escape(label.split(' ', maxsplit=1)[0])}\b", clause) is not None


@lru_cache(maxsize=4096)
def _patterns(label: str) -> tuple[int, re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """How many words name a row or column, and the patterns of the name anywhere, right before and after a number."""
    plain = re.sub(r"\s*\([^)]*\)", "", label).strip()[:80]
    words = re.findall(r"[\w’'-]+", plain)
    named = any(word[0].isalpha() for word in words) and len(plain) > 2 and not plain.endswith(":")
    name = r"\W+".join(map(re.escape, words))
    return (
        len(words) if named else 0,
        re.compile(rf"\b{name}s?\b", re.IGNORECASE),
        re.compile(rf"\b{name}\s+(?:of\s+|was\s+|is\s+)?$", re.IGNORECASE),
        re.compile(rf"\s+(?:(?:was|were|have|has|had|been|are|to)\s+){{0,2}}{name}\b", re.IGNORECASE),
    )


def _of_its_kind(told: Counted, grid: _Grid, row: Row) -> bool:
    """Whether the number may count what the table counts: its noun is the table's, or it has none of its own."""
    if told.quantity.unit:
        printed = (grid.table.caption, *grid.heads, *row.texts)
        return told.quantity.unit == "%" or any(told.quantity.unit in text for text in printed)
    if not told.noun:
        return bool(re.match(r"\s*(?:$|[.,;:)(]|(?:in|for|to|and|from|without|against|was|were|have)\b)", told.after))
    return told.head not in MEASURES and (
        told.head in grid.about or told.noun[0] in grid.about or told.noun[0].endswith("ed")
    )
