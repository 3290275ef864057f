"""Reading one e-mail as it came over the wire: whatever is malformed in it, something readable comes out.

Nothing in it is carried out: no script, no invitation, no address fetched, no archive unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import Message as Mail
from email.parser import BytesHeaderParser

from secretariat.post.automatic import wants_no_answer, why_automatic
from secretariat.post.delivery_reports import Report, report_in
from secretariat.post.headers import addresses, hashed, ids_in, message_id, plain, sender, sent, text_of
from secretariat.post.invites import told as invitation
from secretariat.post.parts import (
    FORWARDED,
    content_of,
    file_name,
    files_of,
    forwarded,
    from_html,
    in_charset,
    parsed,
    safe_name,
    texts,
)
from secretariat.post.winmail import opened as unpacked

BODY_LIMIT = 500_000
FILES_LIMIT = 100
FORWARDS_LIMIT = 20
CALENDARS = ("text/calendar", "application/ics")
PACKED = ("application/ms-tnef", "application/vnd.ms-tnef")
FORWARD = "---------- Forwarded message ----------"


@dataclass(frozen=True)
class Attachment:
    """A part that came along as a file."""

    name: str
    content: bytes


@dataclass
class Letter:
    """What was read of one e-mail. `refused` holds the name and the reason of every part that was not kept.

    `automatic` says what shows that a program wrote it, and is empty when a person seems to have.
    """

    message_id: str
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    to: str = ""
    cc: str = ""
    recipients: list[str] = field(default_factory=list)
    subject: str = ""
    sent: datetime | None = None
    body: str = ""
    automatic: str = ""
    wants_no_answer: bool = False
    report: Report | None = None
    attachments: list[Attachment] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


def read(raw: bytes, *, head_only: str = "") -> Letter:
    """The letter in these bytes. With `head_only`, a reason, its body and attachments are passed over for it."""
    try:
        mail = parsed(raw)
    except RecursionError:
        mail = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
        head_only = "Its parts are nested too deep to be read."
    letter = Letter(
        message_id=message_id(mail, raw),
        in_reply_to=next(iter(ids_in(mail, "In-Reply-To")), ""),
        references=ids_in(mail, "References"),
        reply_to=sender(mail, "Reply-To")[1],
        to=text_of(mail, "To"),
        cc=text_of(mail, "Cc"),
        recipients=[one for name in ("Delivered-To", "X-Original-To", "To", "Cc") for one in addresses(mail, name)],
        subject=text_of(mail, "Subject")[:300],
        sent=sent(mail),
        automatic=why_automatic(mail),
        wants_no_answer=wants_no_answer(mail),
        report=report_in(mail),
    )
    letter.from_name, letter.from_address = sender(mail)
    if head_only:
        letter.refused.append({"name": "the whole message", "reason": head_only})
    else:
        _Reading(letter).read(mail)
    return letter


def unreadable(raw: bytes, reason: str) -> Letter:
    """What is kept of bytes that cannot be read at all: that they came, and why they could not be read."""
    refused = [{"name": "the whole message", "reason": reason}]
    return Letter(message_id=hashed(raw), subject="(unreadable message)", refused=refused)


class _Reading:
    """One reading of the body: what was found so far, and how much more may be."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.text: list[str] = []
        self.forwards = 0
        self.inside = 0

    def read(self, mail: Mail) -> None:
        self._take(mail)
        text = "\n\n".join(part.strip("\r\n") for part in self.text if part.strip()).strip()
        if len(text) > BODY_LIMIT:
            self._refuse("the text", f"Only the first {BODY_LIMIT:,} of its {len(text):,} characters are kept.")
        self.letter.body = text[:BODY_LIMIT]

    def _take(self, mail: Mail) -> None:
        self.text += texts(mail, self.letter.refused)
        for number, part in enumerate(files_of(mail), start=1):
            kind = part.get_content_type()
            name = file_name(part, number)
            if kind in FORWARDED:
                self._forward(part)
            elif kind in PACKED or name.lower() == "winmail.dat":
                self._unpack(name, content_of(part))
            elif kind in CALENDARS or name.lower().endswith(".ics"):
                self._invite(name, part)
            else:
                self._attach(name, content_of(part))

    def _forward(self, part: Mail) -> None:
        inner = forwarded(part)
        self.forwards += 1
        if inner is None or self.forwards > FORWARDS_LIMIT:
            self._refuse("a forwarded message", f"More than {FORWARDS_LIMIT} are forwarded, or it is empty.")
            return
        heads = [f"{name}: {text_of(inner, name)}" for name in ("From", "Date", "To", "Subject") if inner.get(name)]
        self.text.append("\n".join([FORWARD, *heads]))
        if not self.inside:
            self._attach_forwarded(inner)
        self.inside += 1
        self._take(inner)
        self.inside -= 1

    def _attach_forwarded(self, inner: Mail) -> None:
        """Attaches a forwarded message whole, what it forwards itself within it."""
        name = safe_name(text_of(inner, "Subject")[:80].replace(".", " "), "forwarded message")
        try:
            content = inner.as_bytes()
        except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
            self._refuse(f"{name}.eml", "It is too malformed to be kept as a message of its own; its words are here.")
            return
        self._attach(f"{name}.eml", content)

    def _invite(self, name: str, part: Mail) -> None:
        """Reads what an invitation says, and attaches it as a file that a calendar opens."""
        content = content_of(part)
        self.text.append(invitation(in_charset(content, str(part.get_content_charset() or "utf-8"))))
        self._attach(name if name.lower().endswith(".ics") else f"{name.rpartition('.')[0] or name}.ics", content)

    def _unpack(self, name: str, content: bytes) -> None:
        try:
            found = unpacked(content)
        except ValueError as error:
            self._refuse(name, str(error))
            return
        if not any(text.strip() for text in self.text):
            self.text.append(plain(found.text) or plain(from_html(found.html)))
            if found.rich and not self.text[-1].strip():
                self._refuse("the text", "It lies in a winmail.dat as rich text, which is not read here.")
        for number, (given, inner) in enumerate(found.files, start=1):
            self._attach(safe_name(given, f"part-{number}.bin"), inner)

    def _attach(self, name: str, content: bytes) -> None:
        if len(self.letter.attachments) < FILES_LIMIT:
            self.letter.attachments.append(Attachment(name, content))
        else:
            self._refuse(name, f"Only the first {FILES_LIMIT} files are taken out of a message.")

    def _refuse(self, name: str, reason: str) -> None:
        self.letter.refused.append({"name": name, "reason": reason})
