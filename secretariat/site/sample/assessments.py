"""The sample's security assessments, all invented: as many steps in February 2020 as published, and 73 parties being
assessed at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.plain.workdays import default_calendar
from secretariat.site.sample import parties
from secretariat.site.sample.crew import Crew
from secretariat.site.sample.facts import facts_of

COLUMNS = ("party", "kind", "initial", "opened_on", "closed_on", "state", "invented")
MILESTONES = ("party", "kind", "opened_on", "milestone", "day", "detail")
FIRST_SSC, SECOND_SSC = date(2020, 2, 12), date(2020, 2, 26)
JANUARY_SSC = date(2020, 1, 22)
CLOSING = date(2020, 2, 28)
ASSURANCE = ("Approved", "Approved", "Approved, subject to steps", "Deferred")
COMPLIANCE = ("Compliant subject to remediation", "Compliant", "Compliant subject to remediation")
AUDITED = ("validation_1", "fieldwork", "report", "prepared")
DAYS_BEFORE_REVIEW = {"validation_1": 75, "fieldwork": 45, "report": 21, "prepared": 7}


@dataclass
class Told:
    """One assessment of the file, with the milestones that it reached."""

    kind: str
    opened_on: date
    state: str
    reached: tuple[tuple[str, date, str], ...] = ()
    initial: bool = False
    closed_on: date | None = None


def enter(crew: Crew) -> None:
    """Loads the assessments, one a party, then their milestones."""
    keys = [party.key for party in parties.invented() if party.category in (parties.SMALL, parties.OTHER)]
    rows = list(zip(keys, assessments(), strict=False))
    crew.load(
        "assessments",
        "security.analyst",
        COLUMNS,
        [
            (key, one.kind, "yes" if one.initial else "no", one.opened_on, one.closed_on or "", one.state, "yes")
            for key, one in rows
        ],
    )
    crew.load(
        "assessment-milestones",
        "security.analyst",
        MILESTONES,
        [(key, one.kind, one.opened_on, *reached) for key, one in rows for reached in one.reached],
    )


def counted() -> dict[str, int]:
    """The published counts of February 2020."""
    return {row["measure"]: int(row["value"]) for row in facts_of("activity_counts", "2020-02")}


def assessments() -> list[Told]:
    """Every assessment of the sample; its party's only one."""
    counts = counted()
    decided = [
        *_decided("FUSA", counts["assurance statuses set (initial FUSA)"], initial=True),
        *_decided("FUSA", counts["compliance statuses set (FUSA)"]),
        *_decided("VUSA", counts["compliance statuses set (VUSA)"]),
        *_reviewed(counts["security self-assessments reviewed"]),
    ]
    waiting = counts["assessments prepared for SSC review"] - len(decided)
    found = [
        *decided,
        *(_under_way("VUSA", "prepared", place) for place in range(waiting)),
        *(_under_way("FUSA", "fieldwork", place) for place in range(counts["fieldwork assessments completed"])),
        *(_under_way("FUSA", "validation_1", p) for p in range(counts["first-stage validations of FUSA completed"])),
        *(_under_way("VUSA", "validation_1", p) for p in range(counts["first-stage validations of VUSA completed"])),
        *(_letter(place) for place in range(counts["director's letters approved"])),
    ]
    still = sum(one.closed_on is None for one in found)
    return [*found, *(_begun(place) for place in range(counts["parties being assessed"] - still))]


def _decided(kind: str, number: int, *, initial: bool = False) -> Iterator[Told]:
    """Given a status in February, at one of the two meetings; closed at the month's end where nothing is to be done."""
    values = ASSURANCE if initial else COMPLIANCE
    outcome = "assurance_status" if initial else "compliance_status"
    for place in range(number):
        review, status = (FIRST_SSC, SECOND_SSC)[place % 2], values[place % len(values)]
        closed = CLOSING if status in ("Approved", "Compliant") else None
        reached = (*_until(review, "prepared"), (outcome, review, status))
        state = "closed" if closed else "decided"
        yield Told(kind, review - timedelta(days=110 + place), state, reached, initial=initial, closed_on=closed)


def _reviewed(number: int) -> Iterator[Told]:
    for place in range(number):
        reached = (("prepared", SECOND_SSC - timedelta(days=7), ""), ("reviewed", SECOND_SSC, ""))
        yield Told("SSA", date(2020, 1, 13 + place), "closed", reached, closed_on=CLOSING)


def _letter(place: int) -> Told:
    """Given a Compliance Status in January, its Director's Letter approved in February, and closed."""
    status = ("compliance_status", JANUARY_SSC, COMPLIANCE[0])
    letter = ("directors_letter", (FIRST_SSC, SECOND_SSC)[place % 2], "")
    reached = (*_until(JANUARY_SSC, "prepared"), status, letter)
    return Told("VUSA", date(2019, 9, 23 + place), "closed", reached, closed_on=CLOSING)


def _under_way(kind: str, last: str, place: int) -> Told:
    """Its last milestone reached in February, nothing decided."""
    day = default_calendar().add(date(2020, 2, 3), place)
    review = day + timedelta(days=DAYS_BEFORE_REVIEW[last])
    state = {"validation_1": "validated"}.get(last, last)
    opened = review - timedelta(days=110 + place)
    return Told(kind, opened, state, tuple(_until(review, last)), initial=kind == "FUSA" and place % 2 == 0)


def _begun(place: int) -> Told:
    """Asked for, booked, or decided earlier and waiting for its Director's Letter."""
    if place % 3 == 0:
        decided = ("compliance_status", JANUARY_SSC, COMPLIANCE[0])
        reached = (*_until(JANUARY_SSC, "prepared"), decided)
        return Told("VUSA", date(2019, 9, 2) + timedelta(days=place), "decided", reached)
    state = "requested" if place % 3 == 1 else "booked"
    return Told("FUSA", date(2020, 1, 6) + timedelta(days=place), state, initial=place % 4 == 0)


def _until(review: date, last: str) -> Iterator[tuple[str, date, str]]:
    """The milestones up to one, at their distances before a review, none on a day off."""
    days = default_calendar()
    for name in AUDITED[: AUDITED.index(last) + 1]:
        day = review - timedelta(days=DAYS_BEFORE_REVIEW[name])
        yield name, day if days.is_working_day(day) else days.add(day, -1), ""
