"""The sample's timesheets of February 2020, invented: each driver prints in whole days as published, and so does the
total, which is not what the printed drivers add up to.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.plain.months import Month
from secretariat.plain.workdays import default_calendar
from secretariat.site.sample.crew import RECORDED, Crew, address
from secretariat.site.sample.facts import facts_of

MONTH = Month(2020, 2)
WORKERS = 40
OFF_THE_WHOLE = {
    "Committee Support": -26, "Security and Privacy": -13, "Change Management": 21, "Party Support and Engagement": -18,
    "Technical and Operational activities": 7, "Smarter Markets": -9, "Annual Security Obligations": -12,
    "Data Quality": 11, "SEC Digitisation": -6, "TSIRS Transfer": 4, "Operational Metrics Review": -31,
    "Market-Wide Half Hourly Settlement": -8, "Meter Splitting": 3, "Supplier of Last Resort": 14,
    "SEC Document Review": -5,
}  # fmt: skip
"""By how many hundredths each driver's days differ from the whole days that are printed: together by -0.68 days."""

TEAMS = {
    "Committee Support": range(1, 8), "Security and Privacy": range(8, 16), "Change Management": range(16, 26),
    "Party Support and Engagement": range(26, 31), "Technical and Operational activities": range(31, 39),
}  # fmt: skip
"""Whose days go to a service first; six of the others work on each project."""

PIECES = (20, 25, 40, 50, 60, 75, 100)
FULL_DAY = 100


def enter(crew: Crew) -> None:
    """Enters the workers, who do not sign in, and loads their timesheets."""
    names = [f"Sample Analyst {number:02d}" for number in numbers()]
    people = [Person(email=worker(number), name=name, invented=True) for number, name in enumerate(names, start=1)]
    for person in people:
        person.set_unusable_password()
    journal.enter_all(people, by=crew["operations.lead"], at=RECORDED, recorded=RECORDED, verb="enter")
    crew.load("timesheets", "operations.lead", ("worker", "day", "driver", "days", "invented"), entries())


def worker(number: int) -> str:
    """The address by which a worker is known."""
    return address(f"analyst.{number:02d}")


def numbers() -> range:
    """The workers' numbers."""
    return range(1, WORKERS + 1)


def wanted() -> dict[str, int]:
    """How many hundredths of a day each driver is to have."""
    printed = {row["driver"]: int(row["days"]) for row in facts_of("effort_days", MONTH.iso)}
    return {driver: 100 * days + OFF_THE_WHOLE[driver] for driver, days in printed.items()}


def entries() -> Iterator[tuple[object, ...]]:
    """One row for what one worker spent on one driver on one day; nobody books more than a full day."""
    dice = Random(627)  # noqa: S311 - a fixed order, nothing secret
    days = [day for day in MONTH.days() if default_calendar().is_working_day(day)]
    slots = [(number, day) for day in days for number in numbers()]
    booked = dict.fromkeys(slots, 0)
    for driver, hundredths in wanted().items():
        team = TEAMS.get(driver) or dice.sample(numbers(), 6)
        dice.shuffle(slots)
        slots.sort(key=lambda slot: slot[0] not in team)
        left = hundredths
        for slot in slots:
            piece = min(left, dice.choice(PIECES), FULL_DAY - booked[slot])
            if piece > 0:
                booked[slot] += piece
                left -= piece
                yield worker(slot[0]), slot[1], driver, f"{piece / 100:.2f}", "yes"
        if left:
            raise ValueError(f"The sample's workers have no time left for {driver}.")
