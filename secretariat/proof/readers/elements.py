"""What an element of a page is: seen or not, block or words, a table of data or of layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from secretariat.proof.readers.runs import is_mark

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
PARTS: Final = frozenset({"thead", "tbody", "tfoot", "tr", "form"})
CELLS: Final = frozenset({"td", "th"})

_UNSEEN: Final = frozenset({
    "script", "style", "noscript", "template", "nav", "head", "title", "svg", "iframe", "object", "embed", "applet",
    "button", "select", "option", "textarea", "input", "audio", "video", "canvas", "map", "area", "link", "meta",
    "base", "rp", "frameset", "frame",
})  # fmt: skip
_UNSHOWN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d{1,6}")


def holding_blocks(root: etree._Element) -> set[etree._Element]:
    """The elements within lines that hold a block: links around paragraphs and the like."""
    holding: set[etree._Element] = set()
    for block in root.iter(*BLOCKS):
        above = block.getparent()
        while above is not None and above.tag not in BLOCKS and above not in holding:
            holding.add(above)
            above = above.getparent()
    return holding


def note_targets(root: etree._Element) -> dict[str, str]:
    """Where the marks of footnotes lead: the mark, by the target's id."""
    found: dict[str, str] = {}
    for link in root.iter("a"):
        target, words = str(link.get("href", "")), plain(link).strip("[]()")
        above = link.getparent()
        raised = (
            (above is not None and above.tag == "sup")
            or any(True for _ in link.iter("sup"))
            or link.get("role") == "doc-noteref"
        )
        if target.startswith("#") and len(target) > 1 and raised and is_mark(words):
            found.setdefault(target[1:], words)
    return found


def is_unseen(element: etree._Element) -> bool:
    """Whether a browser does not show the element, or it is not the paper's own words: a menu, a table of contents."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_UNSHOWN.search(element.get("style", ""))) or element.get("role") in {"navigation", "doc-toc"}


def is_return(link: etree._Element) -> bool:
    """Whether a link leads from a footnote back to its mark."""
    words = plain(link)
    return str(link.get("href", "")).startswith("#") and bool(words) and not any(map(str.isalnum, words))


def is_outermost(element: etree._Element, within: etree._Element) -> bool:
    """Whether no table or list stands between an element and one around it."""
    above = element.getparent()
    while above is not None and above is not within:
        if above.tag == "table" or above.tag in LISTS:
            return False
        above = above.getparent()
    return above is not None or element is within


def rows_of(table: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The rows of a table itself, head first and foot last, each with the part that it stands in.

    Cells that stand in no row are one row, whose element is what they stand in.
    """
    parts = [(str(part.tag), part) for part in table if part.tag in PARTS]
    order = {"thead": 0, "tfoot": 2}
    for tag, part in sorted(parts, key=lambda named: order.get(named[0], 1)):
        for row in [part] if tag == "tr" else part:
            if row.tag == "tr" and not is_unseen(row):
                yield tag, row
        if tag != "tr" and any(cell.tag in CELLS for cell in part):
            yield tag, part
    if any(cell.tag in CELLS for cell in table):
        yield "tr", table


def leading_heads(cells: list[list[etree._Element]], kept: list[int]) -> list[int]:
    """The first rows whose every cell with words is a head cell."""
    leading: list[int] = []
    for at in kept[:-1]:
        if any(cell.tag != "th" and plain(cell) for cell in cells[at]) or all(c.tag != "th" for c in cells[at]):
            break
        leading.append(at)
    return leading


def is_strong(cells: list[etree._Element]) -> bool:
    """Whether every cell that has words has them all in bold."""
    shown = [cell for cell in cells if plain(cell)]
    return bool(shown) and all(any(plain(bold) == plain(cell) for bold in cell.iter("b", "strong")) for cell in shown)


def plain(element: etree._Element) -> str:
    """All the words in an element, in one line."""
    words = element.itertext(with_tail=False) if isinstance(element.tag, str) else ()
    return " ".join("".join(map(str, words)).split())


def whole(text: str | None, usual: int) -> int:
    """The whole number that an attribute starts with, or the usual one."""
    match = _DIGITS.match(text.strip()) if text else None
    return int(match[0]) if match else usual


def is_layout(table: etree._Element, cells: list[list[etree._Element]]) -> bool:
    """Whether a table only places things on the page: nothing marks it as one of data, and its cells hold more
    than words, or it has only one row or one column."""
    if table.get("role") in {"presentation", "none"}:
        return True
    if any(each.tag in {"caption", "thead"} for each in table) or any(c.tag == "th" for row in cells for c in row):
        return False
    shown = [[cell for cell in row if plain(cell)] for row in cells]
    rows = [row for row in shown if row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return True
    return any(any(True for _ in cell.iter("table", "figure", *HEADINGS)) for row in rows for cell in row)
