"""What the helpdesk tells its colleagues by e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role
from secretariat.helpdesk.models import Enquiry
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify


def whom_it_was_handed_to(event: Event, enquiry: Enquiry, at: datetime) -> Iterable[Person]:
    """The person in whose hand it is now, or else the team's people; not whoever handed it over."""
    if enquiry.assignee is not None:
        found = [enquiry.assignee]
    else:
        rows = Capacity.objects.on(local_day(at)).filter(role=Role.SECRETARIAT, team=enquiry.team)
        found = [row.person for row in rows.select_related("person")]
    return [person for person in found if person.pk != event.by_id]


NOTICES = notify(
    Notice(
        "enquiry.hand_over",
        to=whom_it_was_handed_to,
        subject="{{ record }} is in your hand: {{ record.subject or 'no subject' }}",
        body=(
            "An enquiry was handed to you.\n\n{{ facts.note }}\n\n"
            "{% if record.due %}It is to be answered by {{ record.due | instant }}.\n{% endif %}{{ link }}\n"
        ),
    ),
)
