"""Exactly who gets a newsletter, which parts of it, and why; and who does not, and why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from secretariat.core.people import Capacity, Person, Role
from secretariat.engagement.newsletter.composing import Composed, says_something
from secretariat.engagement.newsletter.models import SENT, Newsletter, Recipient
from secretariat.engagement.subscribing.models import CONFIRMED, ENDED, Often, Reading, Subscriber, Topic, every_topic
from secretariat.plain.dates import local_day, long_date
from secretariat.post.bounces import suppressed
from secretariat.register.models import Party


@dataclass(frozen=True)
class Receives:
    """One reader: the address, by which subscription or in which capacity, what of it, and why not where not."""

    address: str
    why: str
    topics: tuple[str, ...]
    reads_as: str = ""
    subscriber: Subscriber | None = None
    person: Person | None = None
    left_out: str = ""

    @property
    def told_topics(self) -> str:
        """The topics in words."""
        if set(self.topics) == set(every_topic()):
            return "everything"
        return ", ".join(str(Topic(one).label).partition(":")[0] for one in Topic.values if one in self.topics)

    @property
    def told_as(self) -> str:
        """As what they read it, in words; nothing where that is not told."""
        return f"read as {Reading(self.reads_as).label}" if self.reads_as else ""


def who_gets(newsletter: Newsletter, whole: Composed, at: datetime) -> list[Receives]:
    """Every reader of a newsletter as it would be sent at an instant, those left out last, each address once."""
    found: dict[str, Receives] = {}
    for one in (*_subscribers(newsletter), *_in_roles(newsletter, at)):
        known = found.get(one.address)
        found[one.address] = replace(known, why=f"{known.why}; {one.why}") if known else one
    bounced = suppressed(found, at)
    quiet: dict[tuple[tuple[str, ...], str], bool] = {}
    told = []
    for one in found.values():
        edition = (one.topics, one.reads_as)
        if edition not in quiet:
            quiet[edition] = not says_something(whole.edition(*edition))
        why_not = one.left_out or bounced.get(one.address, "")
        if not why_not and quiet[edition]:
            why_not = "Nothing in this newsletter is about what they chose."
        told.append(replace(one, left_out=why_not))
    return sorted(told, key=lambda one: (bool(one.left_out), one.address))


def _subscribers(newsletter: Newsletter) -> Iterator[Receives]:
    rows = Subscriber.objects.filter(state=CONFIRMED).select_related("person").order_by("pk")
    had_one = _had_one_this_month(newsletter)
    for row in rows:
        why_not = ""
        if row.person is not None and not row.person.is_active:
            why_not = "The account is closed."
        elif row.often == Often.MONTHLY and row.pk in had_one:
            why_not = "They had this month's first newsletter and want no more."
        since = f" on {long_date(local_day(row.confirmed_at))}" if row.confirmed_at else ""
        yield Receives(row.mailed_to, f"Subscribed{since}", tuple(row.topics), row.reads_as, row, row.person, why_not)


def _had_one_this_month(newsletter: Newsletter) -> set[int]:
    months = Newsletter.objects.filter(state=SENT, day__lt=newsletter.day, day__gte=newsletter.day.replace(day=1))
    had = Recipient.objects.filter(newsletter__in=months, left_out="", subscriber__isnull=False)
    return set(had.values_list("subscriber_id", flat=True))


def _in_roles(newsletter: Newsletter, at: datetime) -> Iterator[Receives]:
    if not newsletter.to_roles:
        return
    day = local_day(at)
    by_person: dict[Person, list[str]] = defaultdict(list)
    rows = Capacity.objects.filter(role__in=newsletter.to_roles, person__is_active=True)
    rows = rows.on(day).select_related("person").order_by("person__email", "pk")
    names = _parties(rows, day)
    for row in rows:
        by_person[row.person].append(_capacity(row, names))
    # A row is tied to an account by subscribing with it or by ending it, so that one not confirmed was ended, whatever
    # a stranger has asked for that address since.
    ended_rows = Subscriber.objects.filter(person__isnull=False).exclude(state=CONFIRMED)
    ended = set(ended_rows.values_list("person", flat=True))
    ended_addresses = set(Subscriber.objects.filter(state=ENDED).values_list("address", flat=True))
    for person, why in by_person.items():
        address = person.email.lower()
        refused = person.pk in ended or address in ended_addresses
        left_out = "They ended the newsletter." if refused else ""
        reasons = "; ".join(dict.fromkeys(why))
        yield Receives(address, reasons, tuple(every_topic()), person=person, left_out=left_out)


def _parties(rows: Iterable[Capacity], day: date) -> dict[int, str]:
    ids = {row.organisation_id for row in rows if row.organisation_id is not None}
    return dict(Party.objects.filter(pk__in=ids).values_list("pk", "name"))


def _capacity(row: Capacity, names: dict[int, str]) -> str:
    if row.role == Role.PARTY_CONTACT:
        return f"Contact of {names.get(row.organisation_id or 0, 'a party')}"
    return f"Member of {row.audience}"
