"""What a heading's own words say: its printed number."""

from __future__ import annotations

import re
from typing import Final

from secretariat.plain.dates import MONTH_NAMES

_MONTHS: Final = frozenset({*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES), "Sept"})
_NUMBERED: Final = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,3})*|[A-Z]\d{1,2}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+)(?P<mark>[.)]?)\s+(?P<words>\S.*)",
    re.DOTALL,
)


def split_number(text: str) -> tuple[str, str]:
    """The number that a heading starts with, "" without one, and its other words.

    "3.2 Helpdesk" and "3.2. Helpdesk" are ("3.2", "Helpdesk"); "26 January 2022" and "2020 in review" have none.
    """
    match = _NUMBERED.fullmatch(text)
    if match is None or _is_quantity(match):
        return "", text
    return match["number"], match["words"]


def _is_quantity(match: re.Match[str]) -> bool:
    if match["mark"] or not match["number"].isdigit():
        return False
    word = match["words"].split()[0].strip(",.:;")
    return word in _MONTHS or not word[:1].isupper()
