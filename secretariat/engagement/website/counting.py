"""Counting visits and page views as requests come: gathered in memory, and added up in the database now and then."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from secretariat.core.capacities import secretariat
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.website.models import DaySecret, ViewCount, VisitCount, Visitor
from secretariat.engagement.website.visits import Counts, Key, Seen, counted, is_counted, mark_of
from secretariat.plain.dates import local_day

LOG = logging.getLogger(__name__)
GAP = "engagement.visit_gap_minutes"
MANY = 100
"""So many pages are gathered before they are added up."""
LONG = timedelta(seconds=30)
"""Or for so long."""
BY_ADDRESS = frozenset({"article", "paper", "proposal", "consultation", "newsletter"})
"""Pages that are counted one by one; of all others the kind of page is counted, so that no address tells a record."""

Get = Callable[[HttpRequest], HttpResponse]


class Gathered:
    """The pages seen that are not added up yet, of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: list[Seen] = []
        self._secret: tuple[date, str] | None = None

    def add(self, one: Seen) -> Sequence[Seen]:
        """Takes one in; returns all when it is time to add them up, and is empty again."""
        with self._lock:
            self._seen.append(one)
            if len(self._seen) < MANY and one.at - self._seen[0].at < LONG:
                return ()
            taken, self._seen = self._seen, []
            return taken

    def take(self) -> Sequence[Seen]:
        """Everything that is gathered."""
        with self._lock:
            taken, self._seen = self._seen, []
            return taken

    def secret(self, day: date) -> str:
        """The secret of a day, asked of the database once a day."""
        if self._secret is None or self._secret[0] != day:
            self._secret = (day, secret_of(day))
        return self._secret[1]


GATHERED = Gathered()


def visits(get_response: Get) -> Get:
    """Counts the pages that people see, when the settings say so; the secretariat's own are not counted."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.VISITS_COUNTED:
            try:
                note(request, response)
            except DatabaseError:
                LOG.exception("Pages seen could not be counted.")
        return response

    return handle


def note(request: HttpRequest, response: HttpResponse) -> None:
    """Takes in a page seen, and adds up what is gathered when it is time."""
    at: datetime = request.at  # type: ignore[attr-defined]
    media_type = response.headers.get("Content-Type", "")
    if not is_counted(str(request.method), response.status_code, media_type, request.path, request.headers):
        return
    person = getattr(request, "user", None)
    if isinstance(person, Person) and secretariat(person, None, at):
        return
    address, agent = request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", "")
    mark = mark_of(GATHERED.secret(local_day(at)), address, agent)
    if ready := GATHERED.add(Seen(at, page_of(request), mark)):
        add_up(ready)


def page_of(request: HttpRequest) -> str:
    """Under which name a page is counted: its own address for what is published, else that of its kind."""
    match = request.resolver_match
    if match is None or match.url_name in BY_ADDRESS:
        return request.path[:200]
    return f"/{match.route}"[:200]


def secret_of(day: date) -> str:
    """The secret of a day, made at its first asking; those of days before are gone then, with all their marks."""
    with transaction.atomic():
        row, made = DaySecret.objects.get_or_create(day=day, defaults={"secret": secrets.token_hex(32)})
        if made:
            forget(day)
    return str(row.secret)


def forget(day: date) -> None:
    """Drops what visitors of days before were known by."""
    DaySecret.objects.filter(day__lt=day).delete()
    Visitor.objects.filter(day__lt=day).delete()


def add_up(seen: Sequence[Seen]) -> None:
    """Adds pages seen to the counts of their days."""
    if not seen:
        return
    with transaction.atomic():
        days = {one.day for one in seen}
        known = {(row.day, row.mark): row.last_at for row in _known(days, {one.mark for one in seen})}
        gap = timedelta(minutes=RULEBOOK.number(GAP, max(one.at for one in seen)))
        found = counted(seen, known, gap)
        _write(found, known)
        forget(max(days))


def _known(days: Iterable[date], marks: Iterable[str]) -> Any:
    return Visitor.objects.select_for_update().filter(day__in=days, mark__in=marks)


def _write(found: Counts, known: dict[Key, datetime]) -> None:
    for (day, page), views in found.views.items():
        ViewCount.objects.get_or_create(day=day, page=page)
        ViewCount.objects.filter(day=day, page=page).update(views=F("views") + views)
    for day, number in found.visits.items():
        VisitCount.objects.get_or_create(day=day)
        VisitCount.objects.filter(day=day).update(visits=F("visits") + number)
    rows = [Visitor(day=day, mark=mark, last_at=at) for (day, mark), at in found.last.items()
            if known.get((day, mark)) != at]  # fmt: skip
    Visitor.objects.bulk_create(rows, update_conflicts=True, unique_fields=["day", "mark"], update_fields=["last_at"])
