"""Mail becomes an enquiry, or one more message of the enquiry to which it belongs. None is lost and none acts alone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from secretariat.consultations.models import Consultation
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.helpdesk.actions import link, receive, say
from secretariat.helpdesk.mail.acknowledging import acknowledge
from secretariat.helpdesk.mail.belonging import enquiry_of, is_of_the_enquirer, is_over
from secretariat.helpdesk.mail.links import found
from secretariat.helpdesk.models import Channel, Enquiry, Message, Sort
from secretariat.helpdesk.suggesting import category_for
from secretariat.plain.dates import local_day
from secretariat.post.models import IncomingMail
from secretariat.post.procedure import INCOMING_MAIL, SET_ASIDE, UNMATCHED
from secretariat.register.models import Party

AUTOMATIC_DAYS = 7
"""For so long a program's mail is looked at again: what it answers may come to be known."""
LOG = logging.getLogger(__name__)


def take_up(at: datetime, recorded: datetime) -> list[str]:
    """Takes up all mail that waits; returns what went wrong. What fails waits for the next time and stops no other."""
    problems = []
    for mail in waiting(at):
        try:
            with transaction.atomic():
                take_in(mail, by=None, at=at, recorded=recorded)
        except Exception as error:  # one bad mail must not keep the others out
            LOG.exception("A mail could not become an enquiry.")
            problems.append(f"Mail {mail.pk} could not become an enquiry ({type(error).__name__}); it waits.")
    return problems


def waiting(at: datetime) -> QuerySet[IncomingMail]:
    """The mail that the helpdesk has not taken up: not what answers a consultation, nor what a person set aside.

    Of what programs write only what answers something.
    """
    answers = Q(thread__isnull=False) | Q(answers__isnull=False) | Q(kind=kind_of(Enquiry))
    lately = Q(automatic=True, received__gte=at - timedelta(days=AUTOMATIC_DAYS)) & answers
    rows = IncomingMail.objects.filter(Q(automatic=False) | lately, enquiry_message=None)
    rows = rows.exclude(state=SET_ASIDE).exclude(kind=kind_of(Consultation))
    return rows.order_by("received", "pk")


def take_in(mail: IncomingMail, **told: Any) -> Message | None:
    """Makes a mail a message of its enquiry, or of a new one; None for a program's mail that belongs to none."""
    known = enquiry_of(mail)
    if mail.automatic and known is None:
        return None
    fresh = known is None or (is_over(known, mail) and not mail.automatic)
    enquiry = _begun(mail, known, **told) if known is None or fresh else known
    message = _said(enquiry, mail, **told)
    _match(mail, enquiry, **told)
    if known is None:
        acknowledge(enquiry, mail, **told)
    return message


def _match(mail: IncomingMail, enquiry: Enquiry, **told: Any) -> None:
    """Matches a mail to its enquiry, also where its subject names another one: anybody can write a number."""
    kind = kind_of(enquiry)
    if mail.state == UNMATCHED:
        INCOMING_MAIL.take("follow", mail, reference=enquiry.number, kind=kind, record=enquiry.pk, **told)
    elif mail.kind == kind and (mail.record_id, mail.reference.upper()) != (enquiry.pk, enquiry.number):
        INCOMING_MAIL.take("match", mail, reference=enquiry.number, **told)


def _begun(mail: IncomingMail, follows: Enquiry | None, **told: Any) -> Enquiry:
    """A new enquiry, linked to what its subject names for certain; everything else is only suggested.

    Its sender speaks for a party or a person only when the answer goes to that very address: a From is easily forged,
    and whoever forges it then hears nothing. Where the answer is asked for elsewhere, the party is only suggested.
    """
    received = min(mail.received, told["at"])
    asked_for = (mail.reply_to or mail.from_address).lower()
    sender = mail.from_address if asked_for == mail.from_address.lower() else ""
    links = [row for row in found(mail.subject, "", sender, received) if row.certain]
    enquiry = Enquiry(
        channel=Channel.EMAIL,
        category=category_for(local_day(received)),
        received=received,
        mailbox=mail.mailbox[:80],
        subject=mail.subject[:200],
        enquirer=mail.from_name[:200],
        address=(mail.reply_to or mail.from_address)[:320],
        party=_only(links, Party),
        person=_only(links, Person),
        follows=follows,
    )
    receive(enquiry, **told)
    for row in links:
        if not isinstance(row.record, Party | Person):
            link(enquiry, row.record, row.reason, **told)
    return enquiry


def _only(links: list[Any], model: type[Any]) -> Any:
    records = [row.record for row in links if isinstance(row.record, model)]
    return records[0] if len(records) == 1 else None


def _said(enquiry: Enquiry, mail: IncomingMail, by: Person | None, at: datetime, recorded: datetime) -> Message:
    told: Told = {"by": by, "at": at, "recorded": recorded}
    message = say(
        enquiry,
        Sort.IN,
        mail.body,
        said_at=min(mail.received, at),
        mail=mail,
        from_name=mail.from_name,
        from_address=mail.from_address,
        to=mail.to,
        cc=mail.cc,
        subject=mail.subject,
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        automatic=mail.automatic,
        internal=not is_of_the_enquirer(enquiry, mail.from_address) and not _is_first(enquiry),
        **told,
    )
    message.files.set(mail.files.all())
    return message


def _is_first(enquiry: Enquiry) -> bool:
    return not enquiry.messages.exists()
