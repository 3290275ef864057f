"""What an enquiry seems to belong together with: only shown, with its reason; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.helpdesk.actions import OURS
from secretariat.helpdesk.mail.belonging import NUMBERED, is_of_the_enquirer
from secretariat.helpdesk.models import WORKING, Enquiry
from secretariat.post.models import IncomingMail

NUMBERS_READ = 5
TEXT_READ = 20_000


@dataclass(frozen=True)
class Named:
    """Another enquiry whose number stands in what was said, and whether this one can be merged into it."""

    enquiry: Enquiry
    can_take_it: bool


def enquiries_named(enquiry: Enquiry, person: Person | None, at: datetime) -> list[Named]:
    """The enquiries that an enquiry names and a person may read, its own kin left out.

    Whoever wrote it takes no part in them, or it would be a message of theirs: a number proves nothing.
    """
    first = enquiry.messages.exclude(sort__in=OURS).values_list("body", flat=True).first() or ""
    numbers = dict.fromkeys(one.upper() for one in NUMBERED.findall(f"{enquiry.subject} {first[:TEXT_READ]}"))
    wanted = [one for one in numbers if one != enquiry.number][:NUMBERS_READ]
    if not wanted:
        return []
    kin = {enquiry.follows_id, enquiry.merged_into_id, enquiry.split_from_id}
    rows = Enquiry.objects.visible_to(person, at).filter(number__in=wanted).exclude(pk__in=kin - {None})
    return [Named(one, one.state in WORKING and enquiry.state in WORKING) for one in rows.order_by("number")]


def answered_elsewhere(enquiry: Enquiry) -> str:
    """The address that an enquiry came from, where its answer is asked for at another one: it may be forged."""
    mail = enquiry.messages.filter(mail__isnull=False, internal=False).order_by("at", "pk").select_related("mail")
    first = mail.first()
    if first is None or first.mail is None or not first.mail.reply_to:
        return ""
    came_from: str = first.mail.from_address
    return came_from if came_from.lower() != first.mail.reply_to.lower() == enquiry.address.lower() else ""


def mail_naming(enquiry: Enquiry, person: Person | None, at: datetime) -> QuerySet[Any]:
    """Mail that names an enquiry and was not taken into it: a program's, or that of somebody outside it."""
    rows = IncomingMail.objects.visible_to(person, at)
    return rows.filter(kind=kind_of(enquiry), record_id=enquiry.pk, enquiry_message=None).order_by("received")[:20]


def merged_in(enquiry: Enquiry) -> list[Enquiry]:
    """The enquiries merged into one whose enquirers are others: the answer does not go to them by itself."""
    rows = enquiry.merged.exclude(address="").order_by("number")
    return [one for one in rows if not is_of_the_enquirer(enquiry, one.address)]
