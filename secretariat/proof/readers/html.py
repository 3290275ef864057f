"""Reads a paper from an HTML page: what it shows to its reader, in order. Nothing is fetched and nothing expanded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Final, cast

from lxml import etree
from lxml.html import HTMLParser

from secretariat.proof.paper import Form, Heading, Reading, UnreadableError
from secretariat.proof.readers.elements import plain
from secretariat.proof.readers.hypertext import Walk

MOST_BYTES: Final = 30_000_000
MOST_ELEMENTS: Final = 300_000
DEEPEST: Final = 150

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_OTHER_FORMS: Final = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "Word or zip"), (b"\xd0\xcf\x11\xe0", "older Word"))


def read(content: bytes) -> Reading:
    """The reading of a page's bytes. Raises UnreadableError."""
    page = decoded(content, MOST_BYTES)
    return reading(page, Form.HTML, _line)


def decoded(content: bytes, most: int) -> str:
    """The file's words: as its first bytes or its `charset` say, else UTF-8, else Windows-1252.

    Raises UnreadableError for an empty file, one larger than `most` bytes, and one that is not text at all.
    """
    if not content.strip():
        raise UnreadableError("It is empty.")
    if len(content) > most:
        raise UnreadableError(f"It is larger than {most // 1_000_000} MB of text. Split it.")
    for start, form in _OTHER_FORMS:
        if content.startswith(start):
            raise UnreadableError(f"It is a {form} file under another name. Give it its own ending.")
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text)


def reading(page: str, form: Form, line_of: Callable[[etree._Element], int]) -> Reading:
    """The reading of a page of HTML. Raises UnreadableError when there is nothing in it, or it is nested too deeply."""
    root = _parsed(page)
    _bounded(root)
    walk = Walk(root, line_of)
    walk.all()
    if not walk.blocks:
        raise UnreadableError("There is no text in it.")
    titles = [block.text for block in walk.blocks if isinstance(block, Heading) and block.level == 1]
    named = [plain(title) for title in root.iter("title")]
    title = next((title for title in (*titles, *named) if title), "")
    return Reading(form, walk.made(), tuple(walk.footnotes), tuple(walk.links), title=title)


def _decoded(content: bytes) -> str:
    declared = _DECLARED.search(content[:4096])
    named = [name for bom, name in _BOMS if content.startswith(bom)]
    for encoding in (*named, *([declared[1].decode("ascii")] if declared else []), "utf-8"):
        try:
            return content.decode(encoding)
        except (LookupError, ValueError):  # an unknown name, or bytes that are not of it
            continue
    return content.decode("cp1252", errors="replace")


def _parsed(page: str) -> etree._Element:
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise UnreadableError("It is not a page of HTML.")
    return root


def _bounded(root: etree._Element) -> None:
    depth = 0
    for count, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise UnreadableError("Its parts are nested too deeply for a paper.")
        if count > 2 * MOST_ELEMENTS:
            raise UnreadableError("It has too many parts to be a paper. Split the file.")


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0
