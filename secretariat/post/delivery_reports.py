"""What a mail server reports of a message that it could not deliver (RFC 3464), and what other servers write instead.

Plain reading: whether a report is believed is decided where it is kept (`bounces.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail
from email.parser import HeaderParser

from secretariat.post.headers import plain

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
ORIGINAL_TYPES = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
BAD_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4")
"""Status codes that say of the address itself that it takes no mail; all others may pass (RFC 3463)."""
RECIPIENTS_LIMIT = 50
PARTS_LIMIT = 50
TEXT_LIMIT = 50_000
ID = re.compile(r"<[^<>\s]{1,200}@[^<>\s]{1,200}>")
CODE = re.compile(r"(?<![0-9.])[45]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
ADDRESS = re.compile(r"[^\s<>;,:\"()]{1,64}@[^\s<>;,:\"()]{1,255}")
SERVERS = re.compile(r"(?i)\b(mailer-daemon|postmaster|mail delivery (?:sub)?system)\b")


@dataclass(frozen=True)
class Failure:
    """One address that a message did not reach. `permanent` when the address itself takes no mail."""

    address: str
    permanent: bool
    code: str
    words: str


@dataclass(frozen=True)
class Report:
    """A report of non-delivery: the addresses, and the Message-IDs that it may be about, the likeliest first."""

    failures: tuple[Failure, ...]
    originals: tuple[str, ...]


def report_in(mail: Mail) -> Report | None:
    """The report of non-delivery that a mail is; None when it is none, or only says that delivery takes longer."""
    parts = list(_walk(mail))
    status = next((part for part in parts if part.get_content_type() in STATUS_TYPES), None)
    if status is not None:
        failures = tuple(_failures(_source(status)))
        return Report(failures, _originals(mail, parts)) if failures else None
    if mail.get("X-Failed-Recipients") is None and not SERVERS.search(str(mail.get("From", ""))[:1000]):
        return None
    return _in_words(mail, parts)


def _walk(mail: Mail) -> Iterator[Mail]:
    """The parts of a mail, but not those of the message that it returns."""
    waiting = [mail]
    for _ in range(PARTS_LIMIT):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting += [one for one in payload[:PARTS_LIMIT] if isinstance(one, Mail)]


def _source(part: Mail) -> str:
    """The text of a part as it came, whether the parser took it apart or not."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n".join(one.as_string() for one in payload[:RECIPIENTS_LIMIT] if isinstance(one, Mail))[:TEXT_LIMIT]
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace")[:TEXT_LIMIT] if isinstance(content, bytes) else str(payload)[:TEXT_LIMIT]


def _failures(text: str) -> Iterator[Failure]:
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    for block in blocks[: RECIPIENTS_LIMIT + 1]:
        fields = HeaderParser().parsestr(block.strip())
        address = _address(fields.get("Original-Recipient")) or _address(fields.get("Final-Recipient"))
        if address and str(fields.get("Action", "")).strip().lower() == "failed":
            said = " ".join(str(fields.get("Diagnostic-Code", "")).split())
            found = CODE.search(f"{fields.get('Status', '')} {said}")
            yield _failure(address, found.group() if found else "", said)


def _address(value: object) -> str:
    """The address in a field such as "rfc822; ann@example.org"."""
    found = ADDRESS.search(str(value or "").partition(";")[2])
    return found.group().lower() if found else ""


def _failure(address: str, code: str, words: str) -> Failure:
    return Failure(plain(address), code in BAD_ADDRESS, code, plain(words)[:300])


def _originals(mail: Mail, parts: list[Mail]) -> tuple[str, ...]:
    """The ids of the returned message, then of what the report says that it answers."""
    named: list[str] = []
    for part in parts:
        if part.get_content_type() in ORIGINAL_TYPES:
            head = HeaderParser().parsestr(_source(part).lstrip())
            named += ID.findall(str(head.get("Message-ID", "")))
    for name in ("In-Reply-To", "References"):
        named += ID.findall(str(mail.get(name, ""))[:TEXT_LIMIT])
    return tuple(dict.fromkeys(named))[:10]


def _in_words(mail: Mail, parts: list[Mail]) -> Report | None:
    """A report in a server's own words: the addresses of its head or its text, and every id that the text quotes."""
    text = "\n".join(_source(part) for part in parts if part.get_content_type() == "text/plain")
    found = CODE.search(text)
    head = ADDRESS.findall(str(mail.get("X-Failed-Recipients", ""))[:TEXT_LIMIT])
    told = head or re.findall(rf"(?m)^\s*<({ADDRESS.pattern})>:", text)
    ids = (*_originals(mail, parts), *re.findall(rf"(?im)^\s*message-id:\s*({ID.pattern})", text))
    if not told or not (found or head):
        return None
    words = " ".join(text[found.start() :][:300].split()) if found else ""
    code = found.group() if found else ""
    failures = tuple(_failure(address.lower(), code, words) for address in dict.fromkeys(told[:RECIPIENTS_LIMIT]))
    return Report(failures, tuple(dict.fromkeys(ids))[:10])
