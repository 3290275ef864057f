"""Word's automatic numbers, printed: what stands before a paragraph although nobody typed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from secretariat.proof.readers.numerals import numeral
from secretariat.proof.readers.word_package import child, is_on, name, value, whole

LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list: where it starts, its numerals, its text with %1 to %9, when it starts again."""

    start: int
    form: str
    text: str
    restart: int
    legal: bool


class Numbering:
    """The lists of a Word file, counting as its paragraphs are met in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._linking: dict[str, str] = {}
        self._styled: dict[str, str] = {}
        self._behind: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        for each in root if root is not None else ():
            if name(each) == "abstractNum":
                self._list(each)
            elif name(each) == "num":
                self._use(each)

    def printed(self, number: str, depth: int) -> str | None:
        """What is printed before the next paragraph of a list at a depth from 0; "•" for a bullet, None for no list."""
        behind = self._behind.get(number)
        if behind is None:
            return None
        if self._linking.get(behind):
            behind = self._styled.get(self._linking[behind], behind)
        levels = self._levels.get(behind, {}) | self._overrides.get(number, {})
        level = levels.get(depth)
        if level is None or level.form == "bullet":
            return "•"
        self._count(behind, number, depth, levels)
        return self._text(behind, level, levels)

    def _count(self, behind: str, number: str, depth: int, levels: dict[int, Level]) -> None:
        counts = self._counts.setdefault(behind, [None] * LEVELS)
        before = counts[depth]
        started = self._starts.get(number, {}).pop(depth, None)
        counts[depth] = started if started is not None else levels[depth].start if before is None else before + 1
        for below in range(depth + 1, LEVELS):
            restart = levels[below].restart if below in levels else -1
            if restart < 0 or depth < restart:
                counts[below] = None

    def _text(self, behind: str, level: Level, levels: dict[int, Level]) -> str:
        counts = self._counts[behind]

        def said(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = levels.get(at)
            count = counts[at]
            if of is None or of.form == "none":
                return ""
            return numeral(of.start if count is None else count, "decimal" if level.legal else of.form)

        return "" if level.form == "none" and not level.text else _PLACE.sub(said, level.text).strip()

    def _list(self, element: etree._Element) -> None:
        key = value(element, "abstractNumId")
        self._levels[key] = {whole(value(each, "ilvl")): _level(each) for each in element if name(each) == "lvl"}
        self._linking[key] = value(child(element, "numStyleLink"))
        self._styled[value(child(element, "styleLink"))] = key

    def _use(self, element: etree._Element) -> None:
        key = value(element, "numId")
        self._behind[key] = value(child(element, "abstractNumId"))
        for each in element:
            if name(each) == "lvlOverride":
                depth = whole(value(each, "ilvl"))
                start, level = child(each, "startOverride"), child(each, "lvl")
                if start is not None:
                    self._starts.setdefault(key, {})[depth] = whole(value(start), 1)
                if level is not None:
                    self._overrides.setdefault(key, {})[depth] = _level(level)


def _level(element: etree._Element) -> Level:
    restart = child(element, "lvlRestart")
    return Level(
        whole(value(child(element, "start")), 1),
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText"))[:60],
        whole(value(restart)) if restart is not None else -1,
        is_on(child(element, "isLgl")),
    )
