"""Messages before they are queued, and what may go out by e-mail at all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of, model_of
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.post.bounces import suppressed
from secretariat.post.letters import UNWANTED
from secretariat.post.models import IncomingMail, Message
from secretariat.post.notices import one_line

BATCH = 500


@dataclass
class Draft:
    """A message not yet queued, to a person or an address; drafts with a key that exists are passed over."""

    key: str
    person: Person | None
    subject: str
    body: str
    notice: str
    classification: int = Class.GREEN
    audience: str = ""
    event: Event | None = None
    about: models.Model | None = None
    carries: list[list[Any]] = field(default_factory=list)
    is_digest: bool = False
    address: str = ""
    name: str = ""
    sender: str = ""
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    replies_to: IncomingMail | None = None


def queue(drafts: Iterable[Draft], at: datetime, recorded: datetime) -> list[Message]:
    """Queues drafts, each once by its key, and journals them; returns the new ones. Call inside a transaction."""
    wanted = {draft.key: draft for draft in drafts}
    known = set(Message.objects.filter(key__in=wanted).values_list("key", flat=True))
    rows = [_message(draft, recorded) for key, draft in wanted.items() if key not in known]
    if not rows:
        return []
    saved = Message.objects.bulk_create(rows, batch_size=BATCH)
    journal.record_all(
        journal.Entry("message.queue", row, None, at, recorded, {"notice": row.notice, "person": row.person})
        for row in saved
    )
    for row in saved:
        if attached := wanted[row.key].files:
            row.files.set(attached)
    return saved


def _message(draft: Draft, recorded: datetime) -> Message:
    about = draft.about
    return Message(
        key=draft.key,
        event=draft.event,
        notice=draft.notice,
        person=draft.person,
        address=draft.address,
        name=draft.name,
        sender=draft.sender,
        kind=kind_of(about) if about else "",
        record_id=about.pk if about else None,
        carries=draft.carries,
        subject=one_line(draft.subject),
        body=draft.body,
        html=draft.html,
        headers=draft.headers,
        replies_to=draft.replies_to,
        is_digest=draft.is_digest,
        classification=draft.classification,
        audience=draft.audience,
        message_id=f"<{hashlib.sha256(draft.key.encode()).hexdigest()[:40]}@{host()}>",
        recorded=recorded,
    )


def host() -> str:
    """The name under which this site is reached, without port: what its stable ids end in."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def ceiling(at: datetime) -> int:
    """The highest class whose text goes out by e-mail."""
    return Class[RULEBOOK.text("post.mail_ceiling", at)]


def may_read(person: Person | None, kind: str, record_id: int, at: datetime, event: Event | None = None) -> bool:
    """Whether a person may read a record at an instant; a record without a class is read as its event is."""
    rows = _rows(kind, {record_id})
    if hasattr(rows, "visible_to"):
        return bool(rows.visible_to(person, at).exists())
    return event is not None and Event.objects.filter(pk=event.pk).visible_of({event.kind}, person, at).exists()


def why_not(message: Message, at: datetime) -> str:
    """Why a message may not go to its person at an instant; nothing when it may.

    Somebody without an account need not be able to read what the message is about, only what its text carries.
    """
    person = message.person
    if person is not None and not person.is_active:
        return "The person's account is closed."
    if (ask := UNWANTED.get(message.notice)) and (unwanted := ask(message)):
        return unwanted
    if reason := suppressed([message.recipient], at).get(message.recipient.lower()):
        return reason
    about = (message.kind, message.record_id or 0)
    if person is not None and message.kind and not may_read(person, *about, at, message.event):
        return "The person may no longer read what it is about."
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, record_id in message.carries:
        by_kind[kind].add(record_id)
    for kind, ids in by_kind.items():
        if len(_classes(person, kind, ids, at)) < len(ids):
            return "The person may no longer read all that it carries."
    if rank_now(message) > ceiling(at):
        return "What it carries is now of a class that does not go out by e-mail."
    return ""


def _classes(person: Person | None, kind: str, ids: set[int], at: datetime) -> list[int]:
    return list(_rows(kind, ids).visible_to(person, at).values_list("classification", flat=True))


def _rows(kind: str, ids: set[int]) -> Any:
    return model_of(kind)._default_manager.filter(pk__in=ids)


def rank_now(message: Message) -> int:
    """The class that a message has now: that of the highest record or file that it carries, if that has risen."""
    ranks = [message.classification, *message.files.values_list("classification", flat=True)]
    for kind, record_id in message.carries:
        ranks += _rows(kind, {record_id}).values_list("classification", flat=True)
    return int(max(ranks))
