"""Which clause holds which: lines become a text, by what their styles say and, failing that, by their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from secretariat.legaltext.formats.lines import CAPTION, MORE, Line
from secretariat.legaltext.formats.marks import QUOTES, Block, Grid, Run, Runs, Words, body_of, line, plain, term_of
from secretariat.legaltext.text import Clause, Text, in_order, places

NEW: Final = "new-"
LONGEST_HEADING: Final = 150
_DOTTED: Final = re.compile(r"((?:[A-Z]{1,2})?\d+[A-Z]?(?:\.\d+[A-Z]?)*)\.?")
_ROMAN: Final = re.compile(r"\([ivx]+\)")
_NAMED: Final = re.compile(r"((?:Table|Figure|Diagram)\s+[A-Z]{0,2}\d+(?:\.\d+)*)\s*[:.–-]?\s*(.*)", re.DOTALL)
_DEFINES: Final = re.compile(
    r"[\s,:”\"’]*(\([^)]*\)\s*)?(shall\s+)?"
    r"(means?|ha(s|ve) the meanings?|is|are|includes?|in relation to|in respect of)\b"
)
_SENTENCE: Final = re.compile(r"[.;:,\n]\Z|\n|; (and|or)\Z|\A\[?Not used\]?\Z", re.IGNORECASE)
"""What no heading looks like."""
_BULLET: Final = "•"


@dataclass(slots=True)
class _Open:
    """A clause that can still hold others: how it is numbered, how deep it is there, where it stands on the page."""

    at: int
    scale: str
    depth: int
    outline: int
    indent: int
    kind: str
    number: str
    holds: bool = False


@dataclass(slots=True)
class _Made:
    """A clause being made."""

    uid: str
    parent: int
    kind: str
    number: str
    heading: str
    blocks: list[Block] = field(default_factory=list)


class Assembler:
    """Takes lines one by one; `text` is what they make."""

    def __init__(self) -> None:
        self.carried: set[str] = set()
        self._made: list[_Made] = []
        self._open: list[_Open] = []
        self._over: Line | None = None
        self._caption: Line | None = None

    def take(self, lines: Iterable[Line]) -> None:
        """Take the lines, in order."""
        for one in lines:
            self._take(one)
        self._settle_over(None)
        self._settle_caption()

    def text(self) -> Text:
        """What the lines make. Raises ValueError where there is nothing."""
        if not self._made:
            raise ValueError("There is no text in it.")
        fresh = (name for name in (f"{NEW}{at}" for at in count(1)) if name not in self.carried)
        for made in self._made:
            made.uid = made.uid or next(fresh)
        held: dict[int, list[int]] = defaultdict(list)
        for at, made in enumerate(self._made):
            held[made.parent].append(at)
        ranks = {
            at: place for siblings in held.values() for at, place in zip(siblings, places(len(siblings)), strict=True)
        }
        return in_order(
            Clause(
                made.uid, self._made[made.parent].uid if made.parent >= 0 else "", ranks[at], made.kind, made.number,
                made.heading, body_of(made.blocks),
            )
            for at, made in enumerate(self._made)
        )  # fmt: skip

    def _take(self, one: Line) -> None:
        if one.kind != CAPTION:
            self._settle_over(one)
        if one.kind == CAPTION:
            self._settle_caption()
            self._caption = one
        elif one.level:
            self._styled(one)
        elif one.kind == MORE and self._made:
            self._made[-1].blocks += one.blocks
        elif one.kind in {"table", "figure"}:
            self._standing(one)
        elif one.number and one.number != _BULLET:
            self._numbered(one)
        else:
            self._unnumbered(one)

    def _styled(self, one: Line) -> None:
        """A line whose style says what it is and how deep."""
        one.scale, one.depth = "code", one.level
        if one.kind == MORE and self._made:
            self._made[-1].blocks += one.blocks
        else:
            self._pop_to(one)
            kind = "paragraph" if one.kind == MORE else one.kind
            self._push(one, kind, one.number, one.heading, one.blocks)

    def _standing(self, one: Line) -> None:
        """A table or figure: of the clause before it in our own files, by itself in others."""
        if self._open and self._open[-1].scale == "code":
            self._made[-1].blocks += one.blocks
            return
        if self._defines(one):
            return
        caption, self._caption = self._caption, None
        number, heading = _named(caption) if caption else ("", "")
        self._leaf(one.uid, one.kind, number, heading, one.blocks)

    def _defines(self, one: Line) -> bool:
        """Takes a table of two columns, terms and what they mean, as definitions."""
        table = one.blocks[0]
        if not isinstance(table, Grid) or any(len(row) != 2 for row in table.rows):
            return False
        rows = [row for row in table.rows if _is_term(row[0])]
        if not rows or len(rows) < len(table.rows) - 1 or not any(_DEFINES.match(plain(row[1])) for row in rows):
            return False
        for term, meaning in rows:
            words = Words((*_strong(term), Run(" "), *meaning))
            self._definition(Line([words]), line(plain(term).strip(QUOTES)))
        return True

    def _numbered(self, one: Line) -> None:
        if not one.scale:
            self._guess_scale(one)
        if not self._under_its_number(one):
            self._pop_to(one)
        if _heads(one):
            self._push(one, "part", one.number, line(plain(one.runs)), [])
        else:
            self._push(one, "clause", one.number, one.heading, one.blocks)

    def _guess_scale(self, one: Line) -> None:
        """The list that a typed number belongs to, by its shape."""
        dotted = _DOTTED.fullmatch(one.number)
        if dotted:
            one.scale, one.depth = f"typed {dotted[1][0] if dotted[1][0].isalpha() else ''}", dotted[1].count(".")
        elif _ROMAN.fullmatch(one.number) and not self._goes_on(one.number):
            one.scale = "typed (i)"
        else:
            one.scale = "typed (1)" if one.number.strip("().").isdecimal() else f"typed {_case(one.number)}"

    def _goes_on(self, number: str) -> bool:
        """Whether (i) follows an (h), so that it is a letter and no numeral."""
        letters = [each for each in self._open if each.scale == "typed (a)"]
        romans = [each for each in self._open if each.scale == "typed (i)"]
        last = letters[-1].number if letters else ""
        return len(number) == 3 and not romans and len(last) == 3 and ord(number[1]) == ord(last[1]) + 1

    def _under_its_number(self, one: Line) -> bool:
        """Closes clauses down to H3 for an H3.4, where an H3 is open."""
        match = _DOTTED.fullmatch(one.number)
        holder = match[1].rpartition(".")[0] if match else ""
        for at in range(len(self._open) - 1, -1, -1):
            if holder and self._open[at].number.rstrip(".") == holder:
                del self._open[at + 1 :]
                return True
        return False

    def _pop_to(self, one: Line) -> None:
        """Closes the clauses that cannot hold this one."""
        known = [at for at, each in enumerate(self._open) if each.scale == one.scale]
        if known:
            del self._open[known[-1] + 1 :]
            while self._open and self._open[-1].scale == one.scale and self._open[-1].depth >= one.depth:
                self._open.pop()
        elif one.outline:
            while self._open and (not self._open[-1].outline or self._open[-1].outline >= one.outline):
                self._open.pop()

    def _unnumbered(self, one: Line) -> None:
        if one.outline and _heads(one):
            one.scale, one.depth = "outline", one.outline
            self._pop_to(one)
            self._push(one, "part", "", line(plain(one.runs)), [])
        elif one.number == _BULLET:
            self._bullet(one)
        elif self._is_definition(one):
            self._definition(one, line(term_of(one.blocks[0]).strip(QUOTES)))
        elif one.strong and _heads(one) and not one.uid:
            self._over = one
        else:
            self._words(one)

    def _bullet(self, one: Line) -> None:
        self._pop_to(one)
        self._push(one, "paragraph", "", "", [Words((Run(f"{_BULLET} "), *one.runs))])

    def _is_definition(self, one: Line) -> bool:
        runs = [run for run in one.runs if run.text.strip(QUOTES)]
        return len(runs) > 1 and runs[0].strong and runs[0] in one.runs[:2] and bool(
            _DEFINES.match("".join(run.text for run in runs[1:]))
        )  # fmt: skip

    def _definition(self, one: Line, term: str) -> None:
        one.scale, one.depth, one.outline = "definition", 0, 0
        self._pop_to(one)
        self._push(one, "definition", one.number, term, one.blocks)

    def _words(self, one: Line) -> None:
        """Words under no number: they go on with the clause that they are set in line with, or stand by themselves."""
        within = len(self._open)
        while within and self._open[within - 1].kind != "part" and self._open[within - 1].indent > one.indent:
            within -= 1
        kept = self._open[within - 1] if within else None
        if one.indent == 0 or kept is None or kept.kind == "part":
            while self._open and self._open[-1].kind != "part":
                self._open.pop()
            self._leaf(one.uid, "paragraph", "", "", one.blocks)
        elif within < len(self._open) or kept.holds:
            del self._open[within:]
            self._leaf(one.uid, "paragraph", "", "", one.blocks)
        else:
            self._made[kept.at].blocks += one.blocks

    def _settle_over(self, following: Line | None) -> None:
        """What becomes of a bold line: the heading of the clause that follows it, or words of its own."""
        over, self._over = self._over, None
        if over is None:
            return
        if following and following.number not in {"", _BULLET} and not following.heading and not _heads(following):
            following.heading = line(plain(over.runs))
        else:
            self._words(over)

    def _settle_caption(self) -> None:
        caption, self._caption = self._caption, None
        last = self._made[-1] if self._made else None
        if caption is None:
            return
        if last and last.kind in {"table", "figure"} and not last.heading and not last.number:
            last.number, last.heading = _named(caption)
        else:
            self._words(caption)

    def _leaf(self, uid: str, kind: str, number: str, heading: str, blocks: list[Block]) -> None:
        parent = self._open[-1].at if self._open else -1
        if self._open:
            self._open[-1].holds = True
        self._made.append(_Made(self._uid(uid), parent, kind, number, heading, [*blocks]))

    def _push(self, one: Line, kind: str, number: str, heading: str, blocks: Iterable[Block]) -> None:
        self._settle_caption()
        self._leaf(one.uid, kind, number, heading, [*blocks])
        at = len(self._made) - 1
        self._open.append(_Open(at, one.scale, one.depth, one.outline, one.indent, kind, number))

    def _uid(self, told: str) -> str:
        """The identity that the file tells, once; the second of two that are the same is a new clause."""
        if told and told not in self.carried:
            self.carried.add(told)
            return told
        return ""


def _heads(one: Line) -> bool:
    """Whether a line is a heading rather than a clause: styled or set in bold as one, short, and no sentence."""
    words = plain(one.runs).strip()
    shouts = words.isupper() and len(words) > 3
    styled = (bool(one.outline) or one.strong or shouts) and not one.number.startswith("(")
    return styled and 0 < len(words) <= LONGEST_HEADING and not _SENTENCE.search(words)


def _named(caption: Line) -> tuple[str, str]:
    words = plain(caption.runs).strip()
    match = _NAMED.fullmatch(words)
    return (line(match[1]), line(match[2])) if match else (caption.number, line(words))


def _is_term(cell: Runs) -> bool:
    words = [run for run in cell if run.text.strip(QUOTES)]
    return bool(words) and all(run.strong for run in words) and len(plain(cell)) <= LONGEST_HEADING


def _strong(term: Runs) -> Runs:
    return tuple(run for run in term if run.text.strip() or not run.strong)


def _case(number: str) -> str:
    return "(A)" if number.isupper() else "(a)"
