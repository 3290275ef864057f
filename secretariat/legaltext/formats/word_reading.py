"""Reads a text from a Word file: numbers, headings, tables, defined terms, pictures, tracked changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lxml import etree

from secretariat.legaltext.formats.assembling import Assembler
from secretariat.legaltext.formats.bounds import bounded
from secretariat.legaltext.formats.identities import PREFIX, identity
from secretariat.legaltext.formats.lines import Incoming
from secretariat.legaltext.formats.marks import settled
from secretariat.legaltext.formats.tracked import Change, changes, settle
from secretariat.legaltext.formats.word_lines import WordLines
from secretariat.legaltext.formats.word_words import Speaker, WordFile
from secretariat.proof.readers.word_package import child, name
from secretariat.proof.readers.word_styles import Styles

_LEFT_OUT: Final = {
    "commentReference": "Comments in the margin are left out.",
    "altChunk": "A file inside the file is left out.",
    "chart": "A chart is left out; put it in as a picture.",
    "gridSpan": "Cells that span columns stand in the first of them.",
    "vMerge": "Cells that span rows stand in the first of them.",
}


def read_word(content: bytes, *, accepted: bool = True) -> Incoming:
    """The text of a Word file with its tracked changes accepted, or rejected; the changes themselves either way.

    Identities come back from files that `word_writing.word` wrote. Raises ValueError, with what is wrong and what to
    do, for a file that cannot be read.
    """
    package = WordFile(content)
    root = package.part(package.main)
    if root is None or child(root, "body") is None:
        raise ValueError("It has no text part, so it is not a Word document. Save it as .docx.")
    told = _changes(root)
    notes = tuple(sentence for tag, sentence in _LEFT_OUT.items() if any(name(each) == tag for each in root.iter()))
    settle(root, accepted=accepted)
    return replace(_understood(package, root), changes=told, notes=notes)


def _understood(package: WordFile, root: etree._Element) -> Incoming:
    styles = Styles(package.part(package.related("styles")))
    speaker = Speaker(package, styles)
    lines = WordLines(package, root, speaker, styles)
    assembler = Assembler()
    assembler.take(lines.all())
    text = bounded(settled(assembler.text()))
    return Incoming(lines.title, text, frozenset(assembler.carried), speaker.figures)


def _changes(root: etree._Element) -> tuple[Change, ...]:
    """The tracked changes, each near the identity of a clause instead of its bookmark."""
    return tuple(replace(change, near=identity(change.near)) for change in changes(root, PREFIX))
