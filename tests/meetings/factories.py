"""Small facts for tests of meetings."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from secretariat.committees.models import Committee
from secretariat.core import journal
from secretariat.core.people import Person, Role, Team
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.attending.actions import invite, members_to_invite
from secretariat.meetings.attending.models import Attendance, Capacity, Conflict
from secretariat.meetings.attending.procedure import ATTENDANCES, CONFLICTS
from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.meetings.procedure import MEETINGS
from secretariat.meetings.series.actions import begin
from secretariat.meetings.series.models import Series
from secretariat.plain.dates import LONDON
from tests.committees.factories import appoint, someone
from tests.committees.factories import seat as seat_of
from tests.register.factories import NOON, person


def told() -> dict[str, Any]:
    """By whom and when: the committees team at noon on 5 March 2020."""
    return {"by": person(team=Team.COMMITTEES), "at": NOON, "recorded": NOON}


def planned(code: str, day: str, number: int | None = None, extraordinary: int = 0, **more: Any) -> Meeting:
    """A planned meeting of a body."""
    body = Committee.objects.get(code=code)
    made = Meeting(committee=body, day=date.fromisoformat(day), number=number, extraordinary=extraordinary, **more)
    MEETINGS.take("plan", made, **told())
    return made


def held(code: str, day: str, number: int | None = None, extraordinary: int = 0, **more: Any) -> Meeting:
    """A meeting that was held."""
    made = planned(code, day, number, extraordinary, **more)
    MEETINGS.take("hold", made, **told())
    return made


def document(of: Meeting, kind: str, classification: int = 0, **more: Any) -> MeetingDocument:
    """A document of a meeting."""
    made = MeetingDocument(meeting=of, kind=kind, classification=classification, audience=of.committee.code, **more)
    journal.enter(made, **told())
    return made


def body(code: str) -> Committee:
    """A body by its code."""
    found: Committee = Committee.objects.get(code=code)
    return found


def clerk() -> Person:
    """A person of the committees team; made once."""
    return person(team=Team.COMMITTEES)


def london(text: str) -> datetime:
    """An instant on the London clock, such as 2020-03-13 10:05."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def by_clerk(text: str) -> dict[str, Any]:
    """The committees team, at an instant on the London clock."""
    return {"by": clerk(), "at": london(text), "recorded": london(text)}


def series(code: str = "SECP", *, at: str = "2020-03-05 12:00", **more: Any) -> Series:
    """A series that was begun with its first meetings: of the Panel, on the second Friday of every month."""
    told = {
        "rhythm": "months", "weekday": 4, "nth": 2, "from_day": date(2020, 3, 1), "starts": time(10), "ends": time(13),
        "invented": True,
    }  # fmt: skip
    made = Series(committee=body(code), **{**told, **more})
    begin(made, **by_clerk(at))
    return made


def member(code: str, name: str, constituency: str = "large suppliers", **more: Any) -> Person:
    """A member of a body since 2013, in a seat of the member's own, who reads what the body reads."""
    who = someone(name, Role.COMMITTEE_MEMBER, audience=code)
    appoint(seat_of(f"Seat of {name}", constituency, committee=body(code), **more), name)
    return who


def listed(meeting: Meeting, who: Person | None, capacity: str = Capacity.MEMBER, **more: Any) -> Attendance:
    """Somebody on the list of a meeting."""
    made = Attendance(meeting=meeting, person=who, capacity=capacity, audience=meeting.committee.code, **more)
    ATTENDANCES.take("invite", made, **told())
    return made


DAY = "2020-03-27"
"""The day of the Panel's meeting at which people are said to be."""
NAMES = ("Mae Lane", "Ash Wood", "Ivy Hall")


def panel(*names: str) -> Meeting:
    """A Panel meeting with a Chair, Jo Ward, and members by these names."""
    member("SECP", "Jo Ward", "chair", votes=False)
    for name in names or NAMES:
        member("SECP", name)
    return planned("SECP", DAY, 79)


def called(*names: str, **more: Any) -> Meeting:
    """The same with everybody invited on 5 March."""
    meeting = panel(*names)
    invite(meeting, members_to_invite(meeting), **{"place": "Room 4", "call": "dial 0000", **told(), **more})
    return meeting


def at(name: str, meeting: Meeting) -> Attendance:
    """Somebody's attendance at a meeting."""
    found: Attendance = Attendance.objects.get(person__name=name, meeting=meeting)
    return found


def arrive(meeting: Meeting, name: str, when: str = "10:00") -> None:
    """Somebody arrives at an hour of the day."""
    ATTENDANCES.take("arrive", at(name, meeting), **by_clerk(f"{DAY} {when}"))


def leave(meeting: Meeting, name: str, when: str) -> None:
    """Somebody leaves at an hour of the day."""
    ATTENDANCES.take("leave", at(name, meeting), **by_clerk(f"{DAY} {when}"))


def item(meeting: Meeting, **more: Any) -> AgendaItem:
    """An item of a meeting's agenda."""
    made: AgendaItem = AgendaItem.objects.create(
        **{"meeting": meeting, "number": 1, "position": 1, "title": "A change", "state": "listed", **more}
    )
    return made


def declared(meeting: Meeting, name: str = "Mae Lane", **more: Any) -> Conflict:
    """A conflict that somebody declared."""
    made = Conflict(meeting=meeting, person=someone(name), interest="Holds shares", audience="SECP", **more)
    CONFLICTS.take("declare", made, **{**told(), "by": someone(name)})
    return made
