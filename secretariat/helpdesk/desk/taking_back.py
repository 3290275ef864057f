"""Taking a reply back while it still waits to be sent: the mistake that is seen a moment after the key was pressed."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.helpdesk.desk import unsent
from secretariat.helpdesk.mail.replies import copies_of
from secretariat.helpdesk.models import ANSWERED, ASKED, REFERRED, Enquiry, Message, Sort
from secretariat.helpdesk.procedure import ENQUIRY, those_in_hand
from secretariat.helpdesk.public.satisfaction import NOTICE
from secretariat.post.folding import said
from secretariat.post.models import Delivery
from secretariat.post.models import Message as SentMail
from secretariat.post.procedure import MESSAGE

TAKEN_BACK = "The answer was taken back before it was sent."


def can_be_taken_back(message: Message) -> bool:
    """Whether all of what a reply went out as still waits in the outbox."""
    states = list(copies_of(message).values_list("state", flat=True)) if message.sort == Sort.OUT else []
    return bool(states) and set(states) == {Delivery.QUEUED}


def newest_reply(enquiry: Enquiry) -> Message | None:
    """The last mail that we wrote about an enquiry."""
    found: Message | None = enquiry.messages.filter(sort=Sort.OUT).order_by("-pk").first()
    return found


def take_back(message: Message, **told: Unpack[Told]) -> None:
    """Keeps a reply from being sent, brings its enquiry back into our hand and its words back into the form.

    The message stays in the record, as internal to us. Raises Refused when any of it is on its way already.
    """
    enquiry = message.enquiry
    person = told["by"]
    if person is None or not those_in_hand(person, enquiry, told["at"]):
        raise Refused("It is not in your hand. Ask to have it handed over.")
    with transaction.atomic():
        if not can_be_taken_back(message):
            raise Refused("It is on its way already. Write another one that puts it right.")
        asking = SentMail.objects.filter(key=f"{NOTICE}/{enquiry.pk}", state=Delivery.QUEUED)
        for one in [*copies_of(message), *asking]:
            MESSAGE.take("give_up", one, **told)
        journal.amend(message, {"internal": True}, **told)
        if enquiry.state == ANSWERED:
            ENQUIRY.take("reopen", enquiry, reason=TAKEN_BACK, **told)
        elif enquiry.state in (ASKED, REFERRED):
            ENQUIRY.take("hear", enquiry, **told)
        elsewhere = message.to if message.to != enquiry.address else ""
        typed = {"text": said(message.body), "cc": message.cc, "to": elsewhere, "quote": True}
        unsent.put_back(enquiry, person, typed, told["at"])
