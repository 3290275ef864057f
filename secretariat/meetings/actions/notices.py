"""Who hears of an action: its owner, when it is placed, handed over, near its day, or not done after all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, acting
from secretariat.meetings.actions.models import Action
from secretariat.post.notices import Notice, notify


def the_owner(event: Event, record: Action, at: datetime) -> Iterable[Person]:
    """The person, the people of the team, or the contacts of the organisation."""
    if record.person_id is not None:
        return Person.objects.filter(pk=record.person_id, is_active=True)
    asked = Q(role=Role.PARTY_CONTACT, organisation_id=record.organisation_id)
    if record.team:
        asked = Q(role=Role.SECRETARIAT, team=record.team)
    return acting(at, asked)


TEMPLATE = "meetings/notices/action.txt"

NOTICES = notify(
    Notice("action.place", to=the_owner, subject="{{ record.reference }}: an action for you", template=TEMPLATE),
    Notice("action.hand_over", to=the_owner, subject="{{ record.reference }}: an action for you", template=TEMPLATE),
    Notice("action.chase", to=the_owner, subject="{{ record.reference }} is due on {{ record.due | day }}",
           template=TEMPLATE),
    Notice("action.move", to=the_owner, subject="{{ record.reference }} is now due on {{ record.due | day }}",
           template=TEMPLATE),
    Notice("action.reopen", to=the_owner, subject="{{ record.reference }} is not done yet", template=TEMPLATE),
)  # fmt: skip
