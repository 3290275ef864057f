"""A meeting is planned, called, perhaps moved, and then it is held or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms

from secretariat.core.calendar import calendar
from secretariat.core.capacities import team
from secretariat.core.facts import a_line
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.meetings.body_rules import body_rule
from secretariat.meetings.models import CANCELLED, HELD, PLANNED, Meeting
from secretariat.meetings.series.clashes import clashes_at
from secretariat.meetings.series.models import Move
from secretariat.plain.dates import LONDON, local_day, long_date
from secretariat.plain.workdays import OutsideCalendarError

Facts = Mapping[str, Any]
committees_team = team(Team.COMMITTEES)


def committees_team_or_series(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's committees team; the meetings of a series are planned by time alone."""
    return committees_team(person, record, at) or (person is None and record is not None and bool(record.series_id))


@rule("GOV-9")
def its_day_has_come(meeting: Meeting, at: datetime) -> bool:
    """A meeting is not held before its day."""
    return local_day(at) >= meeting.day


def once_its_day_has_come(person: Person | None, meeting: Any, at: datetime) -> bool:
    """Nobody before the day of the meeting."""
    return its_day_has_come(meeting, at)


@rule("GOV-9, WD-4")
def is_called_in_time(meeting: Meeting, at: datetime, facts: Facts) -> bool:
    """Notice of a meeting is given as many Working Days before it as the rulebook says, unless shorter is agreed."""
    last = last_day_of_notice(meeting)
    return bool(facts["shorter_agreed"]) or last is None or last >= calendar().effective_day(at)


@rule("GOV-9")
def is_not_called_yet(meeting: Meeting, at: datetime) -> bool:
    """Notice of a meeting is given once."""
    return meeting.called_on is None


def last_day_of_notice(meeting: Meeting) -> date | None:
    """The last day on which notice of a meeting is given in time, without shorter notice being agreed (GOV-9).

    None for a meeting in a year of which no bank holidays are known yet.
    """
    days = body_rule("notice_wd", meeting.committee, meeting.day).value
    try:
        return calendar().add(meeting.day, -int(days))
    except OutsideCalendarError:
        return None


@rule("GOV-9")
def to_a_day_to_come(meeting: Meeting, at: datetime, facts: Facts) -> bool:
    """A meeting is moved to a day that has not passed."""
    return bool(facts["day"] >= local_day(at))


@rule("GOV-9")
def to_another_time(meeting: Meeting, at: datetime, facts: Facts) -> bool:
    """A meeting is moved to another day, or to another hour."""
    return (facts["day"], *_hours(meeting, facts)) != (meeting.day, meeting.starts, meeting.ends)


@rule("GOV-9")
def clashes_with_none(meeting: Meeting, at: datetime, facts: Facts) -> bool:
    """Members of the body meet elsewhere at that hour: look there first, or say that it is moved despite the clash."""
    return bool(facts["despite_clash"]) or not clashes_at(meeting, facts["day"], *_hours(meeting, facts))


def _hours(meeting: Meeting, facts: Facts) -> tuple[time | None, time | None]:
    """From when until when a moved meeting is: as told; when only the start is told it lasts as long as before."""
    starts, ends = facts["starts"] or meeting.starts, facts["ends"]
    if ends is None and starts and meeting.begins_at and meeting.ends_at:
        begins = datetime.combine(facts["day"], starts, tzinfo=LONDON)
        after = (begins + (meeting.ends_at - meeting.begins_at)).time()
        return starts, after if after > starts else None
    return starts, ends


def _call(meeting: Meeting, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    meeting.called_on = local_day(at)


def _move(meeting: Meeting, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Keeps the old day beside the new one, also in the event, and takes the reference along (rule REF-1)."""
    starts, ends = _hours(meeting, facts)
    move = Move(
        meeting=meeting, old_day=meeting.day, old_starts=meeting.starts, new_day=facts["day"], new_starts=starts,
        reason=facts["reason"], moved_at=at, classification=meeting.classification, audience=meeting.audience,
    )  # fmt: skip
    move.save()
    facts["was"] = ", ".join(part for part in (long_date(meeting.day), meeting.hours) if part)
    old = {"day": meeting.day, "starts": meeting.starts, "ends": meeting.ends, "reference": meeting.reference}
    meeting.day, meeting.starts, meeting.ends = facts["day"], starts, ends
    meeting.reference = meeting.reckoned_reference()
    facts |= {name: {"old": value, "new": getattr(meeting, name)} for name, value in old.items()}


def _cancel(meeting: Meeting, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    meeting.cause_of_none = facts["reason"]


def _hour() -> forms.Field:
    return forms.TimeField(required=False, help_text="As 10:00; empty when it stays.")


def _switch(label: str) -> forms.Field:
    return forms.BooleanField(required=False, label=label)


MEETINGS = Procedure(
    "meeting",
    Meeting,
    Step("plan", NEW, PLANNED, who=committees_team_or_series),
    Step("call", PLANNED, None, who=committees_team, rules=(is_not_called_yet, is_called_in_time),
         facts={"shorter_agreed": lambda: _switch("Shorter notice is agreed")}, change=_call, says="Give notice"),
    Step("move", PLANNED, None, who=committees_team, rules=(to_a_day_to_come, to_another_time, clashes_with_none),
         facts={"day": forms.DateField, "starts": _hour, "ends": _hour, "reason": a_line(200),
                "despite_clash": lambda: _switch("It is moved despite a clash")}, change=_move),
    Step("hold", PLANNED, HELD, who=committees_team, rules=(its_day_has_come,), says="Record as held", primary=True,
         turn=once_its_day_has_come),
    Step("cancel", PLANNED, CANCELLED, who=committees_team, facts={"reason": a_line(200)}, change=_cancel),
)  # fmt: skip
