"""Tables told by the days in them, where nothing else tells their rows: of meetings, of events, of a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.paper import Cell, Row, Table
from secretariat.proof.readers.flattened import glued
from secretariat.proof.readers.printed import Printed, Sort, apart, cells, day_cell, day_first, indent, is_value

_UNFINISHED: Final = re.compile(r"(?:[,&/–—-]|\b(?:and|or|of|the|a|an|in|on|to|for|by|with|from|at|is|was|as|its))$")
_LINK_WORDS: Final = re.compile(r"\w+_\w+|\b(?:Headlines|Documentation|Minutes|Papers?|here)\.?$")
_MOST_LABEL: Final = 6
_MOST_LEAD: Final = 12
_MOST_BETWEEN: Final = 14
_HEAD: Final = re.compile(r"(?P<day>(?:Dates?|Day|When)(?:\s\((?:19|20)\d\d\))?)\s?(?P<event>(?:[A-Z]\S*.{0,40})?)")
_LONGEST_VALUES: Final = 60
_FEWEST_EVENTS: Final = 2
_DEEP: Final = 12
_LONGEST_CELL: Final = 75
_NEVER_CELLS: Final = frozenset((Sort.HEADING, Sort.CAPTION, Sort.LINK))


def calendar(lines: Sequence[Printed]) -> Table:
    """The table of a calendar: each line starts with a day, and the event follows."""
    rows = []
    heads = []
    for line in lines:
        if (told := day_first(line.words)) is not None:
            rows.append(Row(tuple(map(Cell, told)), line.place))
        elif (over := _HEAD.fullmatch(line.words)) is not None:
            heads.append(Row((Cell(over["day"]), Cell(over["event"])), line.place))
    return Table(tuple(rows), tuple(heads), rebuilt=True, place=lines[0].place)


@dataclass(slots=True)
class _Entry:
    """A row with days in the making: its label, its days, and what is said beside them."""

    label: list[str]
    days: list[str]
    said: list[str]
    line: Printed


def by_days(lines: Sequence[Printed]) -> Table:
    """The table whose rows each have a day: label, days, and the words beside them; what leads the first is its head.

    The columns of such a table are lost: its rows are told by their days, and a label by standing right before one.
    """
    entries: list[_Entry] = []
    waiting: list[Printed] = []
    lead: list[str] = []
    for line in _without_repeated_head(lines):
        found = day_cell(line.words)
        if found is None:
            waiting.append(line)
            continue
        label, rest = _label_before(waiting, found[0], first=not entries)
        if entries:
            entries[-1].said += [each.words for each in rest]
        else:
            lead = [each.words for each in rest]
        said = [found[2]] if found[2] else []
        if entries and not label:
            entries[-1].days.append(found[1])
            entries[-1].said += said
        elif entries and entries[-1].label[-1:] and entries[-1].label[-1].endswith("-") and found[0]:
            entries[-1].label += label
            entries[-1].days.append(found[1])
            entries[-1].said += said
        else:
            entries.append(_Entry(label, [found[1]], said, line))
        waiting = []
    if entries:
        entries[-1].said += [each.words for each in waiting]
    rows = tuple(_entered(entry) for entry in entries)
    told = glued(lead).split() if len(lead) == 1 else []
    cells_over = told if len(told) == 3 and told[1].lower().startswith("date") else [glued(lead)]
    head = (Row(tuple(map(Cell, cells_over)), lines[0].place),) if lead else ()
    return Table(rows, head, rebuilt=True, place=lines[0].place)


def _without_repeated_head(lines: Sequence[Printed]) -> Iterator[Printed]:
    """The lines without the head of the table where it is printed again on a later page."""
    head = [line.words for line in lines[:_MOST_LABEL]]
    at = 0
    while at < len(lines):
        again = 0
        while at and again < len(head) and at + again < len(lines) and lines[at + again].words == head[again]:
            again += 1
        if again and lines[at].line.page > lines[0].line.page:
            at += again
            continue
        yield lines[at]
        at += 1


def _entered(entry: _Entry) -> Row:
    said = glued(entry.said)
    values = said.split() if len(said) < _LONGEST_VALUES and all(map(is_value, said.split())) else [said]
    texts = (glued(entry.label), " ".join(entry.days), *(values or [""]))
    return Row(tuple(Cell(text) for text in texts), entry.line.place)


def _label_before(waiting: Sequence[Printed], own: str, *, first: bool) -> tuple[list[str], Sequence[Printed]]:
    """The label of a day from the lines before it, and the lines that belong to the row above.

    A label stands after the last sentence; where the day's own line has one, only what that goes on with is added.
    """
    start = len(waiting)
    while start and len(waiting) - start < _MOST_LABEL:
        line = waiting[start - 1]
        if line.ended or line.introduces or _LINK_WORDS.search(line.words) or line.line.page != waiting[-1].line.page:
            break
        if own and not _leads(line.words, waiting[start].words if start < len(waiting) else own):
            break
        if first and not own and start < len(waiting) and not _leads(line.words, waiting[start].words):
            break
        start -= 1
    label = [line.words for line in waiting[start:]]
    return ([*label, own] if own else label), waiting[:start]


def _leads(before: str, after: str) -> bool:
    return _UNFINISHED.search(before) is not None or after[:1].islower() or after.startswith(("(", "&"))


def mark_days(lines: Sequence[Printed]) -> None:
    """Marks the lines of tables whose rows are told by days, and of calendars, so that no prose is seen in them."""
    at = 0
    while at < len(lines):
        end = _calendar_end(lines, at)
        if end - at >= _FEWEST_EVENTS:
            at -= at > 0 and _HEAD.fullmatch(lines[at - 1].words) is not None
            for line in lines[at:end]:
                line.dated = True
            at = end
        elif _is_entry(lines[at]):
            end = _mark_entries(lines, at)
            at = end
        else:
            at += 1


def _calendar_end(lines: Sequence[Printed], start: int) -> int:
    end = start
    while end < len(lines) and lines[end].sort not in _NEVER_CELLS and day_first(lines[end].words) is not None:
        aligned = apart(lines[end].line.text)
        if lines[end].ended or (aligned and (indent(lines[end]) >= _DEEP or len(cells(lines[end].line.text)) > 2)):
            break
        end += 1
    return end


def _mark_entries(lines: Sequence[Printed], start: int) -> int:
    """Marks the table that the entry at the start belongs to, if it has two; gives where to look on."""
    last, count, at, prose = start, 1, start + 1, False
    while at < len(lines) and at - last <= _MOST_BETWEEN:
        if lines[at].sort in _NEVER_CELLS or _is_full(lines[at]):
            break
        if _is_entry(lines[at]):
            prose = prose or any(line.ended for line in lines[last:at])
            last, count = at, count + 1
        at += 1
    if count < 2:
        return start + 1
    first = start
    while first and start - first < _MOST_LEAD and _may_lead(lines[first - 1]):
        first -= 1
    end = last + 1
    while end < len(lines) and end - last <= _MOST_BETWEEN and lines[end].sort not in _NEVER_CELLS:
        if _is_full(lines[end]):
            break
        end += 1
    end = end if _closes(lines, end) else _sentence_end(lines, last, end, prose=prose)
    for line in lines[first:end]:
        line.dated = True
    return end


def _closes(lines: Sequence[Printed], end: int) -> bool:
    """Whether a caption closes the table, so that all before it is in it."""
    return end < len(lines) and lines[end].sort is Sort.CAPTION


def _sentence_end(lines: Sequence[Printed], last: int, end: int, *, prose: bool) -> int:
    """Where the last row ends: after its sentence, if prose stands beside the days; else with the lines close to it."""
    sentence = next((at + 1 for at in range(last, end) if lines[at].ended), None) if prose else None
    if sentence is not None:
        return sentence
    at = last + 1
    while at < min(end, last + 4) and lines[at].tight:
        at += 1
    return at


def _may_lead(line: Printed) -> bool:
    return line.sort in {Sort.WORDS, Sort.ROW} and not (line.ended or line.introduces) and not _is_full(line)


def _is_full(line: Printed) -> bool:
    """Whether a line is too long and too much like prose to stand in a cell."""
    return len(line.words) > _LONGEST_CELL and line.lower > 0.5 and day_cell(line.words) is None


def _is_entry(line: Printed) -> bool:
    if line.sort in _NEVER_CELLS or apart(line.line.text):
        return False
    return day_cell(line.words) is not None
