"""Word's styles: what a paragraph of a style is, whatever the style is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from secretariat.proof.readers.word_package import child, is_on, name, value, whole

_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_DEEPEST: Final = 20
_BODY: Final = 9


@dataclass(frozen=True, slots=True)
class Style:
    """A style as written: name, the style it is based on, and the properties of paragraph and letters it sets."""

    name: str
    based: str
    paragraph: etree._Element | None
    letters: etree._Element | None


class Styles:
    """The styles of a Word file, by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.usual = ""
        for each in root if root is not None else ():
            if name(each) == "style":
                key = value(each, "styleId")
                self._styles[key] = Style(
                    value(child(each, "name")), value(child(each, "basedOn")), child(each, "pPr"), child(each, "rPr")
                )
                if value(each, "type") == "paragraph" and value(each, "default") in {"1", "true", "on"}:
                    self.usual = key

    def chain(self, key: str) -> Iterator[Style]:
        """The style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = style.based

    def name(self, key: str) -> str:
        """The style's name in small letters; "" for an unknown one."""
        return self._styles[key].name.lower() if key in self._styles else ""

    def level(self, key: str, properties: etree._Element | None) -> int:
        """The depth of a heading, from 1, that a paragraph of this style and these properties is; 0 for none."""
        own = child(properties, "outlineLvl")
        if own is not None:
            return _outline(own)
        for style in self.chain(key):
            match = _HEADING.fullmatch(style.name.strip())
            outline = child(style.paragraph, "outlineLvl")
            if match or outline is not None:
                return int(match[1]) if match else _outline(outline)
        return 0

    def numbering(self, key: str, properties: etree._Element | None) -> tuple[str, int] | None:
        """The list that a paragraph belongs to and its depth in it, from 0; None for none."""
        found, depth = "", -1
        for one in (properties, *(style.paragraph for style in self.chain(key))):
            numbers = child(one, "numPr")
            level = child(numbers, "ilvl")
            found = found or value(child(numbers, "numId"))
            depth = whole(value(level)) if depth < 0 and level is not None else depth
        return (found, min(max(depth, 0), 8)) if found and found != "0" else None

    def is_bold(self, key: str) -> bool:
        """Whether letters of this style are bold."""
        return self._switch(key, "b")

    def is_hidden(self, key: str) -> bool:
        """Whether letters of this style are not printed."""
        return self._switch(key, "vanish")

    def _switch(self, key: str, called: str) -> bool:
        for style in self.chain(key):
            switch = child(style.letters, called)
            if switch is not None:
                return is_on(switch)
        return False


def _outline(element: etree._Element | None) -> int:
    level = whole(value(element), _BODY)
    return level + 1 if level < _BODY else 0
