"""Messages that came back: only a report about a message of ours to its own address counts."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest

from secretariat.core import journal
from secretariat.core.procedure import Refused
from secretariat.post.arrivals import Fetched, keep
from secretariat.post.bounces import suppressed
from secretariat.post.delivery_reports import report_in
from secretariat.post.drafts import Draft, queue, why_not
from secretariat.post.models import Bounce, IncomingMail, Message
from secretariat.post.outbox import drain
from secretariat.post.procedure import BOUNCE
from secretariat.post.reading import read
from tests.post.conftest import Sink
from tests.post.corpus_bodies import report
from tests.post.factories import AT, contact, queued, secretary

GONE = "gone@example.org"


def message(key: str = "one", address: str = GONE) -> Message:
    return queue([Draft(key=key, person=None, address=address, subject="s", body="b", notice="test")], AT, AT)[0]


def came_back(about: Message | None, code: str = "5.1.1", days: int = 0, to: str = "gone") -> IncomingMail:
    original = about.message_id if about is not None else "<somebody@example.org>"
    raw = f"Message-ID: <{code}.{days}.{to}@y>\r\n{report(code, 'failed', original=original, to=to)}"
    when = AT + timedelta(days=days)
    mail = keep(read(raw.encode()), when, when, when, Fetched())
    assert mail is not None
    return mail


@pytest.mark.parametrize("code", ["5.1.1", "5.1.2", "5.1.10", "5.2.1"])
def test_codes_that_say_that_there_is_no_such_address_are_permanent(code: str) -> None:
    found = report_in(message_from_bytes(report(code, "failed").encode()))
    assert found is not None
    (failure,) = found.failures
    assert (failure.address, failure.permanent, failure.code) == (GONE, True, code)
    assert failure.words == f"smtp; 550 {code} no such person"
    assert found.originals == ("<sent@example.org>",)


@pytest.mark.parametrize("code", ["5.2.2", "4.4.7", "5.7.1", "5.0.0"])
def test_other_failures_may_pass(code: str) -> None:
    found = report_in(message_from_bytes(report(code, "failed").encode()))
    assert found is not None
    assert not found.failures[0].permanent


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_delivery_takes_longer_is_none_of_failure(action: str) -> None:
    assert report_in(message_from_bytes(report("4.0.0", action).encode())) is None


@pytest.mark.django_db
def test_an_address_that_takes_no_mail_gets_none_until_the_secretariat_lifts_it(sink: Sink) -> None:
    first = message()
    mail = came_back(first)
    assert mail.answers == first
    bounce = Bounce.objects.get()
    assert (bounce.message, bounce.state, bounce.permanent) == (first, "noted", True)
    assert suppressed(["GONE@example.org", "other@example.org"], AT) == {
        GONE: "Mail to it came back on Mon 17 Feb 2020: the address takes no mail."
    }
    message("two")
    assert drain(AT).outcomes["withheld"] == 2
    assert sink.received == []
    with pytest.raises(Refused):
        BOUNCE.take("lift", bounce, by=contact(), at=AT, recorded=AT)
    BOUNCE.take("lift", bounce, by=secretary(), at=AT, recorded=AT)
    assert suppressed([GONE], AT) == {}
    assert [event.name for event in journal.history(bounce)] == ["bounce.note", "bounce.lift"]
    third = message("three")
    assert why_not(third, AT) == ""
    drain(AT)
    assert sink.received[0]["To"] == GONE


@pytest.mark.django_db
def test_a_forged_report_silences_nobody() -> None:
    to_person = queued(contact())
    came_back(None)
    came_back(to_person, to="somebody-else")
    assert [bounce.message for bounce in Bounce.objects.all()] == [None, None]
    assert suppressed([GONE, "somebody-else@example.org", to_person.recipient], AT) == {}


@pytest.mark.django_db
def test_failures_that_may_pass_count_together_for_some_weeks() -> None:
    sent = message()
    for days in (0, 1):
        came_back(sent, "5.2.2", days)
    assert suppressed([GONE], AT + timedelta(days=1)) == {}
    came_back(sent, "5.2.2", 2)
    assert "came back 3 times" in suppressed([GONE], AT + timedelta(days=2))[GONE]
    assert suppressed([GONE], AT + timedelta(days=90)) == {}


@pytest.mark.django_db
def test_a_bounce_to_an_account_is_matched_by_its_address_too() -> None:
    sent = queued(contact())
    came_back(sent, to="contact")
    assert "takes no mail" in suppressed([sent.recipient], AT)[sent.recipient]
