"""What is written besides steps: a contact put right, a use of the list, and a month taken from the counter."""

from __future__ import annotations

from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.engagement.models import WebsiteMonth
from secretariat.engagement.website.figures import counted_in, first_counted
from secretariat.engagement.website.models import LISTED, ContactUse, OperationsContact
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month


def put_right(contact: OperationsContact, said: dict[str, Any], **told: Unpack[Told]) -> None:
    """Changes what a contact says; the journal tells which fields, and no personal data. Raises ValidationError."""
    if contact.state != LISTED:
        raise Refused("This contact is no longer on the list.")
    for name, value in said.items():
        setattr(contact, name, value)
    contact.affirmed_on = local_day(told["at"])
    with transaction.atomic():
        journal.save_checked(contact)
        journal.record("operationscontact.put_right", contact, **told, fields=sorted(said))


def use(purpose: str, matter: str, **told: Unpack[Told]) -> ContactUse:
    """Keeps that somebody opens the addresses of the list, and for what (rule HLP-11). Raises ValidationError."""
    person = told["by"]
    if person is None:
        raise Refused("Only somebody who is signed in opens the addresses.")
    row = ContactUse(purpose=purpose, matter=matter, used_at=told["at"], by=person)
    row.contacts = OperationsContact.objects.filter(state=LISTED).visible_to(person, told["at"]).count()
    journal.enter(row, **told)
    return row


def take_month(month: Month, **told: Unpack[Told]) -> WebsiteMonth:
    """Makes the month's numbers out of what was counted. Raises Refused where it was not counted all the time."""
    first = first_counted()
    if first is None or first > month.first:
        since = f"since {long_date(first)} only" if first else "nothing yet"
        raise Refused(f"The website counts {since}: {month.label} is entered by hand, from who counted it.")
    if month.last >= local_day(told["at"]):
        raise Refused(f"{month.label} is not over.")
    if WebsiteMonth.objects.filter(month=month.first).exists():
        raise Refused(f"{month.label} is there already.")
    visits, views = counted_in(month)
    row = WebsiteMonth(month=month.first, visits=visits, page_views=views, counted=True)
    journal.enter(row, **told)
    return row
