"""A line of a paper whose form keeps no structure: what plain text and PDF share before they are rebuilt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: words, page and line from 1, whether blank lines stood before it; type size, weight and left
    edge in points where the form tells them (0 where it does not)."""

    text: str
    page: int
    number: int
    spaced: bool = False
    size: float = 0
    bold: bool = False
    left: float = 0
