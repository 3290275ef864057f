"""The outbox: a projection of the journal. `gather` writes messages for events, `drain` sends them.

A message is marked as being sent, in a transaction of its own, before it is handed over: after a crash it is listed
as uncertain for a person and never sent a second time by itself.
"""

from __future__ import annotations

import hashlib
import smtplib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.classification import STATEMENTS, Class
from secretariat.core.journal import Event
from secretariat.core.kinds import load
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.post.drafts import BATCH, Draft, ceiling, may_read, queue, rank_now, why_not
from secretariat.post.letters import Letter, letter_of
from secretariat.post.models import Bookmark, Delivery, Message
from secretariat.post.notices import NOTICES, PRIVATE_LINK, PRIVATE_LINKS, Notice, link
from secretariat.post.procedure import MESSAGE, has_tries_left

NOTICES_MARK = "notices"
CLOSING = 421
LOST = "The process that was sending it ended before it could say how it went."


@dataclass(frozen=True)
class Gathered:
    """What one gathering did."""

    events: int
    queued: int


def gather(at: datetime, recorded: datetime) -> Gathered:
    """Queues the messages of every event since the last gathering; running it twice queues nothing twice.

    Each batch is one transaction with the bookmark. When a notice cannot be written, what stands before it is kept
    and its error is raised, so that no notice is lost in silence.
    """
    events = queued = 0
    while True:
        seen, written, broken = _gather_batch(at, recorded)
        events, queued = events + seen, queued + written
        if broken is not None:
            raise broken
        if not seen:
            return Gathered(events, queued)


def _gather_batch(at: datetime, recorded: datetime) -> tuple[int, int, Exception | None]:
    with transaction.atomic():
        mark = _bookmark()
        drafts: list[Draft] = []
        seen, broken = 0, None
        # Events are written one after the other, so an event with a smaller number never appears later.
        for event in Event.objects.filter(pk__gt=mark.event_id).order_by("pk").select_related("by")[:BATCH]:
            try:
                drafts += _drafts(event, at)
            except Exception as error:  # noqa: BLE001 - whatever a room's notice raises, the work before it is kept
                broken = error
                break
            mark.event_id = event.pk
            seen += 1
        written = len(queue(drafts, at, recorded))
        mark.save()
    return seen, written, broken


def _bookmark() -> Bookmark:
    Bookmark.objects.get_or_create(name=NOTICES_MARK)
    return Bookmark.objects.select_for_update().get(name=NOTICES_MARK)


def start_here() -> int:
    """Passes over every event so far, as after a first filling; returns the newest event's number."""
    with transaction.atomic():
        mark = _bookmark()
        mark.event_id = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        mark.save()
    return mark.event_id


def _drafts(event: Event, at: datetime) -> list[Draft]:
    notices = [] if event.imported else NOTICES.get(event.name, [])
    record = load(event.kind, event.subject_id) if notices else None
    if record is None:
        return []
    return [
        _draft(notice, event, record, person, at)
        for notice in notices
        for person in {person.pk: person for person in notice.to(event, record, at)}.values()
        if person.is_active and may_read(person, event.kind, event.subject_id, at, event)
    ]


def _draft(notice: Notice, event: Event, record: Any, person: Person, at: datetime) -> Draft:
    subject, body = notice.written(event, record, person, at)
    own = int(getattr(record, "classification", event.classification))
    rank = min(own, ceiling(at))
    if own > rank:
        subject, body = _sealed(own, record)
    return Draft(
        key=f"{event.pk}/{notice.name}/{person.pk}",
        person=person,
        subject=subject,
        body=body,
        notice=notice.name,
        classification=rank,
        audience=getattr(record, "audience", event.audience),
        event=event,
        about=record,
        carries=[[event.kind, event.subject_id]] if own == rank and hasattr(record, "classification") else [],
    )


def _sealed(rank: int, record: Any) -> tuple[str, str]:
    label = Class(rank).label
    return f"Something {label} is there for you", f"It is not sent by e-mail. Sign in to read it:\n{link(record)}\n"


@dataclass
class Drained:
    """What one draining did: how many messages came to which state, and what kept it from going on."""

    outcomes: Counter[str] = field(default_factory=Counter)
    problem: str = ""


def drain(at: datetime, recorded: datetime | None = None) -> Drained:
    """Sends what is due over one connection and says how each message fared; call outside any transaction."""
    with turn("outbox") as ours:
        if not ours:
            return Drained(problem="Another process is draining the outbox.")
        return _Line(at, recorded or at).drain()


class _Line:
    """One connection to the mail server, and the instant at which everything on it happens."""

    def __init__(self, at: datetime, recorded: datetime) -> None:
        self.at = at
        self.recorded = recorded
        self.server = mail.get_connection()

    def drain(self) -> Drained:
        done = Drained()
        for message in Message.objects.filter(state=Delivery.SENDING):
            done.outcomes[self.take("lose", message, words=LOST)] += 1
        due = Q(not_before__isnull=True) | Q(not_before__lte=self.at)
        waiting = list(Message.objects.filter(due, state=Delivery.QUEUED).order_by("pk").values_list("pk", flat=True))
        try:
            for pk in waiting:
                message = Message.objects.select_related("person", "event").get(pk=pk)
                done.outcomes[self.pass_on(message)] += 1
        except _UnreachableError as error:
            done.problem = str(error)
        finally:
            self.hang_up()
        return done

    def pass_on(self, message: Message) -> str:
        """Sends one message if it may still go; returns the state that it came to."""
        if reason := why_not(message, self.at):
            return self.take("withhold", message, words=reason)
        if (rank := rank_now(message)) > message.classification:
            journal.amend(message, {"classification": rank}, by=None, at=self.at, recorded=self.recorded)
        self.connect()
        state = self.take("begin", message)
        return self.hand_over(message) if state == Delivery.SENDING else state

    def connect(self) -> None:
        try:
            self.server.open()
        except (OSError, smtplib.SMTPException) as error:
            raise _UnreachableError(f"The mail server cannot be reached: {words_of(error, '')}") from error

    def hand_over(self, message: Message) -> str:
        try:
            accepted = self.server.send_messages([email(message, self.at)])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            if _code(error) in (None, CLOSING):
                self.hang_up()
            return self.take(answer(error, message, self.at), message, words=words_of(error, message.recipient))
        if not accepted:
            return self.take("refuse", message, words="There is no address to send it to.")
        return self.take("send", message)

    def take(self, step: str, message: Message, **facts: str) -> str:
        """Takes a step in a transaction that is really committed; returns the state, or "overtaken" by somebody."""
        try:
            with transaction.atomic(durable=True):
                MESSAGE.take(step, message, by=None, at=self.at, recorded=self.recorded, **facts)
        except Refused:
            return "overtaken"
        return str(message.state)

    def hang_up(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self.server.close()


class _UnreachableError(Exception):
    """The mail server does not answer, so nothing was begun."""


def answer(error: Exception, message: Message, at: datetime) -> str:
    """The step that an error in sending leads to: refused for good, put off, or lost sight of."""
    code = _code(error)
    if code is None:
        return "refuse" if isinstance(error, ValueError | smtplib.SMTPNotSupportedError) else "lose"
    return "defer" if 400 <= code < 500 and has_tries_left(message, at) else "refuse"


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return int(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else None


def email(message: Message, at: datetime) -> mail.EmailMessage:
    """The message as Django's mail sends it. Raises ValueError for a header that cannot be written."""
    letter = letter_of(message)
    made = mail.EmailMultiAlternatives(
        message.subject,
        full_text(message, letter),
        from_email=message.sender or None,
        to=[message.recipient],
        headers={**headers(message, at), **letter.headers},
    )
    if letter.html:
        made.attach_alternative(letter.html, "text/html")
    for file in message.files.all():
        made.attach(file.name, file.read(), file.media_type.partition(";")[0])
    return made


@contextmanager
def turn(name: str) -> Iterator[bool]:
    """Whether it is this process's turn: on PostgreSQL one at a time holds it; elsewhere everyone does."""
    if connection.vendor != "postgresql":
        yield True
        return
    number = lock_number(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def lock_number(name: str) -> int:
    """The number of PostgreSQL's advisory lock of this name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")


def headers(message: Message, at: datetime) -> dict[str, str]:
    """The headers of a message besides the addresses and the subject."""
    told = {"Message-ID": message.message_id, "Date": format_datetime(at), "Auto-Submitted": "auto-generated"}
    if message.is_digest:
        told["List-Unsubscribe"] = f"<{settings.SITE_URL}{reverse('subscriptions')}>"
    return {**told, **message.headers}


def full_text(message: Message, letter: Letter | None = None) -> str:
    """The body as sent: the text, then from whom it comes and who may read it."""
    rank = Class(message.classification)
    said = letter.body if letter and letter.body != message.body else _with_private_link(message)
    return f"{said}\n-- \n{settings.ADMINISTRATION}\n{rank.label}. {STATEMENTS[rank]}\n"


def _with_private_link(message: Message) -> str:
    """The body with the person's own link to what it is about, which stands nowhere but in the mail itself."""
    find = PRIVATE_LINKS.get(message.kind)
    if find is None or PRIVATE_LINK not in message.body:
        return message.body
    about = load(message.kind, message.record_id or 0)
    own = find(about, message.person) if about and message.person else ""
    return message.body.replace(PRIVATE_LINK, own or PRIVATE_LINK)


def words_of(error: Exception, address: str) -> str:
    """What a mail server or the network answered, without the person's address (which stays out of the journal)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        text = f"{code} {_plain(said)}"
    elif isinstance(error, smtplib.SMTPResponseException):
        text = f"{error.smtp_code} {_plain(error.smtp_error)}"
    else:
        text = str(error) or type(error).__name__
    folded = " ".join(text.split())
    with suppress(ValueError):
        start = folded.lower().index(address.lower())
        folded = f"{folded[:start]}(the address){folded[start + len(address) :]}"
    return folded[:300]


def _plain(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
