"""Rules about the months that a table runs over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.plain.months import Month
from secretariat.proof.findings import Judged, Kind, Placed, Remark, Severity, rule
from secretariat.proof.paper import Heading, Item, Paper, Paragraph, Row, Table
from secretariat.proof.words.dates import column_month, month_name
from secretariat.proof.words.quantities import cell_number
from secretariat.proof.words.said import around, table_months

_COUNTS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10, "twelve": 12, "thirteen": 13,
    "eighteen": 18, "twenty-four": 24,
}  # fmt: skip
_LAST: Final = re.compile(
    rf"\b(?:last|past|previous|preceding|latest|most\s+recent)\s{{1,3}}(?P<count>[0-9]{{1,2}}|{'|'.join(_COUNTS)})[\s-]{{1,3}}"
    r"(?P<unit>months?|quarters?)\b",
    re.IGNORECASE,
)
_SHOWN: Final = re.compile(
    r"\b(?:below|tables?|shown?|shows|following|detailed|set\s+out|summar\w+|provides?)\b|:\W*$", re.IGNORECASE
)
_YEAR: Final = re.compile(
    r"\bfinancial\s+year\s+(?P<year>20[0-9]{2})\s?[/–-]\s?(?:20)?(?P<next>[0-9]{2})\b", re.IGNORECASE
)
_QUARTER: Final = re.compile(r"(?:Q|Quarter\s?)[1-4]\b.{0,12}", re.IGNORECASE)
_LEAST_RUN: Final = 5


@rule("columns-span", Kind.PERIODS)
def columns_span(paper: Paper) -> Judged:
    """A table that is said to span so many months or quarters has as many columns, or rows, of them.

    Looked at: "the last 12 months", "past six months", "previous four quarters" in a table's caption or in the words
    that lead to it, where its months follow one another; "financial year 2019/20" over a month outside it (query). In
    a table rebuilt from text whose head cannot be read, the numbers of its rows are counted (query). Left alone:
    tables whose months do not follow one another, and words that do not lead to a table.

    Example: "with the total over the last 12 months" above columns from Feb 19 to Feb 20, which are 13.
    """
    for lead, table in _led_tables(paper):
        for where, text in lead:
            yield from _spans(where, text, table)


@rule("month-sequence", Kind.PERIODS)
def month_sequence(paper: Paper) -> Judged:
    """The months along a table follow one another, without a gap, a repetition or a step back.

    Looked at: five months or more, with or without years, at the head of columns or rows; the step is the one that
    most of them take, a month, a quarter or a year. Left alone: tables in which no step prevails, such as comparisons
    of a month with the one of a year before.

    Example: Oct 19, Nov 19, Dec 19, Jan 19, Feb 20.
    """
    for table in paper.each(Table):
        head = [row.texts for row in table.head]
        columns = [month for month in table_months(table) if month]
        yield from _out_of_step([(table.head[0] if head else table, month.label, month) for month in columns])
        for row in table.head if not columns else ():
            yield from _out_of_turn([(row, text, name) for text in row.texts if (name := month_name(text))])
        yield from _out_of_step([(row, row.label, month) for row in table.rows if (month := column_month(row.label))])
        yield from _out_of_turn([(row, row.label, name) for row in table.rows if (name := month_name(row.label))])


def _led_tables(paper: Paper) -> Iterator[tuple[list[tuple[Placed, str]], Table]]:
    """Each table with its caption and with the words, since the heading, that lead to it."""
    lead: list[tuple[Placed, str]] = []
    for block in paper.blocks:
        if isinstance(block, Table):
            yield [*lead[-3:], (block, block.caption)], block
            lead = []
        elif isinstance(block, Heading):
            lead = [(block, block.text)]
        elif isinstance(block, Paragraph | Item) and _SHOWN.search(block.text):
            lead.append((block, block.text))


def _spans(where: Placed, text: str, table: Table) -> Judged:
    if told := _LAST.search(text):
        count = _COUNTS.get(told["count"].lower()) or int(told["count"])
        unit = "quarters" if told["unit"].lower().startswith("quarter") else "months"
        found, sure = _how_many(table, unit)
        if found not in {0, count}:
            yield Remark(
                where, around(text, *told.span()), f"“{told[0]}” stands over {found} {unit}.",
                told[0].replace(told["count"], str(found)), None if sure else Severity.QUERY,
            )  # fmt: skip
    if told := _YEAR.search(text):
        first = Month(int(told["year"]), 4)
        outside = [month.label for month in table_months(table) if month and not first <= month <= first.plus(11)]
        if outside and len([month for month in table_months(table) if month]) >= _LEAST_RUN:
            yield Remark(
                where, around(text, *told.span()), f"The table has {', '.join(outside)}, outside the {told[0]}.",
                "", Severity.QUERY,
            )  # fmt: skip


def _how_many(table: Table, unit: str) -> tuple[int, bool]:
    """How many months or quarters a table runs over, 0 where that cannot be told, and whether its head says so."""
    if unit == "quarters":
        return sum(_QUARTER.fullmatch(text.strip()) is not None for row in table.head for text in row.texts), True
    columns = [month for month in table_months(table) if month]
    rows = [month for row in table.rows if (month := column_month(row.label))]
    for run in (columns, rows):
        if len(run) >= 3 and all(two == one.plus(1) for one, two in pairwise(run)):
            return len(run), True
    if columns or rows or not table.rebuilt or not any(_names_months(row) for row in table.head):
        return 0, False
    widths = Counter(sum(cell_number(text) is not None for text in row.texts[1:]) for row in table.rows)
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    return (width, False) if width >= 3 and times >= 3 and 4 * times >= 3 * widths.total() else (0, False)


def _names_months(row: Row) -> bool:
    return any(re.search(rf"\b(?:{'|'.join(name[:3] for name in MONTH_NAMES)})", text) for text in row.texts)


def _out_of_step(run: Sequence[tuple[Placed, str, Month]]) -> Judged:
    places = [month.year * 12 + month.month for _, _, month in run]
    step = _usual_step([two - one for one, two in pairwise(places)])
    if step is None:
        return
    for at in _breaks(places, step):
        expected = run[at - 1][2].plus(step)
        yield _broken(run[at], run[at - 1], expected.label)


def _out_of_turn(run: Sequence[tuple[Placed, str, int]]) -> Judged:
    """Months told by name alone, which go round from December to January."""
    places = [month for _, _, month in run]
    step = _usual_step([(two - one) % 12 for one, two in pairwise(places)])
    if step is None:
        return
    for at, (one, two) in enumerate(pairwise(places), 1):
        if (two - one) % 12 != step % 12:
            yield _broken(run[at], run[at - 1], MONTH_NAMES[(one + step - 1) % 12])
            return


def _usual_step(steps: Sequence[int]) -> int | None:
    if len(steps) < _LEAST_RUN - 1:
        return None
    step, _ = Counter(steps).most_common(1)[0]
    wrong = [at for at, each in enumerate(steps) if each != step]
    one_month = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    few = 1 <= len(wrong) <= max(1, min(2, len(steps) // 3))
    return step if step and (few or one_month) else None


def _breaks(places: Sequence[int], step: int) -> Iterator[int]:
    """Where the step is not kept; the month after one that stands alone is not told again."""
    last = -2
    for at in range(1, len(places)):
        mended = at == last + 1 and at >= 2 and places[at] - places[at - 2] == 2 * step
        if places[at] - places[at - 1] != step and not mended:
            last = at
            yield at


def _broken(here: tuple[Placed, str, object], before: tuple[Placed, str, object], expected: str) -> Remark:
    return Remark(
        here[0],
        f"{before[1]}, {here[1]}",
        f"{here[1]} follows {before[1]} where the months lead to {expected}.",
        expected,
    )
