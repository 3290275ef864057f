"""A process killed anywhere between the mailbox and the enquiry loses nothing and takes nothing in twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.killing import programs
from tests.post.conftest import Mailbox
from tests.site.own_database import asked, own_database

pytestmark = pytest.mark.database
KILLED = -signal.SIGKILL
Run = Callable[[str], int]
Count = Callable[[str], int]


@pytest.fixture
def environment(tmp_path: Path, mailbox: Mailbox) -> Iterator[dict[str, str]]:
    """A home folder, a database and a mailbox of its own."""
    with own_database(tmp_path, f"mail_killed_{os.getpid()}") as known:
        yield known | {"SECRETARIAT_MAIL_IN": mailbox.url, "SECRETARIAT_HOME": str(tmp_path)}


@pytest.fixture
def run(environment: dict[str, str]) -> Iterator[Run]:
    """Runs one of the programs and returns its exit status; all is ready to take mail in."""
    with programs("tests.post.killed_mail", environment) as ready:
        assert ready.run("ready") == 0
        yield ready.run


@pytest.fixture
def count(environment: dict[str, str]) -> Count:
    """Counts rows as another process sees them."""
    return lambda what: int(asked(environment, f"SELECT count(*) FROM {what}")[0])


def letter(number: int) -> bytes:
    return f"Message-ID: <{number}@x>\r\nFrom: a{number}@example.org\r\nSubject: {number}\r\n\r\nWords".encode()


def test_no_mail_is_lost_or_taken_in_twice_wherever_the_process_is_killed(
    mailbox: Mailbox, run: Run, count: Count
) -> None:
    mailbox.put(*(letter(number) for number in range(3)))
    assert run("keep_and_die") == KILLED
    assert (mailbox.unseen(), count("post_arrival"), count("post_incomingmail")) == (3, 1, 0)
    assert run("record_and_die") == KILLED
    assert (mailbox.unseen(), count("post_arrival"), count("post_incomingmail")) == (0, 3, 0)
    assert run("take_up_and_die") == KILLED
    assert (count("post_incomingmail"), count("helpdesk_enquiry"), count("helpdesk_message")) == (3, 0, 0)
    for _ in range(2):
        assert run("tick") == 0
        assert (count("post_arrival"), count("post_incomingmail")) == (3, 3)
        assert (count("helpdesk_enquiry"), count("helpdesk_message"), count("post_message")) == (3, 3, 3)


def test_bytes_that_kill_whatever_reads_them_are_kept_and_hold_up_no_other_mail_for_ever(
    mailbox: Mailbox, run: Run, count: Count
) -> None:
    mailbox.put(letter(1))
    for _ in range(3):
        assert run("read_and_die") == KILLED
    assert count("post_incomingmail") == 0
    mailbox.put(letter(2))
    assert run("tick") == 0
    assert count("post_incomingmail WHERE subject = '(unreadable message)'") == 1
    assert count("post_incomingmail") == 2
