"""What columns of files hold: parsers of their texts, each raising ValueError that says what to type."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from secretariat.core.load import Column
from secretariat.plain.dates import LONDON, parse_day


def day(text: str) -> date:
    """Parser of a date column."""
    return parse_day(text)


def moment(text: str) -> datetime:
    """Parser of an instant such as 2020-02-17 14:30, on the London clock where it names no offset.

    Raises ValueError that says what to type, also for an hour that the clock skips or has twice.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not an instant. Type it as 2020-02-17 14:30.") from None
    if found.tzinfo is not None:
        return found
    placed = found.replace(tzinfo=LONDON)
    if placed.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != found:
        raise ValueError(f"The London clock skips {text}.")
    if placed.utcoffset() != placed.replace(fold=1).utcoffset():
        raise ValueError(f"The London clock shows {text} twice. Add its offset, such as {text}+01:00.")
    return placed


def words(text: str) -> str:
    """Parser of a text column: spaces folded."""
    return " ".join(text.split())


def count(text: str) -> int:
    """Parser of a whole number, none below nought. Raises ValueError with a sentence."""
    plain = text.replace(",", "")
    if not re.fullmatch("-?[0-9]+", plain):
        raise ValueError(f"“{text}” is not a whole number.")
    if int(plain) < 0:
        raise ValueError(f"{text} is below nought.")
    return int(plain)


def one_of(choices: dict[str, Any]) -> Callable[[str], Any]:
    """Parser of a column that holds one of some words, whatever their case. Raises ValueError naming them."""
    known = {name.lower(): value for name, value in choices.items()}

    def parse(text: str) -> Any:
        if text.lower() not in known:
            raise ValueError(f"“{text}” is not one of {', '.join(choices)}.")
        return known[text.lower()]

    return parse


yes_or_no = one_of({"yes": True, "no": False})
"""Parser of a column that holds yes or no."""
INVENTED = Column("invented", yes_or_no, "yes when made up for the sample; empty is no", required=False, default=False)
"""The column of records that can be made up."""
