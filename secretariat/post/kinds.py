"""Messages and incoming mail are found by their Message-ID."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.post.models import IncomingMail, Message


def find_message(text: str) -> Message | None:
    """The message that went out with this Message-ID."""
    return Message.objects.filter(message_id=text.strip()).first() if _is_id(text) else None


def find_mail(text: str) -> IncomingMail | None:
    """The mail that came in with this Message-ID."""
    return IncomingMail.objects.filter(message_id=text.strip()).first() if _is_id(text) else None


def _is_id(text: str) -> bool:
    return text.strip().startswith("<") and "@" in text


register("message", Message, find_message)
register("mail", IncomingMail, find_mail)
