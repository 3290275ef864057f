"""The statuses of privacy assessments by date: what can be set, what older ones are called now, and what they open."""

from __future__ import annotations

from datetime import date, datetime

from secretariat.core.rulebook import RULEBOOK, Entry

VALUES, RENAMED, LETS_ENTER = "privacy.status_values", "privacy.status_renamed", "privacy.lets_enter"
SECOND_FULL, SETTER = "privacy.second_full", "privacy.status_setter"
SAMPLE_CHARGED = "privacy.sample_charged"


def _parts(key: str, day: date | datetime) -> tuple[str, ...]:
    return tuple(part for part in RULEBOOK.text(key, day).split("|") if part)


def rule_of(day: date | datetime) -> Entry:
    """The rulebook's entry of the statuses that can be set on a day (PRV-2)."""
    return RULEBOOK.entry(VALUES, day)


def values(day: date | datetime) -> tuple[str, ...]:
    """The statuses that a privacy assessment can be given on a day (PRV-2)."""
    return _parts(VALUES, day)


def renamed(day: date | datetime) -> dict[str, str]:
    """What the statuses set before the names changed are called from a day on (PRV-2)."""
    pairs = (part.partition("=") for part in _parts(RENAMED, day))
    return {old: new for old, _, new in pairs}


def called(status: str, set_on: date, day: date) -> str:
    """What a status set on one day is called on another, later one (PRV-2).

    A name keeps its meaning: a Deferred that was set before the names changed is a Rejected afterwards, and one that
    was set after them stays what it is. On or before its own day it is called what it was set as.
    """
    change = RULEBOOK.entry(RENAMED, day)
    if day <= set_on or set_on >= change.effective_from:
        return status
    return renamed(day).get(status, status)


def lets_enter(status: str, day: date | datetime) -> bool:
    """Whether a status of a Full Privacy Assessment meets the privacy requirement of user entry (PRV-2)."""
    return status in _parts(LETS_ENTER, day)


def needs_second_full(status: str, day: date | datetime) -> bool:
    """Whether a second Full Privacy Assessment is required after a status set on a day (PRV-2)."""
    return status in _parts(SECOND_FULL, day)


def setter(day: date | datetime) -> str:
    """The code of the body that sets the status of a privacy assessment on a day (PRV-3)."""
    return RULEBOOK.text(SETTER, day)


def is_charged(kind: str, day: date | datetime) -> bool:
    """Whether an assessment done on a day is charged to the User assessed because it is a random sample (PRV-5)."""
    return kind == "RSPA" and RULEBOOK.switch(SAMPLE_CHARGED, day)
