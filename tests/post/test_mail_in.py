"""Mail in, from a real IMAP server: kept once, threaded, matched, and nothing lost in silence."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.post import arrivals, mail_in
from secretariat.post.arrivals import keep_raw
from secretariat.post.mail_in import fetch, open_mailbox
from secretariat.post.models import Arrival, IncomingMail
from secretariat.post.procedure import INCOMING_MAIL
from secretariat.post.reading import read
from tests.post.conftest import Mailbox
from tests.post.corpus import corpus
from tests.post.factories import AT, contact, holiday, person, queued, secretary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays_known")]


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def letter(subject: str = "Hello", number: int = 1, body: str = "Words", **head: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "A Person <a@example.org>", subject, f"<{number}@x>"
    for name, value in head.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    return mail


def test_unseen_mail_is_kept_once_and_marked_as_seen(mailbox: Mailbox) -> None:
    mailbox.put(letter(number=1).as_bytes(), letter(number=2).as_bytes())
    assert fetch(mailbox.url, AT).received == 2
    assert mailbox.unseen() == 0
    mailbox.put(letter(number=2).as_bytes())
    again = fetch(mailbox.url, AT)
    assert (again.received, again.repeated, mailbox.unseen()) == (0, 1, 0)
    mail = IncomingMail.objects.get(message_id="<1@x>")
    assert (mail.state, mail.classification, mail.audience, mail.body) == ("unmatched", Class.AMBER, "SECAS", "Words")
    assert mail.from_address == "a@example.org"
    assert [event.name for event in journal.history(mail)] == ["incoming mail.receive"]


def test_a_crash_before_keeping_leaves_the_mail_unseen(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox.put(letter(number=1).as_bytes(), letter(number=2).as_bytes())
    real = keep_raw

    def breaks_once(raw: bytes, *rest: Any, **more: Any) -> Any:
        if b"<1@x>" in raw:
            raise RuntimeError
        return real(raw, *rest, **more)

    monkeypatch.setattr(mail_in, "keep_raw", breaks_once)
    done = fetch(mailbox.url, AT)
    assert (done.received, len(done.problems), mailbox.unseen()) == (1, 1, 1)
    monkeypatch.setattr(mail_in, "keep_raw", real)
    assert fetch(mailbox.url, AT).received == 1


def test_a_message_that_cannot_be_read_is_kept_as_such_and_stops_no_other(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.put(letter(number=1, body="poison").as_bytes(), letter(number=2).as_bytes())
    real = read

    def breaks(raw: bytes, **told: str) -> Any:
        if b"poison" in raw:
            raise RecursionError
        return real(raw, **told)

    monkeypatch.setattr(arrivals, "read", breaks)
    done = fetch(mailbox.url, AT)
    assert (done.received, done.unreadable) == (2, 1)
    assert IncomingMail.objects.get(subject="(unreadable message)").refused[0]["name"] == "the whole message"


def test_malformed_mail_comes_in_whole(mailbox: Mailbox) -> None:
    mailbox.put(
        b"Subject: no id\r\n\r\nfirst",
        b"Content-Type: text/plain; charset=martian\r\nMessage-ID: <c@x>\r\n\r\n\xa3 second",
        b"Content-Type: multipart/mixed; boundary=zz\r\nMessage-ID: <m@x>\r\n\r\n--zz\r\n\r\nunclosed",
    )
    assert fetch(mailbox.url, AT).received == 3
    assert sorted(mail.body for mail in IncomingMail.objects.all()) == ["first", "unclosed", "£ second"]


def test_attachments_are_kept_for_the_administration_and_the_refused_are_listed(mailbox: Mailbox) -> None:
    mail = letter()
    mail.add_attachment(b"day,count\n2020-02-17,1\n", maintype="text", subtype="csv", filename="facts.csv")
    mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="run.exe")
    mail.add_attachment(b"not a pdf", maintype="application", subtype="pdf", filename="paper.pdf")
    mailbox.put(mail.as_bytes())
    fetch(mailbox.url, AT)
    kept = IncomingMail.objects.get()
    file = kept.files.get()
    assert (file.name, file.read()) == ("facts.csv", b"day,count\n2020-02-17,1\n")
    assert [part["name"] for part in kept.refused] == ["run.exe", "paper.pdf"]
    assert "may be programs" in kept.refused[0]["reason"]
    assert "does not hold what its ending says" in kept.refused[1]["reason"]
    assert StoredFile.objects.visible_to(secretary(), AT).count() == 1
    assert StoredFile.objects.visible_to(contact(), AT).count() == 0


def test_an_attachment_of_ten_megabytes_is_kept(mailbox: Mailbox) -> None:
    mail = letter()
    mail.add_attachment(b"012345678\n" * 2**20, maintype="text", subtype="csv", filename="large.csv")
    mailbox.put(mail.as_bytes())
    assert fetch(mailbox.url, AT).received == 1
    assert StoredFile.objects.get().size >= 10 * 2**20


def test_an_attachment_above_the_limit_is_listed_not_kept(mailbox: Mailbox, settings: Any) -> None:
    settings.FILE_LIMIT = 2**20
    mail = letter()
    mail.add_attachment(b"012345678\n" * 2**18, maintype="text", subtype="csv", filename="large.csv")
    mailbox.put(mail.as_bytes())
    fetch(mailbox.url, AT)
    assert "larger than 1 MiB" in IncomingMail.objects.get().refused[0]["reason"]


def test_mail_above_the_limit_is_kept_by_its_head(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RULEBOOK, "number", lambda key, at: 3 * (key != "post.mail_in_mib"))
    mailbox.put(letter(subject="Huge").as_bytes())
    fetch(mailbox.url, AT)
    mail = IncomingMail.objects.get()
    assert (mail.subject, mail.body, mail.refused[0]["reason"]) == (
        "Huge", "", "It is larger than 0 MiB. The whole of it is still in the mailbox."
    )  # fmt: skip


def test_a_subject_that_names_one_record_matches_the_mail_to_it(mailbox: Mailbox) -> None:
    made = holiday(name="ENQ-000123")
    mailbox.put(letter("Re: [ENQ-000123] your question").as_bytes(), letter("ENQ-999999 unknown", 2).as_bytes())
    done = fetch(mailbox.url, AT)
    assert done.matched == 1
    mail = IncomingMail.objects.get(message_id="<1@x>")
    assert (mail.state, mail.kind, mail.record_id) == ("matched", "core.proclaimedholiday", made.pk)
    assert IncomingMail.objects.get(message_id="<2@x>").state == "unmatched"


def test_reference_names_one_record_or_the_mail_waits_for_a_person(mailbox: Mailbox) -> None:
    holiday(name="ENQ-000123")
    second = holiday(date(2020, 6, 1), "ENQ-000124")
    mailbox.put(letter("ENQ-000123 and ENQ-000124").as_bytes())
    fetch(mailbox.url, AT)
    mail, staff = IncomingMail.objects.get(), secretary()
    assert mail.state == "unmatched"
    with pytest.raises(Refused, match="No single record"):
        INCOMING_MAIL.take("match", mail, by=staff, at=AT, recorded=AT, reference="ENQ-5")
    with pytest.raises(Refused):
        INCOMING_MAIL.take("match", mail, by=contact(), at=AT, recorded=AT, reference="ENQ-000124")
    INCOMING_MAIL.take("match", mail, by=staff, at=AT, recorded=AT, reference="ENQ-000124")
    assert (mail.state, mail.record_id) == ("matched", second.pk)
    INCOMING_MAIL.take("set_aside", mail, by=staff, at=AT, recorded=AT)
    assert (mail.state, mail.record_id) == ("set aside", None)


def test_answers_join_the_conversation_and_its_record_whatever_their_subject(mailbox: Mailbox) -> None:
    made = holiday(name="ENQ-000123")
    mailbox.put(
        letter("ENQ-000123", 1).as_bytes(),
        letter("Re", 2, In_Reply_To="<1@x>").as_bytes(),
        letter("Re", 3, References="<1@x> <2@x>").as_bytes(),
        letter("Re", 4, In_Reply_To="<unknown@x>").as_bytes(),
    )
    fetch(mailbox.url, AT)
    first = IncomingMail.objects.get(message_id="<1@x>")
    assert set(first.replies.values_list("message_id", "state", "record_id")) == {
        ("<2@x>", "matched", made.pk),
        ("<3@x>", "matched", made.pk),
    }
    assert IncomingMail.objects.get(message_id="<4@x>").thread is None


def test_an_answer_to_a_message_that_went_out_is_joined_to_it(mailbox: Mailbox) -> None:
    message = queued(contact())
    mailbox.put(letter("Re: A subject", In_Reply_To=message.message_id).as_bytes())
    fetch(mailbox.url, AT)
    assert IncomingMail.objects.get().answers == message


def test_automatic_mail_is_kept_and_marked(mailbox: Mailbox) -> None:
    mailbox.put(letter("Out of office", Auto_Submitted="auto-replied").as_bytes())
    fetch(mailbox.url, AT)
    assert IncomingMail.objects.get().automatic


def test_only_the_administration_reads_incoming_mail(mailbox: Mailbox) -> None:
    mailbox.put(letter().as_bytes())
    fetch(mailbox.url, AT)
    assert IncomingMail.objects.visible_to(secretary(), AT).count() == 1
    assert IncomingMail.objects.visible_to(contact(), AT).count() == 0
    assert IncomingMail.objects.visible_to(person("Nobody"), AT).count() == 0


def test_a_mailbox_is_an_imap_address() -> None:
    with pytest.raises(ValueError, match="imaps://"):
        open_mailbox("https://example.org/")


def test_awkward_mail_from_a_real_mailbox_is_all_kept_and_none_of_it_twice(mailbox: Mailbox) -> None:
    # A server of IMAP keeps no empty message and none that is no mail at all.
    chosen = [case for case in corpus()[::16] if len(case.raw) < 100_000 and not case.name.startswith("heads")]
    mailbox.put(*(case.raw for case in chosen))
    done = fetch(mailbox.url, AT)
    assert (done.received, done.problems, mailbox.unseen()) == (len(chosen), [], 0)
    assert (Arrival.objects.filter(mail=None).count(), IncomingMail.objects.count()) == (0, len(chosen))
    assert all(set(file.name).isdisjoint('/\\"') for file in StoredFile.objects.all())
    assert fetch(mailbox.url, AT).received == 0
