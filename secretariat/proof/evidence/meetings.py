"""References of meetings beside dates, and the styles that they are printed in."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.plain.references import MeetingReference, PaperReference, find_references
from secretariat.proof.findings import Placed
from secretariat.proof.paper import Item, Paper, Paragraph, Row, Table
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.said import said

_BETWEEN: Final = re.compile(
    r"[\s,:;(\[–—-]*(?:(?:(?:paper|meeting|ref|reference|of|on|held|dated|the|was|which|took|place|met)\.?"
    r"[\s,:(–-]*){0,5})[)\]]?[\s,(–-]*",
    re.IGNORECASE,
)
_FIRST_PROSE: Final = 12
_FOR_ITS_MEETING: Final = re.compile(
    r"\b(?:for (?:its|the|this) meeting (?:on|of)|(?:[Tt]he|[Tt]his) meeting (?:is|will be(?: held)?) on)\s"
    r"(?:[A-Z][a-z]+day,?\s)?$"
)
_SHOWN_REBUILT: Final = 2
_NEAR: Final = 40
_OTHER_DATE: Final = re.compile(
    r"deadline|due|publish|issue|raise|clos|respon|decision|next|target|circulat", re.IGNORECASE
)
_MEETS: Final = re.compile(r"meeting|date|held|day|when", re.IGNORECASE)
_STYLED: Final = re.compile(
    r"(?<![A-Za-z0-9_])[A-Z]{2,12}(?P<style>(?: PMA)?(?:[ _-]Meeting)?[ _-])[0-9]{1,3}x{0,3}"
    r"(?P<second>[ _-])[0-9]{4}(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting's reference as printed at [start, end) of a text, and where that stands."""

    text: str
    start: int
    end: int
    meeting: MeetingReference
    where: Placed

    @property
    def day(self) -> str:
        """The day and month in the reference, in words."""
        return f"{self.meeting.day} {MONTH_NAMES[self.meeting.month - 1]}"


@dataclass(frozen=True, slots=True)
class Apart:
    """A reference whose day is not the date beside it; sure where the paper's own manner shows that it should be."""

    told: Told
    beside: str
    text: str
    sure: bool


def meetings_in(text: str, where: Placed) -> list[Told]:
    """The references of meetings, and of their papers, in a text."""
    found = []
    for start, end, reference in find_references(text):
        meeting = reference.meeting if isinstance(reference, PaperReference) else reference
        if isinstance(meeting, MeetingReference):
            found.append(Told(text[start:end], start, end, meeting, where))
    return found


def apart_in_prose(paper: Paper) -> Iterator[Apart]:
    """References beside a date in a sentence, with only "on", "held" or a bracket between, that have another day."""
    for block in (*paper.prose(), *paper.reading.footnotes):
        references = meetings_in(block.text, block)
        days = [each for each in mentions(block.text) if each.day and each.month] if references else []
        starts = [each.start for each in days]
        for told in references:
            about = days[max(0, bisect(starts, told.start) - 2) : bisect(starts, told.end + _NEAR) + 1]
            near = [each for each in about if _is_beside(block.text, told, each)]
            if near and not any(_is_day(told.meeting, each) for each in near):
                start, end = min(told.start, near[0].start), max(told.end, near[0].end)
                yield Apart(told, near[0].text, block.text[start:end], sure=True)


def _is_beside(text: str, told: Told, day: Mention) -> bool:
    between = text[told.end : day.start] if told.end <= day.start else text[day.end : told.start]
    return len(between) <= _NEAR and bool(_BETWEEN.fullmatch(between))


def apart_in_tables(paper: Paper) -> Iterator[Apart]:
    """References whose day is none of the dates of their row, where other rows show that they should be."""
    for table in paper.each(Table):
        rows = [(row, *_row(table, row)) for row in table.rows]
        judged = [(row, days, told) for row, days, told in rows if days and told]
        agree = [all(any(_is_day(each.meeting, day) for day in days) for each in told) for _, days, told in judged]
        shown = sum(agree)
        for at, (row, days, told) in enumerate(judged):
            if agree[at] or (table.rebuilt and not _fits_nowhere(judged, at)):
                continue
            headed = any(_MEETS.search(text) for head in table.head for text in head.texts)
            if shown > len(agree) - shown or (shown == 0 and len(agree) == 1 and headed):
                odd = next(each for each in told if not any(_is_day(each.meeting, day) for day in days))
                sure = shown > (_SHOWN_REBUILT if table.rebuilt else 0)
                yield Apart(odd, days[0].text, f"{row.label}: {odd.text}", sure)


def _row(table: Table, row: Row) -> tuple[list[Mention], list[Told]]:
    """The dates of a row, but for those of columns of deadlines and the like; and its references."""
    days: list[Mention] = []
    told: list[Told] = []
    for at, text in enumerate(row.texts):
        told += meetings_in(text, row)
        heads = " ".join(head.texts[at] for head in table.head if at < len(head.cells))
        if not _OTHER_DATE.search(heads):
            days += [each for each in mentions(text) if each.day and each.month]
    return days, told


def _fits_nowhere(judged: Sequence[tuple[Row, list[Mention], list[Told]]], at: int) -> bool:
    near = [day for _, days, _ in judged[max(0, at - 2) : at + 3] for day in days]
    return any(not any(_is_day(each.meeting, day) for day in near) for each in judged[at][2])


def _is_day(meeting: MeetingReference, day: Mention) -> bool:
    return (meeting.day, meeting.month) == (day.day, day.month)


def meeting_told(paper: Paper) -> Mention | None:
    """The day of the meeting that the paper says it is for, where it says so and tells no other."""
    told: list[Mention] = []
    for block in list(paper.prose())[:_FIRST_PROSE]:
        told += [
            each
            for each in mentions(block.text)
            if each.day and each.month and _FOR_ITS_MEETING.search(block.text[max(0, each.start - 60) : each.start])
        ]
    days = {(each.day, each.month) for each in told}
    return told[0] if len(days) == 1 and told[0].is_real else None


def two_days(paper: Paper) -> Iterator[tuple[Told, Told]]:
    """The same meeting, by body and number, printed with two different days: the later and the first."""
    first: dict[tuple[str, int, int], Told] = {}
    for each in said(paper):
        for told in meetings_in(each.text, each.where):
            key = (told.meeting.body, told.meeting.number, told.meeting.extraordinary)
            before = first.setdefault(key, told)
            if before.meeting != told.meeting:
                yield told, before


def styles(paper: Paper) -> Iterator[tuple[Placed, str, str]]:
    """In one table or list, the first reference of each style that fewer are printed in, and one of the usual style."""
    for place, texts in _together(paper):
        found: dict[str, list[str]] = {}
        where: dict[str, Placed] = {}
        for holder, text in texts:
            for hit in _STYLED.finditer(text):
                style = (
                    re.sub("PMA", "", hit["style"]).strip() + hit["second"]
                    if "Meeting" in hit["style"]
                    else hit["style"][-1] + hit["second"]
                )
                found.setdefault(style, []).append(hit[0])
                where.setdefault(style, holder)
        if len(found) < 2:
            continue
        usual = max(found, key=lambda style: len(found[style]))
        for style in found:
            if style != usual:
                yield where[style] or place, found[style][0], found[usual][0]


def _together(paper: Paper) -> Iterator[tuple[Placed, list[tuple[Placed, str]]]]:
    items: list[tuple[Placed, str]] = []
    for block in (*paper.blocks, Paragraph("")):
        if isinstance(block, Item):
            items.append((block, block.text))
            continue
        if len(items) > 1:
            yield items[0][0], items
        items = []
        if isinstance(block, Table):
            yield block, [(row, text) for row in block.rows for text in row.texts]
