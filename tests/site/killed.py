"""Programs that die in the middle of a write; test_killed.py runs each in a process of its own."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime

import django

django.setup()

from secretariat.core import journal, procedure  # noqa: E402 - Django first
from secretariat.core.load import LOADS, Loading, load  # noqa: E402
from secretariat.core.people import Person, Team  # noqa: E402
from secretariat.papers.models import Paper  # noqa: E402
from secretariat.papers.procedure import PAPER  # noqa: E402
from secretariat.post.models import Bookmark  # noqa: E402
from secretariat.post.tick import tick as take_tick  # noqa: E402
from secretariat.site.tables import make_or_upgrade  # noqa: E402
from tests.papers import world  # noqa: E402

AT = datetime(2020, 3, 3, 10, tzinfo=UTC)
SCHEMES = b"""subject,scheme,from,to,group,heading,continues,source
enquiry categories,Categories,2013-09-23,,,Modifications,,made for the test
"""
ENQUIRIES = b"number,channel,category,received\n" + b"".join(
    f"ENQ-{number:06d},email,Modifications,2020-02-{number % 28 + 1:02d} 10:00\n".encode() for number in range(1, 401)
)


def die(*_: object, **__: object) -> None:
    """Ends the process at once, as a power cut would: no clean-up and no exception."""
    os.kill(os.getpid(), signal.SIGKILL)


def ready() -> None:
    """Tables, categories, and a paper that is signed off."""
    make_or_upgrade()
    load(LOADS["schemes"], "schemes.csv", SCHEMES, Loading(None, AT, AT))
    world.person("owner", team=Team.PARTY_SUPPORT)
    made = world.begun()
    lead, reviewer = Person.objects.get(email="lead@example.org"), world.person("reviewer", team=Team.OPERATIONS)
    journal.amend(made.attachments.get(), {"not_supplied": "none"}, **world.told(lead))
    PAPER.take("review", made, **world.told(reviewer))
    PAPER.take("sign_off", made, **world.told(lead))


def load_enquiries() -> None:
    """Loads four hundred enquiries."""
    load(LOADS["enquiries"], "enquiries.csv", ENQUIRIES, Loading(None, AT, AT))


def load_and_die() -> None:
    """The same, dying when the enquiries are written and their events are not."""
    journal.record_all = die  # type: ignore[assignment]
    load_enquiries()


def issue() -> None:
    """Issues the paper."""
    PAPER.take("issue", Paper.objects.get(), **world.told(Person.objects.get(email="lead@example.org")))


def issue_and_die() -> None:
    """The same, dying when the files are made and the step's event is not written."""
    procedure.record = die  # type: ignore[assignment]
    issue()


def tick() -> None:
    """Gathers the notices of everything that happened; nothing is sent, for no mail server listens."""
    take_tick(at=AT, recorded=AT)


def tick_and_die() -> None:
    """The same, dying when the messages are queued and the bookmark is not moved."""
    Bookmark.save = lambda self, *_, **__: die() if self.pk else super(Bookmark, self).save()  # type: ignore[method-assign,assignment]
    tick()
