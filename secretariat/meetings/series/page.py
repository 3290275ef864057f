"""What a meeting's page says of its series, its moves and its clashes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.meetings.body_rules import body_rule
from secretariat.meetings.models import PLANNED, Meeting
from secretariat.meetings.parts import tells_facts, tells_tables
from secretariat.meetings.procedure import committees_team, last_day_of_notice
from secretariat.meetings.series.clashes import clashes
from secretariat.plain.dates import local_day, long_date


@tells_facts
def facts(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Fact]:
    """The series that it belongs to, the notice of it, and for who plans meetings the clashes that it has."""
    if meeting.series is not None:
        yield Fact("Series", meeting.series.words, meeting.series.get_absolute_url())
    if meeting.called_on is not None:
        yield Fact("Notice given on", long_date(meeting.called_on))
    if meeting.state != PLANNED or meeting.day < local_day(at) or not committees_team(person, meeting, at):
        return
    last = last_day_of_notice(meeting)
    if meeting.called_on is None and last is not None:
        rule = body_rule("notice_wd", meeting.committee, meeting.day)
        told = f"{rule.value} Working Days before it, unless shorter notice is agreed. {rule.doubt}"
        yield Fact("Notice by", long_date(last), reverse("meeting-invite", args=[meeting.pk]), told)
    for clash in clashes(meeting):
        yield Fact("Clash", clash.sentence, clash.meeting.get_absolute_url())


@tells_tables
def tables(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Related]:
    """From when to when it was moved, and why."""
    found: Any = meeting.moves.all()
    rows: list[tuple[Any, ...]] = [
        (_when(row.old_day, row.old_starts), _when(row.new_day, row.new_starts), row.reason)
        for row in found.visible_to(person, at)
    ]
    if rows:
        yield Related("Moved", ("From", "To", "Why"), rows, "")


def _when(day: Any, starts: Any) -> str:
    return f"{long_date(day)}, {starts:%H:%M}" if starts else long_date(day)
