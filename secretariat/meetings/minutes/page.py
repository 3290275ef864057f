"""What a meeting's page says of its minutes, its published editions and the actions placed at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.core.classification import Class
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.meetings.actions.models import Action
from secretariat.meetings.minutes.models import STILL_OPEN, Edition, Minutes
from secretariat.meetings.models import CANCELLED, Meeting
from secretariat.meetings.parts import tells_facts, tells_tables
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import day_words, local_day


@tells_facts
def facts(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Fact]:
    """Where the minutes are read, and where the secretary takes them once the day has come."""
    rows: Any = Minutes.objects.filter(meeting=meeting)
    minutes = rows.visible_to(person, at).first()
    if minutes is not None:
        yield Fact("Minutes", minutes.state.capitalize(), minutes.get_absolute_url())
    has_come = meeting.state != CANCELLED and meeting.day <= local_day(at)
    may_be_taken = minutes.state in STILL_OPEN if minutes is not None else not rows.exists()
    if has_come and may_be_taken and committees_team(person, meeting, at):
        yield Fact("Taking the minutes", "Type them against the agenda", reverse("take minutes", args=[meeting.pk]))


@tells_tables
def tables(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Related]:
    """The published editions that the reader may read, and the actions."""
    found: Any = Edition.objects.filter(meeting=meeting)
    editions: list[tuple[Any, ...]] = [
        (Crumb(one.get_kind_display(), one.get_absolute_url()), Class(one.classification).label)
        for one in found.visible_to(person, at)
    ]
    if editions:
        yield Related("Published", ("To read", "Class"), editions, "")
    placed: Any = Action.objects.filter(meeting=meeting).select_related("person", "organisation")
    actions: list[tuple[Any, ...]] = [
        (Crumb(one.reference, one.get_absolute_url()), one.what, one.owner, day_words(one.due),
         one.state)
        for one in placed.visible_to(person, at)
    ]  # fmt: skip
    if actions:
        yield Related("Actions", ("Action", "What is to be done", "Owner", "Due", "State"), actions, "")
