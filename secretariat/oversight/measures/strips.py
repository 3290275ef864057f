"""Attainment over the last months: which were met, and "missed in 11 of the last 12"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secretariat.oversight.measures.levels import MISSED, Level, Status
from secretariat.plain.months import Month


@dataclass(frozen=True)
class Spot:
    """One month of a strip; without a status where nothing was reported."""

    month: Month
    level: Level = None
    status: Status | None = None

    @property
    def word(self) -> str:
        """How the month stands, in words."""
        return self.status.label if self.status else "Not reported"


@dataclass(frozen=True)
class Strip:
    """The months of one measure, oldest first."""

    spots: tuple[Spot, ...]

    @property
    def reported(self) -> tuple[Spot, ...]:
        """The months that count: reported ones in which there was something to measure."""
        return tuple(one for one in self.spots if one.status not in (None, Status.NOT_APPLICABLE))

    def count(self, *statuses: Status) -> int:
        """How many months stand so."""
        return sum(one.status in statuses for one in self.spots)

    @property
    def missed(self) -> int:
        """In how many months the target was not met."""
        return self.count(*MISSED)

    @property
    def below_minimum(self) -> int:
        """In how many months the level was below the minimum."""
        return self.count(Status.BELOW_MINIMUM)

    @property
    def sentence(self) -> str:
        """What the strip says: "Missed in 11 of the last 12 reported months, 9 of them below the minimum."."""
        months = len(self.reported)
        if not months:
            return "No month is reported."
        word = "month" if months == 1 else "months"
        said = f"Missed in {self.missed} of the last {months} reported {word}"
        return f"{said}, {self.below_minimum} of them below the minimum." if self.below_minimum else f"{said}."


def strip(months: Iterable[Month], found: Mapping[Month, tuple[Level, Status]]) -> Strip:
    """A strip of some months, of what is found of them."""
    return Strip(tuple(Spot(month, *found[month]) if month in found else Spot(month) for month in months))
