"""The words of a line without what is not printed: invisible letters, marks of links and stress left by a web page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from secretariat.proof.paper import Link, Place
from secretariat.proof.readers.lines import Line

_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_MARKED: Final = re.compile(r"!?\[(?P<text>[^\[\]]{0,300})\]\((?P<target>[^()\s]{0,500})\)")
_TAGGED: Final = re.compile(
    r"<a\s[^<>]{0,300}?href=[\"'](?P<target>[^\"'<>]{0,500})[\"'][^<>]{0,200}>(?P<text>[^<>]{0,300})</a>", re.IGNORECASE
)
_TAG: Final = re.compile(
    r"</?(?:a|p|b|i|u|strong|em|br|span|div|ul|ol|li|td|tr|sup|sub)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)
_STRONG: Final = re.compile(r"\*\*")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]“”\"]{1,1000}")
_SPACES: Final = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u2028": " ", "\u2029": " "}
)


def unmarked(line: Line) -> tuple[Line, list[Link]]:
    """The line as a reader sees it, and the links that were in it."""
    text = _INVISIBLE.sub("", line.text.translate(_SPACES))
    place = Place(line.page, line.number)
    links: list[Link] = []

    def said(match: re.Match[str]) -> str:
        links.append(Link(" ".join(match["text"].split()), match["target"], place))
        return match["text"]

    if "](" in text:
        text = _MARKED.sub(said, text)
    if "<" in text:
        text = _TAG.sub("", _TAGGED.sub(said, text))
    if "**" in text:
        text = _STRONG.sub("", text)
    if "http" in text or "www." in text:
        links += (Link(match[0].rstrip(".,;:"), match[0].rstrip(".,;:"), place) for match in _URL.finditer(text))
    return (line if text == line.text else replace(line, text=text)), links
