"""What is done to enquiries besides their steps: numbering, keeping what was said, sorting, linking, splitting."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Event, Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.schemes import Heading, Scheme
from secretariat.helpdesk.models import ASKED, CATEGORIES, OPEN, REFERRED, Enquiry, Link, Message, Sort
from secretariat.helpdesk.procedure import ENQUIRY

OURS = (Sort.OUT, Sort.SAID, Sort.NOTE)
"""What we say: everything else is said to us."""


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


def say(enquiry: Enquiry, sort: Sort, body: str, **more: Any) -> Message:
    """Keeps one thing that was said about an enquiry; `more` holds the message's other fields and by, at, recorded.

    What is said to us about an enquiry that waits for somebody takes it back into our hand, unless a program said it.
    """
    told: Told = {name: more.pop(name) for name in ("by", "at", "recorded")}  # type: ignore[assignment]
    said_at = more.pop("said_at", told["at"])
    message = Message(
        enquiry=enquiry, sort=sort, body=body, by=told["by"], at=said_at, recorded=told["recorded"],
        invented=enquiry.invented, **more,
    )  # fmt: skip
    message.internal = message.internal or sort == Sort.NOTE
    with transaction.atomic():
        journal.enter(message, **told)
        if sort not in OURS and not message.automatic and _waits(enquiry):
            ENQUIRY.take("hear", enquiry, **told)
    return message


def _waits(enquiry: Enquiry) -> bool:
    """Whether an enquiry waits for somebody else, or for a time."""
    return enquiry.state in (ASKED, REFERRED) or (enquiry.state == OPEN and enquiry.snoozed_until is not None)


def categorise(enquiry: Enquiry, category: Heading, **told: Unpack[Told]) -> Event | None:
    """Puts an enquiry under a category of the day on which it came in. Raises ValidationError for another one."""
    return journal.amend(enquiry, {"category": category}, **told)


def link(enquiry: Enquiry, record: Any, reason: str, **told: Unpack[Told]) -> Link:
    """Says that an enquiry is about a record, and why. Raises Refused where it is said already."""
    about = {"about_kind": kind_of(record), "about_id": record.pk}
    if enquiry.links.filter(**about).exists():
        raise Refused(f"{enquiry.number} is linked to {record} already.")
    with transaction.atomic():
        made: Link = enquiry.links.create(**about, reason=reason, recorded=told["recorded"])
        journal.record("enquiry.link", enquiry, to=record, reason=reason, **told)
    return made


def unlink(enquiry: Enquiry, one: Link, **told: Unpack[Told]) -> None:
    """Takes a link away again; the journal keeps that it was there."""
    with transaction.atomic():
        journal.record("enquiry.unlink", enquiry, kind=one.about_kind, record=one.about_id, reason=one.reason, **told)
        one.delete()


def split(message: Message, category: Heading, subject: str, **told: Unpack[Told]) -> Enquiry:
    """Makes an enquiry of its own of one thing that was said to us, which then belongs to the new one.

    It came in when that was said, and it counts no second time among the e-mails (rule HLP-3). Raises Refused for
    what we said ourselves and for all that an enquiry consists of.
    """
    whole = message.enquiry
    if message.sort in OURS:
        raise Refused("Only what was said to us can become an enquiry of its own.")
    if not whole.messages.exclude(pk=message.pk).exclude(sort__in=OURS).exists():
        raise Refused("It is all that was said. Sort the enquiry under the other category instead.")
    with transaction.atomic():
        part = _part(message, category, subject)
        receive(part, **told)
        journal.amend(message, {"enquiry": part}, **told)
        journal.record("enquiry.split", whole, into=part, **told)
    return part


def _part(message: Message, category: Heading, subject: str) -> Enquiry:
    whole = message.enquiry
    copied = ("channel", "mailbox", "organisation", "party", "person", "enquirer", "address", "telephone", "invented")
    told = {name: getattr(whole, name) for name in copied}
    part = Enquiry(category=category, received=message.at, subject=subject, split_from=whole, **told)
    try:
        part.clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    return part
