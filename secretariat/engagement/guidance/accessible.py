"""What keeps people from reading a text, found before it is published: rules on Markdown, each with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from secretariat.engagement.guidance.markup import SCHEMES, tokens, words_of

VAGUE = frozenset(
    {"here", "click here", "this", "this page", "this link", "link", "more", "read more", "find out more", "details",
     "see here", "website", "page", "document", "download"}
)  # fmt: skip
"""Words of a link that say nothing of where it leads."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\w-]+\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)
_HTML = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SHOUTED = re.compile(r"(?:\b[A-Z]{2,}\b[\s,]*){5,}")
LONGEST_ALT = 200
TOP = 2
"""The level at which the headings of a text begin: the page's own title is the first."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing found: the line, the rule, what to do about it, and whether it keeps the text from being published."""

    line: int
    rule: str
    says: str
    stops: bool = True


Rule = Callable[[list[Token]], Iterator[Finding]]


def findings(text: str) -> list[Finding]:
    """What was found in a text, from its first line to its last."""
    read = tokens(text)
    return sorted(found for rule in RULES for found in rule(read))


def stopping(text: str) -> list[Finding]:
    """What keeps a text from being published."""
    return [found for found in findings(text) if found.stops]


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def headings_in_order(read: list[Token]) -> Iterator[Finding]:
    """Headings begin at the second level, and go down one level at a time; none is empty."""
    last = TOP - 1
    for opening, inline in pairwise(read):
        if opening.type != "heading_open":
            continue
        level, line = int(opening.tag[1]), _line(opening)
        if level < TOP:
            yield Finding(line, "headings", "The title is the only heading of the first level: begin this one with ##.")
        elif level > last + 1:
            yield Finding(line, "headings", f"This heading is of level {level} below one of level {last}: "
                          f"begin it with {'#' * (last + 1)}.")  # fmt: skip
        if not words_of(inline):
            yield Finding(line, "headings", "This heading has no words.")
        last = max(level, TOP)


def bold_is_no_heading(read: list[Token]) -> Iterator[Finding]:
    """A paragraph that is bold from end to end stands for a heading, but nobody's reader can jump to it."""
    for token in read:
        if token.type != "inline" or token.level != 1:
            continue
        inner = [one for one in token.children or () if one.type != "text" or one.content.strip()]
        marks = [one.type for one in inner]
        if marks[:1] == ["strong_open"] and marks[-1:] == ["strong_close"] and marks.count("strong_open") == 1:
            yield Finding(_line(token), "headings", "Make this bold paragraph a heading.", stops=False)


@dataclass(frozen=True)
class _Link:
    line: int
    words: str
    address: str


def _links(read: list[Token]) -> Iterator[_Link]:
    for token in read:
        children = token.children or []
        for place, child in enumerate(children):
            if child.type == "link_open":
                inner = children[place + 1 : _end(children, place)]
                words = "".join(one.content for one in inner if one.type in ("text", "code_inline", "image"))
                yield _Link(_line(token), words.strip(), str(child.attrGet("href") or ""))


def _end(children: list[Token], place: int) -> int:
    return next(at for at in range(place, len(children)) if children[at].type == "link_close")


def links_say_where(read: list[Token]) -> Iterator[Finding]:
    """The words of a link say where it leads, also when they are read alone."""
    seen: dict[str, str] = {}
    for link in _links(read):
        plainly = link.words.lower().strip(" .:›»")
        if not plainly:
            yield Finding(link.line, "link words", f"The link to {link.address} has no words.")
        elif plainly in VAGUE:
            yield Finding(link.line, "link words", f"“{link.words}” does not say where the link leads: name the page.")
        elif _ADDRESS.fullmatch(link.words):
            yield Finding(link.line, "link words", "Let the link's words name the page, not spell its address.")
        elif seen.setdefault(plainly, link.address) != link.address:
            yield Finding(link.line, "link words", f"Two links say “{link.words}” and lead to different pages.")


def links_lead_somewhere(read: list[Token]) -> Iterator[Finding]:
    """A link has an address, of a kind that a browser opens safely."""
    for link in _links(read):
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", link.address, re.IGNORECASE)
        if not link.address:
            yield Finding(link.line, "links", f"The link “{link.words}” has no address.")
        elif scheme and scheme[1].lower() not in SCHEMES:
            yield Finding(link.line, "links", f"The link “{link.words}” leads to {scheme[1]}:, which is not opened.")


def pictures_are_told(read: list[Token]) -> Iterator[Finding]:
    """A picture says in words what it shows, and is kept here."""
    for token in read:
        for child in token.children or ():
            if child.type != "image":
                continue
            told, line, source = child.content.strip(), _line(token), str(child.attrGet("src") or "")
            if not told:
                yield Finding(line, "pictures", "Say in words what this picture shows.")
            elif _FILE_NAME.fullmatch(told):
                yield Finding(line, "pictures", f"“{told}” is the name of a file: say what the picture shows.")
            elif len(told) > LONGEST_ALT:
                yield Finding(line, "pictures", "Say it shorter, and tell the rest in the text.", stops=False)
            if not source.startswith("/files/"):
                yield Finding(line, "pictures", "A picture is kept here: store its file, and use its address.")


def tables_have_heads(read: list[Token]) -> Iterator[Finding]:
    """Every column of a table has a head."""
    for opening, inline in pairwise(read):
        if opening.type == "th_open" and not words_of(inline):
            yield Finding(_line(inline), "tables", "A column of this table has no head.")


def no_html(read: list[Token]) -> Iterator[Finding]:
    """HTML is not read: it would stand in the text as it was typed."""
    for token in read:
        for child in token.children or ():
            if child.type == "text" and _HTML.search(child.content):
                yield Finding(_line(token), "HTML", "HTML is shown as typed here: write it in Markdown.")


def nobody_shouts(read: list[Token]) -> Iterator[Finding]:
    """Long runs of capitals are hard to read, and read aloud letter by letter."""
    for token in read:
        if token.type == "inline" and _SHOUTED.search(words_of(token)):
            yield Finding(_line(token), "capitals", "Write this in small letters.", stops=False)


RULES: tuple[Rule, ...] = (
    headings_in_order,
    bold_is_no_heading,
    links_say_where,
    links_lead_somewhere,
    pictures_are_told,
    tables_have_heads,
    no_html,
    nobody_shouts,
)
"""Every rule of the check."""
