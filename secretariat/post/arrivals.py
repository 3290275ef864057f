"""Mail that arrived: its bytes first, then the mail that is read in them, threaded and matched to its record."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from secretariat.core import files, journal, kinds
from secretariat.core.files import StoredFile, place
from secretariat.core.rulebook import RULEBOOK
from secretariat.post import keeping
from secretariat.post.bounces import bounces_of
from secretariat.post.headers import content_hash, hashed
from secretariat.post.mailboxes import own_addresses
from secretariat.post.models import Arrival, IncomingMail, Message
from secretariat.post.procedure import BOUNCE, INCOMING_MAIL, MATCHED, records_named, references_in
from secretariat.post.reading import Attachment, Letter, read, unreadable

REFERENCES_KEPT = 50
LOG = logging.getLogger(__name__)
Taker = Callable[[datetime, datetime], list[str]]
TAKERS: list[Taker] = []
"""What other rooms do with mail once it is read; each returns what went wrong, as sentences."""


def register(taker: Taker) -> Taker:
    """Makes a room's function known, which takes up the mail that nobody took up; also as a decorator."""
    if taker not in TAKERS:
        TAKERS.append(taker)
    return taker


@dataclass
class Fetched:
    """What one fetching did."""

    received: int = 0
    matched: int = 0
    repeated: int = 0
    unreadable: int = 0
    problems: list[str] = field(default_factory=list)


def keep_raw(raw: bytes, mailbox: str, received: datetime, recorded: datetime, head_only: str = "") -> Arrival:
    """Keeps a message's bytes, once; what is read of them is read later. Committed when this returns."""
    with transaction.atomic(durable=True):
        return _raw_kept(raw, mailbox, received, recorded, head_only)


def enter(raw: bytes, mailbox: str, received: datetime, at: datetime, recorded: datetime) -> IncomingMail | None:
    """Keeps a message and what is read of it in the transaction of whoever calls, as a filling of the record does."""
    arrival = _raw_kept(raw, mailbox, received, recorded, "")
    return _taken(read(raw), received, at, recorded, Fetched(), arrival)


def _raw_kept(raw: bytes, mailbox: str, received: datetime, recorded: datetime, head_only: str) -> Arrival:
    sha256 = files.store(raw)
    kept, _ = Arrival.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": len(raw),
            "mailbox": mailbox[:320],
            "head_only": head_only,
            "received": received,
            "recorded": recorded,
            "content": content_hash(raw),
        },
    )
    return kept


def read_waiting(at: datetime, recorded: datetime, done: Fetched) -> Fetched:
    """Reads what arrived and is not read yet; one that cannot be kept now is reported, and waits."""
    for arrival in Arrival.objects.filter(mail=None).order_by("pk"):
        try:
            _read_one(arrival, at, recorded, done)
        except Exception as error:  # one bad message must not keep the others out
            LOG.exception("A message could not be read into the record.")
            Arrival.objects.filter(pk=arrival.pk).update(tries=F("tries") - 1)
            done.problems.append(f"Arrival {arrival.pk} could not be read ({type(error).__name__}); it waits.")
    return done


def _read_one(arrival: Arrival, at: datetime, recorded: datetime, done: Fetched) -> None:
    # Counted before the reading begins, so that bytes which end the process itself are not read for ever.
    Arrival.objects.filter(pk=arrival.pk).update(tries=F("tries") + 1)
    raw = place(arrival.sha256).read_bytes()
    if hashlib.sha256(raw).hexdigest() != arrival.sha256:
        raise ValueError("The stored bytes of a message have changed since they were kept.")
    keep(_letter(raw, arrival, at, done), arrival.received, at, recorded, done, arrival)


def _letter(raw: bytes, arrival: Arrival, at: datetime, done: Fetched) -> Letter:
    if arrival.tries >= RULEBOOK.number("post.readings_tried", at):
        done.unreadable += 1
        return unreadable(raw, "Reading it broke off each time.")
    try:
        return read(raw, head_only=arrival.head_only)
    except Exception as error:  # whatever the bytes provoke, that they came is kept
        LOG.exception("A message could not be read.")
        done.unreadable += 1
        return unreadable(raw, f"It could not be read ({type(error).__name__}).")


def keep(
    letter: Letter, received: datetime, at: datetime, recorded: datetime, done: Fetched, arrival: Arrival | None = None
) -> IncomingMail | None:
    """Keeps a letter with its attachments in one transaction, threaded and matched; None when it was kept before.

    Another letter under a Message-ID that is taken is kept under one of its own: in the conversation of the first
    when the same person wrote it, else apart, since anybody can copy a Message-ID.
    """
    with transaction.atomic(durable=True):
        return _taken(letter, received, at, recorded, done, arrival)


def _taken(
    letter: Letter, received: datetime, at: datetime, recorded: datetime, done: Fetched, arrival: Arrival | None
) -> IncomingMail | None:
    earlier = IncomingMail.objects.filter(message_id=letter.message_id).first()
    if earlier is not None and _same(earlier, arrival):
        done.repeated += 1
        _read_as(arrival, earlier)
        return None
    if earlier is not None and arrival is not None:
        if letter.from_address.lower() == earlier.from_address.lower():
            letter.references.append(letter.message_id)
        letter.message_id = hashed(arrival.sha256.encode())
    mail = _kept_mail(letter, arrival, received, at, recorded)
    _read_as(arrival, mail)
    done.received += 1
    done.matched += mail.state == MATCHED
    return mail


def _same(earlier: IncomingMail, arrival: Arrival | None) -> bool:
    known = set(earlier.arrivals.values_list("content", flat=True))
    return arrival is None or not known or arrival.content in known


def _read_as(arrival: Arrival | None, mail: IncomingMail) -> None:
    if arrival is not None:
        Arrival.objects.filter(pk=arrival.pk).update(mail=mail)


def _kept_mail(
    letter: Letter, arrival: Arrival | None, received: datetime, at: datetime, recorded: datetime
) -> IncomingMail:
    mail = _mail(letter, arrival, received, recorded)
    kept = [_kept(attachment, letter, mail, at, recorded) for attachment in letter.attachments]
    mail.refused = letter.refused
    INCOMING_MAIL.take("receive", mail, by=None, at=at, recorded=recorded)
    mail.files.set([file for file in kept if file is not None])
    for bounce in bounces_of(letter.report, mail, recorded) if letter.report else []:
        BOUNCE.take("note", bounce, by=None, at=at, recorded=recorded)
    _match(mail, at, recorded)
    return mail


def _mail(letter: Letter, arrival: Arrival | None, received: datetime, recorded: datetime) -> IncomingMail:
    earlier = ([letter.in_reply_to] if letter.in_reply_to else []) + letter.references[::-1][:REFERENCES_KEPT]
    named = [*earlier, *(letter.report.originals if letter.report else ())]
    answers = next(iter(Message.objects.filter(message_id__in=named).order_by("-pk")[:1]), None)
    why = letter.automatic or _why_looping(letter, received)
    return IncomingMail(
        message_id=letter.message_id,
        in_reply_to=letter.in_reply_to,
        references=" ".join(letter.references[-REFERENCES_KEPT:]),
        thread=_thread(earlier, answers),
        answers=answers,
        from_name=letter.from_name,
        from_address=letter.from_address,
        reply_to=letter.reply_to,
        to=letter.to,
        cc=letter.cc,
        mailbox=arrival.mailbox if arrival is not None else "",
        subject=letter.subject,
        sent=letter.sent,
        received=received,
        recorded=recorded,
        body=letter.body,
        automatic=bool(why),
        automatic_why=why[:120],
        wants_no_answer=letter.wants_no_answer,
    )


def _why_looping(letter: Letter, received: datetime) -> str:
    """Why a mail without any mark of a program is still taken for one: it is ours, or there are too many like it."""
    sender = letter.from_address.lower()
    if Message.objects.filter(message_id=letter.message_id).exists():
        return "It is a message of ours that came back."
    if sender and sender in own_addresses():
        return "It comes from an address of ours."
    limit = RULEBOOK.number("post.sender_day_limit", received)
    day = IncomingMail.objects.filter(received__gt=received - timedelta(hours=24), received__lte=received)
    if sender and day.filter(from_address__iexact=sender).count() >= limit:
        return f"More than {limit} messages came from its sender within 24 hours."
    return ""


def _thread(earlier: list[str], answers: Message | None) -> IncomingMail | None:
    """The first mail of the conversation: that of the nearest known earlier mail, or of the one we replied to."""
    known = {mail.message_id: mail for mail in IncomingMail.objects.filter(message_id__in=earlier)}
    nearest = next((known[message_id] for message_id in earlier if message_id in known), None)
    if nearest is None and answers is not None:
        nearest = answers.replies_to
    return nearest if nearest is None or nearest.thread is None else nearest.thread


def _kept(
    attachment: Attachment, letter: Letter, mail: IncomingMail, at: datetime, recorded: datetime
) -> StoredFile | None:
    try:
        sha256 = keeping.keep(attachment.name, attachment.content)
    except ValidationError as error:
        letter.refused.append({"name": attachment.name, "reason": " ".join(error.messages)})
        return None
    file = StoredFile(
        name=attachment.name,
        sha256=sha256,
        size=len(attachment.content),
        recorded=recorded,
        classification=mail.classification,
        audience=mail.audience,
    )
    journal.enter(file, by=None, at=at, recorded=recorded)
    return file


def _match(mail: IncomingMail, at: datetime, recorded: datetime) -> None:
    """Matches by the one record that the subject names, else by the mail or message that it answers."""
    told: dict[str, Any] = {"by": None, "at": at, "recorded": recorded}
    named = records_named(mail.subject)
    if len(named) == 1:
        reference = next(word for word in references_in(mail.subject) if kinds.find(word))
        INCOMING_MAIL.take("match", mail, reference=reference, **told)
        return
    source = next((one for one in (mail.thread, mail.answers) if one is not None and one.kind), None)
    if not named and source is not None:
        reference = source.reference if isinstance(source, IncomingMail) else ""
        INCOMING_MAIL.take("follow", mail, reference=reference, kind=source.kind, record=source.record_id, **told)
