"""How long a consultation runs by custom (rules NEW-8, NEW-9), and the warnings where custom is broken."""

from __future__ import annotations

from datetime import date, datetime

from secretariat.consultations.models import Consultation, Kind
from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.dates import in_london, local_day
from secretariat.plain.workdays import CLOSE, Calendar, OutsideCalendarError

WINDOWS = {Kind.REFINEMENT: "consultation.refinement_wd", Kind.REPORT: "consultation.report_wd"}
RULES = {Kind.REFINEMENT: "NEW-8", Kind.REPORT: "NEW-9"}


def window(kind: str, day: date) -> Entry | None:
    """The rulebook's Working Days for a kind of consultation on a day, with its doubt; none where no rule is known."""
    key = WINDOWS.get(Kind(kind))
    return RULEBOOK.entry(key, day) if key else None


def customary_closing(kind: str, issued: date) -> datetime | None:
    """The instant at which a consultation issued on a day closes by custom: the day of issue is not counted, 17:00."""
    entry = window(kind, issued)
    if entry is None or not isinstance(entry.value, int):
        return None
    return calendar().closing(calendar().add(issued, entry.value))


def working(consultation: Consultation, known: Calendar | None = None) -> str:
    """The Working Days from the opening to the closing, in words; nothing while either is not fixed.

    Give the calendar where it is told of many.
    """
    if consultation.opens_at is None or consultation.closes_at is None:
        return ""
    opens, closes = local_day(consultation.opens_at), local_day(consultation.closes_at)
    try:
        known = known or calendar()
        days = known.count(opens, closes)
        return known.working(opens, days).sentence() if days else f"It closes on the day it opens, {opens}."
    except OutsideCalendarError as error:
        return str(error)


def warnings(consultation: Consultation) -> list[str]:
    """What is unusual about the times of a consultation, a sentence each; nothing of it stops anybody."""
    if consultation.opens_at is None or consultation.closes_at is None or consultation.is_others:
        return []
    opens, closes = local_day(consultation.opens_at), local_day(consultation.closes_at)
    try:
        counted, is_working = calendar().count(opens, closes), calendar().is_working_day(closes)
    except OutsideCalendarError as error:
        return [str(error)]
    return [*_too_short(consultation, opens, counted), *_unusual_closing(consultation.closes_at, is_working)]


def _too_short(consultation: Consultation, opens: date, counted: int) -> list[str]:
    entry = window(consultation.kind, opens)
    if entry is None or not isinstance(entry.value, int) or counted >= entry.value:
        return []
    days = "Working Day" if counted == 1 else "Working Days"
    rule = RULES[Kind(consultation.kind)]
    return [f"It runs for {counted} {days}; by custom it is {entry.value}. ({rule}. {entry.doubt})"]


def _unusual_closing(closes_at: datetime, is_working: bool) -> list[str]:
    local = in_london(closes_at)
    found = [] if local.time() == CLOSE else [f"It closes at {local:%H:%M}; by custom it is {CLOSE:%H:%M}. (NEW-9)"]
    return found if is_working else [*found, "It closes on a day that is no Working Day."]
