"""Small facts for tests of the helpdesk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from secretariat.core.people import Capacity, Person, Role
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.core.schemes import Heading, Scheme
from secretariat.helpdesk.models import ANSWERED, CATEGORIES, OPEN, Enquiry
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month

NOON = datetime(2020, 3, 5, 12, tzinfo=UTC)
OLD = ("Applications", "Contact Info", "Modifications", "Party/RDP Signifiers")
NEW = ("Accessions", "Modifications", "SEC Party Contact detail changes")


def london(text: str) -> datetime:
    """An instant on the London clock, such as 2020-02-03 09:15."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def scheme(name: str, first: date, headings: tuple[str, ...], last: date | None = None) -> Scheme:
    """A scheme of categories with its headings."""
    made: Scheme = Scheme.objects.create(subject=CATEGORIES, name=name, from_day=first, to_day=last, recorded=NOON)
    for position, heading_ in enumerate(headings):
        Heading.objects.create(scheme=made, name=heading_, position=position)
    return made


def heading(made: Scheme, name: str) -> Heading:
    """A heading of a scheme by its name."""
    found: Heading = Heading.objects.get(scheme=made, name=name)
    return found


def two_schemes() -> tuple[Scheme, Scheme]:
    """The categories of 2018 and, from February 2019, those of 2020; Party/RDP Signifiers was dropped."""
    old = scheme("Categories of 2018", date(2017, 1, 1), OLD, date(2019, 1, 31))
    new = scheme("Categories of 2020", date(2019, 2, 1), NEW)
    for now, before in zip(NEW, ("Applications", "Modifications", "Contact Info"), strict=True):
        heading(new, now).continues.add(heading(old, before))
    return old, new


def enquiry(category: Heading, received: str, number: int = 0, answered: str = "", **more: Any) -> Enquiry:
    """An enquiry by e-mail unless told otherwise; numbered on."""
    told = {"channel": "email", "state": ANSWERED if answered else OPEN} | more
    made: Enquiry = Enquiry.objects.create(
        number=f"ENQ-{number or Enquiry.objects.count() + 1:06d}",
        category=category,
        received=london(received),
        answered=london(answered) if answered else None,
        **told,
    )
    return made


def keep(since: date) -> None:
    """Enquiries are kept from a day on."""
    Keeping.objects.create(matter="enquiries", since=since)


def printed(month: str, total: int | None, parts: dict[str, int], figure: str = "helpdesk_emails") -> None:
    """What a document prints of a month."""
    document, _ = Publication.objects.get_or_create(slug="report", title="Report")
    told = {"publication": document, "figure": figure, "month": Month.parse(month).first}
    if total is not None:
        PublishedFigure.objects.create(**told, row="Total", value=total, is_total=True)
    for name, value in parts.items():
        PublishedFigure.objects.create(**told, row=name, value=value)


def person(role: Role, team: str = "", **more: Any) -> Person:
    """A person who acts in a role from 2017 on."""
    made = Person.objects.create_user(f"{role.name.lower()}{team}@example.test", f"{role.label} {team}".strip())
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2017, 1, 1), recorded=NOON, **more)
    return made
