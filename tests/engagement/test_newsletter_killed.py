"""Sending a newsletter survives a kill at any moment: nobody gets it twice, and what is uncertain is listed."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.engagement.killed import READERS
from tests.killing import programs
from tests.site.own_database import asked, own_database

BEFORE_TAKEN, AFTER_TAKEN = "RCPT", "DATA"
"""The two moments at which the sender dies: before the server has the mail, and before it hears that the server has."""


@dataclass
class Server:
    """Takes mail in, and kills the process that sends it at a moment of the nth mail."""

    received: Counter[str] = field(default_factory=Counter)
    kills: dict[int, str] = field(default_factory=dict)
    sender: int = 0
    met: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.met += 1
        await self.maybe_kill(BEFORE_TAKEN)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.update(envelope.rcpt_tos)
        await self.maybe_kill(AFTER_TAKEN)
        return "250 Kept"

    async def maybe_kill(self, moment: str) -> None:
        if self.kills.get(self.met) == moment:
            os.kill(self.sender, signal.SIGKILL)
            await asyncio.sleep(0.2)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Server, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, server: tuple[Server, int]) -> Iterator[dict[str, str]]:
    with own_database(tmp_path_factory.mktemp("newsletter"), f"newsletter_{os.getpid()}") as known:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        told = {**known, "SECRETARIAT_SMTP_PORT": str(server[1]), "SECRETARIAT_EMAIL_BACKEND": backend}
        yield told | {"SECRETARIAT_SMTP_HOST": "127.0.0.1"}


@pytest.fixture(scope="module")
def run(environment: dict[str, str], server: tuple[Server, int]) -> Iterator[Callable[[str], int]]:
    """Runs one of the programs, which the server may kill, and returns its exit status."""

    def status(name: str) -> int:
        server[0].sender = forked.start(name)
        return forked.ended()

    with programs("tests.engagement.killed", environment) as forked:
        assert status("ready") == 0
        yield status


def states(environment: dict[str, str]) -> Counter[str]:
    return Counter(asked(environment, "SELECT state FROM post_message"))


@pytest.mark.database
def test_a_newsletter_survives_kills_while_it_is_queued_and_while_it_is_sent(
    environment: dict[str, str], server: tuple[Server, int], run: Callable[[str], int]
) -> None:
    assert run("send_and_die") == -signal.SIGKILL
    assert states(environment) == {}
    assert run("send") == 0
    assert states(environment) == {"queued": READERS}
    handler = server[0]
    quarter = READERS // 4
    handler.kills = {quarter: AFTER_TAKEN, 2 * quarter: BEFORE_TAKEN, 3 * quarter: AFTER_TAKEN}
    for _ in handler.kills:
        assert run("drain") == -signal.SIGKILL
    assert run("drain") == 0
    assert states(environment) == {"sent": READERS - 3, "uncertain": 3}
    assert set(handler.received.values()) == {1}
    assert len(handler.received) == READERS - 1
    assert run("drain") == 0
    assert handler.received.total() == READERS - 1
