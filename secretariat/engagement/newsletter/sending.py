"""Sending: what is queued once for every reader, and what each message says as it is handed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast
from markupsafe import escape

from secretariat.engagement.newsletter.composing import Composed, composed, frozen, thawed
from secretariat.engagement.newsletter.models import Newsletter, Recipient
from secretariat.engagement.newsletter.readers import Receives, who_gets
from secretariat.engagement.newsletter.writing import Foot, mail, text
from secretariat.engagement.subscribing.actions import NEWSLETTER
from secretariat.engagement.subscribing.links import choices_link, unsubscribe_link
from secretariat.engagement.subscribing.models import CONFIRMED
from secretariat.engagement.subscribing.notices import unsubscribing
from secretariat.post.drafts import Draft, host, queue
from secretariat.post.letters import Letter
from secretariat.post.models import Message
from secretariat.post.notices import link

BATCH = 500
READ = (
    "why", "topics", "reads_as", "newsletter__day", "subscriber__state", "person__email",
    "person__newsletter_subscriber__state",
)  # fmt: skip
"""What is asked of the database for each message."""
EDITIONS = 64
"""How many editions are kept at hand while a newsletter is sent."""
PLACES = Foot(*(f"\x02{name}\x03" for name in ("page", "why", "choices", "end")))
"""Where a reader's own words and links stand in an edition; what is published holds no such characters."""
QUEUED = "{title}\n{page}\n\n(The rest is written as it is sent: it is the reader's own edition, with private links.)\n"


def send_out(newsletter: Newsletter, at: datetime, recorded: datetime) -> int:
    """Freezes a newsletter and queues it once for every reader; returns for how many.

    Call inside a transaction: either all of it is queued, or nothing is.
    """
    whole = composed(newsletter, at)
    readers = who_gets(newsletter, whole, at)
    newsletter.content, newsletter.sent_at = frozen(whole), at
    rows = Recipient.objects.bulk_create([_recipient(newsletter, one) for one in readers], batch_size=BATCH)
    sent = ((row, one.address) for row, one in zip(rows, readers, strict=True) if not row.left_out)
    drafts = [_draft(newsletter, row, address) for row, address in sent]
    return len(queue(drafts, at, recorded))


def _recipient(newsletter: Newsletter, one: Receives) -> Recipient:
    return Recipient(
        newsletter=newsletter,
        subscriber=one.subscriber,
        person=one.person,
        why=one.why[:300],
        topics=list(one.topics),
        reads_as=one.reads_as,
        left_out=one.left_out[:300],
    )


def _draft(newsletter: Newsletter, row: Recipient, address: str) -> Draft:
    return Draft(
        key=row.key,
        person=row.person,
        subject=newsletter.title,
        body=QUEUED.format(title=newsletter.title, page=link(newsletter)),
        notice=NEWSLETTER,
        classification=newsletter.classification,
        about=newsletter,
        is_digest=True,
        address="" if row.person_id else address,
    )


def letter(message: Message) -> Letter | None:
    """What a reader's message says: their own edition of the frozen newsletter, with their own links."""
    row = getattr(message, "reader_row", None) or _row(message)
    reader = row and (row.subscriber or row.person)
    if row is None or reader is None or row.frozen == "{}":
        return None
    foot = Foot(link(row.newsletter), told_why(row.why), choices_link(reader), unsubscribe_link(reader))
    body, html = _edition(row.frozen, tuple(row.topics), row.reads_as)
    headers = {**unsubscribing(reader), "Precedence": "bulk", "List-Id": f"<newsletter.{host()}>"}
    return Letter(_filled(body, foot), _filled(html, foot, escape), headers)


def wanted_no_more(message: Message) -> str:
    """Why a reader wants a queued newsletter no longer, also one that was put off or is sent again; else nothing."""
    row = _row(message)
    if row is None:
        return ""
    own = row.subscriber or getattr(row.person, "newsletter_subscriber", None)
    return "" if own is None or own.state == CONFIRMED else "The reader ended the subscription."


def _row(message: Message) -> Any:
    """The reader's row as it is now, kept with the message for what comes next.

    The frozen newsletter comes as text, to be read once for all: to read it anew would cost more than all else.
    """
    rows = Recipient.objects.select_related("newsletter", "subscriber", "person__newsletter_subscriber").only(*READ)
    known = rows.annotate(frozen=Cast("newsletter__content", TextField()))
    row = known.filter(pk=message.key.rpartition("/")[2]).first()
    message.reader_row = row  # type: ignore[attr-defined]
    return row


def told_why(why: str) -> str:
    """Why a newsletter came, as a sentence for its reader."""
    return f"Why you receive this: {why}."


@lru_cache(maxsize=EDITIONS)
def _edition(content: str, topics: tuple[str, ...], reads_as: str) -> tuple[str, str]:
    """An edition as plain text and as HTML, written once for all who chose the same, with places for their links."""
    edition = _whole(content).edition(topics, reads_as)
    return text(edition, PLACES, settings.SITE_URL), mail(edition, PLACES, settings.SITE_URL)


@lru_cache(maxsize=4)
def _whole(content: str) -> Composed:
    """A frozen newsletter, read once for all who receive it."""
    return thawed(json.loads(content))


def _filled(written: str, foot: Foot, made: Callable[[str], str] = str) -> str:
    for place, own in zip(astuple(PLACES), astuple(foot), strict=True):
        written = written.replace(place, str(made(own)))
    return written
