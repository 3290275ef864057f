"""Numbers as papers print them: in prose, as digits or words, and in the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number told in prose: its value, where and how it is printed, whether "about" or the like stands before it,
    and its unit: a currency's sign, "%" or ""."""

    value: Decimal
    start: int
    end: int
    text: str
    about: bool = False
    unit: str = ""


_ONES: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH: Final = {word: at for at, word in enumerate(_ONES)} | {word: 10 * at for at, word in enumerate(_TENS, 2)}
_SCALES: Final = {"thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9}

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY: Final = r"\b\d{1,2}(?:st|nd|rd|th|[\"'”’°*])?"
_CLOCK: Final = r"\b\d{1,2}(?:[:.]\d{2})?"
# A number after one of these names something, whatever follows it ("section 4 sets out").
_ALWAYS_NAMED: Final = (
    "sections? sub-?sections? appendi(?:x|ces) annex(?:es)? tables? figures? fig clauses? paragraphs? paras? "
    "schedules? chapters? pages? pp? versions? articles? footnotes? charts? graphs? exhibits? lines? rows? columns? "
    "volumes? rev nos? refs? ids? regulations? acts? directives?"
).replace(" ", "|")
# After one of these it names something unless counted things follow ("the group 12 times").
_OFTEN_NAMED: Final = (
    "parts? items? issues? releases? meetings? batch(?:es)? phases? steps? stages? tiers? levels? milestones? options? "
    "requirements? questions? number drop days? weeks? rules? notes? box(?:es)? rooms? floor gates? waves? tranches? "
    "lots? editions? drafts? revisions? amendments? cases? scenarios? tests? units? zones? areas? groups? bands? "
    "class(?:es)? codes? events? actions? references? papers? principles? objectives? recommendations? findings? "
    "risks? conditions? standards? quarters? terminals? runways?"
).replace(" ", "|")
_GOES_ON: Final = (
    r"(?!\s+(?!(?:and|or|to|of|in|is|are|was|were|has|have|on|for|as|by|at|with|which|that|above|below|also|will|may"
    r"|shall|should|can|respectively)\b)[a-z])"
)
_CHAIN: Final = rf"(?:(?:\s*,\s*|,?\s+(?:and|or|to)\s+|\s*[&–-]\s*)\d+(?:\.\d+)*\b(?!\s*%){_GOES_ON}){{0,30}}"
_NOT_QUANTITIES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+|www\.\S+|(?<!\S)\S{1,100}@\S+",
        r"(?<!\w)\w{0,80}_\w*",
        r"\b(?:v|V|R)\.?\s?\d+(?:\.\d+)*\b",
        r"(?<![A-Za-z])[A-Za-z][A-Za-z&]{0,30}[-–]?\d\w*(?:\.\d+)*(?:\(\w\))?",
        r"\b(?!TOTAL\b|ALL\b|WERE\b|OF\b|THE\b)[A-Z]{2,}s?\)?(?:[ \u00a0–-]+\d[\d.]*\b(?!%)(?!,\d{3})){1,6}" + _CHAIN,
        rf"(?:{_DAY}(?:\s*(?:,|and|&|to|-|–)\s*|\s+(?:of\s+)?)){{1,12}}(?:{_MONTH})(?:,?\s+\d{{4}}\b)?",
        rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?(?!\s+[a-z]{{2,}}s\b)(?![\d,.%]\d)",
        rf"\b{_MONTH},?[\s-]+\d{{4}}\b",
        r"\b\d{1,4}(?:[/.]\d{1,4}){2}\b|\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d+/\d+\b",
        rf"{_CLOCK}\s*(?:-|–|to)\s*{_CLOCK}\s*[ap]\.?m\b|{_CLOCK}\s*[ap]\.?m\b|\b\d{{1,2}}:\d{{2}}(?::\d{{2}})?\b",
        r"\+\d[\d ()-]{6,}|(?<![\d,.])\b0\d+(?:[ -]\d+)*\b(?!\.\d)",
        r"\b\d+(?:\.\d+){2,}|\b[Pp]age \d+ of \d+",
        r"(?<![\d.])\b\d[\d,.]{0,20}[-–]\d[\d,.]*%?",
        r"^\s*\(?\d+(?:\.\d+)*[.)]?(?=\s+[A-Z])(?<=[.)])|^\s*\d+(?:\.\d+)+(?=\s+[A-Z])",
        r"\b\d+(?:st|nd|rd|th)\b",
    )
)
_LABELLED: Final = re.compile(
    rf"\b(?:(?P<always>{_ALWAYS_NAMED})|{_OFTEN_NAMED})\.?[ \u00a0]+\(?(?P<number>\d+(?:\.\d+)*)\b{_CHAIN}",
    re.IGNORECASE,
)
_LABEL_BEFORE: Final = re.compile(rf"\b(?:{_ALWAYS_NAMED}|{_OFTEN_NAMED})\s+$", re.IGNORECASE)
_PLURAL_AFTER: Final = re.compile(
    r"\s+(?:[A-Z][\w-]+\s+){0,3}(?!(?:is|was|has|does|as|this|its)\b)[a-z]+(?:s|ren|ple)\b"
)
_ABOUT: Final = re.compile(
    r"(?:\b(?:approximately|approx\.?|about|around|roughly|circa|c\.|nearly|almost|over|under|above|below|some|up to"
    r"|close to|in excess of|(?:more|fewer|less|greater) than|at (?:least|most)|a minimum of|a maximum of"
    r"|just (?:over|under))|~|>|<)\s*(?:a\s+|the\s+)?$",
    re.IGNORECASE,
)
_DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_IN_DIGITS: Final = re.compile(
    rf"(?<![\w.,/£€$])(?P<sign>[-−](?=[\d£€$]))?(?P<money>[£€$]\s?)?(?P<digits>{_DIGITS})"
    r"(?:\s?(?P<percent>%|per\s?cent\b|percentage points\b)|\s?(?P<scale>million|billion|thousand)\b"
    r"|(?P<short>k|m|mn|bn)\b)?"
    r"(?![\w/])(?!,\d)(?!\.\d)(?!-(?!(?:working-)?(?:month|day|week|year|hour|minute|member|page)s?\b)[A-Za-z0-9])"
)
_UP_TO_99: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(reversed(_ONES))})"
_IN_WORDS: Final = re.compile(
    rf"(?<![\w-])(?:(?:an?|{_UP_TO_99})\s+(?:hundred|thousand|million)(?:\s+and)?(?:\s+{_UP_TO_99})?|{_UP_TO_99})"
    r"(?:\s+(?P<percent>per\s?cent\b))?(?![\w])(?!-[A-Za-z])",
    re.IGNORECASE,
)
_LONGEST: Final = 2000
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_COUNTED: Final = re.compile(
    r"\b(?:were|was|are|received|handled|of|had|have|some|total(?:led)?|there)\s*$", re.IGNORECASE
)
_COUNTED_AFTER: Final = re.compile(r"\s+(?!(?:is|was|has)\b)(?:[a-z-]+\s+)?[a-z]+s\b")
_PRONOUN: Final = re.compile(r"\b(?:this|that|each|which|every|any|no|the|only|another|other)\s+$", re.IGNORECASE)

_OTHER: Final = re.compile(r"\s+(?:another|other)\b", re.IGNORECASE)
_NOUGHT: Final = re.compile(r"[\s–—−‒-]*|n\.?/?a\.?|nil|none|zero", re.IGNORECASE)
_LONGEST_CELL: Final = 40
_CELL: Final = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+−–])?\s*(?P<money>[£€$])?\s*(?P<sign2>[-−–])?"
    r"(?P<digits>\d{1,3}(?:[, \u2009]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?P<scale>k|m|mn|bn|thousand|million|billion)?\s*(?P<percent>%|per\s?cent)?\s*"
    r"(?P<unit>days?|hours?|hrs?|weeks?|months?|years?|mins?|minutes?|fte|[kmg]?wh?)?\s*(?P<close>\))?"
    r"(?:\s*\(\d+(?:\.\d+)?\s?%\))?",
    re.IGNORECASE,
)
_HANGING: Final = re.compile(r"[\s*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+$|\s*\[\w{1,2}\]$")


def quantities(text: str) -> list[Quantity]:
    """The numbers told in prose, in order: digits or words, but no part of a date, year, time, reference, version,
    range, or the number of a section, table or the like."""
    if len(text) > _LONGEST:
        return [quantity for start, part in _pieces(text) for quantity in _shifted(quantities(part), start)]
    passed = [match.span() for pattern in _NOT_QUANTITIES for match in pattern.finditer(text)]
    passed += [span for match in _LABELLED.finditer(text) if (span := _labelled(match, text))]
    found = [*_in_digits(text), *_in_words(text)]
    free = (told for told in found if not any(start < told.end and told.start < end for start, end in passed))
    return sorted(free, key=lambda told: told.start)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text too long to be a paragraph, cut at spaces, each piece with its place."""
    start = 0
    while start < len(text):
        end = start + _LONGEST
        space = text.rfind(" ", start + _LONGEST // 2, end)
        end = space if end < len(text) and space > 0 else end
        yield start, text[start:end]
        start = end


def _shifted(found: Iterable[Quantity], start: int) -> Iterator[Quantity]:
    return (replace(each, start=each.start + start, end=each.end + start) for each in found)


def cell_number(text: str) -> Decimal | None:
    """The number in a table's cell; None for words, dates, blanks and dashes. "1,571" "(12)" "12%" "£1.2m" "12 days".

    The value's exponent is the last place printed: "£1.2m" is 1.2E+6, good to a hundred thousand.
    """
    match = _CELL.fullmatch(_HANGING.sub("", text).strip().strip("|").strip()) if len(text) <= _LONGEST_CELL else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    value = Decimal(re.sub(r"[, \u2009]", "", match["digits"])).scaleb(_SCALES.get((match["scale"] or "").lower(), 0))
    negative = match["open"] or match["sign"] in {"-", "−", "–"} or match["sign2"]
    return -value if negative else value


def is_nought(text: str) -> bool:
    """Whether a cell is blank, or a dash, "nil" or "N/A" stands in it: nothing to add."""
    return _NOUGHT.fullmatch(text.strip()) is not None


def printed(value: Decimal, like: str = "") -> str:
    """The value as a paper prints it: with thousands separators, unless the text it stands beside has none."""
    grouped = f"{value:,f}"
    return grouped.replace(",", "") if re.search(r"\d{4}", like) else grouped


def number_of(words: str) -> Decimal | None:
    """The number that words such as "twenty-one" or "a hundred and five" tell, or None."""
    total = current = 0
    told = re.findall("[a-z]+", words.lower())
    for word in told:
        if word in _WORTH:
            current += _WORTH[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total, current = total + (current or 1) * 10 ** _SCALES[word], 0
        elif word not in {"and", "a", "an"}:
            return None
    return Decimal(total + current) if told else None


def _labelled(match: re.Match[str], text: str) -> tuple[int, int] | None:
    counted = not match["always"] and _PLURAL_AFTER.match(text, match.end("number"))
    return None if counted else match.span()


def _in_digits(text: str) -> Iterator[Quantity]:
    for match in _IN_DIGITS.finditer(text):
        money, digits = (match["money"] or "").strip(), match["digits"]
        if (match["short"] and not money) or _is_year(match, text) or _names(match, text):
            continue
        scale = (match["scale"] or match["short"] or "").lower()
        value = Decimal(digits.replace(",", "")).scaleb(_SCALES.get(scale, 0))
        unit = "%" if match["percent"] else money
        yield Quantity(
            -value if match["sign"] else value, match.start(), match.end(), match[0],
            about=_is_about(text, match.start()), unit=unit,
        )  # fmt: skip


def _is_year(match: re.Match[str], text: str) -> bool:
    """A bare four-digit number of these centuries is a year, unless things are counted with it."""
    if match["money"] or match["percent"] or not _YEAR.fullmatch(match["digits"]):
        return False
    return not (_COUNTED.search(_before(text, match.start())) and _COUNTED_AFTER.match(text, match.end()))


def _names(match: re.Match[str], text: str) -> bool:
    """Whether the number belongs to a name before it ("Change Board 62"), which no counted things follow."""
    before = re.search(r"(\S+)[ \u00a0]+$", _before(text, match.start()))
    if before is None or match["money"] or match["percent"]:
        return False
    word = before[1]
    if not re.fullmatch(r"[A-Z][\w’'-]+", word):
        return False
    opens = not re.search(r"\w[,;]?\s+$", before.string[: before.start(1)])
    return not opens and not re.match(r"\s+[a-z]", text[match.end() :])


def _in_words(text: str) -> Iterator[Quantity]:
    for match in _IN_WORDS.finditer(text):
        words = re.sub(r"\s+per\s?cent$", "", match[0], flags=re.IGNORECASE)
        value = number_of(words)
        named = _LABEL_BEFORE.search(_before(text, match.start())) and not _PLURAL_AFTER.match(text, match.end())
        pronoun = words.lower() == "one" and (
            _PRONOUN.search(_before(text, match.start())) or _OTHER.match(text, match.end())
        )
        if value is None or named or pronoun:
            continue
        yield Quantity(
            value, match.start(), match.end(), match[0], about=_is_about(text, match.start()),
            unit="%" if match["percent"] else "",
        )  # fmt: skip


def _is_about(text: str, start: int) -> bool:
    return _ABOUT.search(_before(text, start)) is not None


def _before(text: str, start: int) -> str:
    """The few words before a place: as far back as anything here looks."""
    return text[max(0, start - 60) : start]
