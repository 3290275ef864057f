"""How dates and instants are printed, and the ways a person may type a date."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")

MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH_NUMBERS: Final = {"sept": 9} | {
    name: number for number, full in enumerate(MONTH_NAMES, start=1) for name in (full.lower(), full[:3].lower())
}
_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_SLASHED: Final = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]+)")
_WORDED: Final = re.compile(r"(?P<day>[0-9]{1,2}) +(?P<month>[A-Za-z]+) +(?P<year>[0-9]+)")
_WHAT_TO_TYPE: Final = "Type it as 2020-02-17, 17/02/2020 or 17 February 2020."


def month_number(name: str) -> int:
    """The month, 1 to 12, of an English name in full or short ("Feb"), in any case; ValueError for another word."""
    number = _MONTH_NUMBERS.get(name.lower())
    if number is None:
        raise ValueError(f"“{name}” is not the name of a month.")
    return number


def long_date(day: date) -> str:
    """The date with its weekday, "Fri 6 Mar 2020"; for a moment in time see `instant`."""
    weekday, month = WEEKDAY_NAMES[day.weekday()][:3], MONTH_NAMES[day.month - 1][:3]
    return f"{weekday} {day.day} {month} {day.year:04d}"


def day_words(day: date | None) -> str:
    """The date as `long_date` has it; nothing where there is none."""
    return long_date(day) if day else ""


def plain_date(day: date) -> str:
    """The date as prose has it, "6 March 2020"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year:04d}"


def slash_date(day: date) -> str:
    """The date as tables have it, "17/02/2020"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def in_london(moment: datetime) -> datetime:
    """The same instant on the Europe/London clock; ValueError when the datetime carries no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone, so it is not an instant.")
    return moment.astimezone(LONDON)


def instant(moment: datetime) -> str:
    """The instant on the London clock, "Fri 6 Mar 2020, 17:00"; ValueError when it carries no time zone."""
    local = in_london(moment)
    return f"{long_date(local.date())}, {local:%H:%M}"


def instant_words(moment: datetime | None) -> str:
    """The instant as `instant` has it; nothing where there is none."""
    return instant(moment) if moment else ""


def parse_day(text: str) -> date:
    """The date typed as 2020-02-17, 17/02/2020, 17 Feb 2020 or 17 February 2020.

    Raises ValueError that says what is wrong and what to type; a two-digit year is refused, never guessed.
    """
    typed = text.strip()
    match = _ISO.fullmatch(typed) or _SLASHED.fullmatch(typed) or _WORDED.fullmatch(typed)
    if match is None:
        raise ValueError(f"“{typed}” is not a date. {_WHAT_TO_TYPE}")
    if len(match["year"]) != 4:
        raise ValueError(f"The year in “{typed}” needs four digits. {_WHAT_TO_TYPE}")
    return _existing_day(typed, int(match["year"]), match["month"], int(match["day"]))


def _existing_day(typed: str, year: int, month_text: str, day: int) -> date:
    try:
        month = int(month_text) if month_text.isdigit() else month_number(month_text)
    except ValueError as wrong:
        raise ValueError(f"{wrong} {_WHAT_TO_TYPE}") from None
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month} in “{typed}”. {_WHAT_TO_TYPE}")
    if year == 0:
        raise ValueError(f"There is no year 0000 in “{typed}”. {_WHAT_TO_TYPE}")
    try:
        return date(year, month, day)
    except ValueError:
        wanted = f"{day} {MONTH_NAMES[month - 1]} {year}"
        raise ValueError(f"There is no {wanted} in the calendar. {_WHAT_TO_TYPE}") from None


def local_day(moment: datetime) -> date:
    """The calendar day of an instant on the Europe/London clock; ValueError when it carries no time zone."""
    return in_london(moment).date()
