"""Who hears of a meeting: those invited when notice is given; they and the body's members when it moves or is off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role
from secretariat.meetings.attending.procedure import invited
from secretariat.meetings.models import Meeting
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify


def those_invited(event: Event, meeting: Meeting, at: datetime) -> Iterable[Person]:
    """The people on the meeting's list whose invitation stands."""
    return Person.objects.filter(pk__in=invited(meeting.pk).values("person"), is_active=True)


def those_affected(event: Event, meeting: Meeting, at: datetime) -> Iterable[Person]:
    """Those invited, and the members of the body on the day of the telling."""
    members = Capacity.objects.on(local_day(at)).filter(role=Role.COMMITTEE_MEMBER, audience=meeting.committee.code)
    listed = Q(pk__in=invited(meeting.pk).values("person")) | Q(capacities__in=members)
    return Person.objects.filter(listed, is_active=True).distinct()


NOTICES = notify(
    Notice(
        "meeting.call",
        to=those_invited,
        subject="Notice of a meeting: {{ record }}, {{ record.day | day }}",
        template="meetings/notices/call.txt",
    ),
    Notice(
        "meeting.move",
        to=those_affected,
        subject="Moved: {{ record.committee.short_name }}, now {{ record.day | day }}",
        template="meetings/notices/move.txt",
    ),
    Notice(
        "meeting.cancel",
        to=those_affected,
        subject="Cancelled: {{ record.committee.short_name }}, {{ record.day | day }}",
        template="meetings/notices/cancel.txt",
    ),
)
