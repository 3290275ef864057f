"""Reads a paper from plain text: as somebody typed it, or as it came out of a PDF or a web page."""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from secretariat.proof.paper import Form, Reading
from secretariat.proof.readers.lines import Line
from secretariat.proof.readers.rebuild import rebuilt

_BREAKS: Final = re.compile(r"\r\n|\r|\n|\x85")
_PAGE_ALONE: Final = re.compile(r"\s*page\s{1,3}(?P<page>\d{1,4})\s*", re.IGNORECASE)
_PAGE_OF: Final = re.compile(r"(?:^|\s)page\s{1,3}(?P<page>\d{1,4})\s{1,3}of\s{1,3}\d{1,4}\s*$", re.IGNORECASE)
_FEWEST_PER_PAGE: Final = 10
_FOOT: Final = 8
_HEAD: Final = 3


def read(content: bytes) -> Reading:
    """The reading of plain text in UTF-8, UTF-16 with its mark, or Windows-1252. Any bytes give one."""
    printed = _BREAKS.split(decoded(content))
    pages = list(_pages(printed))
    double = _is_double(printed)
    lines: list[Line] = []
    blank = 0
    for number, (text, page) in enumerate(zip(printed, pages, strict=True), 1):
        words = text.replace("\f", "").rstrip()
        if not words.strip():
            blank += 1
            continue
        lines.append(Line(words, page, number, spaced=blank > double))
        blank = 0
    return rebuilt(lines, Form.TEXT, pages=max(pages, default=0))


def decoded(content: bytes) -> str:
    """The text of the bytes."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_double(printed: Sequence[str]) -> bool:
    """Whether a blank line stands after most lines, so that one blank line says nothing."""
    told = [bool(text.strip()) for text in printed]
    pairs = [after for before, after in pairwise(told) if before]
    return len(pairs) > 3 and pairs.count(False) * 10 > len(pairs) * 6


def _pages(printed: Sequence[str]) -> Iterator[int]:
    """The page of each line: by form feeds; else by the single space that starts a page where feeds were lost; else by
    "Page 3 of 9"."""
    if any("\f" in text for text in printed):
        yield from _by_feeds(printed)
    elif starts := _spaces_that_start_pages(printed):
        starts = sorted({*starts, *_after_feet(printed, starts)})
        yield from (bisect_right(starts, at) or 1 for at in range(len(printed)))
    else:
        yield from _by_numbers(printed)


def _by_feeds(printed: Sequence[str]) -> Iterator[int]:
    page = 1
    for text in printed:
        stripped = text.lstrip(" \t")
        page += len(stripped) - len(stripped.lstrip("\f"))
        yield page
        page += stripped.lstrip("\f").count("\f")


def _spaces_that_start_pages(printed: Sequence[str]) -> list[int]:
    """The lines with one space before them that follow a filled line, if they are few and the first line of the paper
    has one too, or no other line is set in; else none."""
    first = next((at for at, text in enumerate(printed) if text.strip()), 0)
    starts = [at for at in range(first, len(printed)) if _is_start(printed, at, first)]
    filled = sum(bool(text.strip()) for text in printed)
    if not starts or starts[0] != first:
        others = any(text.startswith(("  ", "\t")) for text in printed if text.strip())
        starts = [] if others else [first, *starts]
    return starts if len(starts) > 1 and len(starts) * _FEWEST_PER_PAGE <= filled else []


def _is_start(printed: Sequence[str], at: int, first: int) -> bool:
    text = printed[at]
    return text[:1] == " " and text[1:2].strip() != "" and (at == first or bool(printed[at - 1].strip()))


def _after_feet(printed: Sequence[str], starts: Sequence[int]) -> Iterator[int]:
    """Where a page starts after "Page 3 of 9" and the two blank lines that end its foot, unless one starts there."""
    for at, text in enumerate(printed):
        if _PAGE_OF.search(text[-40:]) is None:
            continue
        near = range(at + 1, min(at + _FOOT, len(printed) - 1))
        start = next((to + 2 for to in near if not printed[to].strip() and not printed[to + 1].strip()), at + 1)
        following = bisect_right(starts, at)
        if following == len(starts) or starts[following] > start + _FOOT:
            yield start


def _by_numbers(printed: Sequence[str]) -> Iterator[int]:
    """The page ends with its number, or starts with it where the first lines have one; without any there is one."""
    numbered = [_PAGE_OF.search(text[-40:]) is not None for text in printed]
    alone = [(at, found) for at, text in enumerate(printed) if (found := _PAGE_ALONE.fullmatch(text[:40]))]
    if not any(numbered) and [int(found["page"]) for _, found in alone] == list(range(1, len(alone) + 1)):
        for at, _ in alone:
            numbered[at] = True
    filled = [at for at, text in enumerate(printed) if text.strip()]
    heads = any(numbered[at] for at in filled[:_HEAD])
    page = 0 if heads else 1
    ended = False
    for told in numbered:
        page += told if heads else ended
        yield page or 1
        ended = told
