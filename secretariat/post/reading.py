"""Reading one e-mail as it came over the wire: whatever is malformed in it, something readable comes out."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import PurePosixPath

import nh3

BODY_LIMIT = 500_000
HEADER_LIMIT = 20_000
ID_LIMIT = 255
DEPTH_LIMIT = 40
BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/li|/tr|/h[1-6]|/blockquote)\b[^>]*>")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
IDS = re.compile(r"<[^<>\s]+@[^<>\s]+>")


@dataclass(frozen=True)
class Attachment:
    """A part that came along as a file."""

    name: str
    content: bytes


@dataclass
class Letter:
    """What was read of one e-mail. `refused` holds the name and the reason of every part that was not kept."""

    message_id: str
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    from_name: str = ""
    from_address: str = ""
    to: str = ""
    subject: str = ""
    sent: datetime | None = None
    body: str = ""
    automatic: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


def read(raw: bytes, *, head_only: str = "") -> Letter:
    """The letter in these bytes. With `head_only`, a reason, its body and attachments are passed over for it."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    found = IDS.findall(_header(mail, "In-Reply-To"))
    letter = Letter(
        message_id=_message_id(mail, raw),
        in_reply_to=found[0][:ID_LIMIT] if found else "",
        references=[one[:ID_LIMIT] for one in IDS.findall(_header(mail, "References"))],
        to=_header(mail, "To"),
        subject=_header(mail, "Subject")[:300],
        sent=_sent(mail),
        automatic=is_automatic(mail),
    )
    letter.from_name, letter.from_address = _from(mail)
    if head_only:
        letter.refused.append({"name": "the whole message", "reason": head_only})
    else:
        _read_parts(mail, letter)
    return letter


def unreadable(raw: bytes, reason: str) -> Letter:
    """What is kept of bytes that cannot be read at all: that they came, and why they could not be read."""
    refused = [{"name": "the whole message", "reason": reason}]
    return Letter(message_id=_hashed(raw), subject="(unreadable message)", refused=refused)


def _read_parts(mail: Mail, letter: Letter) -> None:
    text = "\n\n".join(part.strip() for part in _texts(mail, letter.refused) if part.strip())
    if len(text) > BODY_LIMIT:
        reason = f"Only the first {BODY_LIMIT:,} of its {len(text):,} characters are kept."
        letter.refused.append({"name": "the text", "reason": reason})
    letter.body = text[:BODY_LIMIT]
    letter.attachments = [
        Attachment(_file_name(part, number), _bytes(part)) for number, part in enumerate(_files(mail), start=1)
    ]


def is_automatic(mail: Mail) -> bool:
    """Whether a program sent it: an auto-reply (RFC 3834), a list or bulk mail, or a report of non-delivery."""
    auto = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    bulk = _header(mail, "Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply")
    report = mail.get_content_type() == "multipart/report"
    return auto not in ("", "no") or bulk or report or mail.get("X-Autoreply") is not None


def _header(mail: Mail, name: str) -> str:
    """A header as readable text on one line; nothing when it is absent."""
    value = mail.get(name)
    if value is None:
        return ""
    try:
        text = str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        text = str(value)
    return plain(" ".join(text.split()))[:HEADER_LIMIT]


def plain(text: str) -> str:
    """A text that every database holds and no terminal obeys: without control characters but line ends and tabs."""
    readable = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", readable)


def _message_id(mail: Mail, raw: bytes) -> str:
    found = IDS.findall(_header(mail, "Message-ID"))
    return found[0] if found and len(found[0]) <= ID_LIMIT else _hashed(raw)


def _hashed(raw: bytes) -> str:
    return f"<sha256-{hashlib.sha256(raw).hexdigest()}@no-message-id>"


def _from(mail: Mail) -> tuple[str, str]:
    value = mail.get("From")
    found = getaddresses([str(value)]) if value is not None else []
    name, address = found[0] if found else ("", "")
    try:
        name = str(make_header(decode_header(name)))
    except (LookupError, ValueError):
        name = str(name)
    return plain(" ".join(name.split()))[:200], plain(address)[:320]


def _sent(mail: Mail) -> datetime | None:
    try:
        sent = parsedate_to_datetime(_header(mail, "Date"))
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _is_file(part: Mail) -> bool:
    if part.get_content_maintype() == "multipart":
        return False
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return named or part.get_content_type() not in ("text/plain", "text/html")


def _texts(part: Mail, refused: list[dict[str, str]], depth: int = 0) -> Iterator[str]:
    """The texts of a message in order; of alternatives the plain one, of HTML its text alone."""
    if depth > DEPTH_LIMIT:
        refused.append({"name": "a part of the text", "reason": f"It is nested more than {DEPTH_LIMIT} deep."})
        return
    if part.get_content_maintype() != "multipart":
        if not _is_file(part):
            yield _text(part)
        return
    inner = _parts(part)
    if part.get_content_type() == "multipart/alternative":
        inner = sorted(inner, key=lambda one: one.get_content_type() != "text/plain")
        found = (list(_texts(one, refused, depth + 1)) for one in inner)
        yield from next((texts for texts in found if any(text.strip() for text in texts)), [])
        return
    for one in inner:
        yield from _texts(one, refused, depth + 1)


def _parts(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Mail)] if isinstance(payload, list) else []


def _files(part: Mail, depth: int = 0) -> Iterator[Mail]:
    if depth > DEPTH_LIMIT:
        return
    if _is_file(part):
        yield part
    elif part.get_content_maintype() == "multipart":
        for one in _parts(part):
            yield from _files(one, depth + 1)


def _bytes(part: Mail) -> bytes:
    if part.get_content_maintype() == "message":
        return b"\r\n".join(one.as_bytes() for one in _parts(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Mail) -> str:
    text = _decoded(_bytes(part), str(part.get_content_charset() or "utf-8"))
    return plain(from_html(text) if part.get_content_type() == "text/html" else text)


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def from_html(text: str) -> str:
    """The words of an HTML text, line by line; scripts, styles and every tag are gone."""
    words = html.unescape(nh3.clean(BREAKS.sub("\n", text), tags=set()))
    lines = [" ".join(line.split()) for line in words.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _file_name(part: Mail, number: int) -> str:
    """A name without folders or signs that an address or a header would trip over."""
    given = part.get_filename() or ("message.eml" if part.get_content_maintype() == "message" else "")
    try:
        given = str(make_header(decode_header(given)))
    except (LookupError, ValueError):
        given = str(given)
    last = PurePosixPath(given.replace("\\", "/")).name
    safe = re.sub(r"[^\w .()+,-]", "_", plain(last)).strip(" .")
    stem, dot, ending = safe.rpartition(".")
    if not safe:
        ending = (part.get_content_type().rpartition("/")[2] or "bin")[:10]
        return f"part-{number}.{re.sub(r'[^a-z0-9]', '', ending) or 'bin'}"
    return f"{stem[:150]}.{ending[:20]}" if dot else safe[:170]
