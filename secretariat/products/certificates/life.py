"""How a certificate stands on a day, and when what it carries comes to its end: reckoned from its dates alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month
from secretariat.products.models import Certificate

WARNING = "products.certificate_warning_days"
MONTHS_AHEAD = 12


class Standing(StrEnum):
    """How a certificate stands."""

    NOT_YET = "not issued yet"
    HOLDS = "holds"
    ENDING = "ending soon"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


def warning(day: date) -> Entry:
    """The rulebook's entry of how many days before its end a certificate is warned of."""
    return RULEBOOK.entry(WARNING, day)


def warned_until(day: date) -> date:
    """The last end of which warning is given on a day."""
    return day + timedelta(days=RULEBOOK.number(WARNING, day))


def standing(certificate: Certificate, day: date) -> Standing:
    """How a certificate stands on a day: a withdrawal counts from its day on, an end from the day after it."""
    end = certificate.effective_end
    if certificate.withdrawn_on is not None and certificate.withdrawn_on <= day:
        return Standing.WITHDRAWN
    if end is not None and end < day:
        return Standing.ENDED
    if certificate.issued_on is not None and certificate.issued_on > day:
        return Standing.NOT_YET
    return Standing.ENDING if end is not None and end <= warned_until(day) else Standing.HOLDS


def told(certificate: Certificate, day: date) -> str:
    """The same as a sentence with its dates and the days that are left."""
    how, end = standing(certificate, day), certificate.effective_end
    if how is Standing.WITHDRAWN and certificate.withdrawn_on:
        return f"Withdrawn on {long_date(certificate.withdrawn_on)}."
    if end is None:
        return "It has neither an expiry nor a renewal date."
    words = ("expires on", "expired on") if certificate.expires_on else ("is to be renewed by", "was to be renewed by")
    if how is Standing.ENDED:
        return f"It {words[1]} {long_date(end)}."
    left = (end - day).days
    return f"It {words[0]} {long_date(end)}, in {left} {'day' if left == 1 else 'days'}."


@dataclass(frozen=True)
class InMonth:
    """What comes to its end in one month: each certificate once, by day."""

    month: Month
    certificates: tuple[Certificate, ...]

    @property
    def expiries(self) -> int:
        """How many of them expire; the others are renewed."""
        return sum(one.expires_on is not None for one in self.certificates)


def by_month(certificates: Iterable[Certificate], first: Month, months: int = MONTHS_AHEAD) -> tuple[InMonth, ...]:
    """So many months from the first on, each with the certificates whose end lies in it; the empty ones too."""
    asked = [first.plus(step) for step in range(months)]
    found: dict[Month, list[Certificate]] = {month: [] for month in asked}
    for one in certificates:
        if one.effective_end is not None and Month.of(one.effective_end) in found:
            found[Month.of(one.effective_end)].append(one)
    return tuple(InMonth(month, tuple(sorted(found[month], key=_place))) for month in asked)


def _place(certificate: Certificate) -> tuple[date, str]:
    return certificate.effective_end or date.max, str(certificate)
