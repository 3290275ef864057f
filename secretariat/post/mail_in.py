"""Mail in: fetched over IMAP, kept as plain text, threaded, and matched to the record that its subject names."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError

from secretariat.core import files, journal, kinds
from secretariat.core.files import StoredFile
from secretariat.core.rulebook import RULEBOOK
from secretariat.post.models import IncomingMail, Message
from secretariat.post.procedure import INCOMING_MAIL, MATCHED, records_named, references_in
from secretariat.post.reading import Attachment, Letter, read, unreadable

TIMEOUT = 30
REFERENCES_KEPT = 50
LOG = logging.getLogger(__name__)
Open = Callable[[str], Any]


@dataclass
class Fetched:
    """What one fetching did."""

    received: int = 0
    matched: int = 0
    repeated: int = 0
    unreadable: int = 0
    problems: list[str] = field(default_factory=list)


def open_mailbox(url: str) -> IMAPClient:
    """The mailbox of an address such as imaps://user:password@host/INBOX, signed in, its folder chosen.

    An address that begins with imap:// is encrypted by STARTTLS unless the server is on this machine. Raises
    ValueError for another scheme, and imapclient's or the network's own errors.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname:
        raise ValueError("The mailbox must be given as imaps://user:password@host/folder.")
    box = IMAPClient(parts.hostname, parts.port, ssl=parts.scheme == "imaps", timeout=TIMEOUT)
    box.normalise_times = False
    if parts.scheme == "imap" and not _is_here(parts.hostname):
        box.starttls()
    box.login(unquote(parts.username or ""), unquote(parts.password or ""))
    box.select_folder(unquote(parts.path.strip("/")) or "INBOX")
    return box


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def fetch(url: str, at: datetime, recorded: datetime | None = None, opened: Open = open_mailbox) -> Fetched:
    """Takes in unseen mail; fetching again takes in nothing twice. A message is marked as seen once it is kept.

    What cannot be read is kept as an unreadable message; what cannot be kept stays unseen and is reported.
    """
    done = Fetched()
    box = opened(url)
    try:
        for uid in box.search(["UNSEEN"]):
            try:
                _fetch_one(box, uid, at, recorded or at, done)
            except (OSError, IMAPClientError):
                raise
            except Exception as error:  # one bad message must not keep the others out
                LOG.exception("A message could not be kept.")
                done.problems.append(f"Message {uid} could not be kept ({type(error).__name__}); it stays unseen.")
    finally:
        box.logout()
    return done


def _fetch_one(box: Any, uid: int, at: datetime, recorded: datetime, done: Fetched) -> None:
    facts = box.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
    if facts is None:
        return
    limit = RULEBOOK.number("post.mail_in_mib", at)
    too_large = facts[b"RFC822.SIZE"] > limit * 2**20
    part = "BODY.PEEK[HEADER]" if too_large else "BODY.PEEK[]"
    raw = next(value for key, value in box.fetch([uid], [part])[uid].items() if key.startswith(b"BODY["))
    received = facts.get(b"INTERNALDATE")
    keep(
        _letter(raw, f"It is larger than {limit} MiB." if too_large else "", done),
        received if received is not None and received.tzinfo else at,
        at,
        recorded,
        done,
    )
    box.add_flags([uid], [SEEN])


def _letter(raw: bytes, head_only: str, done: Fetched) -> Letter:
    try:
        return read(raw, head_only=head_only)
    except Exception as error:  # whatever the bytes provoke, that they came is kept
        LOG.exception("A message could not be read.")
        done.unreadable += 1
        return unreadable(raw, f"It could not be read ({type(error).__name__}).")


def keep(letter: Letter, received: datetime, at: datetime, recorded: datetime, done: Fetched) -> IncomingMail | None:
    """Keeps a letter with its attachments in one transaction, threaded and matched; None when it was kept before."""
    with transaction.atomic(durable=True):
        if IncomingMail.objects.filter(message_id=letter.message_id).exists():
            done.repeated += 1
            return None
        mail = _mail(letter, received, recorded)
        kept = [_kept(attachment, letter, mail, at, recorded) for attachment in letter.attachments]
        mail.refused = letter.refused
        INCOMING_MAIL.take("receive", mail, by=None, at=at, recorded=recorded)
        mail.files.set([file for file in kept if file is not None])
        _match(mail, at, recorded)
        done.received += 1
        done.matched += mail.state == MATCHED
    return mail


def _mail(letter: Letter, received: datetime, recorded: datetime) -> IncomingMail:
    earlier = ([letter.in_reply_to] if letter.in_reply_to else []) + letter.references[::-1][:REFERENCES_KEPT]
    return IncomingMail(
        message_id=letter.message_id,
        in_reply_to=letter.in_reply_to,
        references=" ".join(letter.references[-REFERENCES_KEPT:]),
        thread=_thread(earlier),
        answers=next(iter(Message.objects.filter(message_id__in=earlier).order_by("-pk")[:1]), None),
        from_name=letter.from_name,
        from_address=letter.from_address,
        to=letter.to,
        subject=letter.subject,
        sent=letter.sent,
        received=received,
        recorded=recorded,
        body=letter.body,
        automatic=letter.automatic,
    )


def _thread(earlier: list[str]) -> IncomingMail | None:
    """The first mail of the conversation: the one that the nearest known earlier mail belongs to."""
    known = {mail.message_id: mail for mail in IncomingMail.objects.filter(message_id__in=earlier)}
    nearest = next((known[message_id] for message_id in earlier if message_id in known), None)
    return nearest if nearest is None or nearest.thread is None else nearest.thread


def _kept(
    attachment: Attachment, letter: Letter, mail: IncomingMail, at: datetime, recorded: datetime
) -> StoredFile | None:
    try:
        sha256 = files.keep(attachment.name, attachment.content)
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
