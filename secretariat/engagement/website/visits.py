"""What makes a visit out of pages seen: plain values, no cookies, no addresses kept.

A visit is one active period of one visitor. A visitor is known for one day only, by a mark that is made of where a
request comes from and a secret of the day; with the secret gone, nothing leads from a mark to anybody, and nobody is
known again on the next day.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from secretariat.plain.dates import local_day

NO_PEOPLE = re.compile(r"bot\b|crawl|spider|slurp|curl|wget|python-|monitor|preview|headless|feed", re.IGNORECASE)
"""What programs that read pages call themselves; what calls itself nothing is no person either."""
UNCOUNTED = ("/account/", "/api/", "/static/", "/files/", "/feeds/", "/health", "/robots.txt", "/steps/")
"""Where addresses begin that are no pages of the website."""

Key = tuple[date, str]


@dataclass(frozen=True)
class Seen:
    """One page seen: when, which, and the visitor's mark of the day."""

    at: datetime
    page: str
    mark: str

    @property
    def day(self) -> date:
        """The day in London."""
        return local_day(self.at)


@dataclass
class Counts:
    """What pages seen add up to: views of each page, visits of each day, and when each visitor was there last."""

    views: Counter[Key] = field(default_factory=Counter)
    visits: Counter[date] = field(default_factory=Counter)
    last: dict[Key, datetime] = field(default_factory=dict)


def mark_of(secret: str, address: str, agent: str) -> str:
    """The mark of a visitor on the day of the secret."""
    return hmac.new(secret.encode(), f"{address}\n{agent}".encode(), hashlib.sha256).hexdigest()


def is_counted(method: str, status: int, media_type: str, path: str, headers: Mapping[str, str]) -> bool:
    """Whether a request is a page that a person saw: whoever asks not to be tracked is not counted at all."""
    page = method == "GET" and status == 200 and media_type.startswith("text/html")
    refused = headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1"
    ahead = "prefetch" in headers.get("Sec-Purpose", "") + headers.get("Purpose", "")
    agent = headers.get("User-Agent", "")
    person = bool(agent) and not NO_PEOPLE.search(agent)
    return page and person and not refused and not ahead and not path.startswith(UNCOUNTED)


def counted(seen: Iterable[Seen], last: Mapping[Key, datetime], gap: timedelta) -> Counts:
    """The counts of pages seen, given when each visitor was there last.

    A visit ends when its visitor opens no page for the gap; the next page begins another one, and so does a new day.
    """
    found = Counts(last=dict(last))
    for one in sorted(seen, key=lambda one: one.at):
        found.views[(one.day, one.page)] += 1
        before = found.last.get((one.day, one.mark))
        if before is None or one.at - before > gap:
            found.visits[one.day] += 1
        found.last[(one.day, one.mark)] = max(one.at, before or one.at)
    return found
