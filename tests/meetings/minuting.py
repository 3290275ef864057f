"""Meetings with an agenda, members and minutes, for tests of minutes and actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from secretariat.committees.models import Committee
from secretariat.core.classification import Class
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.meetings.agenda.candidates import put
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.minutes.actions import comment, minutes_of, write_row
from secretariat.meetings.minutes.models import Minute, Minutes
from secretariat.meetings.minutes.procedure import MINUTES
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from tests.register.factories import person

BODY = "TABASC"
HELD_ON, CIRCULATED_ON, NEXT_ON = date(2020, 2, 6), date(2020, 2, 18), date(2020, 3, 5)


def instant(day: date, hour: int = 15) -> datetime:
    """An hour of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def secretary() -> Person:
    """A person of the committees team."""
    return person(team=Team.COMMITTEES)


def by_secretary(day: date = HELD_ON) -> dict[str, Any]:
    """The committees team in the afternoon of a day."""
    return {"by": secretary(), "at": instant(day), "recorded": instant(day)}


def member(code: str = BODY, name: str = "Member") -> Person:
    """A member of a body, by clearance."""
    email = f"{name.lower().replace(' ', '-')}-{code.lower()}@example.test"
    found: Person | None = Person.objects.filter(email=email).first()
    if found is not None:
        return found
    made = Person.objects.create_user(email, name)
    Capacity.objects.create(
        person=made, role=Role.COMMITTEE_MEMBER, audience=code, from_day=date(2013, 1, 1), recorded=instant(HELD_ON)
    )
    return made


def meeting(number: int = 50, day: date = HELD_ON, code: str = BODY) -> Meeting:
    """A planned meeting of a body; the same one when asked for again."""
    body = Committee.objects.get(code=code)
    found: Meeting | None = Meeting.objects.filter(committee=body, day=day).first()
    if found is not None:
        return found
    made = Meeting(committee=body, day=day, number=number)
    MEETINGS.take("plan", made, **by_secretary(date(2020, 1, 6)))
    return made


def next_meeting() -> Meeting:
    """The meeting that follows."""
    return meeting(51, NEXT_ON)


def item(title: str, level: int = Class.WHITE, of: Meeting | None = None) -> AgendaItem:
    """An item of an agenda, after those before it."""
    made = AgendaItem(meeting=of or meeting(), title=title, classification=level)
    return put(made, **by_secretary(date(2020, 1, 6)))


def row(text: str, level: int = Class.WHITE, kind: str = "discussion", **told: Any) -> Minute:
    """A row of the minutes of the meeting, as the secretary types it."""
    of = told.pop("of", None) or meeting()
    written = {name: told.pop(name) for name in ("owner", "days", "due", "recipients") if name in told}
    made = Minute(minutes=minutes_of(of), kind=kind, text=text, published_class=level, **told)
    return write_row(made, **written, **by_secretary(of.day))


def decision(text: str, level: int = Class.WHITE, outcome: str = "approved", **told: Any) -> Minute:
    """A decision."""
    return row(text, level, "decision", outcome=outcome, **told)


def take(name: str, minutes: Minutes, day: date = NEXT_ON, **facts: Any) -> None:
    """A step of the minutes."""
    MINUTES.take(name, minutes, **by_secretary(day), **facts)


def published(minutes: Minutes) -> Minutes:
    """The minutes, taken from their draft to their publication."""
    take("circulate", minutes, CIRCULATED_ON)
    take("approve", minutes, meeting=next_meeting().pk)
    take("publish", minutes)
    return minutes


def text(client: Client, address: str) -> str:
    """The body of an answer, whatever its status."""
    return client.get(address).content.decode()


def commented(of: Minute, words: str = "It was the other way round.", by: Person | None = None) -> Any:
    """A member's comment on a row."""
    at = instant(date(2020, 2, 19))
    return comment(of, words, by=by or member(), at=at, recorded=at)


def whole() -> Minutes:
    """Minutes with rows of every class on items of every class, each with a canary."""
    for level in Class:
        on = item(f"Title {level.label}", level)
        decision(f"Decided {level.label}.", level, item=on)
        owner = {"person": member(name="Owner Name")} if level is Class.RED else {"team": "technical"}
        row(f"To do {level.label}.", level, "action", item=on, owner=owner, days=10)
    row("Discussed Amber.", Class.AMBER, item=meeting().agenda.get(title="Title White"))
    return Minutes.objects.get()
