"""What goes out: gathered once, sent once, and never above the recipient's clearance."""

from __future__ import annotations

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from secretariat.core import journal
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import Class, Recipient
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person
from secretariat.core.procedure import Refused
from secretariat.post import outbox
from secretariat.post.drafts import Draft, queue
from secretariat.post.models import Bookmark, Message
from secretariat.post.notices import Notice, notify
from secretariat.post.procedure import MESSAGE
from tests.post.conftest import Sink
from tests.post.factories import AT, contact, holiday, person, queued, secretary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays_known")]
EVENT = "proclaimedholiday.enter"


def tell(*people: Person, subject: str = "New: {{ record }}", body: str = "{{ record.name }} at {{ link }}") -> None:
    notify(Notice(EVENT, to=lambda event, record, at: people, subject=subject, body=body))


@pytest.mark.usefixtures("declared")
def test_an_event_with_a_notice_queues_one_message_for_each_recipient() -> None:
    tell(contact(), secretary())
    made = holiday()
    done = outbox.gather(AT, AT)
    assert done.queued == 2
    message = Message.objects.get(person__name="Contact")
    assert (message.state, message.kind, message.record_id) == ("queued", kind_of(ProclaimedHoliday), made.pk)
    assert message.subject == "New: ENQ-000123 extra day (2020-05-08)"
    assert "ENQ-000123 extra day at http" in message.body
    assert journal.history(message).values_list("name", flat=True)[0] == "message.queue"


@pytest.mark.usefixtures("declared")
def test_gathering_twice_doubles_nothing_even_when_the_bookmark_is_lost() -> None:
    tell(contact())
    holiday()
    outbox.gather(AT, AT)
    assert outbox.gather(AT, AT).queued == 0
    Bookmark.objects.all().delete()
    assert outbox.gather(AT, AT).queued == 0
    assert Message.objects.count() == 1


@pytest.mark.usefixtures("declared")
def test_the_database_itself_refuses_a_second_message_of_one_notice_to_one_person() -> None:
    tell(contact())
    holiday()
    outbox.gather(AT, AT)
    copy = Message.objects.get()
    copy.pk, copy.key, copy.message_id = None, "another", "<another@x>"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


@pytest.mark.usefixtures("declared")
def test_gathering_walks_the_journal_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    tell(contact())
    for day in range(1, 6):
        holiday(date(2020, 6, day))
    assert outbox.gather(AT, AT).queued == 5


@pytest.mark.usefixtures("declared")
def test_imported_events_send_nothing() -> None:
    notify(Notice("proclaimedholiday.load", to=lambda *_: [contact()], subject="s", body="b"))
    row = ProclaimedHoliday(day=date(2020, 5, 8), name="x", source="y", recorded=AT)
    journal.enter_all([row], by=None, at=AT, recorded=AT)
    assert outbox.gather(AT, AT).queued == 0


@pytest.mark.usefixtures("declared")
def test_only_those_who_may_read_the_subject_hear_of_it() -> None:
    tell(contact(), secretary(), person("Nobody"))
    holiday(rank=Class.AMBER)
    outbox.gather(AT, AT)
    assert [message.person.name for message in Message.objects.all()] == ["Secretary"]


@pytest.mark.usefixtures("declared")
def test_mail_about_a_red_record_says_only_where_to_read_it(sink: Sink) -> None:
    named = person("Named")
    tell(named, secretary())
    made = holiday(name="The secret", rank=Class.RED)
    Recipient.objects.create(kind=kind_of(made), record_id=made.pk, person=named)
    outbox.gather(AT, AT)
    outbox.drain(AT)
    assert [letter["To"] for letter in sink.received] == [named.email]
    assert "The secret" not in sink.received[0].as_string()
    assert "Red" in sink.received[0]["Subject"]
    assert Message.objects.get().classification == Class.AMBER


@pytest.mark.usefixtures("declared")
def test_a_notice_that_cannot_be_written_is_told_and_nothing_before_it_is_lost() -> None:
    tell(contact())
    holiday()
    notify(Notice("proclaimedholiday.amend", to=lambda *_: [contact("B")], subject="{{ nothing }}", body="b"))
    journal.amend(ProclaimedHoliday.objects.get(), {"name": "n"}, by=None, at=AT, recorded=AT)
    with pytest.raises(Exception, match="nothing"):
        outbox.gather(AT, AT)
    assert Message.objects.count() == 1


def test_starting_here_passes_over_every_event_so_far(declared: dict[str, list[Notice]]) -> None:
    tell(contact())
    holiday()
    outbox.start_here()
    assert outbox.gather(AT, AT).queued == 0


def test_a_notice_needs_a_template_or_a_body(declared: dict[str, list[Notice]]) -> None:
    with pytest.raises(ValueError, match="not both"):
        Notice("x.y", to=lambda *_: [], subject="s")
    notify(Notice("x.y", to=lambda *_: [], subject="s", body="b"))
    with pytest.raises(ValueError, match="Two notices"):
        notify(Notice("x.y", to=lambda *_: [], subject="s", body="b"))


def test_messages_go_out_over_one_connection_with_the_headers_of_a_program(sink: Sink) -> None:
    first, second = queued(contact("A"), "1"), queued(contact("B"), "2")
    done = outbox.drain(AT)
    assert done.outcomes == {"sent": 2}
    assert len(sink.sessions) == 1
    letter = sink.received[0]
    assert letter["Message-ID"] == first.message_id != second.message_id
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"] == "Mon, 17 Feb 2020 09:30:00 +0000"
    assert letter["List-Unsubscribe"] is None
    assert "Green. For parties to the code" in letter.get_content()
    first.refresh_from_db()
    assert (first.state, first.sent, first.tries) == ("sent", AT, 1)


def test_draining_twice_sends_nothing_twice(sink: Sink) -> None:
    queued(contact())
    outbox.drain(AT)
    assert outbox.drain(AT).outcomes == {}
    assert len(sink.received) == 1


class Crash(BaseException):
    """The process ends."""


@pytest.mark.usefixtures("committed")
def test_a_crash_between_marking_and_sending_leaves_an_uncertain_message_and_never_a_second_mail(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        message = queued(contact())
    real = mail.backends.smtp.EmailBackend.send_messages  # type: ignore[attr-defined]

    def sends_and_dies(self: object, messages: list[mail.EmailMessage]) -> int:
        real(self, messages)
        raise Crash

    monkeypatch.setattr(mail.backends.smtp.EmailBackend, "send_messages", sends_and_dies)  # type: ignore[attr-defined]
    with pytest.raises(Crash):
        outbox.drain(AT)
    message.refresh_from_db()
    assert message.state == "sending"
    monkeypatch.setattr(mail.backends.smtp.EmailBackend, "send_messages", real)  # type: ignore[attr-defined]
    for hour in range(1, 4):
        outbox.drain(AT + timedelta(hours=hour))
    message.refresh_from_db()
    assert message.state == "uncertain"
    assert len(sink.received) == 1


def test_a_person_of_the_secretariat_decides_about_an_uncertain_message(sink: Sink) -> None:
    message, staff = queued(contact()), secretary()
    MESSAGE.take("begin", message, by=None, at=AT, recorded=AT)
    outbox.drain(AT)
    with pytest.raises(Refused):
        MESSAGE.take("resend", message, by=message.person, at=AT, recorded=AT)
    MESSAGE.take("resend", message, by=staff, at=AT, recorded=AT)
    outbox.drain(AT)
    message.refresh_from_db()
    assert message.state == "sent"
    assert [letter["Message-ID"] for letter in sink.received] == [message.message_id]


def test_a_message_can_be_given_up(sink: Sink) -> None:
    message = queued(contact())
    MESSAGE.take("give_up", message, by=secretary(), at=AT, recorded=AT)
    outbox.drain(AT)
    assert sink.received == []


def test_a_refused_address_fails_with_the_servers_words_and_the_journal_keeps_no_address(sink: Sink) -> None:
    message, other = queued(contact("A"), "1"), queued(contact("B"), "2")
    sink.answers["a@example.org"] = "550 5.1.1 <A@example.org> is not known here"
    done = outbox.drain(AT)
    message.refresh_from_db()
    assert message.state == "failed"
    assert message.words == "550 5.1.1 <(the address)> is not known here"
    assert not [event for event in journal.history(message) if "example.org" in str(event.facts)]
    other.refresh_from_db()
    assert other.state == "sent"
    assert done.outcomes == {"failed": 1, "sent": 1}
    assert len(sink.sessions) == 1


def test_a_temporary_refusal_is_tried_later_each_wait_twice_as_long_and_then_fails(sink: Sink) -> None:
    message = queued(contact())
    sink.answers["contact@example.org"] = "451 try later"
    at = AT
    waits = []
    for _ in range(5):
        outbox.drain(at)
        message.refresh_from_db()
        assert message.state == "queued"
        assert message.not_before is not None
        waits.append((message.not_before - at) // timedelta(minutes=1))
        assert outbox.drain(at).outcomes == {}
        at = message.not_before
    assert waits == [15, 30, 60, 120, 240]
    outbox.drain(at)
    message.refresh_from_db()
    assert (message.state, message.words) == ("failed", "451 try later")


def test_has_tries_left_is_asked_before_a_message_is_put_off() -> None:
    message = queued(contact())
    MESSAGE.take("begin", message, by=None, at=AT, recorded=AT)
    Message.objects.update(tries=6)
    with pytest.raises(Refused, match="as often as the rulebook allows"):
        MESSAGE.take("defer", message, by=None, at=AT, recorded=AT, words="later")
    Message.objects.update(tries=5)
    MESSAGE.take("defer", message, by=None, at=AT, recorded=AT, words="later")
    assert message.state == "queued"


def test_a_connection_that_breaks_after_the_text_leaves_the_message_uncertain_and_the_next_goes_on(sink: Sink) -> None:
    message, other = queued(contact("A"), "1"), queued(contact("B"), "2")
    sink.drops = True
    outbox.drain(AT)
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.state, other.state) == ("uncertain", "uncertain")
    assert len(sink.received) == 2


def test_an_unreachable_server_leaves_everything_queued(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    message = queued(contact())
    assert "cannot be reached" in outbox.drain(AT).problem
    message.refresh_from_db()
    assert (message.state, message.tries) == ("queued", 0)


@pytest.mark.usefixtures("declared")
def test_a_recipient_who_lost_clearance_between_gathering_and_draining_gets_nothing(sink: Sink) -> None:
    reader = contact()
    tell(reader)
    holiday()
    outbox.gather(AT, AT)
    Capacity.objects.filter(person=reader).update(to_day=date(2020, 2, 17))
    outbox.drain(AT + timedelta(days=1))
    message = Message.objects.get()
    assert sink.received == []
    assert (message.state, message.words) == ("withheld", "The person may no longer read what it is about.")


@pytest.mark.usefixtures("declared")
def test_a_record_whose_class_rises_before_draining_is_not_mailed_to_those_below_it(sink: Sink) -> None:
    tell(contact(), secretary())
    made = holiday()
    outbox.gather(AT, AT)
    journal.amend(made, {"classification": Class.AMBER}, by=None, at=AT, recorded=AT)
    outbox.drain(AT)
    assert [letter["To"] for letter in sink.received] == ["secretary@example.org"]
    assert "Amber." in sink.received[0].get_content()


def test_a_person_whose_account_is_closed_gets_nothing(sink: Sink) -> None:
    message = queued(contact())
    Person.objects.update(is_active=False)
    outbox.drain(AT)
    message.refresh_from_db()
    assert (sink.received, message.state) == ([], "withheld")


def test_a_subject_with_line_ends_cannot_add_headers(sink: Sink) -> None:
    draft = Draft("k", contact(), "Hello\r\nBcc: all@example.org", "b", "test")
    queue([draft], AT, AT)
    outbox.drain(AT)
    assert sink.received[0]["Bcc"] is None
    assert sink.received[0]["Subject"] == "Hello Bcc: all@example.org"


def test_two_drains_at_once_send_once_and_the_first_ones_report_counts(sink: Sink) -> None:
    message = queued(contact())
    line = outbox._Line(AT, AT)
    line.connect()
    assert line.take("begin", message) == "sending"
    outbox.drain(AT)
    assert sink.received == []
    assert line.hand_over(message) == "sent"
    line.hang_up()
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(sink.received) == 1


def test_on_postgresql_only_one_process_drains_at_a_time(sink: Sink) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer; a message is marked before it goes")
    queued(contact())
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [outbox.lock_number("outbox")])
        assert outbox.drain(AT).problem == "Another process is draining the outbox."
        cursor.execute("SELECT pg_advisory_unlock(%s)", [outbox.lock_number("outbox")])
    other.close()
    assert outbox.drain(AT).outcomes == {"sent": 1}


def test_an_answer_is_for_good_put_off_or_unknown() -> None:
    message = Message(tries=1)
    assert outbox.answer(smtplib.SMTPDataError(554, b"no"), message, AT) == "refuse"
    assert outbox.answer(smtplib.SMTPSenderRefused(421, b"busy", "x"), message, AT) == "defer"
    assert outbox.answer(smtplib.SMTPServerDisconnected("gone"), message, AT) == "lose"
    assert outbox.answer(TimeoutError(), message, AT) == "lose"
    assert outbox.answer(ValueError("bad header"), message, AT) == "refuse"


def test_a_sent_message_says_when(sink: Sink) -> None:
    message = queued(contact())
    outbox.drain(AT)
    message.refresh_from_db()
    message.sent = None
    with pytest.raises(ValidationError):
        message.full_clean()
