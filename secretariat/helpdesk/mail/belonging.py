"""Which enquiry a mail belongs to: by what it answers, else by the number in its subject."""

from __future__ import annotations

import re
from email.utils import getaddresses

from django.db.models import Q

from secretariat.core import journal
from secretariat.core.kinds import kind_of
from secretariat.core.rulebook import RULEBOOK
from secretariat.helpdesk.models import ANSWERED, MERGED, Enquiry, Message, Sort
from secretariat.post.mailboxes import own_addresses
from secretariat.post.models import IncomingMail

NUMBERED = re.compile(r"(?<![A-Z0-9])ENQ-[0-9]{6}(?![0-9])", re.IGNORECASE)
MERGES_LIMIT = 20


def enquiry_of(mail: IncomingMail) -> Enquiry | None:
    """The enquiry whose conversation a mail goes on with, where it stands now; None when it begins one.

    What a person matched it to comes first, then what its headers answer. A subject is typed by hand and read by
    anybody: a number in it counts only from somebody who takes part in that conversation, and two numbers name none.
    """
    earlier = _matched(mail) or _answered(mail) or _numbered(mail)
    for _ in range(MERGES_LIMIT):
        if earlier is None or earlier.state != MERGED:
            return earlier
        earlier = earlier.merged_into
    return earlier


def _matched(mail: IncomingMail) -> Enquiry | None:
    """The enquiry that a person matched a mail to; what its own subject or thread did is looked at anew."""
    by_hand = journal.history(mail).filter(name="incoming mail.match", by__isnull=False)
    if mail.record_id is None or mail.kind != kind_of(Enquiry) or not by_hand.exists():
        return None
    found: Enquiry | None = Enquiry.objects.filter(pk=mail.record_id).first()
    return found


def _answered(mail: IncomingMail) -> Enquiry | None:
    """The enquiry of the newest message that the mail answers, by its headers or by what the post room found."""
    named = {one for one in (mail.in_reply_to, *mail.references.split()) if one}
    answered = Message.objects.filter(message_id__in=named)
    if mail.thread_id is not None:
        answered |= Message.objects.filter(mail__thread=mail.thread_id) | Message.objects.filter(mail=mail.thread_id)
    if mail.answers_id is not None:
        answered |= Message.objects.filter(sent_as=mail.answers_id)
    message = answered.select_related("enquiry").order_by("-at", "-pk").first()
    return message.enquiry if message is not None else _of_a_copy(mail)


def _of_a_copy(mail: IncomingMail) -> Enquiry | None:
    """The enquiry about which we wrote what the mail answers: whoever got a copy of a reply got a mail of their own."""
    answers = mail.answers
    if answers is None or answers.kind != kind_of(Enquiry):
        return None
    found: Enquiry | None = Enquiry.objects.filter(pk=answers.record_id or 0).first()
    return found


def _numbered(mail: IncomingMail) -> Enquiry | None:
    found = named_in(mail.subject)
    return found if found is not None and takes_part(found, mail.from_address) else None


def named_in(text: str) -> Enquiry | None:
    """The one enquiry whose number stands in a text; None where none or several do."""
    numbers = {number.upper() for number in NUMBERED.findall(text)}
    if len(numbers) != 1:
        return None
    found: Enquiry | None = Enquiry.objects.filter(number=numbers.pop()).first()
    return found


def takes_part(enquiry: Enquiry, address: str) -> bool:
    """Whether somebody is of a conversation: who asked, wrote in it, was copied in or was asked by us, or is at their
    place. What was never taken for a part of it (an internal message by a stranger) makes nobody take part.
    """
    given = address.strip().lower()
    if not given or given in own_addresses():
        return False
    if is_of_the_enquirer(enquiry, given):
        return True
    spoken = enquiry.messages.filter(Q(sort=Sort.OUT) | Q(sort__in=(Sort.IN, Sort.FORM), internal=False))
    known: set[str] = set()
    for message in spoken.only("from_address", "to", "cc"):
        known |= {one.lower() for _, one in getaddresses([message.from_address, message.to, message.cc])}
    return given in known


def is_of_the_enquirer(enquiry: Enquiry, address: str) -> bool:
    """Whether an address is the enquirer's, or one at the same place: what others say is kept from the enquirer."""
    asked, given = enquiry.address.lower(), address.lower()
    place = asked.rpartition("@")[2]
    public = RULEBOOK.text("helpdesk.public_domains", enquiry.received).split()
    return bool(asked) and (given == asked or (given.rpartition("@")[2] == place and place not in public))


def is_over(enquiry: Enquiry, mail: IncomingMail) -> bool:
    """Whether the enquiry was answered before the mail came in, so that the mail is an enquiry of its own."""
    return enquiry.state == ANSWERED and enquiry.answered is not None and enquiry.answered <= mail.received
