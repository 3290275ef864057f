"""Following a list: reading it as its follower would, and the weekly digest of what is new in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models, transaction
from django.db.models import Min
from django.http import HttpRequest, QueryDict

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.lists import LISTS, ListPage, meaning
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.post.drafts import Draft, ceiling, queue
from secretariat.post.models import Subscription

ROWS_TOLD = 50
NAME_LENGTH = 200
QUERY_LENGTH = 500


def page_for(plural: str, query: str, person: Person, at: datetime) -> ListPage | None:
    """A list, filtered, as a person would be shown it; None when there is no such list for that person."""
    kind = LISTS.get(plural)
    if kind is None or not kind.who(person, None, at):
        return None
    request: Any = HttpRequest()
    request.method, request.path = "GET", f"/{plural.replace(' ', '-')}/"
    request.GET, request.user, request.at = QueryDict(query), person, at
    page = kind()
    page.request = request
    return page


def normalised(query: str, page: ListPage) -> str:
    """The filters of a query string in a fixed order: without paging, sorting and what the list does not know."""
    asked = QueryDict(query.lstrip("?"))
    known = page.filters.base_filters
    return urlencode(
        sorted((name, value) for name in asked for value in asked.getlist(name) if name in known and value)
    )


def follow(plural: str, query: str, name: str, *, person: Person, at: datetime, recorded: datetime) -> Subscription:
    """Follows a list from today. Raises Refused when there is no such list to read or it is followed already."""
    page = page_for(plural, query, person, at)
    if page is None:
        raise Refused("There is no such list that you may read.")
    chosen = page.chosen()
    if not chosen.is_valid():
        raise Refused("The filters of the list are not as it takes them. Correct them there, then follow it.")
    kept = normalised(query, page)
    if len(kept) > QUERY_LENGTH:
        raise Refused("These filters are too long to be kept. Use fewer of them.")
    if Subscription.objects.filter(person=person, plural=plural, query=kept, to_day=None).exists():
        raise Refused("You follow this list with these filters already.")
    words = name.strip() or ": ".join(part for part in (plural.capitalize(), meaning(chosen)) if part)
    with transaction.atomic():
        row = Subscription(
            person=person,
            plural=plural,
            query=kept,
            name=words[:NAME_LENGTH],
            from_day=local_day(at),
            recorded=recorded,
            digested=at,
            seen_event=newest_event(),
        )
        journal.enter(row, by=person, at=at, recorded=recorded)
    return row


def end(row: Subscription, *, by: Person, at: datetime, recorded: datetime) -> None:
    """Ends a subscription with today; ending it again changes nothing."""
    if row.to_day is None:
        journal.amend(row, {"to_day": local_day(at)}, by=by, at=at, recorded=recorded)


def newest_event() -> int:
    """The number of the newest event; nought when there is none."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@dataclass(frozen=True)
class News:
    """What is new in one followed list: its rows as lines, how many more there are, and the records named."""

    row: Subscription
    lines: tuple[str, ...]
    more: int
    ids: tuple[int, ...]
    kind: str
    rank: int


def news(row: Subscription, upto: int, at: datetime) -> News | None:
    """The rows of a followed list that were entered after the last look, as far as the person may read them now."""
    page = page_for(row.plural, row.query, row.person, at)
    if page is None or not page.chosen().is_valid():
        return None
    fresh = _fresh(page, row.seen_event, upto)
    rows = page.ordered(_mailable(page.chosen().qs, at).filter(pk__in=fresh))
    total = rows.count()
    if not total:
        return None
    told = rows[:ROWS_TOLD]
    lines = tuple(_line(page, values) for values in page.values(told))
    ids = tuple(rows.values_list("pk", flat=True)[:ROWS_TOLD]) if _classified(page.model) else ()
    rank = max(rows.values_list("classification", flat=True)[:ROWS_TOLD]) if ids else Class.GREEN
    return News(row, lines, max(0, total - ROWS_TOLD), ids, kind_of(page.model), int(rank))


def _classified(model: type[models.Model]) -> bool:
    return hasattr(model._default_manager.all(), "cleared_for")


def _mailable(rows: models.QuerySet[Any], at: datetime) -> models.QuerySet[Any]:
    return rows.filter(classification__lte=ceiling(at)) if _classified(rows.model) else rows


def _fresh(page: ListPage, after: int, upto: int) -> models.QuerySet[Any]:
    """The ids of the records that are news since an event: by the events that the list names, or newly entered."""
    if not page.news:
        return _entered(page.model, after, upto)
    told = Event.objects.filter(kind=kind_of(page.model), name__in=page.news, pk__gt=after, pk__lte=upto)
    return told.filter(imported=False).values("subject_id")


def _entered(model: type[models.Model], after: int, upto: int) -> models.QuerySet[Any]:
    """The ids of the records whose first event is among these; what was imported is not news."""
    firsts = Event.objects.filter(kind=kind_of(model)).values("subject_id").annotate(first=Min("pk"))
    begun = firsts.filter(first__gt=after, first__lte=upto).values("first")
    return Event.objects.filter(pk__in=begun, imported=False).values("subject_id")


def _line(page: ListPage, values: tuple[Any, ...]) -> str:
    told = zip(page.columns, values[1:], strict=True)
    words = "; ".join(text for column, value in told if (text := column.shown(value)))
    return f"* {' '.join(words.split())}\n  {settings.SITE_URL}{page.address(values[0])}"


def send_digests(at: datetime, recorded: datetime) -> int:
    """Queues one message to each person with news in the lists that are due; returns how many.

    A list is due a set number of days after it was last looked at. Each person is one transaction, so that a second
    run finds nothing due.
    """
    since = at - timedelta(days=RULEBOOK.number("post.digest_days", at))
    due = Subscription.objects.filter(to_day=None, digested__lte=since)
    people = list(due.order_by("person_id").values_list("person_id", flat=True).distinct())
    return sum(_send_digest(person_id, since, at, recorded) for person_id in people)


def _send_digest(person_id: int, since: datetime, at: datetime, recorded: datetime) -> int:
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        upto = newest_event()
        rows = list(Subscription.objects.filter(person=person, to_day=None, digested__lte=since))
        found = [told for row in rows if person.is_active and (told := news(row, upto, at))]
        for row in rows:
            journal.amend(row, {"digested": at, "seen_event": upto}, by=None, at=at, recorded=recorded)
        if not found:
            return 0
        return len(queue([_digest(person, found, upto)], at, recorded))


def _digest(person: Person, found: list[News], upto: int) -> Draft:
    count = sum(len(told.lines) + told.more for told in found)
    parts = [_part(told) for told in found]
    foot = f"You follow these lists. End it at {settings.SITE_URL}/subscriptions/\n"
    return Draft(
        key=f"digest/{person.pk}/{upto}",
        person=person,
        subject=f"New in the lists you follow: {count:,}",
        body="\n\n".join([*parts, foot]),
        notice="digest",
        classification=max(told.rank for told in found),
        carries=[[told.kind, record_id] for told in found for record_id in told.ids],
        is_digest=True,
    )


def _part(told: News) -> str:
    head = f"{told.row.name}\n{settings.SITE_URL}{told.row.get_absolute_url()}"
    more = [f"and {told.more:,} more"] if told.more else []
    return "\n".join([head, *told.lines, *more])
