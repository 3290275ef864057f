"""How the DCC's spreadsheets write things: months, shares, counts and regions, with their footnote marks."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from secretariat.oversight.measures.terms import Provider
from secretariat.oversight.regions import Region
from secretariat.plain.dates import month_number, parse_day
from secretariat.plain.months import Month

NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "nil return"}
"""Texts that stand for nothing told."""
_MONTH = re.compile(r"(?P<month>[A-Za-z]+)[-\s/'’.]+(?P<year>[0-9]{2}|[0-9]{4})")
_NUMBERED = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})")
_FOOTNOTE = re.compile(r"\s*(?:[*†‡§¹²³⁴⁵]+|\[[0-9a-z]{1,2}\]|\([0-9a-z]{1,2}\))+\s*\Z")
_COUNT = re.compile(r"-?[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})*|-?[0-9]+")
_PROVIDERS = {
    "cspnorth": Provider.CSPN, "cspcentral": Provider.CSPC, "cspsouth": Provider.CSPS,
    **{value.lower(): Provider(value) for value in Provider.values},
}  # fmt: skip
_REGIONS = {
    **{value.lower(): value for value in Region.values},
    **{str(label).lower(): value for value, label in Region.choices},
    "all": "", "all regions": "", "gb": "", "national": "",
}  # fmt: skip


def plain(text: str) -> str:
    """The text without footnote marks and with single spaces; nothing where it stands for nothing."""
    words = _FOOTNOTE.sub("", " ".join(text.split()))
    return "" if words.lower() in NOTHING else words


def month_or_day(text: str) -> Month | date:
    """The month of "Sept-19", "Sep 2019" or "2019-09", or the day of a date. Raises ValueError saying what to type."""
    words = plain(text)
    if match := _MONTH.fullmatch(words):
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        short = {"sept": "sep"}.get(match["month"].lower(), match["month"])
        return Month(year, month_number(short))
    if match := _NUMBERED.fullmatch(words):
        return Month(int(match["year"]), int(match["month"]))
    return parse_day(words)


def first_day(text: str) -> date:
    """The day a period begins on; a month begins on its first."""
    found = month_or_day(text)
    return found.first if isinstance(found, Month) else found


def last_day(text: str) -> date:
    """The day a period ends on; a month ends on its last, and a spreadsheet often keeps a month as its first day."""
    found = month_or_day(text)
    if isinstance(found, date) and found.day > 1:
        return found
    return (Month.of(found) if isinstance(found, date) else found).last


def count(text: str) -> int | None:
    """A whole number, with commas or spaces between thousands. Raises ValueError."""
    words = plain(text)
    if not words:
        return None
    if not _COUNT.fullmatch(words):
        raise ValueError(f"“{text}” is not a whole number, such as 1,234.")
    found = int(re.sub(r"[^0-9-]", "", words))
    if found < 0:
        raise ValueError(f"{text} is below nought.")
    return found


def percent(text: str) -> Decimal | None:
    """A percentage, with or without its sign. Raises ValueError."""
    words = plain(text).removesuffix("%").rstrip()
    if not words:
        return None
    try:
        found = Decimal(words)
    except InvalidOperation as error:
        raise ValueError(f"“{text}” is not a percentage, such as 98.70.") from error
    if not found.is_finite() or not 0 <= found <= 100:
        raise ValueError(f"{text} is not between 0 and 100.")
    return found.quantize(Decimal("0.000001"))


def region(text: str) -> str:
    """The letter of a region; nothing for all of them. Raises ValueError naming those there are."""
    words = plain(text).lower()
    words = re.sub(r"\A(?:region|csp)\s+", "", words)
    if words and words not in _REGIONS:
        raise ValueError(f"“{text}” is no region. Regions are N, C, S and SMETS1; – stands for all of them.")
    return _REGIONS.get(words, "")


def provider(text: str) -> str:
    """Who reports; nothing where it is not told. Raises ValueError naming those there are."""
    words = re.sub(r"[^a-z0-9]", "", plain(text).lower())
    if words and words not in _PROVIDERS:
        raise ValueError(f"“{text}” is none of {', '.join(Provider.values)}.")
    return _PROVIDERS[words] if words else ""


def words(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


def code(text: str) -> str:
    """The code of a measure: "PM 2" is PM2."""
    return re.sub(r"\s+", "", plain(text)).upper()
