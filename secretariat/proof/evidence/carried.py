"""Paragraphs that stand in the earlier paper word for word, and the facts in them that ought to have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.plain.references import find_references
from secretariat.proof.paper import Block, Item, Paper, Paragraph, Row, Section, Table
from secretariat.proof.words.dates import mentions
from secretariat.proof.words.quantities import cell_number, quantities

_RECENT: Final = re.compile(
    r"\b(?:(?:this|last|next|past|previous|coming) (?:month|week|quarter|period)|recently|yesterday|today|tomorrow"
    r"|over the (?:last|past) (?:month|quarter)|since (?:the|our) (?:last|previous))\b",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(r"\b[A-Z][\w&’'-]*(?: [A-Z(][\w&’')-]*){0,4} (?:Limited|Ltd|plc|PLC|LLP|Inc|GmbH)\b")
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(MONTH_NAMES)})(?: [0-9]{{4}})?\b")
_RELEASE: Final = re.compile(r"\s(?:[A-Z][\w-]*\s){0,2}(?:Release|Version|Edition|Programme|Regulations|Act|Order)\b")
_MONTHS_OR_NUMBERS: Final = re.compile(rf"\b(?:{'|'.join(MONTH_NAMES)})\b|[0-9]+|[^A-Za-z ]+")
_FEWEST_WORDS: Final = 5
_MOST_FIGURES: Final = 40


@dataclass(frozen=True, slots=True)
class Carried:
    """A carried paragraph: the fact in it, why that is the earlier paper's, sure where a table here contradicts it."""

    block: Paragraph | Item
    section: str
    fact: str
    why: str
    sure: bool = False


def carried(paper: Paper, previous: Paper) -> Iterator[Carried]:
    """The paragraphs of a paper carried over from the earlier one with facts that are out of date."""
    earlier = {_key(section): section for section in reversed(previous.sections())}
    for section in paper.sections():
        before = earlier.get(_key(section))
        if before is None:
            continue
        same = {_normal(block.text): block.text for block in _prose(before.blocks)}
        but_for_months = {_without_months(text): text for text in same.values()}
        for block in _prose(section.blocks):
            if len(block.text.split()) < _FEWEST_WORDS:
                continue
            found = None
            if _normal(block.text) in same:
                found = _stale(block.text, paper, previous, section, before)
            elif (old := but_for_months.get(_without_months(block.text))) is not None:
                found = _renamed(block.text, old, section.blocks, before.blocks)
            if found is not None:
                fact, why, sure = found
                yield Carried(block, section.heading.text if section.heading else "", fact, why, sure)


def _key(section: Section) -> tuple[str, ...]:
    title = section.heading.text if section.heading else ""
    titles = section.path if section.path[-1:] == (title,) else (*section.path, title)
    return tuple(_timeless(title) or title.lower() for title in titles[-2:])


def _timeless(title: str) -> str:
    """The words of a title without months, numbers and marks."""
    return " ".join(_MONTHS_OR_NUMBERS.sub(" ", title).lower().split())


def _prose(blocks: Sequence[Block]) -> Iterator[Paragraph | Item]:
    return (block for block in blocks if isinstance(block, Paragraph | Item))


def _normal(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("–", "-").casefold().split())


def _stale(text: str, paper: Paper, previous: Paper, section: Section, before: Section) -> tuple[str, str, bool] | None:
    """The first fact that ought to have changed, why, and whether a table of this paper contradicts it."""
    return (
        _contradicted(text, section.blocks, before.blocks)
        or _of_the_period(text, paper, previous)
        or _gone_by(text, paper, previous)
        or _recent(text)
        or (((figures := _figures(text)) and (figures, "and not one of them has changed", False)) or None)
    )


def _without_months(text: str) -> str:
    return _normal(_MONTH.sub("§", text))


def _renamed(text: str, old: str, now: Sequence[Block], then: Sequence[Block]) -> tuple[str, str, bool] | None:
    """Figures that are all the earlier paper's, in words of which only the month was changed."""
    figures = _figures(text)
    if len(quantities(text)) != len(quantities(old)) or not figures:
        return None
    return _contradicted(text, now, then) or (figures, "as it said of another month", False)


def _figures(text: str) -> str:
    """The figures of a text, where they are such as hardly stay the same: two of a hundred or more, three of twenty."""
    told = [each for each in quantities(text) if each.unit in ("", "%") and not each.about]
    large = [each for each in told if each.value >= 100]
    some = [each for each in told if each.value >= 20]
    return ", ".join(each.text for each in some[:4]) if len(large) > 1 or len(some) > 2 else ""


def _of_the_period(text: str, paper: Paper, previous: Paper) -> tuple[str, str, bool] | None:
    now, then = paper.period, previous.period
    if now is None or then is None or (now.first, now.last) == (then.first, then.last):
        return None
    for each in mentions(text):
        month = each.month_near(then.last.last)
        if month is None or month not in then or month in now or _RELEASE.match(text, each.end):
            continue
        return each.text, f"which is in the period of the earlier paper ({then}), not of this one ({now})", False
    return None


def _gone_by(text: str, paper: Paper, previous: Paper) -> tuple[str, str, bool] | None:
    """A day that was ahead when the earlier paper was written, and is past now."""
    if paper.dated is None or previous.dated is None or not previous.dated < paper.dated:
        return None
    for each in mentions(text):
        day = each.date
        if day is not None and previous.dated <= day < paper.dated and _AHEAD.search(text):
            return each.text, "which was ahead when the earlier paper was written, and is past now", False
    return None


_AHEAD: Final = re.compile(
    r"\b(?:will|shall|is to|are to|due|planned|scheduled|upcoming|next|by|until)\b", re.IGNORECASE
)


def _recent(text: str) -> tuple[str, str, bool] | None:
    """A fact told as of this month or the last."""
    recent = _RECENT.search(text)
    if recent is None:
        return None
    facts = [text[start:end] for start, end, _ in find_references(text)]
    facts += [each.text for each in mentions(text) if each.day]
    facts += [hit[0] for hit in _COMPANY.finditer(text)]
    facts += [each.text for each in quantities(text) if each.value > 2]
    return (facts[0], f"and is told as of “{recent[0]}”", False) if facts else None


def _contradicted(text: str, now: Sequence[Block], then: Sequence[Block]) -> tuple[str, str, bool] | None:
    """A number that the tables beside it had in the earlier paper, and have otherwise here."""
    for before in (block for block in then if isinstance(block, Table)):
        after = next((block for block in now if isinstance(block, Table) and _head(block) == _head(before)), None)
        if after is None:
            continue
        counts = (Decimal(len(before.rows)), Decimal(len(after.rows)))
        for each in quantities(text)[:_MOST_FIGURES]:
            if each.value == counts[0] != counts[1] and _says_rows(text, each.end, before):
                return each.text, f"and the table beside it has {counts[1]} rows here", True
            changed = _changed(each.value, before, after)
            if changed:
                return each.text, changed, True
    return None


def _head(table: Table) -> tuple[str, ...]:
    """The words of a table's head without its months and numbers; of one without a head, its caption's."""
    texts = [text for row in table.head for text in row.texts] or [table.caption, str(table.width)]
    return tuple(_timeless(text) for text in texts)


def _says_rows(text: str, at: int, table: Table) -> bool:
    """Whether what the number counts is what the rows are: a word after it stands in the head or the caption."""
    noun = re.match(r"(?:\s[\w’'-]+){1,4}", text[at:])
    words = {word.lower()[:5] for word in re.findall(r"[A-Za-z]{4,}", noun[0])} if noun else set()
    named = f"{table.caption} {' '.join(text for row in table.head for text in row.texts)}"
    return bool(words & {word.lower()[:5] for word in re.findall(r"[A-Za-z]{4,}", named)})


def _changed(value: Decimal, before: Table, after: Table) -> str:
    """Why a number is out of date: the row that had it as its last figure has another here, and none has it now."""
    if value < 3 or any(cell_number(text) == value for row in after.rows for text in row.texts):
        return ""
    rows = {row.label.casefold(): row for row in after.rows}
    for row in before.rows:
        other = rows.get(row.label.casefold())
        if other is not None and row.label and _last(row) == value and (figure := _last(other)) is not None:
            return f"and “{row.label}” in the table beside it is {figure} here"
    return ""


def _last(row: Row) -> Decimal | None:
    numbers = [number for text in row.texts[1:] if (number := cell_number(text)) is not None]
    return numbers[-1] if numbers else None
