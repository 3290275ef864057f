"""Printed lines told apart by their own words: rows of numbers, months, dates, items, numbered headings, prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.proof.paper import Place
from secretariat.proof.readers.captions import caption_of
from secretariat.proof.readers.headings import split_number
from secretariat.proof.readers.lines import Line

_LONGEST: Final = 400
_LONGEST_HEADING: Final = 14
_HIGHEST_SECTION: Final = 60
_MOST_CORNER: Final = 5
SUMMING: Final = frozenset(("total", "totals", "average", "mean", "change", "ytd", "variance"))

_MONTH: Final = "|".join(sorted({*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES), "Sept"}, key=len, reverse=True))
_MONTH_NAME: Final = re.compile(rf"(?:{_MONTH})\.?", re.IGNORECASE)
_MONTH_CELL: Final = re.compile(
    rf"(?P<month>{_MONTH})\.?(?P<joint>[-–—'’]?)(?P<year>(?:20|19)?\d\d)?[-–—]?", re.IGNORECASE
)
_YEAR: Final = re.compile(r"[-–—'’]?(?P<year>(?:19|20)?\d\d)")
_NUMBER: Final = re.compile(
    r"[(+−–-]{0,2}[£$€]?(?:\d{1,3}(?:,\d{3})+|0(?!\d)|[1-9]\d{0,11})(?:\.\d+)?(?:%|[kKm]|bn)?\)?[*†‡]?"
)
_NOTHING: Final = frozenset(("-", "–", "—", "O", "o", "N/A", "n/a", "Nil", "nil"))
_SCANNED: Final = str.maketrans({"|": " ", "¦": " "})
_DAY: Final = (
    r"(?:\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th|[\"”*])?\s(?:{_MONTH})(?-i:(?![a-z]))(?:\s(?:19|20)\d\d(?!\d))?)"
)
_CODED: Final = re.compile(r"[A-Z]{1,6}[ -]?\d{2,6}(?:/\d{1,3})?\s")
_DAY_CELL: Final = re.compile(_DAY, re.IGNORECASE)
_STARTS_WITH_DAY: Final = re.compile(rf"(?P<day>{_DAY})(?P<rest>.*)", re.IGNORECASE)
_HAS_DAY: Final = re.compile(
    r"(?P<label>.*?)(?<![\w/.\-])(?P<day>\d{1,2}/\d{1,2}/(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|N/A)(?![\w/\-])(?P<rest>.*)"
)
_LEADS_TO_DAY: Final = re.compile(
    r"\b(?:on|by|of|until|till|to|from|before|after|since|the|at|between|dated|for|in|is|was|are|be)$"
)
_BULLET: Final = re.compile(r"(?P<mark>[•●○◦▪■□‣⁃∙·»«¢➢➤✓✔❖]|[*–—-](?=\s)|o(?=\s+[A-Z0-9]))\s*(?P<words>\S.*)")
_CLAUSE: Final = re.compile(r"(?P<mark>[1-9]\d?(?:\.[1-9]\d?){1,3})\.?\s+(?P<words>[A-Z“‘].*)")
_LETTERED: Final = re.compile(
    r"(?P<mark>\((?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)|[a-z]\.)\s+(?P<words>\S.*)"
)
_POINT: Final = re.compile(r"(?P<mark>\d{1,2}\.)\s+(?P<words>\S.*)")
_SMALL_POINT: Final = re.compile(r"(?P<mark>\d{1,2}\.)\s+(?P<words>[a-z].*)")
_HASHED: Final = re.compile(r"(?P<hashes>#{1,6})\s+(?P<words>\S.*)")
_CODES: Final = re.compile(
    r"\b(?:Meetings?|Releases?|Versions?|Tables?|Figures?|Sections?|Appendix|Annex|Parts?|Phases?|Pages?|Stages?|No\.?|"
    r"Batch|Items?|Schedules?|Clauses?|Drop|Option|Chapter|Group|Level|v)$"
)
_URL: Final = re.compile(r"(?:https?://|www\.)\S+")
_WIDE_GAP: Final = re.compile(r"\t|\s{3,}")
_MARK: Final = re.compile(r"(?:(?:[^\w\s]|o|\(?[a-z0-9]{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){0,3}\.?)\s+)?")
_GAPS: Final = re.compile(r"\t+|(?<![.:;!?\s])\s{2,}|(?<=[.:;!?])\s{3,}")
_ENDED: Final = re.compile(r"[.!?][)’”'\"]?$")
_INTRODUCES: Final = re.compile(r"[:;][)’”'\"]?$")


class Sort(Enum):
    """What a printed line is on its own: words that may be a heading, a cell or part of a sentence are WORDS."""

    WORDS = auto()
    PROSE = auto()
    HEADING = auto()
    ITEM = auto()
    CAPTION = auto()
    LINK = auto()
    ROW = auto()
    NUMBERS = auto()
    MONTHS = auto()


@dataclass(slots=True)
class Printed:
    """A line with what was made of it: its words without doubled spaces, what it is, the label and numbers of a row.

    `tight` says that no blank line stands before it where the paper could have one; `joined` that it goes on with the
    block of the line before; `running` that it is a head or foot of every page; `dated` that it stands in a table
    whose rows are told by days.
    """

    line: Line
    words: str
    sort: Sort = Sort.WORDS
    mark: str = ""
    said: str = ""
    level: int = 0
    values: tuple[str, ...] = ()
    tight: bool = False
    joined: bool = False
    running: bool = False
    dated: bool = False

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.line.page, self.line.number)

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return _ENDED.search(self.words[-3:]) is not None

    @property
    def introduces(self) -> bool:
        """Whether it ends as a sentence that a list or table follows, or as an item that another follows."""
        return _INTRODUCES.search(self.words[-3:]) is not None

    @property
    def lower(self) -> float:
        """The share of its words that start small: high in prose, low in headings and cells."""
        words = [word for word in self.words.split() if word[0].isalpha()]
        return sum(word[0].islower() for word in words) / len(words) if words else 0


def told(line: Line) -> Printed:
    """The line with what its own words say it is; prose and unnumbered headings need their neighbours."""
    words = " ".join(line.text.split())
    made = Printed(line, words, said=words)
    readings = (_link, _hashed, _caption, _item, _heading, _row) if len(words) <= _LONGEST else (_item,)
    for reads in (_row,) if apart(line.text) and not line.text.strip().startswith("#") else readings:
        if reads(made):
            break
    return made


def cells(text: str) -> list[str]:
    """The cells that gaps of two spaces or a tab part; one space more is wanted after a full stop."""
    return [part for part in map(str.strip, _GAPS.split(text.strip())) if part]


def apart(text: str) -> bool:
    """Whether a tab or a gap of three spaces parts the text: no sentence has one, save after its bullet or number."""
    text = text.strip()
    return _WIDE_GAP.search(text, _MARK.match(text).end()) is not None  # type: ignore[union-attr]


def indent(line: Printed) -> int:
    """How many spaces stand before the line."""
    return len(line.line.text) - len(line.line.text.lstrip())


def numbers(words: str) -> tuple[str, tuple[str, ...]]:
    """The label and the numbers at the end of a row, as printed but for the rules of a scanned table.

    "Advice | 98| 102" is ("Advice", ("98", "102")); a dash or a letter O counts as a number among others.
    """
    parts = [_bare(part) for part in words.translate(_SCANNED).split()]
    parts = [part for part in parts if part]
    at = len(parts)
    while at and (_NUMBER.fullmatch(parts[at - 1]) or parts[at - 1] in _NOTHING):
        at -= 1
    found = parts[at:]
    count = sum(_NUMBER.fullmatch(part) is not None for part in found)
    if count < len(found) and (count < 2 or count * 4 < len(found)):
        while found and found[0] in _NOTHING:
            found, at = found[1:], at + 1
        if any(part in _NOTHING for part in found) or not found:
            return " ".join(parts), ()
    return " ".join(parts[:at]), tuple(found)


def months(words: str) -> list[str]:
    """The heads of columns on a line that holds nothing but months and their years; else none."""
    made: list[str] = []
    for part in words.translate(_SCANNED).split():
        year = _YEAR.fullmatch(part)
        if _MONTH_CELL.fullmatch(part):
            made.append(part)
        elif year and made and not made[-1][-1].isdigit():
            made[-1] = with_year(made[-1], part)
        else:
            return []
    return made


def with_year(month: str, year: str) -> str:
    """A month's head with the year under or after it: "Sept-" and "19" are "Sept-19"; "Feb" and "19" are "Feb 19"."""
    hyphen = month.endswith(("-", "–", "—")) or year.startswith(("-", "–", "—"))
    return f"{month.rstrip('-–—')}{'-' if hyphen else ' '}{year.lstrip('-–—')}"


def coded(words: str) -> bool:
    """Whether the words start with a reference such as "DCP 326", as the rows of a register do."""
    return _CODED.match(words) is not None


def is_value(words: str) -> bool:
    """Whether the words are one number, percentage or day, as a cell holds."""
    return _NUMBER.fullmatch(words) is not None or _DAY_CELL.fullmatch(words) is not None


def is_year(words: str) -> bool:
    """Whether the words are a year of two or four digits, as under a month."""
    return _YEAR.fullmatch(words) is not None


def day_cell(words: str) -> tuple[str, str, str] | None:
    """What stands before a day, the day, and what stands after, where the day is a cell and not part of a sentence."""
    words = " ".join(words.translate(_SCANNED).split())
    found = _HAS_DAY.match(words[:_LONGEST])
    if found is None:
        return None
    label = found["label"].strip().removesuffix(" -").removesuffix(" –").strip()
    names = not any(word[0].islower() for word in label.split())
    ends_row = not found["rest"].strip() and label[label.rfind(" ") + 1 :][:1].isupper()
    few = ends_row or sum(word[0].islower() for word in label.split()) * 2 <= len(label.split())
    if (
        label.endswith((".", ":", ";"))
        or (label.endswith(",") and not names)
        or _LEADS_TO_DAY.search(label)
        or not few
        or len(label) > 90
    ):
        return None
    if found["rest"].startswith(":") or (not label and found["rest"].startswith((",", ".", ")"))):
        return None
    return label, found["day"], found["rest"].strip(" –—-")


def day_first(words: str) -> tuple[str, str] | None:
    """The day that a line of a calendar starts with and the event after it, also where no space parts them."""
    found = _STARTS_WITH_DAY.fullmatch(words) if len(words) <= _LONGEST else None
    if found is None or found["rest"][:1].islower() or found["rest"][:1] in {",", ".", ";", ")"}:
        return None
    rest = found["rest"].strip(" :–—-")
    return (found["day"], rest) if rest and not rest[0].islower() else None


def starts_with_day(words: str) -> bool:
    """Whether the words start with a day."""
    return _STARTS_WITH_DAY.match(words[:40]) is not None


def is_day(words: str) -> bool:
    """Whether the words are a day or a month of a year and nothing else."""
    found = _STARTS_WITH_DAY.fullmatch(words) if len(words) <= 40 else None
    return bool(found and not found["rest"].strip(" .")) or bool(months(words))


def _bare(part: str) -> str:
    part = part.strip("[]{}")
    if part.count("(") != part.count(")"):
        part = part.strip("()")
    return part


def _link(made: Printed) -> bool:
    found = _URL.fullmatch(made.words)
    made.sort = Sort.LINK if found else made.sort
    return found is not None


def _hashed(made: Printed) -> bool:
    if found := _HASHED.fullmatch(made.words):
        made.sort, made.level = Sort.HEADING, len(found["hashes"])
        made.mark, made.said = split_number(found["words"])
    return found is not None


def _caption(made: Printed) -> bool:
    if caption_of(made.words) is None:
        return False
    made.sort = Sort.CAPTION
    return True


def _item(made: Printed) -> bool:
    found = _BULLET.fullmatch(made.words) or _LETTERED.fullmatch(made.words) or _SMALL_POINT.fullmatch(made.words)
    if found is None or _NUMBER.fullmatch(made.words.replace(" ", "")) or _all_numbers(found["words"]):
        return False
    made.sort, made.mark, made.said = Sort.ITEM, found["mark"], found["words"]
    made.level = 2 if made.mark in {"o", "○", "◦"} else 1
    return True


def _all_numbers(words: str) -> bool:
    label, values = numbers(words)
    return bool(values) and not label


def _heading(made: Printed) -> bool:
    """A numbered heading is short, starts with a capital and does not end as a sentence; else a point of a list."""
    number, said = split_number(made.words)
    point = _POINT.fullmatch(made.words)
    if not number or not said[0].isupper() or _STARTS_WITH_DAY.match(made.words[:40]):
        return False
    parts = number.split(".")
    if any(part.isdigit() and (part.startswith("0") or int(part) > _HIGHEST_SECTION) for part in parts):
        return False
    label, values = numbers(said)
    listed = point or _CLAUSE.fullmatch(made.words)
    introduces = said.endswith(":") and len(parts) > 1
    if len(said.split()) > _LONGEST_HEADING or made.ended or said.endswith((",", ";")) or len(values) > 1 or introduces:
        if listed and not values:
            made.sort, made.mark, made.said, made.level = Sort.ITEM, listed["mark"], listed["words"], 1
        return made.sort is Sort.ITEM
    if number.isdigit() and not point and (values or len(label) > 70):
        return False
    made.sort, made.mark, made.said, made.level = Sort.HEADING, number, said, len(parts)
    return True


def _cornered(words: str) -> tuple[str, tuple[str, ...]] | None:
    """The words over the labels, and three months or more on the same line, with what sums them."""
    parts = words.translate(_SCANNED).split()
    first = next((at for at, part in enumerate(parts[:_MOST_CORNER]) if _MONTH_CELL.fullmatch(part)), None)
    if first is None:
        return None
    last = len(parts)
    while last > first and parts[last - 1].lower() in SUMMING:
        last -= 1
    heads = months(" ".join(parts[first:last]))
    return (" ".join(parts[:first]), (*heads, *parts[last:])) if len(heads) >= 3 else None


def _row(made: Printed) -> bool:
    """A row ends in numbers that are not the end of a date, a reference or a telephone number."""
    if heads := months(made.words):
        made.sort, made.said, made.values = Sort.MONTHS, "", tuple(heads)
        return True
    if (corner := _cornered(made.words)) is not None:
        made.sort, made.said, made.values = Sort.MONTHS, *corner
        return True
    label, values = numbers(made.words)
    if not values:
        return False
    if not label:
        made.sort, made.values = Sort.NUMBERS, values
        return True
    last = label.split()[-1]
    coded = len(values) < 3 and (_CODES.search(label) is not None or label.startswith("+"))
    if ":" in label.rstrip(":") or _MONTH_NAME.fullmatch(last.strip(",")) or coded or not label[0].isalnum():
        return False
    made.sort, made.said, made.values = Sort.ROW, label, values
    return True
