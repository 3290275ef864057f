"""The head of an e-mail: whatever is malformed in it, something readable comes out."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime

HEADER_LIMIT = 20_000
ID_LIMIT = 255
ADDRESSES_LIMIT = 200
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
HIDDEN = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of writing round, with which a name can be made to look like another."""
IDS = re.compile(r"<[^<>\s]+@[^<>\s]+>")


def plain(text: str) -> str:
    """A text that every database holds and no terminal obeys: without control characters but line ends and tabs."""
    readable = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return HIDDEN.sub("", CONTROLS.sub("", readable))


def decoded_words(value: object) -> str:
    """A header's value with its encoded words read, on one line."""
    given = str(value)[:HEADER_LIMIT]
    try:
        text = str(make_header(decode_header(given)))
    except (LookupError, ValueError, AssertionError):
        text = given
    return plain(" ".join(text.split()))[:HEADER_LIMIT]


def text_of(mail: Mail, name: str) -> str:
    """A header as readable text on one line; nothing when it is absent."""
    value = mail.get(name)
    return "" if value is None else decoded_words(value)


def ids_in(mail: Mail, name: str) -> list[str]:
    """The Message-IDs in a header, each as long as one may be."""
    return [one[:ID_LIMIT] for one in IDS.findall(text_of(mail, name))]


def message_id(mail: Mail, raw: bytes) -> str:
    """The Message-ID; where there is none that can be kept, one made from the bytes."""
    found = IDS.findall(text_of(mail, "Message-ID"))
    return found[0] if found and len(found[0]) <= ID_LIMIT else hashed(raw)


def hashed(raw: bytes) -> str:
    """An id made from the bytes."""
    return f"<sha256-{hashlib.sha256(raw).hexdigest()}@no-message-id>"


def sender(mail: Mail, name: str = "From") -> tuple[str, str]:
    """The first name and address in a header; empty where there is none."""
    found = _pairs(mail, name)
    who, address = found[0] if found else ("", "")
    return decoded_words(who)[:200], plain(address)[:320]


def addresses(mail: Mail, name: str) -> list[str]:
    """The addresses in a header, in lower case."""
    return [plain(address).lower()[:320] for _, address in _pairs(mail, name) if "@" in address]


def _pairs(mail: Mail, name: str) -> list[tuple[str, str]]:
    value = mail.get(name)
    if value is None:
        return []
    try:
        return getaddresses([str(value)[:HEADER_LIMIT]])[:ADDRESSES_LIMIT]
    except (RecursionError, ValueError, IndexError):
        return []


def sent(mail: Mail) -> datetime | None:
    """When its writer says that it was sent; nothing when that cannot be read."""
    try:
        when = parsedate_to_datetime(text_of(mail, "Date"))
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def content_hash(raw: bytes) -> str:
    """The hash of what a mail says, whichever way it came: who, what, when and the body, but no line of its journey."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    unfolded = re.sub(rb"\n[ \t]+", b" ", head[: 20 * HEADER_LIMIT])
    told = [line for line in unfolded.split(b"\n") if line.lower().startswith((b"from:", b"subject:", b"date:"))]
    return hashlib.sha256(b"\n".join([*sorted(told), b"", body.rstrip()])).hexdigest()
