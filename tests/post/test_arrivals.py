"""Mail is kept byte for byte before anything is read of it; loops are known, and nobody's mail hides another's."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from secretariat.core.files import place
from secretariat.post import arrivals
from secretariat.post.arrivals import Fetched, keep_raw, read_waiting
from secretariat.post.mail_in import fetch_all, take_in
from secretariat.post.mailboxes import mailboxes, own_addresses
from secretariat.post.models import Arrival, IncomingMail
from secretariat.site import commands
from tests.post.conftest import Mailbox
from tests.post.factories import AT, contact, queued, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.CLOCK = tmp_path, AT.isoformat()


def raw(number: int = 1, sender: str = "ann@example.org", subject: str = "Hello", **more: str) -> bytes:
    head = f"Message-ID: <{number}@x>\r\nFrom: {sender}\r\nSubject: {subject}\r\n"
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
    return f"{head}\r\nWords {number}".encode()


def taken(content: bytes, mailbox: str = "helpdesk@secas.example") -> Fetched:
    return take_in(content, mailbox, AT, AT)


def test_the_bytes_are_kept_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(arrivals, "_mail", breaks)
    done = taken(raw())
    arrival = Arrival.objects.get()
    assert (done.received, arrival.mail, arrival.tries) == (0, None, 0)
    assert place(arrival.sha256).read_bytes() == raw()
    assert "it waits" in done.problems[0]
    monkeypatch.undo()
    assert read_waiting(AT, AT, Fetched()).received == 1
    arrival.refresh_from_db()
    assert arrival.mail == IncomingMail.objects.get(mailbox="helpdesk@secas.example", message_id="<1@x>")


def test_the_same_bytes_are_kept_once() -> None:
    taken(raw())
    again = taken(raw())
    assert (again.received, Arrival.objects.count(), IncomingMail.objects.count()) == (0, 1, 1)


def test_one_mail_to_two_mailboxes_is_one_mail_that_came_twice() -> None:
    taken(b"Delivered-To: a@secas.example\r\n" + raw())
    again = taken(b"Delivered-To: b@secas.example\r\n" + raw(), "b@secas.example")
    assert (again.repeated, Arrival.objects.count(), IncomingMail.objects.get().arrivals.count()) == (1, 2, 2)


def test_another_mail_under_a_known_id_is_kept_too_in_the_same_conversation_only_of_the_same_sender() -> None:
    taken(raw(1, sender="ann@example.org"))
    taken(raw(1, subject="Something else", sender="Ann <ANN@example.org>"))
    taken(raw(1, subject="A third thing", sender="eve@example.org"))
    first, second, third = IncomingMail.objects.order_by("pk")
    assert (second.subject, second.thread) == ("Something else", first)
    assert (third.subject, third.thread) == ("A third thing", None)
    assert second.message_id.endswith("@no-message-id>")
    assert third.message_id.endswith("@no-message-id>")


def test_bytes_that_end_the_process_each_time_are_kept_as_unreadable() -> None:
    arrival = keep_raw(raw(), "", AT, AT)
    Arrival.objects.filter(pk=arrival.pk).update(tries=3)
    done = read_waiting(AT, AT, Fetched())
    assert (done.received, done.unreadable) == (1, 1)
    assert IncomingMail.objects.get().refused[0]["reason"] == "Reading it broke off each time."


def test_stored_bytes_that_changed_are_not_read_as_if_they_had_come() -> None:
    arrival = keep_raw(raw(), "", AT, AT)
    place(arrival.sha256).write_bytes(b"other")
    assert "ValueError" in read_waiting(AT, AT, Fetched()).problems[0]
    assert not IncomingMail.objects.exists()


def test_a_message_of_ours_that_comes_back_is_a_programs() -> None:
    sent = queued(contact())
    taken(f"Message-ID: {sent.message_id}\r\nFrom: list@example.org\r\n\r\nback".encode())
    assert IncomingMail.objects.get().automatic_why == "It is a message of ours that came back."


def test_mail_from_an_address_of_ours_is_a_loop(settings: Any) -> None:
    settings.MAIL_IN = "imaps://helpdesk@secas.example:x@host/INBOX imaps://u:p@host/?address=Change@secas.example"
    settings.DEFAULT_FROM_EMAIL = "The Secretariat <secretariat@secas.example>"
    assert [box.address for box in mailboxes()] == ["helpdesk@secas.example", "change@secas.example"]
    assert own_addresses() == {"helpdesk@secas.example", "change@secas.example", "secretariat@secas.example"}
    taken(raw(sender="Change <CHANGE@secas.example>"))
    assert IncomingMail.objects.get().automatic_why == "It comes from an address of ours."


def test_too_many_mails_of_one_sender_within_a_day_are_taken_for_a_programs() -> None:
    for number in range(31):
        taken(raw(number))
    assert list(IncomingMail.objects.filter(automatic=True).values_list("message_id", flat=True)) == ["<30@x>"]
    taken(raw(99, sender="ben@example.org"))
    take_in(raw(100), "", AT + timedelta(days=2), AT)
    assert IncomingMail.objects.filter(automatic=True).count() == 1


def test_an_answer_to_our_reply_joins_the_conversation_that_we_replied_to() -> None:
    taken(raw(1))
    first = IncomingMail.objects.get()
    sent = queued(contact())
    sent.replies_to = first
    sent.save()
    taken(raw(2, In_Reply_To=sent.message_id))
    assert IncomingMail.objects.get(message_id="<2@x>").thread == first


def test_every_mailbox_is_fetched_and_one_that_cannot_be_reached_keeps_no_other_out(
    mailbox: Mailbox, settings: Any
) -> None:
    settings.MAIL_IN = f"imap://closed@secas.example:x@127.0.0.1:1/INBOX {mailbox.url}?address=helpdesk@secas.example"
    mailbox.put(raw())
    closed, opened = fetch_all(AT, AT)
    assert closed.problems == ["The mail of closed@secas.example could not be fetched (ConnectionRefusedError)."]
    assert (opened.received, IncomingMail.objects.get().mailbox) == (1, "helpdesk@secas.example")


def test_a_mail_server_hands_a_message_over_by_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "TAKERS", [])
    monkeypatch.setattr(commands, "TAKERS", [])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw())))
    assert commands.mail_in(SimpleNamespace(mailbox="Helpdesk@secas.example ")) == 0  # type: ignore[arg-type]
    assert IncomingMail.objects.get().mailbox == "helpdesk@secas.example"


def test_a_message_that_cannot_be_kept_is_left_with_the_mail_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: bytes) -> str:
        raise OSError

    monkeypatch.setattr("secretariat.core.files.store", full)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw())))
    assert commands.mail_in(SimpleNamespace(mailbox="")) == 75  # type: ignore[arg-type]
    assert "Send it again later" in capsys.readouterr().err
    assert not Arrival.objects.exists()


def test_the_bytes_are_handed_out_to_the_secretariat_alone_and_never_run(client: Client) -> None:
    taken(raw())
    address = Arrival.objects.get().get_absolute_url()
    client.force_login(contact(), "django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403
    client.force_login(secretary(), "django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert b"".join(response.streaming_content) == raw()  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(address.replace("/as-it-came/", "99/as-it-came/")).status_code == 404
