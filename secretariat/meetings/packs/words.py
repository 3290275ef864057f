"""The words of a paper: typed as Markdown, kept as paragraphs each with its class, printed as blocks.

A blank line ends a paragraph. `# ` begins a heading, `- ` a bullet, and `[Amber]` before the words says that this
paragraph is of a higher class than its paper (rule INF-3). `**strong**` and `[words](https://...)` are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secretariat.core.classification import Class
from secretariat.papers import document as doc

HEADING, PARAGRAPH, BULLET = "heading", "paragraph", "bullet"
SIGNS = {HEADING: "# ", BULLET: "- ", PARAGRAPH: ""}
_CLASS = re.compile(rf"\[({'|'.join(Class.labels)})\]\s*", re.IGNORECASE)
_INLINE = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\((?P<href>https?://[^)\s]+)\)")


@dataclass(frozen=True)
class Piece:
    """One heading, paragraph or bullet, with its class."""

    kind: str
    text: str
    classification: int


def read(text: str, floor: int) -> list[Piece]:
    """The pieces of a typed text; what says no class has the paper's, `floor`.

    Raises ValueError for a paragraph of a lower class than its paper.
    """
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [_piece(part, floor) for block in blocks for part in _parts(block)]


def _parts(block: str) -> Iterator[str]:
    """A block's bullets and headings, each on its own line; other lines are joined."""
    plain: list[str] = []
    for line in (line.strip() for line in block.split("\n")):
        if line.startswith(("- ", "# ")):
            if plain:
                yield " ".join(plain)
            plain = []
            yield line
        elif line:
            plain.append(line)
    if plain:
        yield " ".join(plain)


def _piece(part: str, floor: int) -> Piece:
    kind = next(kind for kind, sign in SIGNS.items() if part.startswith(sign))
    words = part.removeprefix(SIGNS[kind]).strip()
    told = _CLASS.match(words)
    level = Class[told[1].upper()] if told else Class(floor)
    if level < floor:
        raise ValueError(f"The paper is {Class(floor).label}: no paragraph of it is {level.label}.")
    return Piece(kind, words[told.end() :] if told else words, int(level))


def typed(pieces: Iterable[Piece], floor: int) -> str:
    """The text that `read` makes these pieces of."""
    blocks = []
    for piece in pieces:
        mark = f"[{Class(piece.classification).label}] " if piece.classification > floor else ""
        blocks.append(f"{SIGNS[piece.kind]}{mark}{piece.text}")
    return "\n\n".join(blocks)


def runs(text: str) -> doc.Runs:
    """The words of a piece with what is strong and what is linked."""
    found: list[doc.Inline] = []
    end = 0
    for match in _INLINE.finditer(text):
        found += _plain(text[end : match.start()])
        strong = match["strong"]
        found.append(doc.Text(strong, strong=True) if strong else doc.Link(match["words"], match["href"]))
        end = match.end()
    return (*found, *_plain(text[end:]))


def _plain(text: str) -> list[doc.Inline]:
    return [doc.Text(text)] if text else []


def sections(pieces: Iterable[Piece], floor: int, untitled: str = "Paper") -> tuple[doc.Section, ...]:
    """The pieces as sections, one for each heading; what stands before the first is under `untitled`.

    The class of a paragraph above its paper's, `floor`, is printed before it.
    """
    found: list[tuple[str, list[Piece]]] = []
    for piece in pieces:
        if piece.kind == HEADING or not found:
            found.append((_marked(piece, floor) + piece.text if piece.kind == HEADING else untitled, []))
        if piece.kind != HEADING:
            found[-1][1].append(piece)
    return tuple(
        doc.Section(f"text-{place}", title, tuple(_blocks(below, floor)))
        for place, (title, below) in enumerate(found, start=1)
    )


def _marked(piece: Piece, floor: int) -> str:
    return f"{Class(piece.classification).label}: " if piece.classification > floor else ""


def _blocks(pieces: Iterable[Piece], floor: int) -> Iterator[doc.Block]:
    """Paragraphs and lists; bullets that follow each other are one list."""
    bullets: list[doc.Item] = []
    for piece in pieces:
        mark = _marked(piece, floor)
        words = (*((doc.Text(mark, strong=True),) if mark else ()), *runs(piece.text))
        if piece.kind == BULLET:
            bullets.append(doc.Item(words))
            continue
        if bullets:
            yield doc.Bullets(tuple(bullets))
            bullets = []
        yield doc.Paragraph(words)
    if bullets:
        yield doc.Bullets(tuple(bullets))
