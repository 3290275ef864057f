"""Rules about sums of rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from secretariat.proof.evidence.sums import Outcome, mending, one_digit_apart, readings
from secretariat.proof.evidence.table_sums import (
    Line,
    are_percentages,
    beside,
    column_texts,
    columns,
    counts,
    rows,
    says_rounded,
    sum_sentence,
)
from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import Block, Figure, Item, Paper, Paragraph, Table
from secretariat.proof.words.labels import Role, column_labels, is_plain_total, role, stems, total_label
from secretariat.proof.words.phrases import MEASURES, Counted, counted
from secretariat.proof.words.quantities import Quantity, cell_number, printed

_ENOUGH_LINES: Final = 3
_HUNDRED: Final = Decimal(100)
_WHOLE: Final = re.compile(
    r"\b(?:share|split|breakdown|proportions?|distribution|division|composition|make-?up)\b", re.IGNORECASE
)
_OF: Final = re.compile(
    r"\s+(?:[A-Za-z][\w’'-]*\s+){0,3}?(?:out\s+)?of\s+(?:the\s+|all\s+|a total of\s+|its\s+|our\s+)?(?:last\s+)?"
)
_OPENED: Final = re.compile(r"[^.;()\d]{0,60}\(\s*(?:or |i\.e\.,? |about )?|[^.;()\d]{0,40}, or ")
_ALLOWS: Final = re.compile(
    r"\b(?:including|excluding|plus|except|not counting|excl\.|incl\.|apart from|as well as|in addition to)",
    re.IGNORECASE,
)


@rule("column-total", Kind.TOTALS)
def column_total(paper: Paper) -> Judged:
    """A row called a total is, in every column of numbers, the sum of the rows it stands for.

    Looked at: rows whose label says that they are a total ("Total", "Grand total", "Subtotal", "All", "Overall",
    "Net"), over or under their parts. Each column is added by itself, by every reading that makes sense: the rows since
    the last subtotal, all rows, the subtotals. Only a total that no reading gives is reported. Blank cells and dashes
    count as nought, and the finding says so. Where one damaged digit would explain the difference, it is proposed.

    Left alone: averages, percentages, rates, peaks, dates and words; a column with a cell that cannot be read; sums off
    by no more than rounding, which `rounded-total` asks about; tables that say that their parts overlap; a footnote
    mark glued to a number, when the sum is right without it. Where hardly a column adds up, it is a query.

    Example: under Feb 19 stand 56, 298 and 41, and the row Total says 398. They make 395.
    """
    for table in paper.each(Table):
        lines = list(columns(table, beside(paper, table)))
        for row in dict.fromkeys(line.row.place for line in lines):
            yield from _told([line for line in lines if line.row.place == row], table, "column")


@rule("row-total", Kind.TOTALS)
def row_total(paper: Paper) -> Judged:
    """A column called a total is, in every row, the sum of the columns it stands for.

    Looked at: columns whose head says that they are a total, and every row that has numbers in them, the total row
    included. They are read as rows are: the columns since the last subtotal, all columns, the subtotals ("H1 total").

    Left alone: columns of averages, percentages, targets, budgets, changes and the like, which are not parts; rows with
    a cell that cannot be read; sums off by no more than rounding; tables none of whose rows adds up, since what is
    called a total there is not one.

    Example: a row says Raised 12, Withdrawn 3 and, under Total, 16. They make 15.
    """
    for table in paper.each(Table):
        lines = list(rows(table, beside(paper, table)))
        for at in dict.fromkeys(line.at for line in lines):
            yield from _told([line for line in lines if line.at == at], table, "row")


@rule("rounded-total", Kind.TOTALS, Severity.QUERY)
def rounded_total(paper: Paper) -> Judged:
    """A total that differs from its printed parts by no more than their rounding says so.

    Looked at: the totals that `column-total` and `row-total` look at, where numbers are printed with decimals, in round
    hundreds, or in a unit that is rounded (days, hours, money, tonnes). The most that rounding can explain is half a
    unit of the last printed place for each part and for the total.

    Left alone: papers that say that figures are rounded. Counts of things cannot be rounded, so that a difference in
    them is an error.

    Example: driver days 101.4, 122.3 and 142.4 are printed as 101, 122 and 142, and their total, 366.1, as 366.
    """
    if says_rounded(paper):
        return
    for table in paper.each(Table):
        near = beside(paper, table)
        for along, lines in (("column", columns(table, near)), ("row", rows(table, near))):
            for line in lines:
                if line.verdict.outcome is Outcome.ROUNDED:
                    yield Remark(
                        line.row, line.quoted, f"{sum_sentence(line, along)}: no more than rounding explains.",
                        "Say that figures are rounded, or print the parts to one more place.",
                    )  # fmt: skip


@rule("percentage-total", Kind.TOTALS)
def percentage_total(paper: Paper) -> Judged:
    """Percentages that make up a whole make 100, and a percentage told with its two numbers is theirs.

    Looked at: columns of percentages whose total is 100 %, or whose parts make 100 while the total does not; the
    labels of a figure that are all percentages; a column of shares beside the column of numbers that they are shares
    of; "12 of 40 (30%)" and "30% (12 of 40)" in prose.

    Left alone: sums off from 100 by no more than rounding; columns whose total is another rate than 100 %; percentages
    said to be about right; tables that say that answers overlap.

    Example: "9 of 12 parties (70%) replied": 9 of 12 is 75 %.
    """
    for table in paper.each(Table):
        if not beside(paper, table).overlaps:
            yield from _percentage_columns(table)
            yield from _shares(table)
    for figure in paper.each(Figure):
        yield from _percentage_figure(figure)
    for block in paper.prose():
        yield from _percentages_told(block)


@rule("figure-total", Kind.TOTALS)
def figure_total(paper: Paper) -> Judged:
    """The numbers printed in a figure make the total that its caption or the words beside it tell.

    Looked at: figures of at least three named numbers, with a total told in the caption, or in prose of the same
    section whose noun is the caption's ("242 voting groups" beside "Breakdown of voting groups"). Where one damaged
    digit would explain the difference, it is proposed.

    Left alone: totals told with "about" or "over"; one more or less where the words include, exclude or add something
    ("including the DCC"); figures of percentages.

    Example: prose tells of 242 voting groups, and the figure beside it shows 12, 8, 114, 13 and 17, which make 164.
    """
    for section in paper.sections():
        for figure in (block for block in section.blocks if isinstance(block, Figure)):
            yield from _figure_sum(figure, section.blocks)


def _told(lines: Sequence[Line], table: Table, along: str) -> Iterator[Remark]:
    """What is said of one total row or column: an error for each sum that is off, or less where hardly any is right."""
    lines = [line for line in lines if line.verdict.outcome is not Outcome.UNKNOWN]
    off = [line for line in lines if line.verdict.outcome is Outcome.OFF]
    fitting = sum(counts(line.verdict) for line in lines)
    many = len(lines) >= _ENOUGH_LINES
    if not off or (not fitting and (not off[0].sure or (many and along == "row"))):
        return
    if table.rebuilt and fitting * 2 < len(lines):
        return
    if many and not fitting:
        yield Remark(
            off[0].row, off[0].quoted,
            f"None of the {len(lines)} columns adds up. {sum_sentence(off[0], along)}.",
            "See whether a row is missing, or say what the total counts.", severity=Severity.QUERY,
        )  # fmt: skip
        return
    severity = Severity.QUERY if many and fitting * 3 < len(lines) else None
    for line in off:
        text = f"{line.quoted} ({line.head})" if along == "column" and line.head else line.quoted
        mend = mending(line.verdict, line.at, line.names)
        yield Remark(line.row, text, f"{sum_sentence(line, along)}.", mend, severity=severity)


def _percentage_columns(table: Table) -> Iterator[Remark]:
    """Columns of percentages whose total or whose parts make 100, while the others do not."""
    roles = [role(total_label(row)) if any(map(str.strip, row.texts[1:])) else Role.HEADING for row in table.rows]
    heads = column_labels(table)
    for column in range(1, table.width):
        texts = column_texts(table, column)
        if not are_percentages(texts):
            continue
        for at in (at for at, each in enumerate(roles) if each in {Role.TOTAL, Role.GRAND}):
            total = cell_number(texts[at])
            sums = [_percentages(texts, parts) for parts in readings(roles, at) if len(parts) > 1]
            added = [told for told in sums if told is not None]
            if total is None or not added or any(abs(total - told) <= within for told, within in added):
                continue
            whole = next((told for told, within in added if abs(_HUNDRED - told) <= within), None)
            if total == _HUNDRED or (whole is not None and is_plain_total(total_label(table.rows[at]))):
                told = added[0][0] if whole is None else whole
                name = f" in column “{heads[column]}”" if heads[column] else ""
                yield Remark(
                    table.rows[at], f"{total_label(table.rows[at])}: {texts[at].strip()}",
                    f"The percentages{name} make {printed(told)}%, but the total printed is {printed(total)}%.",
                    "Mend the percentage that is wrong." if total == _HUNDRED else f"Print {printed(told)}%.",
                )  # fmt: skip


def _percentages(texts: Sequence[str], parts: Sequence[int]) -> tuple[Decimal, Decimal] | None:
    """The sum of the percentages in those places and what rounding can explain; None when one cannot be read."""
    told = [cell_number(texts[part]) for part in parts if texts[part].strip(" -–—")]
    values = [value for value in told if value is not None]
    if len(values) < 2 or len(values) < len(told):
        return None
    return sum(values, Decimal(0)), len(values) * _place(values) / 2


def _place(values: Sequence[Decimal]) -> Decimal:
    return Decimal(1).scaleb(max(int(value.as_tuple().exponent) for value in values))


def _shares(table: Table) -> Iterator[Remark]:
    """Rows whose percentage is not their number's share of the total, where the other rows' percentages are."""
    heads = column_labels(table)
    totals = [at for at, row in enumerate(table.rows) if is_plain_total(total_label(row))]
    texts = [column_texts(table, column) for column in range(table.width)]
    shares = [column for column in range(1, table.width) if are_percentages(texts[column])]
    numbers = [column for column in range(1, table.width) if column not in shares]
    for share in shares:
        for number in numbers:
            total = cell_number(texts[number][totals[-1]]) if totals else None
            pairs = [
                (at, cell_number(texts[number][at]), cell_number(texts[share][at])) for at in range(len(table.rows))
            ]
            told = [(at, part, percent) for at, part, percent in pairs if part is not None and percent is not None]
            parts = [each for each in told if not role(total_label(table.rows[each[0]])).is_total]
            if not total or total < 0:
                continue
            wrong = [each for each in parts if abs(each[1] / total * 100 - each[2]) >= _place([each[2]])]
            if len(parts) < 3 or len(wrong) * 3 > len(parts):
                continue
            for at, part, percent in wrong:
                row = table.rows[at]
                meant = _percent(part, total, percent)
                said = (
                    f"{printed(part)} of {printed(total)} under “{heads[number]}” is {meant}%, not {printed(percent)}%."
                )
                yield Remark(row, f"{total_label(row)}: {texts[share][at].strip()}", said, f"Print {meant}%.")


def _percent(part: Decimal, whole: Decimal, like: Decimal) -> str:
    return printed((part / whole * 100).quantize(_place([like])))


def _percentage_figure(figure: Figure) -> Iterator[Remark]:
    """A figure of a whole's shares that do not make 100."""
    values = [cell_number(label.value) for label in figure.labels if "%" in label.value]
    parts = [value for value in values if value is not None]
    if len(parts) < 3 or len(parts) < len(figure.labels) or not _WHOLE.search(figure.caption):
        return
    added = sum(parts, Decimal(0))
    if abs(added - _HUNDRED) > len(parts) * _place(parts) / 2:
        yield Remark(
            figure, figure.caption, f"The percentages in the figure make {printed(added)}%, not 100%.",
            "Mend the percentage that is wrong.",
        )  # fmt: skip


def _percentages_told(block: Paragraph | Item) -> Iterator[Remark]:
    """Percentages told with their two numbers, which they are not."""
    told = counted(block.text)
    for one, two, three in zip(told, told[1:], told[2:], strict=False):
        if not (one.sentence == two.sentence == three.sentence):
            continue
        found = _share_told(one.sentence, one.quantity, two.quantity, three.quantity)
        if found is None:
            continue
        part, whole, percent = found
        if whole.value <= 0 or part.value > whole.value or percent.about or part.about or whole.about:
            continue
        if abs(part.value / whole.value * 100 - percent.value) >= _place([percent.value]):
            meant = _percent(part.value, whole.value, percent.value)
            yield Remark(
                block, one.sentence[one.quantity.start : three.quantity.end],
                f"{part.text} of {whole.text} is {meant}%, not {percent.text}.", f"Write {meant}%.",
            )  # fmt: skip


def _share_told(
    sentence: str, one: Quantity, two: Quantity, three: Quantity
) -> tuple[Quantity, Quantity, Quantity] | None:
    """The part, the whole and the percentage, when three numbers are told as such."""
    first, second = sentence[one.end : two.start], sentence[two.end : three.start]
    if three.unit == "%" and not one.unit and not two.unit and _OF.fullmatch(first) and _OPENED.fullmatch(second):
        return one, two, three
    if one.unit == "%" and not two.unit and not three.unit and _OPENED.fullmatch(first) and _OF.fullmatch(second):
        return two, three, one
    return None


def _figure_sum(figure: Figure, blocks: Sequence[Block]) -> Iterator[Remark]:
    labels = [label for label in figure.labels if not role(label.name).is_total]
    values = [cell_number(label.value) for label in labels]
    parts = [value for value in values if value is not None]
    if len(parts) < 3 or len(parts) < len(values) or any("%" in label.value for label in labels):
        return
    told = _told_beside(figure, blocks)
    added = sum(parts, Decimal(0))
    if not told or any(abs(each.quantity.value - added) <= _allowance(each, figure) for each in told):
        return
    nearest = min(told, key=lambda each: abs(each.quantity.value - added))
    total = nearest.quantity.value
    slips = [
        (label, meant, why)
        for label, value in zip(labels, parts, strict=True)
        if (why := one_digit_apart(value, meant := value + total - added))
    ]
    mend = "Mend the label that is wrong, or the total told."
    if len(slips) == 1:
        label, meant, why = slips[0]
        mend = f"“{label.name}” would be {printed(meant)} rather than {label.value} ({why})."
    counted_things = f"{nearest.quantity.text} {nearest.things}"
    said = f"The numbers in the figure make {printed(added)}, but {counted_things} are told beside it."
    yield Remark(figure, " + ".join(label.value for label in labels), said, mend)


def _allowance(told: Counted, figure: Figure) -> int:
    return 1 if _ALLOWS.search(told.sentence) or _ALLOWS.search(figure.caption) else 0


def _told_beside(figure: Figure, blocks: Sequence[Block]) -> list[Counted]:
    """The totals told in the caption or in the section's prose that count what the caption names, the closest kind."""
    about = stems(figure.caption)
    prose = [block.text for block in blocks if isinstance(block, Paragraph | Item)]
    told = [each for text in (figure.caption, *prose) for each in counted(text)]
    fitting = [
        (sum(word in about for word in each.noun), each)
        for each in told
        if each.head in about and each.head not in MEASURES and not each.quantity.about and not each.quantity.unit
    ]
    best = max((score for score, _ in fitting), default=0)
    return [each for score, each in fitting if score == best]
