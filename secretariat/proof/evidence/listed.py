"""Counts that a paper tells against what it then lists: items, rows, names in a sentence, dates in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from secretariat.proof.paper import Block, Item, Paragraph, Row, Table
from secretariat.proof.words.dates import mentions
from secretariat.proof.words.labels import role, row_label, stems
from secretariat.proof.words.phrases import MEASURES, Counted, counted, sentences
from secretariat.proof.words.quantities import number_of

_MOST_LISTED: Final = 30
_NOT_ALL: Final = re.compile(
    r"\b(?:includ(?:e|es|ing)|such as|for example|e\.g\.|for instance|among(?:st)?|notably|in particular|at least|up to"
    r"|some of|one of|any of|either|main points? (?:from|of)|most of|examples? of|out of|of which)\b",
    re.IGNORECASE,
)
_REFERENCE: Final = r"(?:[A-Z]{1,8}[ _-]?\d{1,5}[A-Z]?)"
_REFERENCES: Final = re.compile(
    rf"{_REFERENCE}(?:\s*(?:,\s*and|,|and|&)\s*{_REFERENCE})+(?!\s*(?:,|and|&|to|–|-)\s*\w*\d)"
)
_NAMED: Final = re.compile(r"\s*(?:\(|:|–|—|-(?=\s)|,\s*namely|,)\s*$")
_NAME: Final = r"(?:the\s+|an?\s+)?[A-Z][\w’'&/-]*(?:\s+(?!and\b|is\b|are\b|was\b|were\b)[\w’'&/-]+){0,5}"
_NAMES: Final = re.compile(
    rf"(?:\s+(?!and\b)[\w’'-]+){{0,4}}\s*(?:\(|:\s*|,\s*namely\s+)(?P<names>{_NAME}(?:(?:,\s+and|,|\s+and)\s+{_NAME})+)"
    r"(?P<end>[).;]|$)"
)
_OF_SOME: Final = re.compile(r"\s+(?:of|out of)\s+(?:the|these|those|them|which|our|its|its|all|\d+)\b", re.IGNORECASE)
_LINK: Final = re.compile(r"\bTable\s+(?P<number>\d+(?:\.\d+)?)\b")
_TIMES: Final = re.compile(r"\bmet (?:on )?(?P<times>once|twice|thrice|(?P<count>[a-z]+|\d+) times)\b", re.IGNORECASE)
_TIMES_WORTH: Final = {"once": 1, "twice": 2, "thrice": 3}
_GATHERED: Final = frozenset({"meeting", "session", "workshop", "forum", "webinar", "teleconference", "call", "event"})
_HELD: Final = re.compile(r"\b(?:held|took place|met|hosted|convened|attended|were run|ran)\b", re.IGNORECASE)
_AHEAD: Final = re.compile(r"\b(?:will|planned|scheduled|due|upcoming|next|future|to be held)\b", re.IGNORECASE)
_LINKED: Final = re.compile(r"\b[A-Z]{2,}[A-Za-z ]*[_ ]\d{1,3}x*[_ ]\d{4}\b")


@dataclass(frozen=True, slots=True)
class Miscount:
    """A count told, and how many are there."""

    where: Block | Row
    text: str
    told: int
    found: int
    things: str
    listed: str
    sure: bool = True


def lists(blocks: Sequence[Block]) -> list[Miscount]:
    """Counts that announce a list of items or the rows of a table, which has another number of them."""
    found = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Item) or at + 1 == len(blocks):
            continue
        announcing = _announcing(block.text, blocks[at - 1] if at else None)
        following = blocks[at + 1]
        if isinstance(following, Item) and announcing and _opens(block, following):
            lengths = _lengths(blocks, at + 1, following.level)
            told = int(announcing.quantity.value)
            if told not in lengths and lengths:
                found.append(_miscount(block, announcing, lengths[0], "items are listed"))
        elif isinstance(following, Table) and not following.rebuilt:
            found += _rows_counted(block, following, announcing)
    return found


def _opens(block: Paragraph | Item, following: Item) -> bool:
    return isinstance(block, Paragraph) or following.level > block.level


def _miscount(block: Block, told: Counted, found: int, listed: str) -> Miscount:
    return Miscount(block, told.sentence, int(told.quantity.value), found, told.things, listed)


def _announcing(text: str, before: Block | None) -> Counted | None:
    """The count that a paragraph ending in a colon gives its list; "These are:" takes it from the paragraph before."""
    if not text.rstrip().endswith(":"):
        return None
    last = list(sentences(text))[-1]
    if re.fullmatch(r"(?:These|They|Those) (?:are|were)(?: as follows)?:", last) or last.lower() == "as follows:":
        said = text[: -len(last)].strip() or (before.text if isinstance(before, Paragraph) else "")
        last = (list(sentences(said)) or [""])[-1]
    told = [each for each in counted(last) if _can_announce(each)]
    some = any(_OF_SOME.match(each.after) for each in counted(last))
    if len(told) != 1 or some or _NOT_ALL.search(last):
        return None
    following = re.search(r"\bfollowing\s+(?P<rest>[^:]*):?", last, re.IGNORECASE)
    if following and following["rest"].strip():
        bound = told[0].quantity.start >= following.start() or following.start() - told[0].quantity.end <= 1
        if not bound and told[0].head not in stems(following["rest"]):
            return None
    return told[0]


def _can_announce(told: Counted) -> bool:
    """Whether the number counts things that a list can hold."""
    value = told.quantity.value
    plain = not told.quantity.unit and not told.quantity.about and value == int(value) and 1 <= value <= _MOST_LISTED
    named = bool(told.noun) and told.head not in MEASURES and not MEASURES & set(told.noun[:1])
    return plain and named and not _OF_SOME.match(told.after)


def _lengths(blocks: Sequence[Block], start: int, level: int) -> list[int]:
    """How many items a list has: at its own level first, then by every other way of counting it."""
    run: list[Item] = []
    more: list[Item] = []
    broken = False
    for block in blocks[start:]:
        if isinstance(block, Item) and block.level >= level:
            (more if broken else run).append(block)
        elif isinstance(block, Paragraph) and not block.text.rstrip().endswith(":"):
            broken = True
        else:
            break
    own = [item for item in run if item.level == level]
    own_more = [item for item in (*run, *more) if item.level == level]
    return list(dict.fromkeys([len(own), len(run), len(own_more), len(run) + len(more)]))


def _rows_counted(block: Paragraph | Item, table: Table, announcing: Counted | None) -> list[Miscount]:
    """A count of what the table's caption or first head names, told right before a table that lists them."""
    last = (list(sentences(block.text)) or [""])[-1]
    closing = [each for each in counted(block.text) if each.sentence == last]
    candidates = [announcing] if announcing else [each for each in closing if _can_announce(each)]
    if len(candidates) != 1 or _NOT_ALL.search(candidates[0].sentence):
        return []
    told = candidates[0]
    head = " ".join(table.head[0].texts[:1]) if table.head else ""
    rows = [row for row in table.rows if row_label(row).strip() and not role(row_label(row)).is_total]
    named = told.head in stems(f"{table.caption} {head}") or (announcing and "follow" in told.sentence.lower())
    verb = re.search(r"\b(?:follow|below|list|set out)", told.sentence, re.IGNORECASE)
    numbers = any(each.isdigit() for row in rows for each in row.texts[1:])
    if not (named or (announcing and not numbers)) or (numbers and not (announcing or verb)) or not rows:
        return []
    if any(_several_days(text) for row in rows for text in row.texts):
        return []
    every = len([row for row in table.rows if any(text.strip() for text in row.texts)])
    if int(told.quantity.value) in {len(rows), every, len({row_label(row) for row in rows})}:
        return []
    return [_miscount(block, told, len(rows), "rows follow")]


def _several_days(text: str) -> bool:
    """Whether a cell holds several dates, so that its row stands for more than one of what is counted."""
    return len([each for each in mentions(text) if each.date is not None]) > 1


def enumerated(block: Paragraph | Item) -> list[Miscount]:
    """Counts in a sentence that itself names what it counts ("five modifications, MP001, MP002 and MP003")."""
    found = []
    for told in counted(block.text):
        if (
            not _can_announce(told)
            or int(told.quantity.value) < 2
            or _NOT_ALL.search(told.sentence[told.quantity.start :][:60])
        ):
            continue
        names = _names_after(told)
        if names and int(told.quantity.value) not in names:
            found.append(_miscount(block, told, names[0], "are named"))
    return found


def _names_after(told: Counted) -> list[int]:
    """How many names stand right after the counted noun, as references or after a colon or an opening bracket: more
    than one number where "and" may also stand within a name."""
    words = told.after.split(" ")
    for end in range(1, min(len(words), 8)):
        lead, rest = " ".join(words[:end]), " ".join(words[end:])
        if re.search(r"[.;]$|\d", lead):
            return []
        references = _REFERENCES.match(rest.lstrip("("))
        if references and (_NAMED.search(lead) or rest.startswith("(") or lead.split()[-1:] == ["namely"]):
            return [len(re.findall(_REFERENCE, references[0]))]
    names = _NAMES.match(told.after, told.noun_end)
    if names is None:
        return []
    commas, joined = names["names"].count(","), len(re.findall(r"(?<!,)\s+and\s+", names["names"]))
    return [commas + 1 + each for each in range(min(joined, 1), joined + 1)][::-1]


def linked(blocks: Sequence[Block], tables: Sequence[Table]) -> list[Miscount]:
    """Counts of what a table lists row by row, told in a paragraph that refers to the table by its number."""
    found = []
    for block in (block for block in blocks if isinstance(block, Paragraph | Item)):
        numbers = {match["number"] for match in _LINK.finditer(block.text)}
        for table in (table for table in tables if table.number in numbers and not table.rebuilt and table.head):
            named = stems(table.head[0].label)
            told = [each for each in counted(block.text) if _can_announce(each) and {each.head} == named]
            rows = {row_label(row) for row in table.rows if not role(row_label(row)).is_total} - {""}
            if len({each.quantity.value for each in told}) == 1 and int(told[0].quantity.value) != len(rows):
                where = f"rows are in Table {table.number}"
                found.append(_miscount(block, told[0], len(rows), where))
    return found


def in_rows(table: Table) -> list[Miscount]:
    """Counts of meetings told in a row against the dates that stand in its other cells."""
    found = []
    for at, row in enumerate(table.rows):
        dates = [text for each in (row, *_continuing(table, at)) for text in each.texts if _only_dates(text)]
        days = {(day.day, day.month, day.year) for text in dates for day in mentions(text) if day.day}
        for text in row.texts:
            if text in dates or not days:
                continue
            counts = meetings_told(text)
            if len(days) in {sum(told for _, told in counts), *(told for _, told in counts if len(counts) > 1)}:
                counts = [each for each in counts if each[1] == len(days)]
            for said, told in counts:
                if told != len(days):
                    listed = "date is given" if len(days) == 1 else "dates are given"
                    found.append(Miscount(row, said, told, len(days), "meetings", listed, not table.rebuilt))
                elif (linked := len(set(_LINKED.findall(text)))) and 1 < told != linked:
                    found.append(Miscount(row, said, told, linked, "meetings", "documents are linked", sure=False))
    return found


def _continuing(table: Table, at: int) -> list[Row]:
    """The rows of a rebuilt table that go on with the one before: their first words name nothing."""
    after = table.rows[at + 1 :] if table.rebuilt else ()
    return list(takewhile(lambda row: not re.match(r"[A-Z][a-z]|[A-Z]{2,}\b", row.label), after))


def in_sentences(block: Paragraph | Item) -> list[Miscount]:
    """Counts of meetings in a sentence that gives their dates."""
    found = []
    for sentence in sentences(block.text):
        days = [day for day in mentions(sentence) if day.day]
        told = meetings_told(sentence)
        listed = re.search(r"\bon\s+(?:the\s+)?\w*\s*\d", sentence)
        if (
            len(told) == 1
            and len(days) > 1
            and listed
            and told[0][1] != len(days)
            and _joined(sentence, days[0].start, days[-1].end)
        ):
            found.append(Miscount(block, sentence, told[0][1], len(days), "meetings", "dates are given"))
    return found


def _joined(sentence: str, start: int, end: int) -> bool:
    """Whether nothing but dates stands between the first date and the last."""
    between = sentence[start:end]
    for day in reversed(mentions(between)):
        between = between[: day.start] + between[day.end :]
    return re.fullmatch(r"(?:\s|,|and|&|the|of)*", between) is not None


def meetings_told(text: str) -> list[tuple[str, int]]:
    """The sentences of a text that tell how many meetings were held, with their number."""
    told = []
    for sentence in sentences(text):
        if times := _TIMES.search(sentence):
            value = (
                _TIMES_WORTH.get(times["times"].lower()) or number_of(times["count"] or "") or _digits(times["count"])
            )
            if value:
                told.append((sentence, int(value)))
            continue
        held = [each for each in counted(sentence) if each.head in _GATHERED and _can_announce(each)]
        told += [(sentence, int(each.quantity.value)) for each in held if _is_held(each)]
    return told


def _is_held(told: Counted) -> bool:
    """Whether the clause says that the meetings were held, not that they will be."""
    start = max(told.sentence.rfind(mark, 0, told.quantity.start) for mark in ",;") + 1
    clause = re.split("[,;]", told.sentence[start:])[0]
    return _HELD.search(clause) is not None and not _AHEAD.search(clause)


def _digits(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _only_dates(text: str) -> bool:
    left = text
    for day in reversed(mentions(text)):
        left = left[: day.start] + left[day.end :]
    return bool(mentions(text)) and not re.search(r"[A-Za-z]{4,}", left)
