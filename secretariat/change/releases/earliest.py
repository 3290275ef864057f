"""The earliest possible release of a proposal, worked backwards from each go-live day with the reason of every step.

Pure: what a proposal still has to pass is read off its stage, path and impact; each duration is the rulebook's, with
its doubt. A release is possible when every step can still be done by the last day for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from secretariat.change.models import Path, Stage
from secretariat.core.rulebook import RULEBOOK, Entry, Rulebook
from secretariat.plain.dates import long_date
from secretariat.plain.workdays import Calendar, OutsideCalendarError

ORDER = (Stage.DEVELOPMENT, Stage.REFINEMENT, Stage.REPORT, Stage.DECISION, Stage.APPROVED)
"""The stages from which a proposal can still come into a release."""


@dataclass(frozen=True)
class Way:
    """What decides which steps a proposal still has: where it stands, who decides, and whether DCC Systems change."""

    stage: str
    path: str
    dcc: bool
    is_old: bool = False
    system_wd: int | None = None


@dataclass(frozen=True)
class Leg:
    """One step that takes time: what, how many Working Days, and which entry of the rulebook says so."""

    key: str
    what: str
    days: int
    citation: str
    doubt: str
    note: str = ""


LEGS: dict[str, tuple[str, str, str]] = {
    "convert": ("Conversion to a Modification Proposal", "release.lead.convert_wd", "NEW-2, NEW-5"),
    "initial_report": ("The Panel's view of the initial report", "release.lead.initial_report_wd", "OLD-3"),
    "preliminary_assessment": ("The DCC's preliminary assessment", "release.lead.preliminary_assessment_wd", "NEW-6"),
    "working_group": ("The Working Group's solution and legal text", "release.lead.working_group_wd", "NEW-7"),
    "refinement_consultation": ("Refinement Consultation", "release.lead.refinement_consultation_wd", "NEW-8"),
    "impact_assessment": ("The DCC's impact assessment", "release.lead.impact_assessment_wd", "NEW-6"),
    "report": ("Modification Report approved for consultation", "release.lead.report_wd", "NEW-2"),
    "report_consultation": ("Modification Report Consultation", "release.lead.report_consultation_wd", "NEW-9"),
    "vote": ("The Change Board's vote", "release.lead.vote_wd", "NEW-10"),
    "referral": ("End of the time for a referral", "referral.window_wd", "OLD-6, DEC-1"),
    "authority": ("The Authority's decision", "release.lead.authority_wd", "DEC-3"),
    "system": ("Build and test of the DCC's systems", "release.lead.system_wd", "NEW-6"),
    "implementation": ("Implementation", "release.implementation_wd", "OLD-6"),
}  # fmt: skip
"""Every step that takes time: what is done at its end, its key in the rulebook, and its rule."""

OF_THE_DCC = ("preliminary_assessment", "impact_assessment")


def keys(way: Way) -> list[str]:
    """The steps that a proposal still has, in order. Raises ValueError for one that can come into no release."""
    if way.stage not in ORDER:
        raise ValueError("It can come into no release any more.")
    place = ORDER.index(Stage(way.stage))
    found: list[str] = []
    if way.path not in (Path.FAST_TRACK, Path.AUTHORITY_LED):
        found = _to_the_vote(place, way)
    if place <= ORDER.index(Stage.DECISION) and way.path in (Path.AUTHORITY, Path.AUTHORITY_LED, ""):
        found.append("authority")
    elif way.path == Path.SELF_GOVERNANCE:
        found.append("referral")
    return [*found, "system" if way.dcc else "implementation"]


def _to_the_vote(place: int, way: Way) -> list[str]:
    by_stage = (
        ["initial_report" if way.is_old else "convert"],
        ["preliminary_assessment", "working_group", "refinement_consultation", "impact_assessment"],
        ["report", "report_consultation", "vote"],
    )
    return [key for part in by_stage[place:] for key in part if way.dcc or key not in OF_THE_DCC]


def legs(way: Way, on: date, book: Rulebook = RULEBOOK) -> list[Leg]:
    """The steps that a proposal still has, each with its duration by the rulebook on a day. Raises ValueError."""
    return [_leg(key, book.entry(LEGS[key][1], on), way) for key in keys(way)]


def _leg(key: str, entry: Entry, way: Way) -> Leg:
    what, _, citation = LEGS[key]
    if key == "system" and way.system_wd is not None:
        return Leg(key, what, way.system_wd, citation, "Told by the DCC's impact assessment.")
    return Leg(key, what, int(entry.value), citation, entry.doubt, entry.note)


@dataclass(frozen=True)
class Line:
    """One step on the way to one release: the last day for it, the first possible one, and why."""

    leg: Leg
    must: date
    could: date
    reason: str

    @property
    def is_ahead(self) -> bool:
        """Whether it can still be done in time."""
        return self.could <= self.must


@dataclass(frozen=True)
class Target:
    """A release to come, as far as the question needs it. `shut` says why it takes nothing more, if so."""

    name: str
    go_live_on: date
    takes_systems: bool = True
    shut: str = ""
    href: str = ""


@dataclass(frozen=True)
class Candidate:
    """One release, asked whether a proposal can still come into it, with the working."""

    target: Target
    lines: tuple[Line, ...]
    problem: str
    remarks: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether all its dates are still ahead and nothing else stands in the way."""
        return not self.problem


@dataclass(frozen=True)
class Answer:
    """The releases asked in order, the first possible one, and the day on which the proposal could be ready."""

    candidates: tuple[Candidate, ...]
    ready_on: date | None
    assumed: tuple[str, ...] = field(default=())

    @property
    def first(self) -> Candidate | None:
        """The earliest possible release; None where no release planned so far is late enough."""
        return next((one for one in self.candidates if one.is_possible), None)


def anchor(go_live: date, calendar: Calendar) -> date:
    """The Working Day by which everything is done: the go-live day, or the Working Day before it (REL-2)."""
    return go_live if calendar.is_working_day(go_live) else calendar.add(go_live, -1)


def last_days(go_live: date, steps: list[Leg], calendar: Calendar) -> list[date]:
    """The last day on which each step can end for a release to go live on its day. Raises OutsideCalendarError."""
    day = anchor(go_live, calendar)
    found = [day]
    for leg in reversed(steps[1:]):
        day = calendar.add(day, -leg.days)
        found.append(day)
    return found[::-1]


def first_days(start: date, steps: list[Leg], calendar: Calendar, ends: Mapping[str, date]) -> list[date]:
    """The first day on which each step can end; `ends` names those whose end is fixed. Raises OutsideCalendarError."""
    day, found = start, []
    for leg in steps:
        day = max(day, ends[leg.key]) if leg.key in ends else calendar.add(day, leg.days)
        found.append(day)
    return found


def earliest(
    steps: list[Leg], targets: Iterable[Target], start: date, calendar: Calendar, ends: Mapping[str, date] | None = None
) -> Answer:
    """Which of the releases is the first for which all dates are still ahead, reckoned from the day `start`.

    `ends` are the days on which steps under way end, by key; a step that ended already is left out by the caller.
    """
    try:
        could = first_days(start, steps, calendar, ends or {})
    except OutsideCalendarError:
        return Answer((), None)
    in_order = sorted(targets, key=lambda one: (one.go_live_on, one.name))
    asked = tuple(_candidate(target, steps, could, calendar) for target in in_order)
    return Answer(asked, could[-1] if could else start)


def _candidate(target: Target, steps: list[Leg], could: list[date], calendar: Calendar) -> Candidate:
    try:
        lines = _lines(target, steps, could, calendar)
    except OutsideCalendarError as error:
        return Candidate(target, (), str(error))
    remarks: tuple[str, ...] = ()
    if not calendar.is_working_day(target.go_live_on):
        before = long_date(anchor(target.go_live_on, calendar))
        remarks = (f"{long_date(target.go_live_on)} is not a Working Day, so all is reckoned from {before}.",)
    return Candidate(target, lines, _problem(target, lines), remarks)


def _lines(target: Target, steps: list[Leg], could: list[date], calendar: Calendar) -> tuple[Line, ...]:
    must = last_days(target.go_live_on, steps, calendar)
    reasons = [
        f"{after.what} takes {after.days} Working Days: {calendar.working(day, -after.days).sentence()}"
        for (_, after), day in zip(pairwise(steps), must[1:], strict=True)
    ]
    reasons.append(f"The release goes live on {long_date(target.go_live_on)}.")
    return tuple(Line(*told) for told in zip(steps, must, could, reasons, strict=True))


def _problem(target: Target, lines: tuple[Line, ...]) -> str:
    if target.shut:
        return target.shut
    if not target.takes_systems and any(line.leg.key == "system" for line in lines):
        return "It changes documents only, and this proposal changes DCC Systems."
    late = next((line for line in lines if not line.is_ahead), None)
    if late is None:
        return ""
    last, first = long_date(late.must), long_date(late.could)
    return f"{late.leg.what}: the last day is {last}, and it is not possible before {first}."
