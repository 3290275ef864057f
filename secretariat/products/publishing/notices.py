"""Who hears of versions: the technical team of the DCC's file, the DCC of a version to load, askers of the answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import QueryDict

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.models import Subscription
from secretariat.post.notices import Notice, notify
from secretariat.products.publishing.models import PreparedVersion, TestingRequest, is_central


def technical_team(event: Event, prepared: PreparedVersion, at: datetime) -> Iterable[Person]:
    """The technical team, of a file that the DCC has sent."""
    if is_central(prepared.list):
        return ()
    return acting(at, role=Role.SECRETARIAT, team=Team.TECHNICAL)


def the_dcc_and_followers(event: Event, prepared: PreparedVersion, at: datetime) -> Iterable[Person]:
    """Those who follow the versions of all lists or of this one; of the Central list the DCC's own people too."""
    rows = Subscription.objects.filter(plural="list versions", to_day=None, person__is_active=True)
    code, found = prepared.list.code, rows.select_related("person")
    followers = {one.person for one in found if QueryDict(one.query).get("list", code) == code}
    return followers | set(acting(at, role=Role.DCC)) if is_central(prepared.list) else followers


def the_dcc(event: Event, request: Any, at: datetime) -> Iterable[Person]:
    """The DCC's own people."""
    return acting(at, role=Role.DCC)


def the_asker(event: Event, request: TestingRequest, at: datetime) -> Iterable[Person]:
    """Who asked."""
    asker = request.asked_by
    return [asker] if asker is not None and asker.is_active else []


NOTICES = notify(
    Notice(
        "list_version.prepare",
        to=technical_team,
        subject="A new version of the {{ record.list.code }} waits to be published",
        body="{{ record.list.name }}: {{ record.holds }} rows. Look at it, then publish it or ask.\n{{ link }}",
    ),
    Notice(
        "list_version.publish",
        to=the_dcc_and_followers,
        subject="{{ record.published_as }} is published",
        body="{{ record.list.name }}, version {{ record.published_as.number }}: {{ record.holds }} rows."
        "{% if record.note %}\n{{ record.note }}{% endif %}\n{{ link }}",
    ),
    Notice(
        "testing_request.ask",
        to=the_dcc,
        subject="Is testing needed? {{ record }}",
        body="You are asked to determine whether a combination of devices needs testing.\n{{ link }}",
    ),
    Notice(
        "testing_request.determine",
        to=the_asker,
        subject="Determined: testing is {{ '' if record.needed else 'not ' }}needed for {{ record }}",
        body="The DCC's reasons are on the page.\n{{ link }}",
    ),
)
