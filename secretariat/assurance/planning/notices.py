"""Who hears that fieldwork is asked for; that it is placed or moved the case itself tells its party."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.assurance.planning.models import Booking
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team, acting
from secretariat.post.notices import Notice, notify


def the_security_team(event: Event, booking: Booking, at: datetime) -> Iterable[Person]:
    """The secretariat's security team."""
    return acting(at, role=Role.SECRETARIAT, team=Team.SECURITY)


NOTICES = notify(
    Notice(
        "booking.ask",
        to=the_security_team,
        subject="Fieldwork is asked for: {{ record }}",
        template="assurance/notices/booking.txt",
    ),
)
