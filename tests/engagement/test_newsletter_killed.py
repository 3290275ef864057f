"""Sending a newsletter survives a kill at any moment: nobody gets it twice, and what is uncertain is listed."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.engagement.killed import READERS
from tests.site.own_database import ROOT, asked, own_database

PATIENCE = max(120, READERS // 10)
"""Seconds for one program."""
BEFORE_TAKEN, AFTER_TAKEN = "RCPT", "DATA"
"""The two moments at which the sender dies: before the server has the mail, and before it hears that the server has."""


@dataclass
class Server:
    """Takes mail in, and kills the process that sends it at a moment of the nth mail."""

    received: Counter[str] = field(default_factory=Counter)
    kills: dict[int, str] = field(default_factory=dict)
    sender: subprocess.Popen[bytes] | None = None
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
        if self.kills.get(self.met) == moment and self.sender is not None:
            self.sender.send_signal(signal.SIGKILL)
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
        told |= {"SECRETARIAT_SMTP_HOST": "127.0.0.1"}
        assert run("ready", told) == 0
        yield told


def run(name: str, environment: dict[str, str], server: Server | None = None) -> int:
    process = subprocess.Popen([sys.executable, "-m", "tests.engagement.killed", name], env=environment, cwd=ROOT)
    if server is not None:
        server.sender = process
    return process.wait(PATIENCE)


def states(environment: dict[str, str]) -> Counter[str]:
    return Counter(asked(environment, "SELECT state FROM post_message"))


@pytest.mark.slow
@pytest.mark.database
def test_a_newsletter_survives_kills_while_it_is_queued_and_while_it_is_sent(
    environment: dict[str, str], server: tuple[Server, int]
) -> None:
    assert run("send_and_die", environment) == -signal.SIGKILL
    assert states(environment) == {}
    assert run("send", environment) == 0
    assert states(environment) == {"queued": READERS}
    handler = server[0]
    quarter = READERS // 4
    handler.kills = {quarter: AFTER_TAKEN, 2 * quarter: BEFORE_TAKEN, 3 * quarter: AFTER_TAKEN}
    for _ in handler.kills:
        assert run("drain", environment, handler) == -signal.SIGKILL
    assert run("drain", environment, handler) == 0
    assert states(environment) == {"sent": READERS - 3, "uncertain": 3}
    assert set(handler.received.values()) == {1}
    assert len(handler.received) == READERS - 1
    assert run("drain", environment, handler) == 0
    assert handler.received.total() == READERS - 1
