"""Who hears that the go-live day of a release moved: everybody who follows a list in which the release stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.change.models import Release
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.post.following import page_for
from secretariat.post.models import Subscription
from secretariat.post.notices import Notice, notify

FOLLOWED = {"releases": "pk", "release items": "release_id"}
"""The lists that tell of a release, and where each of their rows names it."""


def followers(event: Event, release: Release, at: datetime) -> Iterable[Person]:
    """Those who follow releases, or modifications in scopes, with filters that find this one, and may read it."""
    rows = Subscription.objects.filter(plural__in=FOLLOWED, to_day=None, person__is_active=True)
    found = {row.person_id for row in rows.select_related("person") if _finds(row, release, at)}
    return Person.objects.filter(pk__in=found)


def _finds(row: Any, release: Release, at: datetime) -> bool:
    page = page_for(row.plural, row.query, row.person, at)
    if page is None:
        return False
    chosen = page.chosen()
    return chosen.is_valid() and chosen.qs.filter(**{FOLLOWED[row.plural]: release.pk}).exists()


NOTICES = notify(
    Notice(
        "release.move",
        to=followers,
        subject="{{ record }}: goes live on another day",
        template="change/notices/release_moved.txt",
    ),
)
