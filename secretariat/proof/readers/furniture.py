"""What is printed on every page and belongs to none: running heads and feet, page numbers, contents lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from secretariat.proof.readers.lines import Line

_EDGE: Final = 5
_PAGE_NUMBER: Final = re.compile(
    r"(?:.{0,80}\s)?\|?\s?(?:page|pg\.?|p\.)\s{0,3}\d{1,4}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?(?:\s.{0,80})?|"
    r"[-–—|]?\s?\d{1,4}\s?[-–—|]|\d{1,4}\s(?:of|/)\s\d{1,4}",
    re.IGNORECASE,
)
_PAGE_OF: Final = re.compile(r"\bpage\s{1,3}\d{1,4}\s{1,3}of\s{1,3}\d{1,4}\b", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"\b[A-Z]{2,8}[_ /-]\d{1,4}[\w /-]{0,20}\d")
_LEADERS: Final = re.compile(r"(?:\.\s?){4,}\s*[^\w\s]?\s*\d{1,4}$|(?:…\s?){2,}\s*\d{1,4}$")
_ALONE: Final = re.compile(r"page\s\d{1,4}(?:\sof\s\d{1,4})?", re.IGNORECASE)
_GAP: Final = re.compile(r"\s{2}|\t")
_CONTENTS: Final = re.compile(r"(?:table of )?contents|list of (?:tables|figures)", re.IGNORECASE)
_SHORT: Final = 45
_LONGEST: Final = 200
_BEFORE_PAGE: Final = 6
_AFTER_PAGE: Final = 3


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the text; and the first printing of each running head or foot that says more than a page number."""
    pages = _pages(lines)
    running = _running(pages)
    kept: list[Line] = []
    heads: dict[str, Line] = {}
    for page in pages:
        feet = _foot(page)
        for at, line in enumerate(page):
            words = _plain(line)
            edge = at < _EDGE or at >= len(page) - _EDGE
            if edge and (head := _unnumbered(words)) in running:
                heads.setdefault(head, line if head == words else replace(line, text=head))
            elif at not in feet and not (edge and _is_page_number(words, alone=len(pages) < 2)):
                kept.append(line)
    return _without_contents(kept), list(heads.values())


def _pages(lines: Iterable[Line]) -> list[list[Line]]:
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return list(pages.values())


def _plain(line: Line) -> str:
    return " ".join(line.text.split()) if len(line.text) <= 4 * _LONGEST else line.text[:_LONGEST]


def _unnumbered(words: str) -> str:
    """The words without "Page 3 of 9", which differs from page to page."""
    return _PAGE_OF.sub("", words).strip(" |–—-") if len(words) <= _LONGEST else words


def _is_page_number(words: str, *, alone: bool) -> bool:
    if alone:
        return _ALONE.fullmatch(words) is not None
    if len(words) > _LONGEST or words.endswith((".", ":")):
        return False
    return _PAGE_OF.search(words) is not None or (len(words) <= _SHORT and _PAGE_NUMBER.fullmatch(words) is not None)


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Lines that stand at the edge of three pages and of a third of them all, or of both pages of two.

    One with cells that also stands inside a page is the head of a table that goes on over pages.
    """
    counts: Counter[str] = Counter()
    for page in pages:
        edges = {_unnumbered(_plain(line)) for line in (*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :])}
        counts.update(edges)
    least = max(min(3, len(pages)), -(-len(pages) // 3), 2)
    found = frozenset(words for words, times in counts.items() if times >= least and words and not words.isdigit())
    inside = (line for page in pages for line in page[_EDGE : max(_EDGE, len(page) - _EDGE)])
    return found - {_plain(line) for line in inside if _GAP.search(line.text.strip())}


def _foot(page: Sequence[Line]) -> frozenset[int]:
    """The lines around "Page 3 of 9" at the foot of a page: a reference and title before it, short lines after it."""
    first = max(0, len(page) - _AFTER_PAGE - 1)
    at = next((at for at in range(first, len(page)) if _PAGE_OF.fullmatch(_plain(page[at]))), None)
    if at is None or any(len(_plain(line)) > _SHORT for line in page[at + 1 :]):
        return frozenset()
    start = at
    for before in range(at - 1, max(at - _BEFORE_PAGE, 0) - 1, -1):
        words = _plain(page[before])
        if len(words) > _SHORT or words.endswith("."):
            break
        if _REFERENCE.match(words):
            start = before
    return frozenset(range(start, len(page)))


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """The lines without a list of contents, which tells every heading a second time."""
    made: list[Line] = []
    for line in lines:
        words = _plain(line)
        if len(words) <= _LONGEST * 4 and _LEADERS.search(words[-60:]):
            if made and _CONTENTS.fullmatch(_plain(made[-1])):
                made.pop()
            continue
        made.append(line)
    return made
