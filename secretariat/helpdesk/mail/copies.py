"""Who else was asked: the addresses that a reply to all goes to as well, shown to the agent, who may change them."""

from __future__ import annotations

from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from secretariat.helpdesk.models import Enquiry, Message, Sort
from secretariat.post.automatic import ROBOTS
from secretariat.post.mailboxes import own_addresses

COPIES_LIMIT = 20
"""To more than these nobody is copied in by itself: it went to a list."""


def others_asked(enquiry: Enquiry) -> list[str]:
    """The addresses to which the enquirer's side wrote last besides us, in lower case and in order.

    Never the enquirer's own, one of ours, a program's, or what is no address at all.
    """
    last = enquiry.messages.filter(sort=Sort.IN, internal=False, automatic=False).select_related("mail")
    message = last.order_by("-at", "-pk").first()
    if message is None:
        return []
    told = dict.fromkeys(one.lower() for _, one in getaddresses([_writer(message), message.to, message.cc]))
    ours = own_addresses() | {enquiry.mailbox.lower(), enquiry.address.lower()}
    ours |= {message.mail.mailbox.lower()} if message.mail is not None else set()
    return [one for one in told if one not in ours and not ROBOTS.match(one) and _can_be_written_to(one)]


def _writer(message: Message) -> str:
    """Where whoever wrote wants the answer."""
    asked_for = message.mail.reply_to if message.mail is not None else ""
    return asked_for or message.from_address


def _can_be_written_to(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
