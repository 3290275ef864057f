"""Real peers on the loopback: an SMTP sink in a thread, an IMAP server in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import django_filters
import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import connection
from django.urls import clear_url_caches, set_urlconf
from imapclient import IMAPClient

from secretariat.core import kinds
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.filters import TextFilter
from secretariat.core.journal import SQLITE_GUARD
from secretariat.core.kinds import KINDS
from secretariat.core.lists import LISTS, Column, ListPage, class_column
from secretariat.post import notices


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Sink:
    """Takes mail in; an address with an answer of its own gets that instead."""

    answers: dict[str, str] = field(default_factory=dict)
    received: list[EmailMessage] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    drops: bool = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.sessions.add(id(session))
        if self.drops:
            server.transport.abort()
        return "250 Kept"


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


@dataclass
class Mailbox:
    """A real mailbox: its address, and a way to put mail into it."""

    url: str
    port: int

    def put(self, *letters: bytes) -> None:
        with self.opened() as box:
            for letter in letters:
                box.append("INBOX", letter)

    def unseen(self) -> int:
        with self.opened() as box:
            return len(box.search(["UNSEEN"]))

    def opened(self) -> IMAPClient:
        box = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=10)
        box.login("post", "se cret")
        box.select_folder("INBOX")
        return box


@pytest.fixture(scope="session")
def imap_port() -> Iterator[int]:
    """The port of one IMAP server for the whole run."""
    port = free_port()
    program = "from pymap.main import main; raise SystemExit(main())"
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict"]
    user = ["--demo-user", "post", "--demo-password", "se cret"]
    server = subprocess.Popen([sys.executable, "-c", program, *options, *user], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def mailbox(imap_port: int) -> Mailbox:
    """An empty mailbox."""
    found = Mailbox(f"imap://post:se%20cret@127.0.0.1:{imap_port}/INBOX", imap_port)
    with found.opened() as box:
        if old := box.search():
            box.delete_messages(old)
            box.expunge()
    return found


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the IMAP server did not start")


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[notices.Notice]]:
    """An empty table of notices for the test to fill, and a kind that "ENQ-…" names."""
    table: dict[str, list[notices.Notice]] = defaultdict(list)
    monkeypatch.setattr(notices, "NOTICES", table)
    monkeypatch.setattr("secretariat.post.outbox.NOTICES", table)
    return table


@pytest.fixture
def holidays_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the proclaimed holidays a kind whose records "ENQ-…" names."""
    monkeypatch.setattr(kinds, "KINDS", dict(KINDS))

    def find(text: str) -> ProclaimedHoliday | None:
        return ProclaimedHoliday.objects.filter(name__startswith=text).first()

    kinds.register("holiday", ProclaimedHoliday, find)


@pytest.fixture
def holiday_list(settings: Any) -> Iterator[type[ListPage]]:
    """A list of the proclaimed holidays with a day, at /extra-days/."""

    class HolidayFilter(django_filters.FilterSet):
        name = TextFilter("name")
        source = django_filters.ChoiceFilter(choices=[("Invented", "Invented")], label="Source")

    class Holidays(ListPage):
        model = ProclaimedHoliday
        word, plural = "extra day", "extra days"
        filters = HolidayFilter
        columns = (Column("name", "Name", "name"), Column("day", "Day", "day"), class_column())
        day = "day"

    from tests.post import urls  # noqa: PLC0415 - the addresses of a list that only these tests have

    urls.urlpatterns[:] = [*Holidays.urls(), *urls.SITE]
    settings.ROOT_URLCONF = "tests.post.urls"
    clear_url_caches()
    yield Holidays
    del LISTS[Holidays.plural]
    set_urlconf(None)
    clear_url_caches()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Transactions are really committed; afterwards SQLite's guard of the journal lets the tables be emptied."""
    yield
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for statement in SQLITE_GUARD:
            cursor.execute(f"DROP TRIGGER {statement.split()[2]}")
        call_command("flush", verbosity=0, interactive=False)
        for statement in SQLITE_GUARD:
            cursor.execute(statement)
