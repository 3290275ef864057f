"""The mails to a subscriber, written as they are sent: each holds a private link."""

from __future__ import annotations

from django.conf import settings

from secretariat.engagement.subscribing.actions import CONFIRM, KNOWN
from secretariat.engagement.subscribing.links import choices_link, confirm_link, unsubscribe_link
from secretariat.engagement.subscribing.models import Subscriber
from secretariat.plain.dates import instant
from secretariat.post.letters import LETTERS, Letter
from secretariat.post.models import Message

ASKS = """\
Somebody, we hope you, asked for the newsletter of {administration} to be sent to this address.

Confirm it here:
{link}

You chose: {topics}. Nothing is sent to you unless you confirm. If it was not you, do nothing: the address is forgotten.
Asked for on {asked}.
"""
KNOWS = """\
Somebody asked for the newsletter of {administration} to be sent to this address, which receives it already.

Choose what comes, and how often:
{link}
"""


def to_confirm(message: Message) -> Letter | None:
    """The mail with the link that confirms; nothing once the address is forgotten."""
    row = _subscriber(message)
    if row is None or row.asked_at is None:
        return None
    told = {"link": confirm_link(row), "topics": row.told_topics, "asked": instant(row.asked_at)}
    return Letter(ASKS.format(administration=settings.ADMINISTRATION, **told))


def already_there(message: Message) -> Letter | None:
    """The mail that there is nothing to confirm, with the link to what was chosen."""
    row = _subscriber(message)
    if row is None:
        return None
    said = KNOWS.format(administration=settings.ADMINISTRATION, link=choices_link(row))
    return Letter(said, headers=unsubscribing(row))


def _subscriber(message: Message) -> Subscriber | None:
    found: Subscriber | None = Subscriber.objects.filter(pk=message.record_id or 0).first()
    return found


def unsubscribing(reader: object) -> dict[str, str]:
    """The headers by which a mail program offers to end it with one click (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{unsubscribe_link(reader)}>",  # type: ignore[arg-type]
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


LETTERS[CONFIRM] = to_confirm
LETTERS[KNOWN] = already_there
