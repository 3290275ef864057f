"""Programs that die while mail comes in; test_mail_killed.py runs each in a process of its own."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import django

django.setup()

from secretariat.core.load import LOADS, Loading, load  # noqa: E402 - Django first
from secretariat.post.arrivals import keep_raw  # noqa: E402
from secretariat.post.tick import tick as take_tick  # noqa: E402
from secretariat.site.tables import make_or_upgrade  # noqa: E402

AT = datetime(2020, 3, 3, 10, tzinfo=UTC)
SCHEMES = b"""subject,scheme,from,to,group,heading,continues,source
enquiry categories,Categories,2013-09-23,,,Modifications,,made for the test
"""


def die(*_: object, **__: object) -> Any:
    """Ends the process at once, as a power cut would: no clean-up and no exception."""
    os.kill(os.getpid(), signal.SIGKILL)


def ready() -> None:
    """Tables and a category."""
    make_or_upgrade()
    load(LOADS["schemes"], "schemes.csv", SCHEMES, Loading(None, AT, AT))


def tick() -> None:
    """Fetches, reads and takes up all mail; nothing is sent, for no mail server listens."""
    take_tick(at=AT, recorded=AT)


def keep_and_die() -> None:
    """The same, dying when the bytes of the first mail are kept and it is not marked as seen."""
    with patch("secretariat.post.mail_in.keep_raw", lambda *found, **more: (keep_raw(*found, **more), die())):
        tick()


def record_and_die() -> None:
    """The same, dying in the middle of writing the first mail into the record."""
    with patch("secretariat.core.procedure.record", die):
        tick()


def read_and_die() -> None:
    """The same, dying over what the bytes of a mail provoke."""
    with patch("secretariat.post.arrivals.read", die):
        tick()


def take_up_and_die() -> None:
    """The same, dying when the enquiry is there and what was said is not."""
    with patch("secretariat.helpdesk.mail.intake.say", die):
        tick()
