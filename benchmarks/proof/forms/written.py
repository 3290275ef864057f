"""What a form gives back, and how marked words are printed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.proof.content import MARKED, Block


@dataclass
class Written:
    """A file's bytes, and for each block (by identity) its first and last line, where the form has lines."""

    content: bytes
    lines: dict[int, tuple[int, int]] = field(default_factory=dict)


class Lines:
    """Collects lines and remembers which block they are of."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.of: dict[int, tuple[int, int]] = {}

    def add(self, block: Block, lines: list[str], *, blank: bool = True) -> None:
        """Adds a block's lines, and a blank line after them."""
        first = len(self.made) + 1
        self.made.extend(lines)
        self.of[id(block)] = (first, len(self.made))
        if blank:
            self.made.append("")

    def written(self, between: str = "\n") -> Written:
        """The file."""
        return Written((between.join(self.made) + "\n").encode(), self.of)


def shown(text: str, note: Callable[[str], str], word: Callable[[str], str] = str) -> str:
    """The text as a form prints it: `note` prints a footnote's mark, `word` escapes what the form would misread."""
    made, at = [], 0
    for found in MARKED.finditer(text):
        made.append(word(text[at : found.start()]))
        made.append(note(found["words"]) if found["roles"].startswith("note") else word(found["words"]))
        at = found.end()
    return "".join([*made, word(text[at:])])


def mark_of(style: str, at: int) -> str:
    """The mark of a list's item as printed."""
    return {"bullet": "•", "letter": f"{chr(97 + at)})", "number": f"{at + 1}."}[style]
