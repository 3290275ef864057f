"""Telephone calls: kept as what was asked and what was answered (rule HLP-4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

from django.db import transaction

from secretariat.core.journal import Told
from secretariat.core.schemes import Heading
from secretariat.helpdesk.actions import receive, say
from secretariat.helpdesk.models import Channel, Enquiry, Sort
from secretariat.helpdesk.procedure import ENQUIRY


@dataclass(frozen=True)
class Call:
    """One call: who called, what was asked, and what was answered; an empty answer is still to come."""

    category: Heading
    subject: str
    asked: str
    said: str = ""
    enquirer: str = ""
    organisation: str = ""
    telephone: str = ""
    address: str = ""


def take_down(call: Call, **told: Unpack[Told]) -> Enquiry:
    """Keeps a call as an enquiry; one that was answered on the telephone is finished at once. Raises Refused."""
    enquiry = Enquiry(
        channel=Channel.TELEPHONE, received=told["at"], category=call.category, subject=call.subject,
        enquirer=call.enquirer, organisation=call.organisation, telephone=call.telephone, address=call.address,
    )  # fmt: skip
    with transaction.atomic():
        receive(enquiry, **told)
        say(enquiry, Sort.CALL, call.asked, from_name=call.enquirer, subject=call.subject, **told)
        if call.said:
            say(enquiry, Sort.SAID, call.said, subject=call.subject, **told)
            ENQUIRY.take("answer", enquiry, **told)
    return enquiry
