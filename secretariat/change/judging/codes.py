"""Other codes as the rulebook has them, and whether what we write of their proposals is what they print (XC-3)."""

from __future__ import annotations

import re
from datetime import date

from secretariat.core.rulebook import RULEBOOK

PREFIX = "change.other_code."


def other_codes(day: date | None = None) -> dict[str, str]:
    """The other codes in force on a day, or ever, by their short names, with their full names."""
    return {
        key.removeprefix(PREFIX): str(entries[-1].value)
        for key, entries in RULEBOOK.entries.items()
        if key.startswith(PREFIX) and (day is None or entries[0].effective_from <= day)
    }


def number_key(number: str) -> str:
    """What two writings of one number have in common: "P 379", "P0379" and "p379" are the same."""
    plain = re.sub(r"[^a-z0-9]", "", number.lower())
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", plain)


def title_key(title: str) -> str:
    """What two writings of one title have in common: letters and digits, whatever their case, marks and spaces."""
    return " ".join(re.findall(r"[^\W_]+", title.replace("’", "").replace("'", "").replace("&", " and ").casefold()))
