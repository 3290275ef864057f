"""The months a paper reports on, told by its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.plain.months import Month
from secretariat.proof.paper import Block, Item, Paragraph, Period, Table
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.said import table_months, words

_TITLE_BLOCKS: Final = 14
_REPORTING: Final = re.compile(r"report|update|newsletter|bulletin|dashboard|statistics", re.IGNORECASE)
_NOT_REPORTING: Final = re.compile(r"modification|change|impact", re.IGNORECASE)
_MONTHS: Final = "|".join(MONTH_NAMES)
_RANGE: Final = re.compile(
    rf"\b(?P<first>{_MONTHS})(?:\s{{1,3}}(?P<year>20[0-9]{{2}}))?\s{{0,3}}(?:to|[–\-]|until|through|and)\s{{0,3}}"
    rf"(?P<last>{_MONTHS})\s{{1,3}}(?P<end>20[0-9]{{2}})\b",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(
    r"\b(?:(?:Quarter|Q)\s?(?P<number>[1-4])|(?P<word>first|second|third|fourth)\s+quarter)\s{0,3},?\s{0,3}(?:of\s+)?(?:FY\s?)?"
    r"(?P<year>20[0-9]{2})(?:\s?[/–\-]\s?(?P<next>(?:20)?[0-9]{2}))?\b",
    re.IGNORECASE,
)
_TO_DAY: Final = re.compile(
    r"\b(?P<span>year|12\s+months|twelve\s+months|six\s+months|6\s+months|half[- ]year|quarter|three\s+months|"
    r"3\s+months|month)\s+(?:to|ending|ended|up\s+to)\s+(?=(?:the\s+)?(?P<end>[^.;]{4,30}))",
    re.IGNORECASE,
)
_FINANCIAL_YEAR: Final = re.compile(r"\b(?P<year>20[0-9]{2})\s?[/–\-]\s?(?P<next>(?:20)?[0-9]{2})\b")
_SPANS: Final = {"year": 12, "12": 12, "twelve": 12, "six": 6, "6": 6, "half": 6, "quarter": 3, "three": 3, "3": 3}
_ORDINALS: Final = ("first", "second", "third", "fourth")
_NOT_A_PERIOD: Final = re.compile(
    r"\s{0,3}(?:[A-Z]{2,8}\s)?(?:System\s)?(?:Releases?|meetings?|Panel|Board|Committee|workshops?|events?|implementation)\b",
    re.IGNORECASE,
)
_UNDERTAKEN: Final = re.compile(r"\b(?:in|during|for|over|throughout|month\s+of|period\s+of)\s{1,3}$", re.IGNORECASE)


def reported(
    front: dict[str, str], title: str, kind: str, blocks: Sequence[Block], dated: date | None
) -> Period | None:  # fmt: skip
    """The months reported on, by the front, the title, the purpose, the tables, or what the prose mostly speaks of."""
    if told := period_in(front.get("period", "")):
        return told
    if not _REPORTING.search(kind) or _NOT_REPORTING.search(kind):
        return None
    near = [words(block) for block in blocks[:_TITLE_BLOCKS] if not isinstance(block, Item)]
    alone = (text for text in near if len(text) <= 40 and re.fullmatch(r"\W*[A-Za-z]+\s20[0-9]{2}\W*", text))
    for text in (title, *alone):
        if found := period_in(text):
            return found
    purpose = (text for text in near if len(text) > 40)
    return _of_purpose(purpose) or _of_tables(blocks, dated) or _mostly(blocks, dated)


def period_in(text: str) -> Period | None:
    """The months that a title or a front line names: a month, a quarter, a financial year, "year to 31 March 2021"."""
    for reads in (range_in, quarter_in, _to_day):
        if found := reads(text):
            return found
    months = [each for each in mentions(text) if each.month_told and each.day is None and not _names_other(text, each)]
    if months and months[0].month_told:
        return Period(months[0].month_told, months[0].month_told, months[0].text)
    year = _FINANCIAL_YEAR.search(text) if re.search(r"\bannual|\byear", text, re.IGNORECASE) else None
    if year and int(year["next"]) % 100 == (int(year["year"]) + 1) % 100:
        return Period(Month(int(year["year"]), 4), Month(int(year["year"]) + 1, 3), year[0])
    return None


def _names_other(text: str, month: Mention) -> bool:
    """Whether the month names a release or a meeting, which lies in another month than the paper's."""
    return _NOT_A_PERIOD.match(text, month.end) is not None


def range_in(text: str) -> Period | None:
    """The first months told as "October to December 2023"."""
    if (found := _RANGE.search(text)) is None:
        return None
    names = [name.lower() for name in MONTH_NAMES]
    first, last, end = (
        names.index(found["first"].lower()) + 1,
        names.index(found["last"].lower()) + 1,
        int(found["end"]),
    )
    year = int(found["year"]) if found["year"] else end - (first > last)
    period = Period(Month(year, first), Month(end, last), found[0])
    return period if period.first <= period.last else None


def quarter_in(text: str) -> Period | None:
    """The first quarter named: of a year written 2024/25 begins in April, of one written 2024, in January."""
    if (found := _QUARTER.search(text)) is None:
        return None
    number = int(found["number"]) if found["number"] else _ORDINALS.index(found["word"].lower()) + 1
    first = Month(int(found["year"]), 4 if found["next"] else 1).plus(3 * (number - 1))
    return Period(first, first.plus(2), found[0])


def _to_day(text: str) -> Period | None:
    if (found := _TO_DAY.search(text)) is None:
        return None
    end = next((each for each in mentions(found["end"]) if each.month_told), None)
    if end is None or end.month_told is None:
        return None
    months = _SPANS.get(re.split(r"[\s-]", found["span"].lower())[0], 1)
    return Period(end.month_told.plus(1 - months), end.month_told, text[found.start() : found.start("end") + end.end])


def _of_purpose(texts: Iterable[str]) -> Period | None:
    for text in texts:
        for each in mentions(text):
            if each.month_told and each.day is None and _UNDERTAKEN.search(text[max(0, each.start - 14) : each.start]):
                whole = range_in(text[each.start : each.end + 40])
                return whole or (
                    None if _names_other(text, each) else Period(each.month_told, each.month_told, each.text)
                )
        if _TO_DAY.search(text) and (found := _to_day(text)):
            return found
    return None


def _of_tables(blocks: Sequence[Block], dated: date | None) -> Period | None:
    """The last month at the head of the tables, where all that run over months end with the same one."""
    ends = {months[-1] for table in blocks if isinstance(table, Table) and len(months := _run(table)) >= 3}
    last = ends.pop() if len(ends) == 1 else None
    if last is None or (dated is not None and last > Month.of(dated)):
        return None
    return Period(last, last, last.short)


def _run(table: Table) -> list[Month]:
    return [month for month in table_months(table) if month is not None]


def _mostly(blocks: Sequence[Block], dated: date | None) -> Period | None:
    """The month that "in January 2020" mostly names, told in three places at least, and not after the paper."""
    said: Counter[Month] = Counter()
    for block in blocks:
        if isinstance(block, Paragraph | Item):
            said.update({month for month in _spoken(block.text) if dated is None or month <= Month.of(dated)})
    for month, times in said.most_common(1):
        if times >= 3 and 2 * times > said.total():
            return Period(month, month, f"in {month.label}")
    return None


def _spoken(text: str) -> Iterator[Month]:
    for each in mentions(text):
        if each.month_told and each.day is None and _UNDERTAKEN.search(text[max(0, each.start - 14) : each.start]):
            yield each.month_told
