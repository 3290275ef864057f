"""Who hears that a version of the code is published: everybody who follows a list in which it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.legaltext.publishing.models import PlannedVersion
from secretariat.post.models import Subscription
from secretariat.post.notices import Notice, notify

FOLLOWED = ("code versions", "document log", "planned code versions")


def followers(event: Event, planned: PlannedVersion, at: datetime) -> Iterable[Person]:
    """Those who follow the versions of the code, planned or published, or the Document Log."""
    rows = Subscription.objects.filter(plural__in=FOLLOWED, to_day=None, person__is_active=True)
    return Person.objects.filter(pk__in=rows.values("person"))


NOTICES = notify(
    Notice(
        "publishing.publish",
        to=followers,
        subject="Version {{ record.number }} of the code, in effect from {{ record.effective_from | day }}",
        template="legaltext/notices/published.txt",
    ),
)
