"""Reads a paper from Markdown, with tables, footnotes, and the HTML that newsletters mix into it."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from secretariat.proof.paper import Form, Reading
from secretariat.proof.readers.html import decoded, reading

MOST_BYTES: Final = 1_000_000

_LINE: Final = "data-line"
_MATTER: Final = re.compile(r"---\n((?:[\w -]{1,40}:.*\n|\s+\S.*\n){1,60})---[ \t]*(?=\n|$)")
_LISTED: Final = re.compile(r"\s*(?:[-+*•]|\d{1,3}[.)])\s")
_NOTE: Final = re.compile(r"\[\^(\w{1,8})\]:\s+(\S.*)")
_NOTED: Final = re.compile(r"\[\^(\w{1,8})\]")
_BULLET: Final = re.compile(r"\n(?=[ \t]*[•·▪●◦‣]\s)")
_TAG: Final = re.compile(r"^([ \t]*<[A-Za-z][A-Za-z0-9]*)(?=[\s>])")


def read(content: bytes) -> Reading:
    """The reading of the file's bytes. Raises UnreadableError.

    Lines whose words are parted by tabs, two or more together with as many tabs each, are a table. A line that begins
    with a printed bullet is an item.
    """
    text = _MATTER.sub(_as_lines, decoded(content, MOST_BYTES), count=1)
    return reading(_rendered(text), Form.MARKDOWN, _line)


def _rendered(text: str) -> str:
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown.block.ruler.before("html_block", "tabbed", _tabbed, {"alt": ["paragraph"]})
    markdown.block.ruler.before("reference", "note", _note, {"alt": ["paragraph"]})
    markdown.core.ruler.before("inline", "marks", _marked)
    tokens = markdown.parse(text)
    for token in tokens:
        if token.map and token.type == "html_block":
            token.content = _numbered(token.content, token.map[0] + 1)
        elif token.map and token.nesting >= 0:
            token.attrSet(_LINE, str(token.map[0] + 1))
    return f"<html><body>{markdown.renderer.render(tokens, markdown.options, {})}</body></html>"


def _as_lines(match: re.Match[str]) -> str:
    """What stands between the rules at the top, each line a paragraph's own."""
    lines = match[1].splitlines()
    return "\n" + "".join(f"{line.strip()}\\\n" for line in lines[:-1]) + lines[-1].strip() + "\n"


def _numbered(html: str, first: int) -> str:
    lines = html.split("\n")
    return "\n".join(_TAG.sub(rf'\1 {_LINE}="{first + at}"', line) for at, line in enumerate(lines))


def _line(element: etree._Element) -> int:
    at: etree._Element | None = element
    while at is not None:
        number = at.get(_LINE, "")
        if number.isdecimal() and len(number) < 9:
            return int(number)
        at = at.getparent()
    return 0


def _line_at(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _fields(state: StateBlock, number: int) -> list[str]:
    line = _line_at(state, number)
    if state.sCount[number] < state.blkIndent or _LISTED.match(line):
        return []
    return [field.strip() for field in line.split("\t")] if "\t" in line.strip() else []


def _tabbed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines parted by tabs, as a table without a head."""
    width = len(_fields(state, start))
    after = start
    while width and after < end and len(_fields(state, after)) == width:
        after += 1
    if after - start < 2:
        return False
    if silent:
        return True
    state.push("table_open", "table", 1).map = [start, after]
    for number in range(start, after):
        state.push("tr_open", "tr", 1).map = [number, number + 1]
        for field in _fields(state, number):
            state.push("td_open", "td", 1)
            inline = state.push("inline", "", 0)
            inline.content, inline.map, inline.children = field, [number, number + 1], []
            state.push("td_close", "td", -1)
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)
    state.line = after
    return True


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A footnote, with the indented lines that go on with it."""
    match = _NOTE.fullmatch(_line_at(state, start))
    if match is None or silent:
        return match is not None
    after = start + 1
    while after < end and state.sCount[after] >= 2 and _line_at(state, after):
        after += 1
    words = [match[2], *(_line_at(state, number) for number in range(start + 1, after))]
    state.push("paragraph_open", "p", 1).map = [start, after]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = f"[^{match[1]}] {' '.join(words)}", [start, after], []
    state.push("paragraph_close", "p", -1)
    state.line = after
    return True


def _marked(state: StateCore) -> None:
    """Footnote marks as raised links, and printed bullets at the start of their own lines."""
    for token in state.tokens:
        if token.type == "inline":
            token.content = _BULLET.sub("\\\\\n", _NOTED.sub(r'<sup><a href="#note-\1">\1</a></sup>', token.content))
