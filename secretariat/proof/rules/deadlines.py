"""Rules about Working Days counted under the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from secretariat.plain.dates import long_date
from secretariat.plain.workdays import OutsideCalendarError, default_calendar
from secretariat.proof.findings import Judged, Kind, Placed, Remark, Severity, rule
from secretariat.proof.paper import Item, Paper, Paragraph, Row, Table
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.quantities import cell_number
from secretariat.proof.words.said import around, said, sentences

_WORDS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_DAYS: Final = (
    rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_WORDS)})(?:\s?\([0-9a-z]{{1,9}}\))?[\s-]{{1,3}}"
    r"(?:working|business)[\s-]day(?:s|s’|s')?\b"
)
_COUNT: Final = re.compile(rf"\b{_DAYS}", re.IGNORECASE)
# Between a count and the day that it is counted from; and between that and the day arrived at.
_FROM: Final = re.compile(
    r"^\s{1,3}(?:(?:after|from|following|of|before|prior\s+to|ahead\s+of|in\s+advance\s+of)\b[^.;]{0,60}?|\()"
    r"(?:\s|\()(?:on\s|the\s)?$",
    re.IGNORECASE,
)
_LATER: Final = re.compile(r"^\s{1,3}(?:later|earlier|afterwards|thereafter)\b", re.IGNORECASE)
_BACKWARDS: Final = re.compile(r"^\s{1,3}(?:before|prior|earlier|ahead|in\s+advance)\b", re.IGNORECASE)
_SPAN: Final = re.compile(r"\b(?:from|between|open(?:s|ed)?(?:\s+on)?|issued\s+on|runs?)\b", re.IGNORECASE)
_SPANNING: Final = re.compile(
    r"[\s,;:(–-]{1,4}(?:running\s|starting\s|beginning\s)?(?:from|between|on)\b", re.IGNORECASE
)
_THAT_DAY: Final = re.compile(
    r"\s{1,3}(?:before|after|from|prior\sto|ahead\sof|following)\s(?:it|that|then|this|(?:the|that|this)\s(?:next\s)?"
    r"(?:meeting|date|day|event|deadline))\b",
    re.IGNORECASE,
)
_THEREFORE: Final = re.compile(
    r"\b(?:therefore|thus|hence|accordingly|so)\b[^.;]{0,80}\b(?:due|by|until|close\w*|end\w*|no\slater\sthan|must)\b",
    re.IGNORECASE,
)
_SO: Final = re.compile(
    r"[\s,;:(–-]{1,3}(?:and\s)?(?:so\s|that\sis,?\s|i\.e\.,?\s|namely\s|closing\s|ending\s|falls\s)?(?:by|on|is|to|until|no\slater\sthan)?\s?"
    r"(?:5\s?pm\s)?(?:on\s)?(?:the\s)?",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\b(?:at\s+least|up\s+to|no\s+(?:more|fewer|less|later|earlier)\s+than|not\s+less\s+than|within|about|around|approximately|"
    r"minimum|maximum|more\s+than|fewer\s+than|less\s+than|over|under|of\s+which)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_STARTS: Final = re.compile(
    r"\b(?:start|starts|from|open|opens|opened|issued?|sent|begins?|raised|received|published)\b", re.IGNORECASE
)
_ENDS: Final = re.compile(
    r"\b(?:end|ends|to|clos\w+|until|due|deadline|finish\w*|completed?|responded|responses?)\b", re.IGNORECASE
)
# What may stand between the second day of a span and its length.
_LASTING: Final = re.compile(
    r"[\s,;:(–-]{0,4}(?:a\s(?:period|total)\sof\s|which\sis\s|i\.e\.\s|that\sis\s|for\s|lasting\s|being\s)?"
)
_UNTIL: Final = re.compile(r"\s{0,3}(?:to|until|[–-])\s{0,3}(?:5\s?pm\s)?(?:on\s)?")
_LENGTH: Final = re.compile(r"\b(?:working|business)\s+days\b|^\(?WDs?\)?$", re.IGNORECASE)
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class _Stated:
    """So many Working Days said to lie between two days."""

    where: Placed
    text: str
    count: int
    start: date
    end: date


@rule("working-days", Kind.DEADLINES)
def working_days(paper: Paper) -> Judged:
    """A day said to be so many Working Days from another is, under the bank holidays of England and Wales.

    Looked at: a sentence with a count of Working Days and two dates ("will close on 6 July 2017, 10 Working Days after
    22 June 2017", "open from ... to ..., 15 Working Days", "issued on ..., and implemented on ..., 5 Working Days
    later"), and tables with columns for the start, the end and the Working Days. The day after the start is day 1;
    where the count holds only with the start as day 1, that is a query, since both are usual. A day so counted that
    is a weekend or a bank holiday is a query. Left alone: "at least", "within" and the like, dates without a year, and
    days outside the years of the calendar.

    Example: "closes on 7 July 2017, 10 Working Days after 22 June 2017": the tenth Working Day is 6 July 2017.
    """
    for stated in (*_in_prose(paper), *_in_lists(paper), *_in_tables(paper)):
        try:
            yield from _judged(stated)
        except OutsideCalendarError:
            continue


def _judged(stated: _Stated) -> Judged:
    calendar = default_calendar()
    start, end, count = stated.start, stated.end, stated.count
    step = 1 if end >= start else -1
    counted = abs(calendar.count(start, end))
    inclusive = counted + calendar.is_working_day(start)
    right = calendar.add(start, step * count)
    if count not in {counted, inclusive}:
        yield Remark(
            stated.where, stated.text,
            f"{count} Working Days {'after' if step > 0 else 'before'} {long_date(start)} is {long_date(right)}; "
            f"{long_date(end)} is {counted}.",
            f"{long_date(right)}, or {counted} Working Days",
        )  # fmt: skip
    elif not calendar.is_working_day(end):
        yield Remark(
            stated.where, stated.text, f"{long_date(end)} is not a Working Day.", f"{long_date(right)}", Severity.QUERY
        )
    elif count != counted:
        yield Remark(
            stated.where, stated.text,
            f"The count holds only if {long_date(start)} is itself day 1; counted from the day after, it is {counted}.",
            f"{long_date(right)}, or {counted} Working Days", Severity.QUERY,
        )  # fmt: skip


def _in_prose(paper: Paper) -> Iterator[_Stated]:
    for each in said(paper):
        if "ay" not in each.text:
            continue
        before = ""
        for sentence in sentences(each.text):
            yield from _in_sentence(each.where, sentence, before)
            before = sentence


def _in_sentence(where: Placed, sentence: str, before: str) -> Iterator[_Stated]:
    counts = list(_COUNT.finditer(sentence[:_LONGEST]))
    if not counts and _THEREFORE.search(sentence[:_LONGEST]):
        yield from _concluded(where, before, sentence)
    if len(counts) != 1:
        return
    count = counts[0]
    dates = [told for told in mentions(sentence[:_LONGEST]) if told.date]
    pair = (
        _bound(sentence, count, dates) or _spanned(sentence, count, dates) or _of_before(sentence, count, dates, before)
    )
    if pair is None:
        return
    first, last = min(count.start(), dates[0].start), max(count.end(), dates[-1].end)
    yield _Stated(where, around(sentence, first, last, max(140, last - first)), _number(count["count"]), *pair)


def _concluded(where: Placed, before: str, sentence: str) -> Iterator[_Stated]:
    """ "N Working Days from A" in one sentence, and in the next "therefore due by B"."""
    counts = list(_COUNT.finditer(before[-_LONGEST:]))
    started = [told for told in mentions(before[-_LONGEST:]) if told.date]
    ended = [told for told in mentions(sentence[:_LONGEST]) if told.date]
    if not (len(counts) == len(started) == len(ended) == 1) or _ABOUT.search(before[: counts[0].start()]):
        return
    after = before[-_LONGEST:][counts[0].end() :]
    near = after[: max(0, started[0].start - counts[0].end())]
    pair = _directed(after, started[0], ended[0]) if _FROM.match(near) else None
    if pair is not None:
        yield _Stated(where, around(sentence, ended[0].start, ended[0].end), _number(counts[0]["count"]), *pair)


def _bound(sentence: str, count: re.Match[str], dates: Sequence[Mention]) -> tuple[date, date] | None:
    """ "N Working Days after A" with the day arrived at beside it: ", by B" or ", on B", or "B, " before it."""
    after = [told for told in dates if told.start >= count.end()]
    if not after or not _FROM.match(sentence[count.end() : after[0].start]):
        return None
    told = sentence[count.end() :]
    about = _ABOUT.search(sentence[: count.start()])
    if len(after) > 1 and _SO.fullmatch(sentence[after[0].end : after[1].start]):
        return _directed(told, after[0], after[1]) if about is None or about[0].lower().startswith("within") else None
    earlier = [told for told in dates if told.end <= count.start()]
    return _directed(told, after[0], earlier[-1]) if earlier and about is None and len(after) == 1 else None


def _spanned(sentence: str, count: re.Match[str], dates: Sequence[Mention]) -> tuple[date, date] | None:
    """ "from A to B, N Working Days", "A, and B, N Working Days later", "N Working Days, from A to B"."""
    if len(dates) != 2 or _ABOUT.search(sentence[: count.start()]):
        return None
    one, two = dates
    if count.end() <= one.start:
        return _days(one, two) if _SPANNING.match(sentence[count.end() : one.start]) else None
    if count.start() >= two.end:
        if _LATER.match(sentence[count.end() :]):
            return _days(one, two)
        spans = _SPAN.search(sentence[: one.start]) or _UNTIL.fullmatch(sentence[one.end : two.start])
        return _days(one, two) if spans and _LASTING.fullmatch(sentence[two.end : count.start()]) else None
    between = sentence[count.end() : two.start]
    return _days(one, two) if re.search(r"\b(?:later|afterwards)\b[^.;]{0,30}$", between) else None


def _of_before(sentence: str, count: re.Match[str], dates: Sequence[Mention], before: str) -> tuple[date, date] | None:
    """ "by B, N Working Days before it", where the sentence before tells the day A."""
    told = [each for each in mentions(before) if each.date]
    if len(dates) != 1 or len(told) != 1 or not _THAT_DAY.match(sentence[count.end() :]):
        return None
    near = dates[0].end <= count.start() and _LASTING.fullmatch(sentence[dates[0].end : count.start()])
    return _directed(sentence[count.end() :], told[0], dates[0]) if near else None


def _days(start: Mention, end: Mention) -> tuple[date, date] | None:
    return (start.date, end.date) if start.date and end.date else None


def _directed(after: str, start: Mention, end: Mention) -> tuple[date, date] | None:
    """The pair, unless the days stand the other way about than "after" or "before" says."""
    pair = _days(start, end)
    return pair if pair and (pair[1] < pair[0]) == bool(_BACKWARDS.match(after)) else None


def _in_lists(paper: Paper) -> Iterator[_Stated]:
    """A day that something starts on, and in the next line the day that it ends on with its Working Days."""
    for one, two in pairwise(block for block in paper.blocks if isinstance(block, Item | Paragraph)):
        counts = list(_COUNT.finditer(two.text)) if len(two.text) < _LONGEST else []
        if len(counts) != 1 or len(one.text) > _LONGEST or _ABOUT.search(two.text[: counts[0].start()]):
            continue
        started, ended = mentions(one.text), mentions(two.text)
        if len(started) == len(ended) == 1 and _STARTS.search(one.text) and _ENDS.search(two.text):
            start, end = started[0].date, ended[0].date
            if start and end and start <= end and not _FROM.search(two.text[counts[0].end() :]):
                yield _Stated(two, two.text[:140], _number(counts[0]["count"]), start, end)


def _number(count: str) -> int:
    return int(count) if count.isdigit() else _WORDS.index(count.lower()) + 1


def _in_tables(paper: Paper) -> Iterator[_Stated]:
    for table in paper.each(Table):
        heads = [" ".join(row.texts[at] for row in table.head if at < len(row.cells)) for at in range(table.width)]
        lengths = [at for at, head in enumerate(heads) if _LENGTH.search(head.strip())]
        starts = [at for at, head in enumerate(heads) if at not in lengths and _STARTS.search(head)]
        ends = [at for at, head in enumerate(heads) if at not in (*lengths, *starts) and _ENDS.search(head)]
        if len(lengths) == len(starts) == len(ends) == 1:
            for row in table.rows:
                yield from _in_row(row, starts[0], ends[0], lengths[0])


def _in_row(row: Row, start: int, end: int, length: int) -> Iterator[_Stated]:
    first, last = _only_date(row, start), _only_date(row, end)
    number = cell_number(row.texts[length]) if length < len(row.cells) else None
    if first and last and first <= last and number is not None and number == int(number):
        text = f"{row.label}: {row.texts[start]}, {row.texts[end]}, {row.texts[length]}"
        yield _Stated(row, text[:140], int(number), first, last)


def _only_date(row: Row, at: int) -> date | None:
    told = mentions(row.texts[at]) if at < len(row.cells) else []
    return told[0].date if len(told) == 1 else None
