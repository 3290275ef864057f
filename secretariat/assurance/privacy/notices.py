"""Who hears of a notified change: the security team, then the party's contacts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.assurance.privacy.models import PrivacyChange
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def the_security_team(event: Event, change: PrivacyChange, at: datetime) -> Iterable[Person]:
    """The people of the security team on the day."""
    return acting(at, role=Role.SECRETARIAT, team=Team.SECURITY)


def its_contacts(event: Event, change: PrivacyChange, at: datetime) -> Iterable[Person]:
    """The contacts of the party on the day."""
    return acting(at, role=Role.PARTY_CONTACT, organisation_id=change.party_id)


OUTCOME = "{{ record }}\n{% if record.reason %}\n{{ record.reason }}\n{% endif %}\n{{ link }}"

NOTICES = notify(
    Notice("privacy_change.notify", to=the_security_team, subject="A change to privacy processes", body=OUTCOME),
    Notice("privacy_change.find_material", to=its_contacts, subject="Your change is to be assessed", body=OUTCOME),
    Notice("privacy_change.approve", to=its_contacts, subject="Your change is approved", body=OUTCOME),
    Notice("privacy_change.refuse", to=its_contacts, subject="Your change is refused", body=OUTCOME),
)
