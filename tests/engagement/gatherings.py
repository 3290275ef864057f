"""Small facts for tests of events and surveys."""

from __future__ import annotations

from typing import Any

from secretariat.core.people import Person, Role, Team
from secretariat.engagement.events.actions import register
from secretariat.engagement.events.models import EngagementEvent, Registration
from secretariat.engagement.events.procedure import EVENTS
from secretariat.engagement.surveys.actions import prepare
from secretariat.engagement.surveys.models import Survey
from secretariat.engagement.surveys.procedure import SURVEYS
from tests.consultations.factories import london, person, told

PLANNED_ON, BEFORE, BEGINS, ENDS = "2020-02-03", "2020-02-10 10:00", "2020-03-10 10:00", "2020-03-10 16:00"
CLOSES, AFTER = "2020-03-06 17:00", "2020-03-06 17:01"


def organiser() -> Person:
    """The party support team's person."""
    return person("Organiser", Role.SECRETARIAT, team=Team.PARTY_SUPPORT)


def event(capacity: int | None = 2, **more: Any) -> EngagementEvent:
    """An event in planning, on 10 March 2020 from ten to four."""
    hours = {"begins_at": london(BEGINS), "ends_at": london(ENDS)}
    values = {"kind": "introduction", "title": "Introduction to the code", "place": "London", "capacity": capacity}
    made = EngagementEvent(**(hours | values | more))
    EVENTS.take("plan", made, **told(organiser(), PLANNED_ON))
    return made


def opened(capacity: int | None = 2, **more: Any) -> EngagementEvent:
    """The same with its registration open."""
    made = event(capacity, **more)
    EVENTS.take("open", made, **told(organiser(), PLANNED_ON))
    return made


def guest(name: str, at: EngagementEvent, when: str = BEFORE, **more: Any) -> Registration:
    """Somebody who registers, signed in."""
    who = person(name)
    return register(Registration(event=at, person=who, **more), **told(who, when))


def states(of: EngagementEvent) -> dict[str, str]:
    """Where each registration of an event stands, by name."""
    rows = Registration.objects.filter(event=of).order_by("pk")
    return dict(rows.values_list("person__name", "state"))


def members(count: int, body: str = "SSC") -> list[Person]:
    """So many members of a body."""
    return [person(f"Member{n}", Role.COMMITTEE_MEMBER, audience=body) for n in range(1, count + 1)]


def survey(**more: Any) -> Survey:
    """A survey of the members of a body, prepared with the questions of its kind."""
    values = {"kind": "effectiveness", "title": "How we work", "body": "SSC", "closes_at": london(CLOSES)}
    return prepare(Survey(**(values | more)), **told(organiser(), PLANNED_ON))


def asking(count: int = 6, **more: Any) -> Survey:
    """An open survey that asks so many members of a body."""
    members(count)
    made = survey(**more)
    SURVEYS.take("open", made, **told(organiser(), BEFORE))
    return made
