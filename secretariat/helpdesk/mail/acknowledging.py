"""The one mail that a program sends by itself: that an enquiry came in, and under which number."""

from __future__ import annotations

from datetime import datetime, timedelta

from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.helpdesk.mail.belonging import named_in
from secretariat.helpdesk.mail.replies import recipients, subject_of
from secretariat.helpdesk.models import Enquiry
from secretariat.post.drafts import Draft, queue
from secretariat.post.mailboxes import own_addresses
from secretariat.post.models import IncomingMail, Message

NOTICE = "helpdesk.acknowledge"
TEXT = """Thank you for your e-mail. It has reached the helpdesk under the number {number}.

Answer this mail, or keep {number} in the subject, when you want to add something.
The helpdesk works from {opens}:00 to {closes}:00 on Working Days.
"""


def why_not(mail: IncomingMail, at: datetime) -> str:
    """Why a mail gets no acknowledgement; nothing when it gets one (RFC 3834: never to a program, never many)."""
    if not RULEBOOK.switch("helpdesk.acknowledges", at):
        return "This administration sends none."
    if mail.automatic or mail.wants_no_answer:
        return "A program wrote it, or its writer wants no answer of one."
    if named_in(mail.subject) is not None:
        return "Its subject has a number of ours: it may be a program's answer to what we wrote."
    address = (mail.reply_to or mail.from_address).lower()
    try:
        recipients(address)
    except Refused as refusal:
        return str(refusal)
    day = Message.objects.filter(notice=NOTICE, address__iexact=address, recorded__gt=at - timedelta(hours=24))
    limit = RULEBOOK.number("helpdesk.acknowledgements_a_day", at)
    return f"Its sender got {limit} within 24 hours." if day.count() >= limit else ""


def acknowledge(
    enquiry: Enquiry, mail: IncomingMail, by: Person | None, at: datetime, recorded: datetime
) -> Message | None:
    """Queues the acknowledgement of a new enquiry, where its mail may get one."""
    if why_not(mail, at):
        return None
    opens, closes = RULEBOOK.number("helpdesk.opening_hour", at), RULEBOOK.number("helpdesk.closing_hour", at)
    ours = enquiry.mailbox.lower()
    draft = Draft(
        key=f"enquiry-acknowledged/{enquiry.pk}",
        person=None,
        address=mail.reply_to or mail.from_address,
        name=mail.from_name,
        sender=ours if ours in own_addresses() else "",
        subject=subject_of(enquiry, mail.subject),
        body=TEXT.format(number=enquiry.number, opens=opens, closes=closes),
        notice=NOTICE,
        headers={
            "In-Reply-To": mail.message_id,
            "References": mail.message_id,
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
        },
        replies_to=mail,
    )
    return next(iter(queue([draft], at, recorded)), None)
