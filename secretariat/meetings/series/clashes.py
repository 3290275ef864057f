"""Meetings at the same hour to which the same people belong: a warning when one is planned or moved."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from secretariat.committees.seats.models import members_on
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.attending.models import APOLOGIES, WITHDRAWN, Attendance
from secretariat.meetings.models import PLANNED, Meeting


@dataclass(frozen=True)
class Clash:
    """Another meeting at the same hour, and who belongs to both."""

    meeting: Meeting
    people: tuple[Person, ...]

    @property
    def sentence(self) -> str:
        """The warning."""
        names = ", ".join(str(person) for person in self.people)
        when = self.meeting.hours or "at an hour that is not known"
        return f"{self.meeting} is on the same day, {when}; these belong to both: {names}."


def clashes(meeting: Meeting) -> list[Clash]:
    """The planned meetings that overlap with a meeting, saved or not, and share people with it.

    One whose hour is not known overlaps with all of its day; one whose end is not known lasts as the rulebook assumes.
    """
    same_day = Meeting.objects.filter(day=meeting.day, state=PLANNED).exclude(pk=meeting.pk)
    others = [other for other in same_day.select_related("committee") if _overlap(meeting, other)]
    mine = people_of(meeting) if others else {}
    found = []
    for other in others:
        shared = sorted(mine.keys() & people_of(other).keys())
        if shared:
            found.append(Clash(other, tuple(mine[key] for key in shared)))
    return found


def clashes_at(meeting: Meeting, day: date, starts: time | None, ends: time | None) -> list[Clash]:
    """The clashes that a meeting would have on another day or at another hour."""
    there = copy(meeting)
    there.day, there.starts, there.ends = day, starts, ends
    return clashes(there)


def people_of(meeting: Meeting) -> dict[int, Person]:
    """The body's members on the meeting's day, and those invited who did not send apologies, by id."""
    people = {one.person_id: one.person for one in members_on(meeting.committee, meeting.day)}
    if meeting.pk:
        listed = Attendance.objects.filter(meeting=meeting, person__isnull=False).exclude(state=WITHDRAWN)
        for one in listed.select_related("person"):
            if one.state == APOLOGIES:
                people.pop(one.person_id, None)
            else:
                people[one.person_id] = one.person
    return people


def _overlap(one: Meeting, other: Meeting) -> bool:
    first, second = _hours(one), _hours(other)
    return first is None or second is None or (first[0] < second[1] and second[0] < first[1])


def _hours(meeting: Meeting) -> tuple[datetime, datetime] | None:
    start = meeting.begins_at
    if start is None:
        return None
    assumed = timedelta(minutes=RULEBOOK.number("meetings.assumed_minutes", meeting.day))
    return start, meeting.ends_at or start + assumed
