"""Sending: what is queued once for every reader, and what each message says as it is handed over."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from secretariat.engagement.newsletter.composing import Composed, composed, frozen, thawed
from secretariat.engagement.newsletter.models import Newsletter, Recipient
from secretariat.engagement.newsletter.readers import Receives, who_gets
from secretariat.engagement.newsletter.writing import Foot, mail, text
from secretariat.engagement.subscribing.actions import NEWSLETTER
from secretariat.engagement.subscribing.links import choices_link, unsubscribe_link
from secretariat.engagement.subscribing.notices import unsubscribing
from secretariat.papers.document import Document
from secretariat.post.drafts import Draft, host, queue
from secretariat.post.letters import Letter
from secretariat.post.models import Message
from secretariat.post.notices import link

BATCH = 500
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
    _, _, pk = message.key.rpartition("/")
    row = Recipient.objects.filter(pk=pk).select_related("newsletter", "subscriber", "person").first()
    reader = row and (row.subscriber or row.person)
    if row is None or reader is None or not row.newsletter.content:
        return None
    foot = Foot(link(row.newsletter), told_why(row.why), choices_link(reader), unsubscribe_link(reader))
    edition = _edition(row.newsletter, tuple(row.topics), row.reads_as)
    body, html = text(edition, foot, settings.SITE_URL), mail(edition, foot, settings.SITE_URL)
    headers = {**unsubscribing(reader), "Precedence": "bulk", "List-Id": f"<newsletter.{host()}>"}
    return Letter(body, html, headers)


def told_why(why: str) -> str:
    """Why a newsletter came, as a sentence for its reader."""
    return f"Why you receive this: {why}."


def _edition(newsletter: Newsletter, topics: tuple[str, ...], reads_as: str) -> Document:
    return _whole(json.dumps(newsletter.content, sort_keys=True)).edition(topics, reads_as)


@lru_cache(maxsize=4)
def _whole(content: str) -> Composed:
    """A frozen newsletter, read once for all who receive it."""
    return thawed(json.loads(content))
