"""Power outages that were none: a hub that lost its power because its meter changed firmware.

A communications hub reports an outage when it has been without power for minutes. Some meters cut it while they
activate firmware, so an outage soon after an activation in the same home is suspected to be false; a person judges.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Activation(NamedTuple):
    """A meter's firmware became active: its hub, when (milliseconds since 1970), model and new firmware."""

    hub: int
    at: int
    model: str
    firmware: str


class Outage(NamedTuple):
    """A hub's outage alert."""

    hub: int
    at: int


@dataclass(frozen=True, slots=True)
class Suspected:
    """An outage alert that followed an activation, and by how many milliseconds."""

    outage: Outage
    activation: Activation

    @property
    def after(self) -> int:
        """Milliseconds from the activation to the alert."""
        return self.outage.at - self.activation.at


@dataclass(frozen=True, slots=True)
class Share:
    """How many activations of a model's firmware were followed by an outage alert."""

    model: str
    firmware: str
    activations: int
    followed: int

    @property
    def share(self) -> float:
        """Of its activations, those followed by an alert."""
        return self.followed / self.activations if self.activations else 0.0


def suspected(activations: Iterable[Activation], outages: Iterable[Outage], *, minutes: int) -> list[Suspected]:
    """The outages within so many minutes after an activation at the same hub, each with the latest such activation."""
    by_hub: dict[int, list[Activation]] = defaultdict(list)
    for one in sorted(activations, key=lambda one: (one.hub, one.at)):
        by_hub[one.hub].append(one)
    found = ((outage, _latest(by_hub.get(outage.hub, ()), outage.at, minutes * 60_000)) for outage in outages)
    return [Suspected(outage, activation) for outage, activation in found if activation is not None]


def _latest(activations: Sequence[Activation], at: int, within: int) -> Activation | None:
    place = bisect_left(activations, at + 1, key=lambda one: one.at)
    if not place or at - activations[place - 1].at > within:
        return None
    return activations[place - 1]


def shares(activations: Iterable[Activation], found: Iterable[Suspected]) -> list[Share]:
    """By model and firmware: how many activations there were, and how many had an outage after them; worst first."""
    all_of = Counter((one.model, one.firmware) for one in activations)
    followed = Counter((one.model, one.firmware) for one in {each.activation for each in found})
    rows = [Share(*key, count, followed[key]) for key, count in all_of.items()]
    return sorted(rows, key=lambda one: (-one.share, -one.followed, one.model, one.firmware))
