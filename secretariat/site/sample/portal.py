"""The sample's users of the portal: 232 at the end of February 2020, in the published categories; all invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from secretariat.site.sample.crew import Crew
from secretariat.site.sample.facts import facts_of

COLUMNS = ("code", "category", "registered", "closed", "invented")
OPENED = date(2019, 9, 2)
"""When the sample's portal takes its first users; no document says it."""

DAYS_OPEN = 180
"""Registrations are spread over so many days, the last of them on the last of February."""


def enter(crew: Crew) -> None:
    """Loads the accounts: those of the end of February, some closed before, some opened since."""
    crew.load("portal-users", "party.support", COLUMNS, [*_open(), *_others()])


def _open() -> Iterator[tuple[object, ...]]:
    told = facts_of("training_portal_users", "2020-02")
    names = [row["user_category"] for row in told for _ in range(int(row["users"]))]
    for number, category in enumerate(names, start=1):
        yield f"CW-{number:04d}", category, OPENED + timedelta(days=number * 7919 % (DAYS_OPEN + 1)), "", "yes"


def _others() -> Iterator[tuple[object, ...]]:
    for number, category in enumerate(("Small Supplier", "Small Supplier", "Other SEC Party", "Network"), start=1):
        closed = date(2020, 1, 10) + timedelta(days=7 * number)
        yield f"CW-9{number:03d}", category, OPENED + timedelta(days=number), closed, "yes"
    for number, category in enumerate(("Small Supplier", "Large Supplier", "DCC"), start=1):
        yield f"CW-03{number:02d}", category, date(2020, 3, 1) + timedelta(days=number), "", "yes"
