"""Pages of messages and of incoming mail: for the secretariat alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.post.arrivals import Fetched, keep
from secretariat.post.models import IncomingMail
from secretariat.post.procedure import MESSAGE
from secretariat.post.reading import read
from tests.post.factories import AT, contact, queued, secretary

pytestmark = pytest.mark.django_db
LISTS = ["/bounces/", "/messages/", "/messages.csv", "/incoming-mail/", "/incoming-mail.csv"]


@pytest.fixture(autouse=True)
def fixed_clock(settings: Any) -> None:
    settings.CLOCK = AT.isoformat()


def signed_in(client: Client, who: Any) -> Client:
    client.force_login(who, "django.contrib.auth.backends.ModelBackend")
    return client


def received() -> IncomingMail:
    raw = b"From: A <a@example.org>\r\nSubject: <b>Hello</b>\r\nMessage-ID: <1@x>\r\n\r\n<script>x</script>"
    mail = keep(read(raw), AT, AT, AT, Fetched())
    assert mail is not None
    return mail


def test_lists_and_records_are_for_the_secretariat(client: Client) -> None:
    staff, other = secretary(), contact()
    records = [queued(other).get_absolute_url(), received().get_absolute_url()]
    for path in [*LISTS, *records]:
        assert client.get(path).status_code == 302, path
    signed_in(client, other)
    for path in [*LISTS, *records]:
        assert client.get(path).status_code == 403, path
    signed_in(client, staff)
    for path in [*LISTS, *records]:
        assert client.get(path).status_code == 200, path
    assert client.get("/messages/999999/").status_code == 404


def test_uncertain_messages_come_first(client: Client) -> None:
    uncertain, who = queued(contact("A"), "1"), contact("B")
    queued(who, "2")
    MESSAGE.take("begin", uncertain, by=None, at=AT, recorded=AT)
    MESSAGE.take("lose", uncertain, by=None, at=AT, recorded=AT, words="lost")
    signed_in(client, secretary())
    rows = client.get("/messages.csv").content.decode().splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == ["A", "B"]
    falling = client.get("/messages.csv?sort=-person").content.decode().splitlines()
    assert [row.split(",")[1] for row in falling[1:]] == ["B", "A"]


def test_messages_are_filtered_by_state_person_and_month(client: Client) -> None:
    queued(contact("A"), "1")
    queued(contact("B"), "2")
    signed_in(client, secretary())
    assert len(client.get("/messages.csv?person=b%40example").content.splitlines()) == 2
    assert len(client.get("/messages.csv?month=2020-02").content.splitlines()) == 3
    assert len(client.get("/messages.csv?month=2020-03").content.splitlines()) == 1
    assert len(client.get("/messages.csv?state=uncertain").content.splitlines()) == 1


def test_an_uncertain_message_offers_to_send_again_and_to_give_up(client: Client) -> None:
    message = queued(contact())
    MESSAGE.take("begin", message, by=None, at=AT, recorded=AT)
    MESSAGE.take("lose", message, by=None, at=AT, recorded=AT, words="lost")
    page = signed_in(client, secretary()).get(message.get_absolute_url()).content.decode()
    assert "Send again" in page
    assert "Give up" in page
    assert client.post(f"/steps/post.message/{message.pk}/resend/").status_code == 302
    message.refresh_from_db()
    assert message.state == "queued"


def test_what_a_mail_says_is_shown_as_text(client: Client) -> None:
    page = signed_in(client, secretary()).get(received().get_absolute_url()).content.decode()
    assert "&lt;b&gt;Hello&lt;/b&gt;" in page
    assert "<script>x" not in page
