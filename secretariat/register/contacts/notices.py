"""Who hears of requests, disclosures, measures and the yearly round. No notice repeats what is told of a contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def its_party(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The contacts of the record's party who can sign in, on the day."""
    return acting(at, role=Role.PARTY_CONTACT, organisation_id=record.party_id)


def party_support(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The party support team, on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.PARTY_SUPPORT)


def who_may_be_told(event: Event, record: Any, at: datetime) -> Iterable[Person]:
    """The people of the one recipient to whom a change is disclosed; nobody else is told of it."""
    return acting(at, audience=record.audience)


GREETING = "Dear {{ person.name }},\n\n"
CLOSE = "\n\n{{ link }}\n\n{{ administration }}"


def _notice(event: str, to: Any, subject: str, words: str) -> Notice:
    return Notice(event, to=to, subject=subject, body=GREETING + words + CLOSE)


ASKED = (
    "Please look through the details that we hold of {{ record.party }}, and confirm them by 17:00 on "
    "{{ record.due_on | day }}. Where something is wrong, ask for it to be changed."
)

NOTICES = notify(
    _notice("details_change.submit", party_support, "{{ record.party }} asks to change its details",
            "{{ record.party }} has asked to change its details. Check the request:"),
    _notice("details_change.query", its_party, "A question about the details of {{ record.party }}",
            "There is a question about your request to change details. Read and answer it:"),
    _notice("details_change.answer", party_support, "{{ record.party }} has answered",
            "{{ record.party }} has answered the question about its request:"),
    _notice("details_change.accept", its_party, "The details of {{ record.party }} are changed",
            "Your request was accepted, and the details are changed:"),
    _notice("details_change.refuse", its_party, "The details of {{ record.party }} stay as they are",
            "Your request was refused. Read why:"),
    _notice("disclosure.tell", who_may_be_told, "{{ record.change.party }} has changed its details",
            "{{ record.change.party }} has changed its details and agreed that you may be told:"),
    _notice("supply_measure.confirm", its_party, "Premises supplied by {{ record.party }}: confirmed",
            "The number of domestic premises supplied on {{ record.measured_on | day }} is confirmed"
            "{% if record.proposes %}. It proposes another category: {{ record.get_proposes_display() }}{% endif %}:"),
    _notice("confirmation.ask", its_party, "Please confirm the details of {{ record.party }}", ASKED),
    _notice("confirmation.remind", its_party, "Reminder: please confirm the details of {{ record.party }}", ASKED),
    _notice("confirmation.lapse", its_party, "The details of {{ record.party }} were not confirmed in time",
            "The last day to confirm has passed. You can still confirm:"),
)  # fmt: skip
