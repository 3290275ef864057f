"""The tick: what time alone causes. Safe to run twice and at the same time as another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from secretariat.post.arrivals import TAKERS
from secretariat.post.due import take_due
from secretariat.post.following import send_digests
from secretariat.post.mail_in import fetch_all
from secretariat.post.models import Delivery
from secretariat.post.outbox import drain, gather

LOG = logging.getLogger(__name__)


def tick(at: datetime, recorded: datetime) -> dict[str, Any]:
    """Takes the due steps, fetches mail where a mailbox is set, gathers notices, makes digests, drains the outbox.

    Returns how many of each there were and, under "problems", what went wrong, as sentences. A part that fails is
    reported and keeps none of the others from its work.
    """
    round_ = _Round(at, recorded)
    round_.do("Taking the steps that are due", round_.steps)
    if settings.MAIL_IN:
        round_.do("Fetching mail", round_.mail)
    round_.do("Taking up mail", round_.taken_up)
    round_.do("Gathering notices", round_.notices)
    round_.do("Making digests", round_.digests)
    round_.do("Draining the outbox", round_.outbox)
    return {**round_.counts, "problems": round_.problems}


def _nothing_yet() -> dict[str, int]:
    names = ("steps", "received", "matched", "queued", "digests", *Delivery.values)
    return {name.replace(" ", "_"): 0 for name in names}


@dataclass
class _Round:
    at: datetime
    recorded: datetime
    counts: dict[str, int] = field(default_factory=_nothing_yet)
    problems: list[str] = field(default_factory=list)

    def do(self, what: str, part: Callable[[], None]) -> None:
        try:
            part()
        except Exception as error:
            LOG.exception("%s failed.", what)
            self.problems.append(f"{what} failed: {type(error).__name__}.")

    def steps(self) -> None:
        done = take_due(self.at, self.recorded)
        self.counts["steps"] = done.taken
        self.problems += done.refused

    def mail(self) -> None:
        for done in fetch_all(self.at, self.recorded):
            self.counts["received"] += done.received
            self.counts["matched"] += done.matched
            self.problems += done.problems

    def taken_up(self) -> None:
        for taker in TAKERS:
            self.problems += taker(self.at, self.recorded)

    def notices(self) -> None:
        self.counts["queued"] = gather(self.at, self.recorded).queued

    def digests(self) -> None:
        self.counts["digests"] = send_digests(self.at, self.recorded)

    def outbox(self) -> None:
        done = drain(self.at, self.recorded)
        for state, count in done.outcomes.items():
            name = "put_off" if state == Delivery.QUEUED else state.replace(" ", "_")
            self.counts[name] = self.counts.get(name, 0) + count
        self.problems += [done.problem] if done.problem else []
