"""Words on their way to becoming a paragraph or a cell: pieces joined, footnote marks taken out, links remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_MARK: Final = re.compile(r"[\[(]?(\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶]{1,3})[\])]?")
_SYMBOL: Final = re.compile(r"[*†‡§¶]{1,3}")
_POWER: Final = re.compile(r"(?:(?<![A-Za-z])(?:[kcmd]?m|ft|in)|[×x^]\s?10)$")
_UNPRINTED: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_BULLET: Final = re.compile(r"([•·▪●◦‣○■\uf0b7])\s+(\S.*)", re.DOTALL)
LABELLED: Final = re.compile(r"[A-Z][\w /’'()-]{1,40}:(?:\s.*)?")
_BREAK: Final = "\n"
_LABEL: Final = 40


def is_mark(text: str) -> bool:
    """Whether raised words can be the mark of a footnote: a number, a letter, or a sign."""
    return bool(_MARK.fullmatch(text.strip()))


def tidy(text: str) -> str:
    """The words with single spaces between them, and without characters that do not print."""
    return " ".join(_UNPRINTED.sub("", text).split())


def bulleted(text: str) -> tuple[str, str]:
    """The bullet printed before the words, "" without one, and the words."""
    match = _BULLET.fullmatch(text)
    return (match[1], match[2]) if match else ("", text)


class Run:
    """Words of one line of prose or one cell, as they are met."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.opening = ""
        self.begun = False

    @property
    def text(self) -> str:
        """The words so far, in one line."""
        return tidy("".join(self.pieces))

    def words(self, text: str | None) -> None:
        """Adds words; a line end in them is a space."""
        if text:
            self.pieces.append(text.replace(_BREAK, " "))
            self.begun = self.begun or not text.isspace()

    def apart(self, following: str) -> None:
        """Parts words that stand in a piece of their own from the piece before, where a sentence's case says so."""
        last = self.pieces[-1][-1:] if self.pieces else ""
        if following[:1].isupper() and (last.islower() or last.isdigit() or last in {".", ")"}):
            self.pieces.append(" ")

    def broken(self) -> None:
        """Ends the printed line."""
        self.pieces.append(_BREAK)

    def mark(self, text: str) -> None:
        """Adds a footnote's mark, which is no part of the words; one before all words is what the run explains."""
        mark = tidy(text).strip("[]()")
        if self.begun or self.opening:
            self.marks.append(mark)
        else:
            self.opening = mark

    def takes_mark(self, text: str) -> bool:
        """Whether raised words here can be a mark: a sign or a number, and not the power of a unit or of ten."""
        before = "".join(self.pieces[-3:])
        raised = bool(_SYMBOL.fullmatch(text)) or text.strip("[]()").isdigit()
        return raised and not _POWER.search(before)

    def link(self, since: int, target: str) -> None:
        """Remembers that the words added since then lead to the target."""
        self.links.append((tidy("".join(self.pieces[since:])), target))

    def paragraphs(self) -> Iterator[str]:
        """The paragraphs in it: a broken line is joined to the one before unless that ends a
        sentence, or it begins with a label or a sign."""
        joined: list[str] = []
        for line in filter(None, map(tidy, "".join(self.pieces).split(_BREAK))):
            if joined and _stands_apart(joined, line):
                yield " ".join(joined)
                joined = []
            joined.append(line)
        if joined:
            yield " ".join(joined)


def _stands_apart(before: list[str], line: str) -> bool:
    last = before[-1]
    ended = last[-1] in ".;?!" or (last[-1] == ":" and (len(before) > 1 or len(last) > _LABEL))
    return ended or bool(LABELLED.fullmatch(line)) or not line[0].isalnum()
