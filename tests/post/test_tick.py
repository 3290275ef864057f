"""The tick: what time alone causes, safe to run twice, and no part stops another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from secretariat.core import journal
from secretariat.post import due
from secretariat.post import tick as tick_module
from secretariat.post.due import Due
from secretariat.post.models import IncomingMail, Message
from secretariat.post.notices import Notice, notify
from secretariat.post.procedure import MESSAGE
from secretariat.post.tick import tick
from tests.post.conftest import Mailbox, Sink
from tests.post.factories import AT, contact, holiday, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays_known")]


@pytest.fixture(autouse=True)
def nothing_due(monkeypatch: pytest.MonkeyPatch) -> list[due.Find]:
    table: list[due.Find] = []
    monkeypatch.setattr(due, "DUE", table)
    monkeypatch.setattr(tick_module, "TAKERS", [])
    return table


@pytest.mark.usefixtures("declared")
def test_a_tick_fetches_gathers_and_drains_and_a_second_one_does_nothing(
    sink: Sink, mailbox: Mailbox, settings: Any
) -> None:
    settings.MAIL_IN = mailbox.url
    who = contact()
    notify(Notice("proclaimedholiday.enter", to=lambda *_: [who], subject="s", body="b"))
    holiday()
    mailbox.put(b"Message-ID: <1@x>\r\nSubject: ENQ-000123\r\n\r\nHello")
    done = tick(AT, AT)
    assert (done["received"], done["matched"], done["queued"], done["sent"]) == (1, 1, 1, 1)
    assert done["problems"] == []
    again = tick(AT, AT)
    assert not any(count for name, count in again.items() if name != "problems")
    assert (len(sink.received), IncomingMail.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_a_part_that_fails_is_told_and_stops_no_other(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(tick_module, "gather", breaks)
    queued(contact())
    done = tick(AT, AT)
    assert done["problems"] == ["Gathering notices failed: RuntimeError."]
    assert done["sent"] == 1


def test_steps_that_are_due_are_taken_as_the_clocks_at_the_instant_they_fell_due(nothing_due: list[due.Find]) -> None:
    message = queued(contact())
    fell = AT - timedelta(hours=1)

    def begins(at: datetime) -> Iterable[Due]:
        return [Due(MESSAGE, "begin", row, at=fell) for row in Message.objects.filter(state="queued")]

    due.register(begins)
    due.register(begins)
    assert len(nothing_due) == 1
    done = due.take_due(AT, AT)
    assert done.taken == 1
    event = journal.history(message).last()
    assert event is not None
    assert (event.name, event.by, event.at, event.recorded) == ("message.begin", None, fell, AT)
    assert due.take_due(AT, AT).taken == 0


def test_a_due_step_that_is_refused_is_told_and_stops_no_other(nothing_due: list[due.Find]) -> None:
    first, second = queued(contact("A"), "1"), queued(contact("B"), "2")

    @due.register
    def found(at: datetime) -> Iterable[Due]:
        return [Due(MESSAGE, "send", first), Due(MESSAGE, "withhold", second, {"words": "why"})]

    done = due.take_due(AT, AT)
    assert done.taken == 1
    assert done.refused[0].startswith("message.send of A subject: ")
    assert list(due.due_steps(AT)) == found(AT)
