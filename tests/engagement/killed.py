"""Programs that send a newsletter; test_newsletter_killed.py runs each in a process of its own, and kills it."""

from __future__ import annotations

import os
import signal
from datetime import date, datetime

import django

django.setup()

from secretariat.core import procedure  # noqa: E402 - Django first
from secretariat.core.people import Capacity, Person, Role, Team  # noqa: E402
from secretariat.engagement.newsletter import actions  # noqa: E402
from secretariat.engagement.newsletter.models import Newsletter, Passage  # noqa: E402
from secretariat.engagement.newsletter.procedure import NEWSLETTER  # noqa: E402
from secretariat.engagement.subscribing.models import CONFIRMED, Subscriber  # noqa: E402
from secretariat.plain.dates import LONDON  # noqa: E402
from secretariat.post.outbox import drain as drain_outbox  # noqa: E402
from secretariat.site.tables import make_or_upgrade  # noqa: E402

AT = datetime(2020, 3, 5, 12, tzinfo=LONDON)
READERS = int(os.environ.get("NEWSLETTER_READERS", "40"))
"""As many as every run has time for; five thousand by hand."""


def _staff(name: str, team: str) -> Person:
    made = Person.objects.create_user(f"{name}@example.org", name)
    row = Capacity(person=made, role=Role.SECRETARIAT, team=team, from_day=date(2017, 1, 1), recorded=AT)
    row.save()
    return made


def ready() -> None:
    """Tables, readers, and an approved newsletter."""
    make_or_upgrade()
    editor, reads = _staff("editor", Team.PARTY_SUPPORT), _staff("reads", Team.OPERATIONS)
    told = {"at": AT, "recorded": AT}
    made = actions.begin(Newsletter(title="Newsletter", day=AT.date()), by=editor, **told)
    actions.write(Passage(newsletter=made, block="governance", text="The Panel meets."), by=editor, **told)
    NEWSLETTER.take("approve", made, by=reads, **told)
    Subscriber.objects.bulk_create(
        Subscriber(address=f"r{number}@example.org", state=CONFIRMED, confirmed_at=AT) for number in range(READERS)
    )


def send() -> None:
    """Queues it for its readers."""
    editor = Person.objects.get(email="editor@example.org")
    NEWSLETTER.take("send", Newsletter.objects.get(), by=editor, at=AT, recorded=AT)


def send_and_die() -> None:
    """The same, dying when all is queued and the step's own event is not written."""
    procedure.record = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,return-value]
    send()


def drain() -> None:
    """Hands what is queued to the mail server."""
    drain_outbox(AT)
