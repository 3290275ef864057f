"""What happens around a subscription: who asks is mailed, and who ends it is written to no more."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.db.models import Q

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.engagement.subscribing.models import ASKED, CONFIRMED, ENDED, Subscriber
from secretariat.engagement.subscribing.procedure import SUBSCRIBER
from secretariat.post.drafts import Draft, queue
from secretariat.post.models import Delivery, Message
from secretariat.post.procedure import MESSAGE

CONFIRM, KNOWN, NEWSLETTER = "subscriber.confirm", "subscriber.known", "newsletter"
"""The notices of the mails to a subscriber: to confirm, that there is nothing to confirm, and the newsletter itself."""


def ask(address: str, topics: list[str], reads_as: str, often: str, *, at: datetime, recorded: datetime) -> Subscriber:
    """Somebody asks for the newsletter to be sent to an address, which is then asked to confirm.

    Whoever asks is told the same whatever the address is to us. One that has confirmed is told so by mail and keeps
    what it chose. Raises Refused when a mail to confirm went there a short time ago.
    """
    told: Told = {"by": None, "at": at, "recorded": recorded}
    with transaction.atomic():
        found = _of(address.lower())
        if found is not None and found.state == CONFIRMED:
            _mail(found, KNOWN, f"known/{at:%Y-%m-%d}", at, recorded)
            return found
        row = found or Subscriber(address=address.lower())
        row.topics, row.reads_as, row.often = topics, reads_as, often
        if found is None:
            SUBSCRIBER.take("ask", row, **told)
        else:
            if row.state == ENDED:
                _remember(row, **told)
            SUBSCRIBER.take("ask_again", row, **told)
            choose(row, topics, reads_as, often, **told)
        _mail(row, CONFIRM, f"{row.asked_times}", at, recorded)
    return row


def _of(address: str) -> Subscriber | None:
    """The row of an address: its own, or that of the account with it, so that there is never a second one."""
    accounts = Person.objects.filter(email__iexact=address)
    rows = Subscriber.objects.select_for_update().filter(Q(address=address) | Q(person__in=accounts))
    found: Subscriber | None = rows.order_by("pk").first()
    return found


def _mail(row: Subscriber, notice: str, key: str, at: datetime, recorded: datetime) -> None:
    subject = "Confirm that you want the newsletter" if notice == CONFIRM else "You have the newsletter already"
    body = f"{subject}.\n\n(The rest is written as it is sent: it holds a private link.)\n"
    draft = Draft(f"subscriber/{row.pk}/{key}", None, subject, body, notice, address=row.mailed_to, about=row)
    draft.headers = {"Auto-Submitted": "auto-replied"}
    queue([draft], at, recorded)


def confirm(row: Subscriber, **told: Unpack[Told]) -> None:
    """Confirms a request by its link; doing it again changes nothing. Raises Refused when the link has run out."""
    if row.state != CONFIRMED:
        SUBSCRIBER.take("confirm", row, **told)


def join(person: Person, topics: list[str], reads_as: str, often: str, **told: Unpack[Told]) -> Subscriber:
    """A person with an account subscribes with its address, which needs no second confirmation; or chooses anew."""
    with transaction.atomic():
        row = _own(person) or Subscriber()
        if row._state.adding:
            row.person = person
            row.topics, row.reads_as, row.often = topics, reads_as, often
        else:
            journal.amend(row, {"person": person}, **told)
        if row.state != CONFIRMED:
            SUBSCRIBER.take("join", row, **told)
        choose(row, topics, reads_as, often, **told)
    return row


def _own(person: Person) -> Subscriber | None:
    """The row of a person, or else that of the address of the person's account."""
    rows = Subscriber.objects.filter(person=person)
    return rows.first() or Subscriber.objects.filter(address=person.email.lower(), person=None).first()


def choose(row: Subscriber, topics: list[str], reads_as: str, often: str, **told: Unpack[Told]) -> None:
    """Changes what a subscriber is told of, as what, and how often."""
    journal.amend(row, {"topics": topics, "reads_as": reads_as, "often": often}, **told)


def unsubscribe(reader: Subscriber | Person, **told: Unpack[Told]) -> None:
    """Ends it, and withholds what is queued to the reader and not yet sent; ending it again changes nothing."""
    with transaction.atomic():
        row = (_own(reader) or Subscriber(person=reader)) if isinstance(reader, Person) else reader
        if row._state.adding:
            SUBSCRIBER.take("decline", row, **told)
        elif row.state in (ASKED, CONFIRMED):
            SUBSCRIBER.take("end", row, **told)
        _remember(row, **told)
        _withhold(row, told["at"], told["recorded"])


def _remember(row: Subscriber, **told: Unpack[Told]) -> None:
    """Lays the wish at the door of the account with this address: it holds for what comes in a capacity, for good."""
    person = Person.objects.filter(email__iexact=row.address).first() if row.address and not row.person_id else None
    if person is not None and not Subscriber.objects.filter(person=person).exists():
        journal.amend(row, {"person": person}, **told)


def _withhold(row: Subscriber, at: datetime, recorded: datetime) -> None:
    waiting = Message.objects.filter(notice=NEWSLETTER, state=Delivery.QUEUED)
    of_address = waiting.filter(address=row.address) if row.address else waiting.none()
    of_person = waiting.filter(person=row.person) if row.person_id else waiting.none()
    for message in (*of_address, *of_person):
        try:
            MESSAGE.take(
                "withhold", message, by=None, at=at, recorded=recorded, words="The reader ended the subscription."
            )
        except Refused:
            continue
