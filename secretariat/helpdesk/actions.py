"""Receiving an enquiry: the next number, then the step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.core.schemes import Scheme
from secretariat.helpdesk.models import CATEGORIES, Enquiry
from secretariat.helpdesk.procedure import ENQUIRY


def next_number() -> str:
    """The running number after the highest there is."""
    highest = Enquiry.objects.order_by("-number").values_list("number", flat=True).first()
    return f"ENQ-{int(highest.removeprefix('ENQ-')) + 1 if highest else 1:06d}"


def receive(enquiry: Enquiry, *, by: Person | None, at: datetime, recorded: datetime) -> Event:
    """Numbers a new enquiry and receives it. Raises Refused, and then nothing has changed."""
    with transaction.atomic():
        # Whoever else receives an enquiry now waits here, so that no two take one number.
        list(Scheme.objects.select_for_update().filter(subject=CATEGORIES).order_by("pk"))
        enquiry.number = next_number()
        return ENQUIRY.take("receive", enquiry, by=by, at=at, recorded=recorded)
