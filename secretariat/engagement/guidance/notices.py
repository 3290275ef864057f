"""Who hears of guidance: who is to read a draft, its writer when it comes back, the owner when it is due again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.engagement.guidance.models import Draft
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify


def the_party_support_team(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The secretariat's party support team on the day, but for who acted."""
    rows = Capacity.objects.on(local_day(at)).filter(role=Role.SECRETARIAT, team=Team.PARTY_SUPPORT)
    found = Person.objects.filter(capacities__in=rows, is_active=True).distinct()
    return found.exclude(pk=event.by_id) if event.by_id else found


def the_writer(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """Who wrote the draft of an article last."""
    drafts = Draft.objects.filter(article=record).order_by("-pk")[:1]
    return Person.objects.filter(pk__in=[draft.writer_id for draft in drafts], is_active=True)


def the_owner(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The owner; the party support team where the owner has left the secretariat."""
    owner = record.owner
    if owner.is_active and owner.acts_as(Role.SECRETARIAT, at):
        return [owner]
    return the_party_support_team(event, record, at)


NOTICES = notify(
    Notice(
        "article.submit",
        the_party_support_team,
        "A draft to read: {{ record.draft.title if record.draft else record.title }}",
        body="A draft of this article was handed over. Publish it, or send it back with what is missing.\n\n{{ link }}",
    ),
    Notice(
        "article.send_back",
        the_writer,
        "Your draft came back: {{ record.title }}",
        body="Your draft came back with this reason:\n\n{{ facts.reason }}\n\n{{ link }}",
    ),
    Notice(
        "article.remind",
        the_owner,
        "Is it still true? {{ record.title }}",
        body="This article was to be looked at again on {{ record.review_on | day if record.review_on else 'a day that"
        " has passed' }}.\nSay that it is still true, begin a new draft, or withdraw it.\n\n{{ link }}",
    ),
)
