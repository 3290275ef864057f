"""Numbers in prose matched to the rows and totals of the paper's tables that tell the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from secretariat.plain.months import Month
from secretariat.proof.evidence.sums import one_digit_apart
from secretariat.proof.evidence.table_sums import are_percentages, column_texts
from secretariat.proof.paper import Item, Paper, Paragraph, Row, Section, Table
from secretariat.proof.words.dates import column_months, mentions
from secretariat.proof.words.labels import Role, column_labels, is_summed, role, row_label, stems, total_label
from secretariat.proof.words.phrases import MEASURES, Counted, counted
from secretariat.proof.words.quantities import cell_number

_GENERIC: Final = frozenset({
    *("total", "number", "table", "overall", "grand", "sum", "count", "volume", "new", "figure", "all"),
    *("month", "year", "breakdown", "summary", "statistic", "type", "category", "subtotal", "update", "report"),
    *("following", "below"),
})  # fmt: skip
# What an email or a call may be called after: "email enquiries" are emails.
_LOOSE: Final = frozenset({"inquiry", "query", "request", "message", "contact", "case", "record", "item"})
_TOTAL_SAID: Final = re.compile(r"\b(?:total(?:s|led|ling)?|in all|altogether|overall|combined)\b", re.IGNORECASE)
# What may follow the noun when all of them are counted; anything else is taken to tell of some only.
_OF_ALL: Final = re.compile(
    r"\s*(?:$|[.,;:!)(]|[–—-]\s|(?:and|or|in|during|for|to|across|at|this|over|under|within|as|so|since|have"
    r"|representing|has|is|are|was|were|(?:(?:have|has|had) been |was |were |are |is )?(?:received|recorded|raised"
    r"|logged|handled|made|submitted|registered|completed|reported|counted|sent|processed|held|acceded|worked|devoted|spent))\b)",
    re.IGNORECASE,
)
_NARROWED_AFTER: Final = re.compile(
    r"\s*,?\s*\(?(?:that|which|who|whose|more|fewer|less|higher|lower|(?:were|was|are|is|have|had|has)(?: been)?"
    r" (?!received|recorded|raised|logged|handled|made|submitted|registered|completed|reported|counted|sent|processed"
    r"|held|in\b|over|under)\w+)\b",
    re.IGNORECASE,
)
_NARROWED_BEFORE: Final = re.compile(
    r"\b(?:of which|of these|of them|of those|including|includes?|another|further|additional|first|last|next|only"
    r"|target of|limit of|compared (?:with|to)|from|than|between|(?:up|down) (?:by|from)|by|against|every|per|with"
    r"|remaining|top|(?:increase|rise|fall|drop|decrease|reduction|change|growth|difference|average|minimum|maximum) of"
    r"|expected|forecast|up to|new|other|previous(?:ly)?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_COUNT_OF: Final = re.compile(
    r"\b(?:(?:total\s+)?(?:number|count|volume)s?|totals?)\s+(?:number\s+)?of\s+(?P<noun>[A-Za-z][A-Za-z’'\s-]*?)"
    r"(?:\s+(?:in|for|during|at|across|received|recorded|to|by|over|held|raised|devoted|worked)\b[^.;]*?)?\s+"
    r"(?:was|were|is|are|stood at|came to|totalled|reached|amounted to)\s+(?:just\s+)?(?:over|under|about|around"
    r"|approximately|some|nearly|almost|more than|at least)?\s*$",
    re.IGNORECASE,
)
_CAME_TO: Final = re.compile(
    r"(?:^|[,;:]\s+|\b(?:the|that|and)\s+)(?P<noun>(?:total\s+)?(?:[A-Za-z][A-Za-z’'-]*\s+){0,2}[A-Za-z][A-Za-z’'-]*)"
    r"(?:\s+(?:in|for|during)\s+[A-Z]\w+(?:\s\d{4})?)?\s+(?:totalled|numbered|stood at|reached|came to|amounted to"
    r"|(?:rose|fell|increased|decreased|grew)(?: by \S+)? to)\s+$",
    re.IGNORECASE,
)
_AT_LEAST: Final = re.compile(
    r"(?:\bover|\babove|\bmore than|\bgreater than|\bin excess of|\bat least|>)\s*(?:the\s+)?$", re.IGNORECASE
)
_AT_MOST: Final = re.compile(
    r"(?:\bunder|\bbelow|\bnearly|\balmost|\bfewer than|\bless than|\bup to|\bat most|<)\s*$", re.IGNORECASE
)
_LONGER: Final = re.compile(
    r"\b(?:(?:last|previous|next|prior) (?:month|year|quarter)|(?:in|over|during|for) the (?:quarter|year|half|period)"
    r"|to date|(?:last|past) \w+ months)\b",
    re.IGNORECASE,
)
_NEAR_ENOUGH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one row of a table tells: its label's words, what the table is about, and its number in each column."""

    table: Table
    row: Row
    label: str
    is_total: bool
    words: frozenset[str]
    about: frozenset[str]
    values: tuple[tuple[int, Decimal], ...]
    heads: tuple[str, ...]
    months: tuple[Month | None, ...]
    intro: str

    def value(self, column: int) -> Decimal | None:
        """The number in a column."""
        return dict(self.values).get(column)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number in prose that is not the table's: whose column it is instead, if any, and how sure that is."""

    told: Counted
    where: Paragraph | Item
    fact: Fact
    column: int
    instead: int | None
    sure: bool

    @property
    def value(self) -> Decimal:
        """What the table has."""
        return self.fact.value(self.column) or Decimal(0)


def mismatches(paper: Paper) -> list[Mismatch]:
    """The numbers in prose that a table of the same section, or a plainly named one elsewhere, contradicts."""
    sections = paper.sections()
    facts = [(at, fact) for at, section in enumerate(sections) for fact in _facts(section)]
    found: list[tuple[int, Mismatch]] = []
    right: set[tuple[int, int]] = set()
    for at, section in enumerate(sections):
        for block in (block for block in section.blocks if isinstance(block, Paragraph | Item)):
            for told in counted(block.text):
                best = _closest(told, block, [(where == at, fact) for where, fact in facts], paper)
                if best is None:
                    continue
                score, mismatch = best
                if mismatch.instead == mismatch.column:
                    right.add((id(mismatch.fact), mismatch.column))
                else:
                    found.append((score, mismatch))
    return _best_of_each(found, right)


def _best_of_each(found: list[tuple[int, Mismatch]], right: set[tuple[int, int]]) -> list[Mismatch]:
    """One mismatch for each cell, the closest, and none where another number in prose is the cell's."""
    kept: dict[tuple[int, int], tuple[int, Mismatch]] = {}
    for score, each in found:
        cell = (id(each.fact), each.column)
        if (cell in right and each.instead is None) or (cell in kept and kept[cell][0] >= score):
            continue
        kept[cell] = (score, each)
    return [each for _, each in kept.values()]


def _facts(section: Section) -> Iterator[Fact]:
    """What the rows of a section's tables tell."""
    heading = stems(section.heading.text) if section.heading else frozenset()
    for at, table in enumerate(section.blocks):
        if not isinstance(table, Table):
            continue
        heads = column_labels(table)
        before = section.blocks[at - 1] if at else None
        intro = before.text if isinstance(before, Paragraph) else ""
        numeric = [
            column for column in range(1, table.width)
            if is_summed(heads[column]) and not are_percentages(column_texts(table, column))
        ]  # fmt: skip
        about = (stems(f"{table.caption} {' '.join(heads)}") | heading) - _GENERIC
        months = months_over(table)
        for row in table.rows:
            label = total_label(row)
            values = [(column, cell_number(row.texts[column])) for column in numeric if column < len(row.cells)]
            told = tuple((column, value) for column, value in values if value is not None)
            kind = role(label)
            if told and kind is not Role.ASIDE and label.strip() and kind is not Role.SUBTOTAL:
                words = stems(label if kind.is_total else row_label(row)) - _GENERIC
                yield Fact(table, row, label, kind.is_total, words, about, told, heads, months, intro)


def months_over(table: Table) -> tuple[Month | None, ...]:
    """The month that each column of a table is of, None for one that is no month's."""
    return (*column_months([row.texts for row in table.head]), *((None,) * table.width))


def _closest(
    told: Counted, block: Paragraph | Item, facts: Sequence[tuple[bool, Fact]], paper: Paper
) -> tuple[int, Mismatch] | None:
    """The fact that tells the same as the number, with its score; a number that agrees has its own column `instead`."""
    noun = _noun(told)
    if not noun or told.quantity.unit or _is_narrowed(told):
        return None
    best: tuple[int, Mismatch] | None = None
    for near, fact in facts:
        score = _score(noun, told, block, fact, near=near)
        if score <= 0 or (best is not None and best[0] >= score):
            continue
        mismatch = _compared(told, block, fact, paper, score=score, near=near)
        best = (score, mismatch) if mismatch else best
    return best


def _noun(told: Counted) -> tuple[str, ...]:
    """The words counted: those after the number, or those of "the number of … was" before it."""
    before = _named_before(told)
    if before:
        words: list[str] = re.findall(r"[A-Za-z][A-Za-z’'-]+", before["noun"])
        return tuple(stem for word in words for stem in stems(word))
    return told.noun if told.noun and (told.noun[-1] not in MEASURES or len(told.noun) > 1) else ()


def _named_before(told: Counted) -> re.Match[str] | None:
    """The words before a number that say what it counts: "the number of … was", "… totalled"."""
    return _COUNT_OF.search(told.before) or (_CAME_TO.search(told.before) if not told.noun else None)


def _is_narrowed(told: Counted) -> bool:
    """Whether the number is of some only, or a comparison."""
    if _named_before(told):
        return False
    after = told.after[told.noun_end :]
    some = _NARROWED_BEFORE.search(told.before) or _NARROWED_AFTER.match(after) or not _OF_ALL.match(after)
    return bool(some) or "?" in told.sentence


def _score(noun: tuple[str, ...], told: Counted, block: Paragraph | Item, fact: Fact, *, near: bool) -> int:
    """How surely the noun is what the fact counts: nought for not at all; a row beats the total."""
    loose = len(noun) > 1 and noun[-1] in _LOOSE
    words, head = frozenset(noun[:-1] if loose else noun) - _GENERIC, noun[-2 if loose else -1]
    about = fact.about | (stems(fact.intro) - _GENERIC if fact.intro and fact.intro != block.text else frozenset())
    if not fact.is_total:
        named = (
            fact.words and fact.words <= words and (head in fact.words or head in about) and words <= fact.words | about
        )
        distinct = near or len((words | stems(told.sentence)) & fact.about - fact.words) >= 2
        return (
            10 * len(fact.words) + 5 * near
            if named and distinct and (near or len(fact.words) > 1 or head in fact.words)
            else 0
        )
    whole = _COUNT_OF.search(told.before) and _TOTAL_SAID.search(told.sentence)
    if not words or head not in about | fact.words or not (whole or words <= about | fact.words):
        return _anchored(words, told, fact, near=near)
    shared = len(words & (fact.about | fact.words))
    if near:
        return 2 * shared + 1 + (4 if _TOTAL_SAID.search(told.sentence) else 0)
    sentence = (stems(told.sentence) & fact.about) - _GENERIC
    return shared if shared and len(sentence) >= 2 and head in fact.about | fact.words else 0


def _anchored(words: frozenset[str], told: Counted, fact: Fact, *, near: bool) -> int:
    """A number of three digits or more that stands in the total row itself needs only one word in common."""
    exact = told.quantity.value >= 100 and any(value == told.quantity.value for _, value in fact.values)
    return 1 if near and exact and words & fact.about else 0


def _compared(
    told: Counted, block: Paragraph | Item, fact: Fact, paper: Paper, *, score: int, near: bool
) -> Mismatch | None:
    column = _column(told, fact, paper)
    value = fact.value(column) if column is not None else None
    if column is None or value is None:
        return None
    number = told.quantity.value
    if agrees(told, value):
        return Mismatch(told, block, fact, column, column, sure=True)
    if told.quantity.about:
        bound = _AT_LEAST.search(told.before) or _AT_MOST.search(told.before)
        comparable = abs(number - value) <= abs(value) / 2
        return Mismatch(told, block, fact, column, None, sure=bool(bound)) if comparable and (near or bound) else None
    others = [at for at, each in fact.values if each == number and at != column]
    if others and fact.months[column] and fact.months[others[-1]]:
        return Mismatch(told, block, fact, column, others[-1], sure=number >= 20)
    if not near:
        return (
            Mismatch(told, block, fact, column, None, sure=True)
            if one_digit_apart(number, value) and value >= 20
            else None
        )
    plain = frozenset(_noun(told)) - _GENERIC - _LOOSE <= fact.about | fact.words
    named = not fact.is_total or plain or score >= 5 or bool(_TOTAL_SAID.search(told.sentence))
    close = bool(one_digit_apart(number, value)) or abs(number - value) <= abs(value) / 2
    said = bool(_TOTAL_SAID.search(told.sentence)) and fact.is_total
    return Mismatch(told, block, fact, column, None, sure=named and close) if close or said else None


def agrees(told: Counted, value: Decimal) -> bool:
    """Whether a number told is the value, or within the bounds that its words give."""
    number = told.quantity.value
    if number == value or round(value) == number:
        return True
    if not told.quantity.about:
        return False
    if _AT_LEAST.search(told.before):
        return value >= number
    if _AT_MOST.search(told.before):
        return value <= number
    return abs(value - number) <= abs(value) * _NEAR_ENOUGH


def _column(told: Counted, fact: Fact, paper: Paper) -> int | None:
    """The column that the number is of: the month's that the sentence names, or else the only one, or the total's."""
    columns = [column for column, _ in fact.values]
    if any(fact.months[column] for column in columns):
        month = month_named(told, paper)
        return next((column for column in columns if month and fact.months[column] == month), None)
    if len(columns) == 1:
        return columns[0]
    start, end = told.clause
    said = stems(told.sentence[start:end])
    named = [column for column in columns if fact.heads[column] and stems(fact.heads[column]) <= said]
    totals = [column for column in columns if role(fact.heads[column], column=True).is_total]
    return named[0] if len(named) == 1 else totals[-1] if totals and not named else None


def month_named(told: Counted, paper: Paper) -> Month | None:
    """The month that a number is given to: its clause's, or one that stands elsewhere in a sentence without other
    numbers after it, or else the paper's. None where the words tell of a longer or another time."""
    dates = [day for day in mentions(told.sentence) if day.month and not day.day]
    start, end = told.clause
    own = [day for day in dates if start <= day.start < end]
    free = [day for day in dates if not any(_stands_between(each, told, day.start) for each in counted(told.sentence))]
    last = paper.period.last if paper.period else None
    if not own and (_LONGER.search(told.sentence[start:end]) or (dates and not free)):
        return None
    if not own and not free:
        return last
    chosen = (own or free)[-1 if own and own[0].start < told.quantity.start else 0]
    return chosen.month_told if chosen.month_told or last is None else chosen.month_near(last.last)


def _stands_between(other: Counted, told: Counted, month: int) -> bool:
    """Whether another number of the sentence stands between this one and the month, with a comma before it."""
    first, second = sorted((told.quantity.start, month))
    apart = first < other.quantity.start < second and other.quantity.start != told.quantity.start
    return apart and "," in told.sentence[first : other.quantity.start]
