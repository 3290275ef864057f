"""What a file prints, line by line, before anybody has said which clause holds which; and what comes of reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from secretariat.legaltext.formats.marks import Grid, Picture, Runs, Words
from secretariat.legaltext.formats.tracked import Change
from secretariat.legaltext.text import Text

MORE: Final = "more"
"""The kind of a line that goes on with the clause before it."""
CAPTION: Final = "caption"
"""The kind of a line that stands over or under a table or figure and names it."""


@dataclass(slots=True)
class Line:
    """One paragraph, table or figure as printed.

    `kind` is a clause's kind, MORE, CAPTION, or "" where the file does not say; `level` its depth from 1, 0 where the
    file does not say. `outline` is its level as a heading, 0 for none. `scale` names the list that numbers it and
    `depth` its depth there. `indent` is in twentieths of a point. `number` is printed before it, automatic or typed.
    """

    blocks: list[Words | Grid | Picture]
    kind: str = ""
    level: int = 0
    uid: str = ""
    number: str = ""
    heading: str = ""
    outline: int = 0
    scale: str = ""
    depth: int = 0
    indent: int = 0
    strong: bool = False

    @property
    def runs(self) -> Runs:
        """Its words; none for a table or figure."""
        first = self.blocks[0] if self.blocks else None
        return first.runs if isinstance(first, Words) else ()


@dataclass(frozen=True)
class Incoming:
    """A text that a file holds, as it was understood.

    `carried` are the identities that the file itself told; every other clause has a new one of the form "new-1".
    `figures` are the pictures by name. `changes` are the tracked changes of a Word file, whichever form was read.
    `notes` are sentences about what the file holds and the text cannot.
    """

    title: str
    text: Text
    carried: frozenset[str] = frozenset()
    figures: Mapping[str, bytes] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
