"""The sample's plan of assessments, all invented: earlier years of the cycle, assessors with their time, the fieldwork
that is booked and asked for, and Users on shared providers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from secretariat.assurance.models import Assessment
from secretariat.assurance.planning import actions as placing
from secretariat.assurance.planning.diaries import diaries
from secretariat.assurance.planning.models import (
    BOOKED,
    Absence,
    Assessor,
    AssessorCapacity,
    BookedDay,
    Booking,
    Reliance,
    SharedProvider,
    SystemsReport,
)
from secretariat.assurance.planning.procedure import BOOKINGS
from secretariat.assurance.planning.windows import Diary, Window, tried
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.plain.workdays import default_calendar
from secretariat.register.models import Party
from secretariat.site.sample import assessments, parties
from secretariat.site.sample.crew import RECORDED, Crew, noon, told

TEAMS = (("North", 5), ("South", 5), ("East", 4), ("West", 5), ("Central", 3), ("Coast", 4))
"""The invented teams with the days a week that each gives to fieldwork."""
AWAY = (
    ("North", date(2020, 4, 6), date(2020, 4, 17), "leave"),
    ("East", date(2020, 5, 4), date(2020, 5, 8), "training"),
)
SINCE = date(2018, 1, 1)
OPENED, FIRST_OPENED = 6, date(2020, 6, 1)
LEAD = timedelta(weeks=13)
HALF_YEAR = date(2019, 12, 31)
PROVIDERS = (
    ("Invented Gateway Services", "Invented: a gateway connection and the systems behind it, run for small suppliers."),
    ("Invented Meter Data Hub", "Invented: a hub through which several meter operators send their service requests."),
)


def enter(crew: Crew) -> None:
    """Enters everything; after the assessments."""
    analyst = crew["security.analyst"]
    _earlier_years(crew)
    _assessors(analyst)
    _booked(analyst)
    _asked(analyst)
    _opened_in_march(analyst)
    _shared(analyst)


def _earlier_years(crew: Crew) -> None:
    """A FUSA in 2018 and a VUSA in 2019 of some larger suppliers and networks, closed long ago."""
    rows = [(key, *one) for place, key in enumerate(_keys(parties.LARGE, parties.ELECTRICITY)) for one in _past(place)]
    days = [(key, kind, review - timedelta(days=120), review + timedelta(days=30)) for key, kind, review in rows]
    crew.load(
        "assessments", "security.analyst", assessments.COLUMNS,
        [(key, kind, "no", opened, closed, "", "closed", "", "yes") for key, kind, opened, closed in days],
    )  # fmt: skip
    crew.load(
        "assessment-milestones", "security.analyst", assessments.MILESTONES,
        [(key, kind, review - timedelta(days=120), *reached)
         for key, kind, review in rows for reached in _reached(review)],
    )  # fmt: skip


def _keys(*categories: str) -> list[str]:
    """Some of the invented parties of categories: the first twenty of each that are parties still."""
    found = []
    for category in categories:
        keys = [one.key for one in parties.invented() if one.category == category]
        rows = Party.objects.filter(key__in=keys, left_on__isnull=True).order_by("acceded_on", "key")
        found += list(rows.values_list("key", flat=True)[:20])
    return found


def _past(place: int) -> Iterator[tuple[str, date]]:
    """The reviews of one party: each year some weeks after the one before it, none as late as January 2020."""
    first = date(2018, 4, 11) + timedelta(weeks=place % 36)
    yield "FUSA", first
    yield "VUSA", first + timedelta(days=371)


def _reached(review: date) -> Iterator[tuple[str, date, str]]:
    """The milestones of a case that was found compliant on a day."""
    calendar = default_calendar()
    for name, before in assessments.DAYS_BEFORE_REVIEW.items():
        day = review - timedelta(days=before)
        yield name, day if calendar.is_working_day(day) else calendar.add(day, -1), ""
    yield "compliance_status", review, "Compliant"


def _assessors(analyst: Person) -> None:
    """The teams, their capacities and absences."""
    made = [Assessor(name=f"Team {name}", note="Invented.", invented=True) for name, _ in TEAMS]
    teams = dict(zip((name for name, _ in TEAMS), journal.enter_all(made, **_told(analyst)), strict=True))
    spells = [
        AssessorCapacity(assessor=teams[name], days_a_week=days, from_day=SINCE, recorded=RECORDED)
        for name, days in TEAMS
    ]
    journal.enter_all(spells, **_told(analyst))
    away = [
        Absence(assessor=teams[name], from_day=first, to_day=last, reason=why, recorded=RECORDED)
        for name, first, last, why in AWAY
    ]
    journal.enter_all(away, **_told(analyst))


def _told(analyst: Person) -> dict[str, Any]:
    return told(analyst, RECORDED)


def _booked(analyst: Person) -> None:
    """Every case whose fieldwork has a day still to come is with a team on it, where one is free."""
    cases = Assessment.objects.filter(state__in=("booked", "validated"), fieldwork_due__gt=date(2020, 3, 9))
    known = {one.key: one for one in diaries()}
    placed = list(_placed(cases.select_related("party").order_by("fieldwork_due", "pk"), known))
    made = [
        Booking(
            assessment=case, assessor_id=window.assessor, days=len(window.days), asked_on=window.first - LEAD,
            first_day=window.first, last_day=window.last, state=BOOKED, audience=case.audience, invented=True,
        )
        for case, window in placed
    ]  # fmt: skip
    saved = journal.enter_all(made, **_told(analyst))
    BookedDay.objects.bulk_create(
        BookedDay(booking=booking, assessor_id=window.assessor, day=day, audience=booking.audience)
        for booking, (_, window) in zip(saved, placed, strict=True)
        for day in window.days
    )


def _placed(cases: Iterable[Assessment], known: dict[int, Diary]) -> Iterator[tuple[Assessment, Window]]:
    """Each case with the first team that is free from its day on, for three to seven days."""
    calendar = default_calendar()
    for place, case in enumerate(cases):
        assert case.fieldwork_due is not None
        for diary in known.values():
            window = tried(diary, case.fieldwork_due, 3 + place % 5, calendar).window
            if window is not None:
                known[diary.key] = diary.booked(window.days, case.party.name)
                yield case, window
                break


def _asked(analyst: Person) -> None:
    """A few of those that wait have asked for their fieldwork, and it is not placed yet."""
    for place, case in enumerate(Assessment.objects.filter(state="requested", frame="security").order_by("pk")[:4]):
        day = date(2020, 3, 2 + place)
        made = Booking(assessment=case, days=5, asked_on=day, wanted_from=date(2020, 6, 8), invented=True)
        BOOKINGS.take("ask", made, **told(analyst, noon(day)))


def _opened_in_march(analyst: Person) -> None:
    """The next year's assessments of some large suppliers: requested, asked for and placed in early March."""
    teams = list(Assessor.objects.filter(invented=True).order_by("pk"))
    for place, key in enumerate(_keys(parties.LARGE)[:OPENED]):
        day = date(2020, 3, 2 + place % 4)
        case = Assessment(party=Party.objects.get(key=key), kind="VUSA", opened_on=day, invented=True)
        ASSESSMENT.take("request", case, **told(analyst, noon(day)))
        made = Booking(assessment=case, days=5, asked_on=day, invented=True)
        BOOKINGS.take("ask", made, **told(analyst, noon(day)))
        placing.place(made, teams[place], FIRST_OPENED, **told(analyst, noon(day)))


def _shared(analyst: Person) -> None:
    """Small suppliers and other parties on a provider each; most of them have reported their systems."""
    made = [SharedProvider(name=name, shares=shares, invented=True) for name, shares in PROVIDERS]
    providers = journal.enter_all(made, **_told(analyst))
    for place, category in enumerate((parties.SMALL, parties.OTHER)):
        keys = [one.key for one in parties.invented() if one.category == category]
        users = list(Party.objects.filter(key__in=keys, left_on__isnull=True).order_by("key")[10:18])
        rows = [
            Reliance(
                party=one, provider=providers[place], from_day=SINCE, left_out="The shared system", recorded=RECORDED
            )
            for one in users
        ]
        journal.enter_all(rows, **_told(analyst))
        reports = [
            SystemsReport(
                party=one, as_at=HALF_YEAR, reported_on=date(2020, 1, 14), systems=1200 * number, invented=True
            )
            for number, one in enumerate(users[:-2], start=1)
        ]
        journal.enter_all(reports, **_told(analyst))
