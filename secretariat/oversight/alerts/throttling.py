"""What a throttling policy would have saved: history played again under other rules.

A device may send the same alert up to the threshold within a window; beyond it, one copy per forwarding period goes
on and carries how many it stands for, and the rest is held back. Codes that the policy excludes always go on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple


class Sent(NamedTuple):
    """One message of a device: who, which code, when (milliseconds since 1970), and how many alerts it stood for."""

    device: int
    code: int
    at: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """Window and forwarding period in seconds, messages allowed within the window, codes never throttled.

    Raises ValueError for a policy that means nothing.
    """

    window: int
    threshold: int
    forward_every: int
    excluded: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.window < 1 or self.threshold < 1 or self.forward_every < 1:
            raise ValueError("A policy needs a window, a threshold and a forwarding period of at least one.")


@dataclass(slots=True)
class Outcome:
    """What became of the messages of one code."""

    code: int
    messages: int = 0
    alerts: int = 0
    forwarded: int = 0
    excluded: bool = False
    devices: set[int] = field(default_factory=set)

    @property
    def saved(self) -> int:
        """Messages held back."""
        return self.messages - self.forwarded

    @property
    def share_saved(self) -> float:
        """Messages held back, as a share."""
        return self.saved / self.messages if self.messages else 0.0


def simulate(sent: Iterable[Sent], policy: Policy) -> list[Outcome]:
    """The outcome by code, the most saved first.

    Messages come sorted by device, code and time, as the data set keeps them, and are held one device at a time.
    `devices` are those of which something was held back. Raises ValueError where time runs backwards.
    """
    outcomes: dict[int, Outcome] = {}
    for (device, code), messages in groupby(sent, key=itemgetter(0, 1)):
        outcome = outcomes.setdefault(code, Outcome(code, excluded=code in policy.excluded))
        for one, goes_on in _played(messages, policy):
            outcome.messages += 1
            outcome.alerts += one.weight
            outcome.forwarded += goes_on
            if not goes_on:
                outcome.devices.add(device)
    return sorted(outcomes.values(), key=lambda one: (-one.saved, one.code))


def _played(messages: Iterable[Sent], policy: Policy) -> Iterator[tuple[Sent, bool]]:
    """Each message of one device and code, and whether it goes on."""
    window, period = policy.window * 1000, policy.forward_every * 1000
    recent: deque[int] = deque()
    forwarded, before = None, None
    for one in messages:
        if before is not None and one.at < before:
            raise ValueError("Messages come in order of time.")
        before = one.at
        while recent and recent[0] <= one.at - window:
            recent.popleft()
        recent.append(one.at)
        within = len(recent) <= policy.threshold or one.code in policy.excluded
        goes_on = within or forwarded is None or one.at - forwarded >= period
        if goes_on:
            forwarded = one.at
        yield one, goes_on
