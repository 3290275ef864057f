"""Answers by mail: through the outbox, in the conversation that they belong to, with our number in the subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from secretariat.core import journal
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.helpdesk.mail.belonging import NUMBERED
from secretariat.helpdesk.models import Enquiry, Message
from secretariat.post.drafts import Draft, queue
from secretariat.post.mailboxes import own_addresses
from secretariat.post.models import Delivery
from secretariat.post.models import Message as SentMail

REFERENCES_NAMED = 20
NOTICE = "helpdesk.reply"
RE = re.compile(r"(?i)^\s*(?:re|aw|antw|sv|fw|fwd)\s*:\s*")


def send_reply(
    message: Message, *, by: Person | None, at: datetime, recorded: datetime, files: Iterable[StoredFile] = ()
) -> SentMail:
    """Queues what we say to somebody about an enquiry; each address gets a mail of its own, the first is returned.

    Every one of them names all to whom it went, as a mail to several does: so whoever is copied in can answer all,
    and how each fared is known apart. Sent once however often this is called, from the mailbox that the enquiry came
    to where that is ours. Raises Refused when there is no address, or one that cannot be written to.
    """
    to = recipients(message.to)
    known = {address.lower() for _, address in to}
    copied = [one for one in recipients(message.cc) if one[1].lower() not in known] if message.cc.strip() else []
    everybody = _everybody(to, copied)
    drafts = [_draft(message, address, name, tuple(files), everybody) for name, address in [*to, *copied]]
    with transaction.atomic():
        queue(drafts, at, recorded)
        sent = {one.key: one for one in SentMail.objects.filter(key__in=[draft.key for draft in drafts])}
        first: SentMail = sent[drafts[0].key]
        ids = {"message_id": first.message_id, "in_reply_to": first.headers.get("In-Reply-To", "")}
        journal.amend(message, {"sent_as": first, **ids}, by=by, at=at, recorded=recorded)
    return first


def _everybody(to: list[tuple[str, str]], copied: list[tuple[str, str]]) -> dict[str, str]:
    """The headers that name all to whom a mail goes; none where that is one."""
    if len(to) + len(copied) == 1:
        return {}
    named = {"To": ", ".join(address for _, address in to), "Cc": ", ".join(address for _, address in copied)}
    return {name: addresses for name, addresses in named.items() if addresses}


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


def keys_of(message: Message) -> str:
    """What the keys of all mails begin with in which one message goes out."""
    return f"enquiry-message/{message.pk}/"


def copies_of(message: Message) -> QuerySet[SentMail]:
    """The mails in which one message goes out, one to each address."""
    return SentMail.objects.filter(key__startswith=keys_of(message)).order_by("pk")


def subject_of(enquiry: Enquiry, subject: str) -> str:
    """A reply's subject: one "Re:", what was asked, and our number once, by which an answer finds its way back."""
    given = subject or enquiry.subject or "Your enquiry"
    while RE.match(given):
        given = RE.sub("", given, count=1)
    bare = " ".join(re.sub(rf"\[?{NUMBERED.pattern}\]?", "", given, flags=re.IGNORECASE).split())
    return f"Re: [{enquiry.number}] {bare}"[:200]


def threading(enquiry: Enquiry, before: Message | None = None) -> dict[str, str]:
    """The headers that put a mail into its conversation: what it answers, and the ids before it, the oldest first."""
    rows = enquiry.messages.exclude(message_id="").exclude(sent_as__state=Delivery.GIVEN_UP).order_by("at", "pk")
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


def _draft(
    message: Message, address: str, name: str, files: tuple[StoredFile, ...], everybody: dict[str, str]
) -> Draft:
    enquiry = message.enquiry
    ours = enquiry.mailbox.lower()
    newest = enquiry.messages.filter(mail__isnull=False, at__lte=message.at).order_by("-at", "-pk").first()
    return Draft(
        key=f"{keys_of(message)}{address.lower()}"[:200],
        about=enquiry,
        person=None,
        address=address,
        name=name[:200],
        sender=ours if ours in own_addresses() else "",
        subject=subject_of(enquiry, message.subject),
        body=message.body,
        notice=NOTICE,
        classification=message.classification,
        audience=message.audience,
        headers={**threading(enquiry, message), "Auto-Submitted": "no", **everybody},
        files=files or tuple(message.files.all()),
        replies_to=newest.mail if newest is not None else None,
    )
