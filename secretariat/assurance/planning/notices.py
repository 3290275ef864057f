"""Who hears that fieldwork is asked for; that it is placed or moved the case itself tells its party."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.assurance.planning.models import Booking
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify


def the_security_team(event: Event, booking: Booking, at: datetime) -> Iterable[Person]:
    """The secretariat's security team."""
    rows = Capacity.objects.on(local_day(at)).filter(role=Role.SECRETARIAT, team=Team.SECURITY)
    return Person.objects.filter(capacities__in=rows, is_active=True).distinct()


NOTICES = notify(
    Notice(
        "booking.ask",
        to=the_security_team,
        subject="Fieldwork is asked for: {{ record }}",
        template="assurance/notices/booking.txt",
    ),
)
