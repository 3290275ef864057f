"""Round trips are measured on test commands: whether a month had enough of them, spread evenly over its days.

The methodology asks for half a test command for every commissioned hub of a region in a month, spread evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Sample:
    """The test commands of a month: how many on each day, and how many hubs were commissioned."""

    daily: Sequence[int]
    hubs: int

    @property
    def commands(self) -> int:
        """How many there were."""
        return sum(self.daily)

    @property
    def per_hub(self) -> Fraction | None:
        """Commands for each hub; none where there is no hub."""
        return Fraction(self.commands, self.hubs) if self.hubs else None

    def lacking(self, per_hundred: int) -> int:
        """How many commands are lacking to so many for each hundred hubs."""
        needed = -(-self.hubs * per_hundred // 100)
        return max(0, needed - self.commands)

    def uneven(self, percent: int) -> tuple[int, ...]:
        """The days of the month that lie further from an even share than so many percent of it."""
        if not self.commands:
            return ()
        even = Fraction(self.commands, len(self.daily))
        apart = even * percent / 100
        return tuple(day for day, count in enumerate(self.daily, start=1) if abs(count - even) > apart)


def findings(sample: Sample, per_hundred: int, percent: int) -> list[str]:
    """What is wrong with a month's test commands, a sentence each; nothing where they may be relied on."""
    told = []
    if lacking := sample.lacking(per_hundred):
        told.append(
            f"{sample.commands:,} test commands for {sample.hubs:,} hubs: {lacking:,} fewer than "
            f"{per_hundred} for each 100 hubs."
        )
    if days := sample.uneven(percent):
        which = ", ".join(str(day) for day in days[:10]) + (" and more" if len(days) > 10 else "")
        told.append(f"{len(days)} days lie more than {percent} % from an even share: {which}.")
    return told
