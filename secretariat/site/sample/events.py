"""The sample's events and surveys.

Published are the days of the Engagement Days of 2017, 2018 and 2019 and of the Introduction of 10 March 2020, to which
over thirty were expected. Hours that no document gives, places, guests and every answer are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.hashers import make_password

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.engagement.events.actions import add_material, register, tell_attendance, withdraw
from secretariat.engagement.events.models import PLACED, EngagementEvent, EventSession, Kind, Registration
from secretariat.engagement.events.procedure import EVENTS
from secretariat.engagement.surveys.actions import answer, opt_in, prepare
from secretariat.engagement.surveys.models import OptIn, Survey
from secretariat.engagement.surveys.procedure import SURVEYS
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.site.sample.crew import RECORDED, Crew, noon, told

ADVISER = "party.support"
EXPECTED = 34
"""Over thirty were expected at the Introduction; how many is invented."""

CAME_IN_2019 = 12
SCORES = ("5", "4", "4", "5", "3", "4", "5", "4", "2")
INTRODUCTION = date(2020, 3, 10)


def at(day: date, hour: int) -> datetime:
    """An hour of a day on the London clock."""
    return datetime.combine(day, time(hour), tzinfo=LONDON)


def enter(crew: Crew) -> None:
    """Enters the events of the past and those to come, and two surveys."""
    guests = _guests()
    _engagement_day(crew, date(2017, 7, 13), invented=False)
    _engagement_day(crew, date(2018, 7, 12))
    last = _engagement_day(crew, date(2019, 7, 11), guests[:CAME_IN_2019])
    _introduction(crew, guests)
    _question_hour(crew, guests)
    _feedback(crew, last)
    _satisfaction(crew)


def _guests() -> list[Person]:
    """People who came to events and do nothing else here."""
    nobody = make_password(None)
    rows = [
        Person(email=f"guest.{number:02d}@example.org", name=f"Sample Guest {number}", password=nobody, invented=True)
        for number in range(1, EXPECTED + 1)
    ]
    return journal.enter_all(rows, by=None, at=RECORDED, recorded=RECORDED, verb="enter")


def _plan(crew: Crew, kind: Kind, title: str, day: date, hours: tuple[int, int], known: date, **more: Any) -> Any:
    begins, ends = (at(day, hour) for hour in hours)
    values = {"place": "London", "invented": True, **more}
    made = EngagementEvent(kind=kind, title=title, begins_at=begins, ends_at=ends, **values)
    for step in ("plan", "open"):
        EVENTS.take(step, made, **told(crew[ADVISER], noon(known)))
    return made


def _places(event: EngagementEvent, guests: Sequence[Person], day: date) -> list[Registration]:
    """Registrations that have a place, in the order of asking."""
    parties = list(Party.objects.filter(left_on__isnull=True).order_by("key")[: len(guests)])
    rows = [
        Registration(event=event, person=one, party=party, state=PLACED, asked_at=noon(day), invented=True)
        for one, party in zip(guests, parties, strict=False)
    ]
    return journal.enter_all(rows, by=None, at=noon(day), recorded=max(RECORDED, noon(day)))


def _engagement_day(crew: Crew, day: date, guests: Sequence[Person] = (), *, invented: bool = True) -> EngagementEvent:
    """An annual Engagement Day, held."""
    title = f"SEC Party Engagement Day {day.year}"
    summary = "The year's day for parties: talks in the morning, workshops in the afternoon."
    made: EngagementEvent = _plan(crew, Kind.ENGAGEMENT_DAY, title, day, (10, 16), day.replace(month=6, day=5),
                                  summary=summary, invented=invented)  # fmt: skip
    rows = _places(made, guests, day.replace(month=6, day=10))
    after = told(crew[ADVISER], at(day, 17))
    tell_attendance(made, [row.pk for row in rows], **after)
    EVENTS.take("hold", made, **after)
    if guests:
        add_material(
            made, "Questions of the day, with answers", "questions.txt", b"Invented for the sample.\n", 0, **after
        )
    return made


def _introduction(crew: Crew, guests: Sequence[Person]) -> None:
    """The day after that on which the sample stands still."""
    summary = "For those new to the code: the basics, and room to meet others."
    made = _plan(crew, Kind.INTRODUCTION, "Introduction to the SEC", INTRODUCTION, (10, 16), date(2020, 1, 20),
                 summary=summary, capacity=40)  # fmt: skip
    _places(made, guests, date(2020, 2, 10))
    hours = (
        ("What the code is", "Main hall", 10, 12, None),
        ("Changing the code", "Room A", 13, 15, 20),
        ("Becoming a User", "Room B", 13, 15, 20),
        ("Questions to the administrator", "Main hall", 15, 16, None),
    )
    for title, room, first, last, places in hours:
        row = EventSession(event=made, title=title, room=room, begins_at=at(INTRODUCTION, first),
                           ends_at=at(INTRODUCTION, last), capacity=places)  # fmt: skip
        journal.enter(row, **told(crew[ADVISER], noon(date(2020, 1, 20))))


def _question_hour(crew: Crew, guests: Sequence[Person]) -> None:
    """A small one: every place is taken, and who withdrew made room for who asked first."""
    made = _plan(crew, Kind.QUESTION_HOUR, "Modifications Question Hour", date(2020, 3, 24), (11, 12),
                 date(2020, 2, 24), place="By telephone", capacity=5)  # fmt: skip
    asked = [
        register(Registration(event=made, person=one, invented=True), **told(one, one_after, one_after))
        for one, one_after in ((guest, at(date(2020, 3, 2), 9 + number)) for number, guest in enumerate(guests[:7]))
    ]
    left = at(date(2020, 3, 5), 15)
    withdraw(asked[1], **told(asked[1].person, left, left))


def _feedback(crew: Crew, event: EngagementEvent) -> None:
    """What guests of 2019 said, published."""
    opened, closes = noon(date(2019, 7, 15)), at(date(2019, 7, 26), 17)
    made = Survey(kind="feedback", title="After the Engagement Day 2019", event=event, closes_at=closes, invented=True,
                  introduction="Five questions on the day; two minutes.")  # fmt: skip
    prepare(made, **told(crew[ADVISER], opened))
    SURVEYS.take("open", made, **told(crew[ADVISER], opened, opened))
    for number, (one, score) in enumerate(zip(made.invitees.order_by("pk"), SCORES, strict=False)):
        said = {"1": score, "2": score, "3": "4", "4": "Yes" if score > "2" else "No"}
        words = {"5": "More time for questions."} if number == 0 else {}
        day = noon(date(2019, 7, 17))
        answer(one, said | words, by=None, at=day, recorded=day)
    after = told(crew[ADVISER], noon(date(2019, 7, 29)))
    SURVEYS.take("close", made, **after)
    SURVEYS.take("publish", made, commentary="There will be more time for questions.", **after)


def _satisfaction(crew: Crew) -> None:
    """The year's survey by telephone: who wants to take part says so until it begins."""
    asked = noon(date(2020, 3, 2))
    made = Survey(kind="satisfaction", title="Customer satisfaction survey 2020", by_opt_in=True, anonymous=False,
                  closes_at=at(date(2020, 4, 3), 17), invented=True,
                  introduction="An agency telephones those who opt in, and tells us what they said.")  # fmt: skip
    prepare(made, **told(crew[ADVISER], asked))
    SURVEYS.take("call", made, **told(crew[ADVISER], asked))
    for who, key in (("large.supplier", "edf-energy"), ("small.supplier", "green-supplier-limited")):
        wish = OptIn(survey=made, person=crew[who], party=Party.objects.get(key=key), invented=True)
        opt_in(wish, **told(crew[who], noon(date(2020, 3, 4))))
