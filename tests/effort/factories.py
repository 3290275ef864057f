"""Small facts for tests of effort."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused, Rule
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.core.schemes import Heading, Scheme
from secretariat.effort.models import DRIVERS, DayEntry
from secretariat.plain.months import Month

NOON = datetime(2020, 3, 5, 12, tzinfo=UTC)
TWO_THOUSAND_AND_EIGHTEEN = (
    ("Core", "Security and Privacy"),
    ("Core", "Modifications and Release Management"),
    ("Projects", "Technical Effectiveness"),
)
TWO_THOUSAND_AND_TWENTY = (
    ("Services", "Security and Privacy"),
    ("Services", "Change Management"),
    ("Projects", "Meter Splitting"),
)


def scheme(name: str, first: date, headings: tuple[tuple[str, str], ...], last: date | None = None) -> Scheme:
    """A scheme of drivers with its headings."""
    made: Scheme = Scheme.objects.create(subject=DRIVERS, name=name, from_day=first, to_day=last, recorded=NOON)
    for position, (group, heading) in enumerate(headings):
        Heading.objects.create(scheme=made, group=group, name=heading, position=position)
    return made


def heading(made: Scheme, name: str) -> Heading:
    """A heading of a scheme by its name."""
    found: Heading = Heading.objects.get(scheme=made, name=name)
    return found


def two_schemes() -> tuple[Scheme, Scheme]:
    """The drivers of 2018 and, from October 2018, those of 2020: Change Management continues Modifications."""
    old = scheme("Drivers of 2018", date(2018, 1, 1), TWO_THOUSAND_AND_EIGHTEEN, date(2018, 9, 30))
    new = scheme("Drivers of 2020", date(2018, 10, 1), TWO_THOUSAND_AND_TWENTY)
    heading(new, "Security and Privacy").continues.add(heading(old, "Security and Privacy"))
    heading(new, "Change Management").continues.add(heading(old, "Modifications and Release Management"))
    return old, new


def entry(driver: Heading, day: date, hundredths: int, worker: str = "W1", **more: Any) -> DayEntry:
    """Hundredths worked on a driver on a day."""
    made: DayEntry = DayEntry.objects.create(driver=driver, day=day, hundredths=hundredths, worker_code=worker, **more)
    return made


def keep(since: date) -> None:
    """Timesheets are kept from a day on."""
    Keeping.objects.create(matter="timesheets", since=since)


def printed(month: str, total: str, **parts: str) -> None:
    """What a document prints of a month; parts by driver, with underscores for spaces."""
    document, _ = Publication.objects.get_or_create(slug="report", title="Report")
    told = {"publication": document, "figure": "days_by_driver", "month": Month.parse(month).first}
    PublishedFigure.objects.create(**told, row="Grand Total", value=total, is_total=True)
    for name, value in parts.items():
        PublishedFigure.objects.create(**told, row=name.replace("_", " "), value=value)


def person(role: Role, team: str = "", **more: Any) -> Person:
    """A person who acts in a role from 2017 on."""
    made = Person.objects.create_user(f"{role.name.lower()}{team}@example.test", f"{role.label} {team}".strip())
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2017, 1, 1), recorded=NOON, **more)
    return made


@contextmanager
def refused(*broken: Rule) -> Iterator[None]:
    """What is done inside is refused by exactly these rules, each with its sentence and citation."""
    with pytest.raises(Refused) as found:
        yield
    assert found.value.messages == [f"{one.sentence} ({one.citation})" for one in broken]
