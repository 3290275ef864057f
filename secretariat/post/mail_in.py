"""Mail in: fetched over IMAP or handed over by a mail server, kept byte for byte first, and only then read.

A process that dies between the two leaves the mail waiting to be read; it is fetched no second time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError

from secretariat.core.rulebook import RULEBOOK
from secretariat.post.arrivals import Fetched, keep_raw, read_waiting
from secretariat.post.mailboxes import address_of, mailboxes

TIMEOUT = 30
LOG = logging.getLogger(__name__)
Open = Callable[[str], Any]


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
    """Takes in unseen mail and reads it; fetching again takes in nothing twice.

    A message is marked as seen once its bytes are kept. What cannot be kept stays unseen and is reported; what cannot
    be read is kept as an unreadable message. What an earlier fetching kept and did not come to read is read now.
    """
    done = Fetched()
    with _open(url, opened) as box:
        for uid in box.search(["UNSEEN"]):
            try:
                _fetch_one(box, uid, address_of(url), at, recorded or at, done)
            except (OSError, IMAPClientError):
                raise
            except Exception as error:  # one bad message must not keep the others out
                LOG.exception("A message could not be kept.")
                done.problems.append(f"Message {uid} could not be kept ({type(error).__name__}); it stays unseen.")
    read_waiting(at, recorded or at, done)
    return done


@contextmanager
def _open(url: str, opened: Open) -> Iterator[Any]:
    """The mailbox while it is open; that signing out fails does no harm."""
    box = opened(url)
    try:
        yield box
    finally:
        with suppress(OSError, IMAPClientError):
            box.logout()


def _fetch_one(box: Any, uid: int, address: str, at: datetime, recorded: datetime, done: Fetched) -> None:
    facts = box.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
    if facts is None:
        return
    limit = RULEBOOK.number("post.mail_in_mib", at)
    too_large = facts[b"RFC822.SIZE"] > limit * 2**20
    part = "BODY.PEEK[HEADER]" if too_large else "BODY.PEEK[]"
    raw = next(value for key, value in box.fetch([uid], [part])[uid].items() if key.startswith(b"BODY["))
    received = facts.get(b"INTERNALDATE")
    arrival = keep_raw(
        raw or b"",
        address,
        received if received is not None and received.tzinfo else at,
        recorded,
        head_only=f"It is larger than {limit} MiB. The whole of it is still in the mailbox." if too_large else "",
    )
    done.repeated += arrival.mail_id is not None
    box.add_flags([uid], [SEEN])


def fetch_all(at: datetime, recorded: datetime) -> Iterator[Fetched]:
    """Fetches every mailbox in turn; one that cannot be reached is reported and keeps no other out."""
    for box in mailboxes():
        try:
            yield fetch(box.url, at, recorded)
        except (OSError, IMAPClientError, ValueError) as error:
            LOG.exception("A mailbox could not be fetched.")
            name = box.address or "a mailbox"
            yield Fetched(problems=[f"The mail of {name} could not be fetched ({type(error).__name__})."])


def take_in(raw: bytes, address: str, at: datetime, recorded: datetime) -> Fetched:
    """Takes in one message that a mail server hands over; when this returns, its bytes are kept.

    A reading that fails is tried again by the next tick. Raises the database's or the disk's errors when the bytes
    could not be kept, upon which the mail server keeps them and comes again.
    """
    limit = RULEBOOK.number("post.mail_in_mib", at)
    head_only = f"It is larger than {limit} MiB." if len(raw) > limit * 2**20 else ""
    keep_raw(raw, address.strip().lower(), at, recorded, head_only=head_only)
    return read_waiting(at, recorded, Fetched())
