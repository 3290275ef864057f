"""The totals of a table, each judged along its row or column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.evidence.sums import Outcome, Series, Verdict, is_damaged, judged, readings
from secretariat.proof.paper import Figure, Heading, Item, Paper, Paragraph, Row, Table
from secretariat.proof.words.labels import (
    Role,
    column_labels,
    is_net,
    is_number,
    is_plain_total,
    is_summed,
    is_year_of,
    role,
    row_label,
    stems,
    total_label,
)
from secretariat.proof.words.quantities import cell_number, is_nought, printed

# Units that papers round. Days only where they are what is counted, not where they name a thing ("Engagement Days").
_MEASURED: Final = re.compile(
    r"\bdays? (?:worked|spent|devoted|used|lost|per|by|of effort)|\(days?\b|^\W*days?\W*$|\b(?:hours?|hrs|ftes?|tonnes?"
    r"|kilomet(?:re|er)s|miles|rounded|average|millions?|billions?|thousands?|000s|[mgkt]wh?)\b|[£€$]|\(m\)|'000|%"
    r"|\b(?:number of|resource|working|person|man|effort|staff|total|in) days\b|\bper ?cent\b",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"\b(?:within|in|after|under|over|than|first|last|past|next|every|of|for)\s+(?:the\s+)?(?:last\s+|next\s+)?[\d–-]*\s*"
    r"(?:working |calendar |business )?(?:days|hours|hrs)\b",
    re.IGNORECASE,
)
_SAYS_ROUNDED: Final = re.compile(r"\bround(?:ed|ing)\b", re.IGNORECASE)
_NOT_A_SUM: Final = re.compile(
    r"more than one|multiple (?:answers|responses|categories|choices)|\b(?:unique|distinct|overlap|double.count)"
    r"|(?:do|does|may|will|might) not (?:sum|add|total|equal)|not the sum",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r".*\d.*|tb[acd]|unknown|pending|not (?:known|available|recorded)|[*x?]+", re.IGNORECASE)
_EXCLUDING: Final = re.compile(
    r"\b(?:excl(?:uding|\.)?|without|less|except|other than|net of)\b(?P<what>.*)", re.IGNORECASE
)
_SUMMED_UP: Final = frozenset({"total", "number", "sum", "grand", "overall", "all"})


@dataclass(frozen=True, slots=True)
class Beside:
    """What a paper says that bears on the sums of one table: its footnote marks, and the words next to the table."""

    marks: frozenset[str] = frozenset()
    words: str = ""

    @property
    def overlaps(self) -> bool:
        """Whether the parts are said to overlap, or not to make the total."""
        return _NOT_A_SUM.search(self.words) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A total judged along one row or column: the row to point at, the total's label and its column's, the names of
    the cells along the line, the total's place among them, and whether the label alone is proof that it is a total."""

    row: Row
    label: str
    head: str
    names: tuple[str, ...]
    at: int
    verdict: Verdict
    sure: bool

    @property
    def quoted(self) -> str:
        """The total as printed, after its label."""
        return f"{self.label}: {self.verdict.series.texts[self.at].strip()}"


def beside(paper: Paper, table: Table) -> Beside:
    """What stands next to a table: its caption, the prose before and after it, the footnotes hung on it."""
    blocks = paper.blocks
    at = next(place for place, block in enumerate(blocks) if block is table)
    near = [*_prose(blocks[max(0, at - 2) : at][::-1]), *_prose(blocks[at + 1 : at + 3])]
    marks = frozenset(note.mark for note in paper.reading.footnotes)
    hung = {mark for row in (*table.head, *table.rows) for cell in row.cells for mark in cell.marks}
    notes = [note.text for note in paper.reading.footnotes if note.mark in hung]
    return Beside(marks, " ".join([table.caption, *near, *notes]))


def says_rounded(paper: Paper) -> bool:
    """Whether the paper itself says that its figures are rounded."""
    told = [block.text for block in paper.prose()] + [note.text for note in paper.reading.footnotes]
    captions = [block.caption for block in paper.blocks if isinstance(block, Table | Figure)]
    return any(_SAYS_ROUNDED.search(text) for text in (*told, *captions))


def columns(table: Table, near: Beside) -> Iterator[Line]:
    """Every column of numbers judged in every row that is a total."""
    roles = [row_role(row) for row in table.rows]
    totals = [at for at, each in enumerate(roles) if each.is_total]
    if not totals or near.overlaps:
        return
    heads, names = column_labels(table), tuple(row_label(row) for row in table.rows)
    texts = {at: column_texts(table, at) for at in range(1, table.width) if is_summed(heads[at])}
    series = {
        at: Series(heads[at], each, _is_rounded(f"{table.caption}\n{heads[at]}"))
        for at, each in texts.items()
        if not are_percentages(each)
    }
    for at in totals:
        label = total_label(table.rows[at])
        spans = readings(roles, at, excluded=_excluded(label, names))
        verdicts = _judged(list(series.values()), at, spans, near.marks, negative=is_net(label))
        for column, verdict in zip(series, verdicts, strict=True):
            yield Line(table.rows[at], label, heads[column], names, at, verdict, _is_sure(label, at, table))


def rows(table: Table, near: Beside) -> Iterator[Line]:
    """Every row with numbers judged in every column that is a total."""
    heads = column_labels(table)
    numeric = [False, *(_is_numeric(column_texts(table, at)) for at in range(1, table.width))]
    roles = [column_role(head, heads) if number else Role.HEADING for head, number in zip(heads, numeric, strict=False)]
    judging = [row for row in table.rows if row_role(row) not in {Role.HEADING, Role.ASIDE}]
    if not any(each.is_total for each in roles) or near.overlaps:
        return
    series = [
        Series(total_label(row), _padded(row, table.width), _is_rounded(f"{table.caption}\n{total_label(row)}"))
        for row in judging
    ]
    for at in (at for at, each in enumerate(roles) if each.is_total):
        spans = readings(roles, at, excluded=_excluded(heads[at], heads))
        verdicts = _judged(series, at, spans, near.marks, negative=is_net(heads[at]))
        for row, verdict in zip(judging, verdicts, strict=True):
            yield Line(
                row,
                total_label(row),
                heads[at],
                heads,
                at,
                verdict,
                is_plain_total(heads[at]) or is_year_of(heads[at], heads),
            )


def column_role(head: str, heads: Sequence[str]) -> Role:
    """What a column is to the sums of its rows."""
    return Role.TOTAL if is_year_of(head, heads) else role(head, column=True)


def row_role(row: Row) -> Role:
    """What a row is to the sums of its columns: a row of nothing but words is a heading within the table."""
    if not any(_is_told(text) for text in row.texts[1:]):
        return Role.HEADING
    label_role = role(total_label(row))
    percents = [text for text in row.texts[1:] if "%" in text]
    return (
        Role.ASIDE
        if percents and len(percents) == len([text for text in row.texts[1:] if text.strip()])
        else label_role
    )


def column_texts(table: Table, column: int) -> tuple[str, ...]:
    """The cells of a column in the body; "" where a row is too short."""
    return tuple(_padded(row, table.width)[column] for row in table.rows)


def are_percentages(texts: Sequence[str]) -> bool:
    """Whether the numbers of a column are printed with a percent sign."""
    told = [text for text in texts if cell_number(text) is not None]
    return bool(told) and sum("%" in re.sub(r"\(.*\)", "", text) for text in told) * 2 > len(told)


def sum_sentence(line: Line, along: str) -> str:
    """What the parts make and what is printed instead, without a full stop."""
    verdict = line.verdict
    text = verdict.series.texts[line.at]
    total, added = printed(verdict.total, text), printed(verdict.sum, text)
    apart = printed(abs(verdict.difference), text)
    way = "more" if verdict.difference > 0 else "less"
    where = (f" in column “{line.head}”" if line.head else "") if along == "column" else f" in row “{line.label}”"
    name = line.label if along == "column" else line.head
    noughts = (
        f" ({verdict.noughts} blank cell{'s' * (verdict.noughts > 1)} counted as nought)" if verdict.noughts else ""
    )
    kind = "rows" if along == "column" else "columns"
    parts = f"The {len(verdict.parts)} {kind} that “{name}” sums make {added}{where}{noughts}"
    return f"{parts}, but {total} is printed, {apart} {way}"


def _is_told(text: str) -> bool:
    """Whether the cell tells a number, readable or not."""
    return cell_number(text) is not None or is_damaged(text) or _HIDDEN.fullmatch(text.strip()) is not None


def _prose(blocks: Sequence[object]) -> Iterator[str]:
    """The paragraphs next to a table, up to a heading or another table."""
    for block in blocks:
        if isinstance(block, Heading | Table | Figure):
            return
        if isinstance(block, Paragraph | Item):
            yield block.text


def _judged(
    series: Sequence[Series], at: int, spans: Sequence[tuple[int, ...]], marks: frozenset[str], *, negative: bool
) -> list[Verdict]:
    """Each series judged by the reading that fits it, or else by the one that fits most of the others."""
    if not spans:
        return [judged(each, at, ()) for each in series]
    by_span = [[judged(each, at, span, marks=marks, negative=negative) for each in series] for span in spans]
    best = max(range(len(spans)), key=lambda span: (sum(map(counts, by_span[span])), -span))
    return [_fitting([verdicts[column] for verdicts in by_span], best) for column in range(len(series))]


def counts(verdict: Verdict) -> bool:
    """Whether the verdict is evidence that the total is a sum: it fits, and is not nought."""
    return verdict.outcome in {Outcome.FITS, Outcome.ROUNDED} and bool(verdict.total)


def _fitting(verdicts: Sequence[Verdict], best: int) -> Verdict:
    for outcome in (Outcome.FITS, Outcome.ROUNDED):
        for verdict in (verdicts[best], *verdicts):
            if verdict.outcome is outcome:
                return verdict
    return verdicts[best]


def _is_sure(label: str, at: int, table: Table) -> bool:
    """Whether the label alone says that the row is a sum: it says no more, or names its group, or in the last row what
    the table counts."""
    if is_plain_total(label) or is_net(label) or role(label) in {Role.SUBTOTAL, Role.GRAND}:
        return True
    named = stems(label) - _SUMMED_UP
    groups = stems(" ".join(row_label(row) for row in table.rows if row_role(row) is Role.HEADING))
    about = stems(" ".join([table.caption, *column_labels(table)]))
    return bool(named & groups) or (at == len(table.rows) - 1 and bool(named & about))


def _excluded(label: str, names: Sequence[str]) -> frozenset[int]:
    """The parts that the total's label says it leaves out."""
    match = _EXCLUDING.search(label)
    left_out = stems(match["what"]) if match else frozenset()
    return frozenset(at for at, name in enumerate(names) if stems(name) and stems(name) <= left_out)


def _is_rounded(words: str) -> bool:
    return any(_MEASURED.search(_BOUND.sub(" ", part)) for part in words.splitlines())


def _is_numeric(texts: Sequence[str]) -> bool:
    told = [text for text in texts if not is_nought(text)]
    return bool(told) and sum(is_number(text) or is_damaged(text) for text in told) * 2 >= len(told)


def _padded(row: Row, width: int) -> tuple[str, ...]:
    return row.texts + ("",) * (width - len(row.cells))
