"""Where a fault may fall in a paper, and what a fault was: its rule, its words, the blocks that it touches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import TypeAlias

from benchmarks.proof.content import MARKED, ONES, Block, Chart, Content, Grid, put
from secretariat.plain.dates import MONTH_NAMES, WEEKDAY_NAMES, parse_day
from secretariat.plain.workdays import default_calendar


@dataclass(frozen=True, eq=False)
class Fault:
    """A fault that was put in: its rule, the faulty words, the blocks in which a reader may be shown it.

    `mild` says that the paper alone does not prove it, so a query is the right answer; `also` names rules that may
    as well tell it. What is said of the blocks `beside` it follows from the fault, and neither finds it nor is false.
    """

    rule: str
    words: tuple[str, ...]
    blocks: tuple[Block, ...]
    mild: bool = False
    also: tuple[str, ...] = ()
    beside: tuple[Block, ...] = ()


Injector: TypeAlias = Callable[[Content, Random], Fault | None]


@dataclass
class Site:
    """One marked string of words: its block, where in the block, where in the string."""

    block: Block
    at: int
    column: int
    text: str
    start: int
    end: int
    words: str
    key: str

    def write(self, words: str) -> None:
        """Puts other words in their place; they lose their mark."""
        put(self.block, self.at, self.column, self.text[: self.start] + words + self.text[self.end :])

    def remark(self, words: str, roles: str) -> None:
        """Puts other words in their place, marked still."""
        self.write(f"⟪{roles}|{words}⟫")


def sites(content: Content, role: str) -> list[Site]:
    """Every string of words marked with the role, in order."""
    return list(_sites(content, role))


def _sites(content: Content, role: str) -> Iterator[Site]:
    for block, at, column, text in content.texts():
        for found in MARKED.finditer(text):
            for each in found["roles"].split("+"):
                name, _, key = each.partition(":")
                if name == role:
                    yield Site(block, at, column, text, found.start(), found.end(), found["words"], key)


def around(site: Site, words: str) -> str:
    """The faulty words with some of what stands beside them, so that they can be told from the same words elsewhere."""
    before = MARKED.sub(lambda found: found["words"], site.text[: site.start])[-12:]
    after = MARKED.sub(lambda found: found["words"], site.text[site.end :])[:12]
    return f"{before}{words}{after}"


def other_digit(draw: Random, printed: str) -> str:
    """The number with one digit mistyped, or two neighbours swapped."""
    places = [at for at, sign in enumerate(printed) if sign.isdigit()]
    pairs = [
        (one, two)
        for one, two in pairwise(places)
        if printed[one] != printed[two] and not (one == places[0] and printed[two] == "0")
    ]
    if pairs and draw.random() < 0.4:
        one, two = draw.choice(pairs)
        signs = list(printed)
        signs[one], signs[two] = signs[two], signs[one]
        return "".join(signs)
    at = draw.choice(places)
    options = [
        digit
        for digit in "0123456789"
        if digit != printed[at] and not (digit == "0" and at == places[0] and len(places) > 1)
    ]
    return printed[:at] + draw.choice(options) + printed[at + 1 :]


def number_of(printed: str) -> float:
    """The value of a printed number, "2,104", "£1,200", "12.5%"."""
    return float(re.sub(r"[^0-9.]", "", printed) or 0)


def reworded(draw: Random, words: str) -> str | None:
    """The words with their number changed: by one where it is in words, by a digit where it is in digits."""
    digits = re.search(r"[0-9][0-9,.]*[0-9]|[0-9]", words)
    if digits:
        return words[: digits.start()] + other_digit(draw, digits[0]) + words[digits.end() :]
    for number in range(20, 0, -1):
        found = re.search(rf"\b{ONES[number]}\b", words, re.IGNORECASE)
        if found:
            other = ONES[max(1, number + draw.choice([-1, 1, 2]))]
            other = ONES[number + 1] if other.lower() == found[0].lower() else other
            return (
                words[: found.start()] + (other.capitalize() if found[0][0].isupper() else other) + words[found.end() :]
            )
    if words == "twice":
        return draw.choice(["three times", "four times", "once"])
    return None


_DATE = re.compile(
    r"(?:(?P<weekday>[A-Z][a-z]+day) )?(?P<day>[0-9]{1,2})(?P<nth>st|nd|rd|th)? "
    r"(?P<month>[A-Z][a-z]+)(?: (?P<year>[0-9]{4}))?"
)


@dataclass
class Printed:
    """A date as printed, and how to print another in the same way."""

    day: date
    words: str
    style: str

    def as_printed(self, day: date) -> str:
        """Another date, printed in the same way."""
        if self.style == "slash":
            return f"{day:%d/%m/%Y}"
        found = _DATE.search(self.words)
        assert found
        mark = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        named = f"{WEEKDAY_NAMES[day.weekday()]} " if found["weekday"] else ""
        made = f"{named}{day.day}{mark if found['nth'] else ''} {MONTH_NAMES[day.month - 1]}"
        made += f" {day.year}" if found["year"] else ""
        return self.words[: found.start()] + made + self.words[found.end() :]


def printed_date(words: str, year: int) -> Printed | None:
    """The last date in the words; the year is told where the words do not."""
    if re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", words):
        return Printed(parse_day(words), words, "slash")
    found = [*_DATE.finditer(words)]
    if not found:
        return None
    last = found[-1]
    try:
        day = date(int(last["year"] or year), MONTH_NAMES.index(last["month"]) + 1, int(last["day"]))
    except ValueError:
        return None
    words = words if len(found) == 1 else words[last.start() :]
    return Printed(day, words, "prose")


def before(draw: Random, day: date) -> date:
    """A Working Day that a tired author leaves from an earlier draft: up to five weeks before."""
    return default_calendar().add(day - timedelta(days=draw.randint(3, 35)), -1)


def grids(content: Content) -> list[Grid]:
    """The paper's tables."""
    return [block for block in content.blocks if isinstance(block, Grid)]


def charts(content: Content) -> list[Chart]:
    """The paper's figures."""
    return [block for block in content.blocks if isinstance(block, Chart)]


def pick(draw: Random, found: list[Site]) -> Site | None:
    """One of the places, or None of none."""
    return draw.choice(found) if found else None


def following(content: Content, block: Block) -> Block | None:
    """The block after this one."""
    at = next(at for at, each in enumerate(content.blocks) if each is block)
    return content.blocks[at + 1] if at + 1 < len(content.blocks) else None
