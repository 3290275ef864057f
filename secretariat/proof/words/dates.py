"""Dates and months as people print them in prose and in the heads of tables."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from secretariat.plain.dates import MONTH_NAMES, WEEKDAY_NAMES, month_number
from secretariat.plain.months import Month

# Every gap is bounded, so that a page of spaces costs no more than a page of words.
_GAP: Final = r"[\s\u00a0]{1,3}"
_OPEN: Final = r"[\s\u00a0]{0,3}"
_SHORT_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
_SHORT_DAYS: Final = ("Mon", "Tues", "Tue", "Weds", "Wed", "Thurs", "Thur", "Thu", "Fri", "Sat", "Sun")
_NOT_ONLY_MONTHS: Final = ("march", "may")


def _printed(words: Sequence[str]) -> str:
    return "|".join(word for each in words for word in (each, each.upper()))


_FULL: Final = _printed(MONTH_NAMES)
_LOWER: Final = "|".join(name.lower() for name in MONTH_NAMES if name.lower() not in _NOT_ONLY_MONTHS)
_SHORT: Final = rf"(?:{_printed(_SHORT_MONTHS)})(?![A-Za-z])\.?"
_MONTH: Final = rf"(?P<month>(?:{_FULL}|{_LOWER})(?![A-Za-z])|{_SHORT})"
_WEEKDAY: Final = rf"(?:{'|'.join(map(re.escape, (*WEEKDAY_NAMES, *_SHORT_DAYS)))})"
_YEAR: Final = r"(?:(?:19[1-9]|2[01][0-9])[0-9]|['’‘][0-9]{2})(?![0-9]|[.,][0-9]|/[0-9]{2}(?![0-9/]))"
# A scanned "th" is often read as a quotation mark or a star.
_NTH: Final = r"(?:\s?(?:st|nd|rd|th|ST|ND|RD|TH)\b|[\"”“*º])?"
_NUMBER: Final = r"(?<![0-9A-Za-z_£$€#])(?<![0-9][.,/:])(?P<day>[0-9]{1,2})"

_DAY_FIRST: Final = re.compile(
    rf"(?:(?<![A-Za-z])(?P<weekday>{_WEEKDAY})\.?,?(?:{_GAP}the)?{_GAP})?{_NUMBER}{_NTH}"
    rf"(?:{_OPEN}[\-–]{_OPEN}|(?:{_GAP}of)?{_OPEN}){_MONTH}"
    rf"(?:(?:,?{_GAP}|{_OPEN}[\-–]{_OPEN}|(?=['’‘]))(?P<year>{_YEAR})|[\-–](?P<yy>[0-9]{{2}})(?![0-9]))?"
    rf"(?:{_OPEN}\((?P<after>{_WEEKDAY})\))?(?![A-Za-z0-9])"
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<![A-Za-z0-9_])(?:(?P<weekday>{_WEEKDAY})\.?,?{_GAP})?{_MONTH}{_GAP}(?P<day>[0-9]{{1,2}})"
    rf"(?:(?:st|nd|rd|th)?,?{_GAP}(?P<year>(?:19[1-9]|2[01][0-9])[0-9])(?![0-9])|(?:st|nd|rd|th)\b)"
)
_MONTH_YEAR: Final = re.compile(
    rf"(?<![A-Za-z0-9_]){_MONTH}(?:,?{_GAP}|{_OPEN}[\-–]{_OPEN}|(?=['’‘]))(?:of{_GAP})?(?P<year>{_YEAR})"
)
# "Feb 19" in prose may be a day or a year: the month is told, the number is not.
_MONTH_NUMBER: Final = re.compile(rf"(?<![A-Za-z0-9_])(?P<month>{_SHORT})(?:{_GAP}|-)[0-9]{{2}}(?![0-9])")
_MONTH_ALONE: Final = re.compile(rf"(?<![A-Za-z0-9_])(?P<month>{_FULL})(?![A-Za-z_]|-[a-z])")
_SLASHED: Final = re.compile(
    r"(?<![0-9A-Za-z_/.\-])(?:(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>(?:19[1-9]|2[01][0-9])[0-9])"
    r"|(?P<day2>[0-9]{2})/(?P<month2>[0-9]{2})/(?P<yy>[0-9]{2})"
    r"|(?P<day3>[0-9]{2})[.\-](?P<month3>[0-9]{2})[.\-](?P<year3>(?:19[1-9]|2[01][0-9])[0-9]))(?![0-9/A-Za-z_]|[.\-][0-9])"
)
_ISO: Final = re.compile(
    r"(?<![0-9A-Za-z_/.\-])(?P<year>(?:19[1-9]|2[01][0-9])[0-9])-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9A-Za-z_]|-[0-9])"
)
_FORMS: Final = (_ISO, _SLASHED, _DAY_FIRST, _MONTH_FIRST, _MONTH_YEAR, _MONTH_NUMBER, _MONTH_ALONE)

_JOINED: Final = re.compile(
    rf"(?:(?<![A-Za-z])(?P<weekday>{_WEEKDAY})\.?,?{_GAP})?{_NUMBER}{_NTH}"
    rf"(?P<joint>{_OPEN}[&–\-]{_OPEN}|{_GAP}(?:and|to|or|until|&){_GAP}|,{_GAP})$"
)
_NUMBERED: Final = re.compile(
    r"\b(?:meetings?|items?|ann?ex|appendix|sections?|tables?|figures?|versions?|releases?|papers?|pages?|parts?|"
    r"phases?|stages?|numbers?|nos?|clauses?|steps?|options?|batch|groups?)[.\s]*$",
    re.IGNORECASE,
)
# "May" is a month where a word that leads to one stands before it, or another month beside it.
_LEADS: Final = re.compile(
    r"(?:\b(?:in|of|by|since|until|till|during|from|to|and|or|last|this|next|for|early|late|mid|before|after|through|"
    r"between|throughout|previous|both|per|mid-|end-)\s*|[/–&-]\s?|[a-z]{3,9}(?:ary|ril|rch|ly|une|ust|ber),\s)$",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(rf"(?:,|\s*[/–&-]|\s+(?:and|to|or|until))\s*(?:{_FULL})\b|['’]s\b")
_COLUMN: Final = re.compile(
    rf"(?P<month>(?i:{'|'.join((*MONTH_NAMES, *_SHORT_MONTHS))}))\.?[\s\-–/'’,]*"
    r"(?P<year>(?:19[1-9]|20[0-9])[0-9]|[0-9]{2})"
)
_COLUMN_ISO: Final = re.compile(
    r"(?:(?P<year>(?:19[1-9]|2[01][0-9])[0-9])-(?P<month>[0-9]{2})|(?P<m>[0-9]{2})/(?P<y>20[0-9]{2}))"
)
_COLUMN_BARE: Final = re.compile(rf"(?P<month>(?i:{'|'.join((*MONTH_NAMES, *_SHORT_MONTHS))}))\.?")
_ANY: Final = re.compile(r"[0-9]|J[aAuU]|F[eE]|M[aA]|A[pPuU]|S[eE]|O[cC]|N[oO]|D[eE]")
_LONGEST_REMEMBERED: Final = 2000
_LONGEST_HEAD: Final = 24
_MOST_JOINED: Final = 12
_LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class Mention:
    """A date or month as printed at [start, end) of a text: each part that is told; weekdays from 0 for Monday."""

    start: int
    end: int
    text: str
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None

    @property
    def date(self) -> datetime.date | None:
        """The date, where day, month and year are told and there is such a day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return _day(self.year, self.month, self.day)

    @property
    def month_told(self) -> Month | None:
        """The month of the year, where both are told."""
        if self.year is None or self.month is None or not 1 <= self.month <= 12:
            return None
        return Month(self.year, self.month)

    @property
    def is_real(self) -> bool:
        """Whether the calendar has such a day: in some year, where none is told."""
        if self.month is None or not 1 <= self.month <= 12:
            return self.month is None
        return self.day is None or _day(self.year or _LEAP_YEAR, self.month, self.day) is not None

    def near(self, day: datetime.date) -> datetime.date | None:
        """The date; where no year is told, that of the years around the day that puts it nearest to it."""
        if self.year is not None or self.month is None or self.day is None:
            return self.date
        years = (day.year - 1, day.year, day.year + 1)
        found = [each for year in years if (each := _day(year, self.month, self.day)) is not None]
        return min(found, key=lambda each: abs(each - day), default=None)

    def month_near(self, day: datetime.date) -> Month | None:
        """The month; where no year is told, the one of the years around the day that is nearest to it."""
        if self.year is not None or self.month is None or not 1 <= self.month <= 12:
            return self.month_told
        middle = day.year * 12 + day.month
        year = min((day.year - 1, day.year, day.year + 1), key=lambda each: abs(each * 12 + (self.month or 0) - middle))
        return Month(year, self.month)


def mentions(text: str) -> list[Mention]:
    """Every date and month in the text, in order, none overlapping, in time linear in its length.

    "12th and 26th July 2017" gives two; "28 February to 2 March 2020" gives the first without a year, as printed. A
    month's name alone is one, save "May" where it may be the verb.
    """
    return list(_remembered(text) if len(text) <= _LONGEST_REMEMBERED else _mentions(text))


# Several rules ask the same paragraphs.
@lru_cache(maxsize=4096)
def _remembered(text: str) -> tuple[Mention, ...]:
    return _mentions(text)


def _mentions(text: str) -> tuple[Mention, ...]:
    if _ANY.search(text) is None:
        return ()
    taken = bytearray(len(text))
    found: list[Mention] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(taken[match.start() : match.end()]) or (form is _MONTH_ALONE and not _is_month(text, match)):
                continue
            for each in _told(text, match, taken):
                taken[each.start : each.end] = b"\x01" * (each.end - each.start)
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def column_month(text: str) -> Month | None:
    """The month that a column's head names: "Feb 19", "Sept- 19", "Mar-18", "2018-02", "February 2020"; else None."""
    head = " ".join(text.split())
    if not head or len(head) > _LONGEST_HEAD:
        return None
    if worded := _COLUMN.fullmatch(head):
        return _month(_full_year(worded["year"]), _number(worded["month"]))
    if numbers := _COLUMN_ISO.fullmatch(head):
        return _month(int(numbers["year"] or numbers["y"]), int(numbers["month"] or numbers["m"]))
    return None


def month_name(text: str) -> int | None:
    """The month, 1 to 12, that a head names without a year: "Sept"; else None."""
    bare = _COLUMN_BARE.fullmatch(text.strip()) if len(text) <= _LONGEST_HEAD else None
    return _number(bare["month"]) if bare else None


def column_months(head: Sequence[Sequence[str]]) -> tuple[Month | None, ...]:
    """The months that the columns under these head rows stand for, None where a column is not a month's.

    A row of years over a row of months' names is read as one: a year stands for its own column and those after it,
    until another stands there.
    """
    width = max((len(row) for row in head), default=0)
    told: list[Month | None] = [None] * width
    for row in head:
        for at, text in enumerate(row):
            told[at] = told[at] or column_month(text)
    return tuple(told) if any(told) else _under_years(head, width)


def _under_years(head: Sequence[Sequence[str]], width: int) -> tuple[Month | None, ...]:
    years = next((row for row in head if any(re.fullmatch(r"20[0-9]{2}", text.strip()) for text in row)), None)
    names = next((row for row in head if sum(_COLUMN_BARE.fullmatch(text.strip()) is not None for text in row) > 1), ())
    told: list[Month | None] = [None] * width
    year: int | None = None
    for at, text in enumerate(names if years is not None else ()):
        above = years[at].strip() if years is not None and at < len(years) else ""
        year = int(above) if re.fullmatch(r"20[0-9]{2}", above) else year
        bare = _COLUMN_BARE.fullmatch(text.strip())
        told[at] = _month(year, _number(bare["month"])) if bare and year is not None else None
    return tuple(told)


def _told(text: str, match: re.Match[str], taken: bytearray) -> Iterator[Mention]:
    """The mention that a match is, after those that share its month and year."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    day = groups.get("day") or groups.get("day2") or groups.get("day3")
    month = groups.get("month") or groups.get("month2") or groups.get("month3")
    year = groups.get("year") or groups.get("year3") or groups.get("yy")
    number = _number(month) if month else None
    if match.re is _SLASHED and number is not None and number > 12 and int(day or 0) <= 12:
        return  # the month stands first, as in American papers: not ours to read
    weekday = groups.get("weekday") or groups.get("after")
    start, end = match.span()
    if match.re in (_MONTH_YEAR, _MONTH_NUMBER, _DAY_FIRST) and text[end - 1] == ".":
        end -= 1  # the full stop of a sentence, not of "Feb."
    full = _full_year(year) if year else None
    if match.re is _DAY_FIRST and day:
        yield from _joined(text, start, number, full, taken)
    yield Mention(start, end, text[start:end], full, number, int(day) if day else None, _weekday(weekday))


def _joined(text: str, start: int, month: int | None, year: int | None, taken: bytearray) -> Iterator[Mention]:
    """The days before "and 26th July 2017" that share its month: the nearest is not joined by a comma."""
    at = start
    for step in range(_MOST_JOINED):
        window = max(0, at - 40)
        before = _JOINED.search(text[window:at])
        if before is None or any(taken[window + before.start() : at]) or not 1 <= int(before["day"]) <= 31:
            return
        if (step == 0 and before["joint"].startswith(",")) or _NUMBERED.search(
            text[max(0, window - 12) : window + before.start()]
        ):
            return
        at = window + before.start()
        end = window + before.start("joint")
        yield Mention(at, end, text[at:end], year, month, int(before["day"]), _weekday(before["weekday"]))


def _is_month(text: str, match: re.Match[str]) -> bool:
    if match["month"].lower() != "may":
        return True
    return bool(_LEADS.search(text[max(0, match.start() - 14) : match.start()]) or _BESIDE.match(text, match.end()))


def _number(month: str) -> int:
    return int(month) if month.isdigit() else month_number(month.rstrip("."))


def _weekday(name: str | None) -> int | None:
    if name is None:
        return None
    return next(at for at, full in enumerate(WEEKDAY_NAMES) if full.startswith(name[:3]))


def _full_year(year: str) -> int:
    digits = int(year.lstrip("'’‘"))
    if digits > 99:
        return digits
    return digits + (2000 if digits < 70 else 1900)


def _month(year: int, month: int) -> Month | None:
    return Month(year, month) if 1 <= month <= 12 else None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
