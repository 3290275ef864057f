"""Footnotes: numbered lines at the foot of a page that go up one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from secretariat.proof.paper import Footnote
from secretariat.proof.readers.printed import Printed, Sort, apart, starts_with_day

_FOOTNOTE: Final = re.compile(r"(?P<mark>\d{1,3}|[*†‡])\s+(?P<words>[A-Z“‘\"(h].*)")
_MOST_LINES: Final = 60
_FEWEST_WORDS: Final = 3


def without_footnotes(lines: Sequence[Printed], width: int) -> tuple[list[Printed], list[Footnote]]:
    """The lines without those at the foot of each page that are footnotes; and the footnotes."""
    kept: list[Printed] = []
    found: list[Footnote] = []
    for page in _pages(lines):
        start = _start(page, width, _common_size(page))
        kept += page[:start]
        found += _read(page[start:])
    return kept, found


def _pages(lines: Sequence[Printed]) -> list[list[Printed]]:
    pages: dict[int, list[Printed]] = {}
    for line in lines:
        pages.setdefault(line.line.page, []).append(line)
    return list(pages.values())


def _common_size(page: Sequence[Printed]) -> float:
    sizes = sorted(line.line.size for line in page)
    return sizes[len(sizes) // 2] if sizes else 0


def _start(page: Sequence[Printed], width: int, size: float) -> int:
    """Where the footnotes of a page start: the first of a run of marks to the page's end, each one more than before."""
    start = len(page)
    following: int | None = None
    open_lines = 0
    for at in range(len(page) - 1, max(len(page) - _MOST_LINES, 0) - 1, -1):
        mark = _mark(page[at])
        if mark is None or not (following is None or mark + 1 == following):
            open_lines += 1
            if open_lines > 6 or not _may_go_on(page[at], page[at - 1] if at else None, width):
                break
            continue
        if not _is_footnote(page, at, start, size):
            break
        start, following, open_lines = at, mark, 0
    return start


def _mark(line: Printed) -> int | None:
    found = _FOOTNOTE.fullmatch(line.words)
    if found is None or apart(line.line.text) or line.sort in {Sort.NUMBERS, Sort.MONTHS, Sort.CAPTION}:
        return None
    if starts_with_day(line.words) or (line.sort is Sort.ROW and not line.ended):
        return None
    return int(found["mark"]) if found["mark"].isdigit() else 0


def _may_go_on(line: Printed, before: Printed | None, width: int) -> bool:
    if before is None or line.sort in {Sort.ITEM, Sort.CAPTION, Sort.NUMBERS, Sort.MONTHS, Sort.HEADING}:
        return False
    return line.words[0].islower() or len(before.words) >= width * 0.7


def _is_footnote(page: Sequence[Printed], at: int, following: int, size: float) -> bool:
    """A note has several words, and ends as a sentence or stands before another or at the very foot of the page."""
    line = page[at]
    words = len(line.words.split()) - 1
    if size and line.line.size and following == len(page) and line.line.size >= size * 0.97:
        return False
    return words >= _FEWEST_WORDS and (line.ended or following < len(page) or at > len(page) - 4) and at > 0


def _read(lines: Sequence[Printed]) -> list[Footnote]:
    made: list[Footnote] = []
    for line in lines:
        found = _FOOTNOTE.fullmatch(line.words) if _mark(line) is not None else None
        if found:
            made.append(Footnote(found["mark"], found["words"], line.place))
        elif made:
            made[-1] = Footnote(made[-1].mark, f"{made[-1].text} {line.words}", made[-1].place)
    return made
