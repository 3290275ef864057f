"""Answers by mail: through the outbox, in the conversation that they belong to, with our number in the subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.helpdesk.mail.belonging import NUMBERED
from secretariat.helpdesk.models import Enquiry, Message
from secretariat.post.drafts import Draft, queue
from secretariat.post.mailboxes import own_addresses
from secretariat.post.models import Message as SentMail

REFERENCES_NAMED = 20
NOTICE = "helpdesk.reply"
RE = re.compile(r"(?i)^\s*(?:re|aw|antw|sv|fw|fwd)\s*:\s*")


def send_reply(
    message: Message, *, by: Person | None, at: datetime, recorded: datetime, files: Iterable[StoredFile] = ()
) -> SentMail:
    """Queues what we say to somebody about an enquiry; each address gets a mail of its own, the first is returned.

    Sent once however often this is called, from the mailbox that the enquiry came to where that is ours. Raises
    Refused when there is no address, or one that cannot be written to.
    """
    drafts = [_draft(message, to, name, tuple(files)) for name, to in recipients(message.to)]
    with transaction.atomic():
        queue(drafts, at, recorded)
        sent = {one.key: one for one in SentMail.objects.filter(key__in=[draft.key for draft in drafts])}
        first: SentMail = sent[drafts[0].key]
        ids = {"message_id": first.message_id, "in_reply_to": first.headers.get("In-Reply-To", "")}
        journal.amend(message, {"sent_as": first, **ids}, by=by, at=at, recorded=recorded)
    return first


def recipients(to: str) -> list[tuple[str, str]]:
    """The names and addresses in a text such as "Ann <ann@example.org>, ben@example.org".

    Raises Refused when there is none, when one cannot be written to, and for an address of our own: a loop.
    """
    found = list({address.lower(): (name, address) for name, address in getaddresses([to]) if address}.values())
    if not found:
        raise Refused("There is no address to send it to.")
    for _, address in found:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Refused(f"{address} is no e-mail address.") from error
        if address.lower() in own_addresses():
            raise Refused(f"{address} is an address of ours: the answer would come back to us.")
    return found


def subject_of(enquiry: Enquiry, subject: str) -> str:
    """A reply's subject: one "Re:", what was asked, and our number once, by which an answer finds its way back."""
    given = subject or enquiry.subject or "Your enquiry"
    while RE.match(given):
        given = RE.sub("", given, count=1)
    bare = " ".join(re.sub(rf"\[?{NUMBERED.pattern}\]?", "", given, flags=re.IGNORECASE).split())
    return f"Re: [{enquiry.number}] {bare}"[:200]


def threading(enquiry: Enquiry, before: Message | None = None) -> dict[str, str]:
    """The headers that put a mail into its conversation: what it answers, and the ids before it, the oldest first."""
    rows = enquiry.messages.exclude(message_id="").order_by("at", "pk")
    if before is not None:
        rows = rows.exclude(pk=before.pk).filter(at__lte=before.at)
    said = list(rows.values_list("message_id", "mail_id"))
    if not said:
        return {}
    ids = [message_id for message_id, _ in said]
    # A mailer shows the first and the last of a conversation best, so both are always named.
    named = ids if len(ids) <= REFERENCES_NAMED else [ids[0], *ids[1 - REFERENCES_NAMED :]]
    answered = next((message_id for message_id, mail in reversed(said) if mail is not None), ids[-1])
    return {"In-Reply-To": answered, "References": " ".join(named)}


def _draft(message: Message, address: str, name: str, files: tuple[StoredFile, ...]) -> Draft:
    enquiry = message.enquiry
    ours = enquiry.mailbox.lower()
    newest = enquiry.messages.filter(mail__isnull=False, at__lte=message.at).order_by("-at", "-pk").first()
    return Draft(
        key=f"enquiry-message/{message.pk}/{address.lower()}"[:200],
        person=None,
        address=address,
        name=name[:200],
        sender=ours if ours in own_addresses() else "",
        subject=subject_of(enquiry, message.subject),
        body=message.body,
        notice=NOTICE,
        classification=message.classification,
        audience=message.audience,
        headers={**threading(enquiry, message), "Auto-Submitted": "no"},
        files=files or tuple(message.files.all()),
        replies_to=newest.mail if newest is not None else None,
    )
