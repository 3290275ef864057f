"""Markdown as HTML: never the writer's own HTML, headings with addresses, and abbreviations that explain themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {
    "a", "abbr", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"}, "abbr": {"title"}, "img": {"src", "alt"}, "th": {"scope"}, "ol": {"start"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"},
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
"""Where a link may lead besides addresses here."""


@dataclass(frozen=True)
class Heading:
    """One heading of a text: its level, its words, and its address on the page."""

    level: int
    words: str
    anchor: str


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def tokens(text: str) -> list[Token]:
    """A text as Markdown reads it; what looks like HTML is plain words."""
    return _reader().parse(text)


def words_of(inline: Token) -> str:
    """The words of a line, without its marks."""
    return "".join(one.content for one in inline.children or () if one.type in ("text", "code_inline")).strip()


def headings(text: str) -> list[Heading]:
    """The headings of a text in their order, each with an address of its own."""
    found: list[Heading] = []
    read = tokens(text)
    for opening, inline in pairwise(read):
        if opening.type == "heading_open":
            words = words_of(inline)
            found.append(Heading(int(opening.tag[1]), words, _anchor(words, {one.anchor for one in found})))
    return found


def _anchor(words: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "part"
    anchor, number = plain, 2
    while anchor in taken:
        anchor, number = f"{plain}-{number}", number + 1
    return anchor


def html(text: str, abbreviations: Mapping[str, str] | None = None, deeper: int = 0) -> Markup:
    """A text as HTML that can be put into a page.

    The first place of each abbreviation, by its letters, is explained by its words. Of a text that stands so many
    levels deeper, among others, the headings have no addresses.
    """
    read = tokens(text)
    anchors = iter(headings(text))
    for token in read:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + deeper, 6)}"
        if token.type == "heading_open" and not deeper:
            token.attrSet("id", next(anchors).anchor)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
    if abbreviations:
        _explain(read, abbreviations)
    made = _reader().renderer.render(read, _reader().options, {})
    clean = nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
    return Markup(clean)  # noqa: S704 - cleaned to the few tags above


def _explain(read: list[Token], abbreviations: Mapping[str, str]) -> None:
    left = dict(abbreviations)
    within_heading = False
    for token in read:
        if token.type in ("heading_open", "heading_close"):
            within_heading = token.type == "heading_open"
        elif token.children and not within_heading:
            token.children = list(_explained(token.children, left))


def _explained(children: list[Token], left: dict[str, str]) -> Iterator[Token]:
    links = 0
    for child in children:
        links += (child.type == "link_open") - (child.type == "link_close")
        if child.type == "text" and not links:
            yield from _parts(child.content, left)
        else:
            yield child


def _parts(text: str, left: dict[str, str]) -> Iterator[Token]:
    if not left:
        yield _text(text)
        return
    letters = "|".join(re.escape(one) for one in sorted(left, key=len, reverse=True))
    place = 0
    for match in re.finditer(rf"(?<![\w-])(?:{letters})(?![\w-])", text):
        meaning = left.pop(match[0], None)
        if meaning is not None:
            yield _text(text[place : match.start()])
            yield Token("abbr_open", "abbr", 1, attrs={"title": meaning})
            yield _text(match[0])
            yield Token("abbr_close", "abbr", -1)
            place = match.end()
    yield _text(text[place:])


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def addresses(text: str) -> list[str]:
    """Where the links of a text lead, and where its pictures are, in their order."""
    inner = [child for one in tokens(text) for child in one.children or ()]
    return [str(one.attrGet("href") or one.attrGet("src") or "") for one in inner if one.type in ("link_open", "image")]


def plain(text: str) -> str:
    """The words of a text on one line, without its marks."""
    return " ".join(words_of(one) for one in tokens(text) if one.type == "inline")
