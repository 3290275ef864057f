"""A process killed in the middle of an import, an issue or a tick leaves all or nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from tests.killing import programs
from tests.site.own_database import asked, own_database

Count = Callable[[str], int]
Run = Callable[[str], int]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A home folder and a database of its own."""
    with own_database(tmp_path_factory.mktemp("killed"), f"killed_{os.getpid()}") as known:
        yield known


@pytest.fixture(scope="module")
def run(environment: dict[str, str]) -> Iterator[Run]:
    """Runs one of the programs and returns its exit status; a paper is ready to be issued."""
    with programs("tests.site.killed", environment) as ready:
        assert ready.run("ready") == 0
        yield ready.run


@pytest.fixture
def count(environment: dict[str, str]) -> Count:
    """Counts rows as another process sees them."""
    return lambda what: int(asked(environment, f"SELECT count(*) FROM {what}")[0])


@pytest.mark.database
def test_an_import_that_is_killed_leaves_nothing_and_can_be_repeated_without_doubling(run: Run, count: Count) -> None:
    events = count("core_event")
    assert run("load_and_die") == -signal.SIGKILL
    assert (count("helpdesk_enquiry"), count("core_event")) == (0, events)
    assert run("load_enquiries") == 0
    assert count("helpdesk_enquiry") == 400
    after = count("core_event")
    assert run("load_enquiries") == 0
    assert (count("helpdesk_enquiry"), count("core_event")) == (400, after)


@pytest.mark.database
def test_an_issue_that_is_killed_leaves_the_paper_signed_off(run: Run, count: Count) -> None:
    assert run("issue_and_die") == -signal.SIGKILL
    assert count("papers_issue") == 0
    assert count("papers_paper WHERE state = 'signed off'") == 1
    assert run("issue") == 0
    assert count("papers_issue") == 1
    assert count("papers_paper WHERE state = 'issued'") == 1


@pytest.mark.database
def test_a_tick_that_is_killed_queues_nothing_twice(run: Run, count: Count) -> None:
    assert run("tick_and_die") == -signal.SIGKILL
    assert count("post_message") == 0
    assert run("tick") == 0
    queued = count("post_message")
    assert queued > 0
    assert run("tick") == 0
    assert count("post_message") == queued
