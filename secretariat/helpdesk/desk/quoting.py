"""What an answer answers: the words that were said last, once, without the history that they quote themselves."""

from __future__ import annotations

from secretariat.helpdesk.models import Enquiry, Message, Sort
from secretariat.plain.dates import instant
from secretariat.post.folding import said

LINES_QUOTED = 60
NAME_SHOWN = 80
CUT = "[…]"


def asked_last(enquiry: Enquiry) -> Message | None:
    """The newest message in which the enquirer's side wrote to us; nothing where they only telephoned."""
    rows = enquiry.messages.filter(sort__in=(Sort.IN, Sort.FORM), internal=False, automatic=False)
    found: Message | None = rows.order_by("-at", "-pk").first()
    return found


def quoted(message: Message, *, named: bool = True) -> str:
    """The words of a message as a reply quotes them; without the writer's name for anybody else than the writer."""
    lines = [line.rstrip() for line in said(message.body).split("\n")]
    if len(lines) > LINES_QUOTED:
        lines = [*lines[:LINES_QUOTED], CUT]
    if not any(lines):
        return ""
    writer = " ".join((message.from_name or message.from_address or "you").split())[:NAME_SHOWN]
    head = f"On {instant(message.at)}, {writer if named else 'the enquirer'} wrote:"
    return "\n".join([head, *(f"> {line}".rstrip() for line in lines)])
