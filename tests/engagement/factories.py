"""Small facts for tests of engagement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from secretariat.core.people import Capacity, Person, Role
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.core.schemes import Heading, Scheme
from secretariat.engagement.models import CATEGORIES, PortalUser, WebsiteMonth
from secretariat.plain.months import Month

NOON = datetime(2020, 3, 5, 12, tzinfo=UTC)
NAMES = ("DCC", "Large Supplier", "Small Supplier")


def categories(names: tuple[str, ...] = NAMES) -> dict[str, Heading]:
    """The categories of portal users, in force from 2018, by name."""
    scheme = Scheme.objects.create(subject=CATEGORIES, name="Categories", from_day=date(2018, 1, 1), recorded=NOON)
    return {
        name: Heading.objects.create(scheme=scheme, name=name, position=position) for position, name in enumerate(names)
    }


def user(category: Heading, registered: date, closed: date | None = None) -> PortalUser:
    """An account; numbered on."""
    code = f"U{PortalUser.objects.count() + 1}"
    made: PortalUser = PortalUser.objects.create(
        code=code, category=category, registered_on=registered, closed_on=closed
    )
    return made


def website(month: str, visits: int, page_views: int, **more: Any) -> WebsiteMonth:
    """A month of the website."""
    first = Month.parse(month).first
    made: WebsiteMonth = WebsiteMonth.objects.create(month=first, visits=visits, page_views=page_views, **more)
    return made


def keep(since: date) -> None:
    """Portal users are kept from a day on."""
    Keeping.objects.create(matter="portal users", since=since)


def printed(figure: str, month: str, total: int | None = None, **parts: int) -> None:
    """What a document prints of a month; parts by row, with underscores for spaces where told so."""
    document, _ = Publication.objects.get_or_create(slug="report", title="Report")
    told = {"publication": document, "figure": figure, "month": Month.parse(month).first}
    if total is not None:
        PublishedFigure.objects.create(**told, row="Total", value=total, is_total=True)
    for name, value in parts.items():
        row = name.replace("_", " ") if figure == "portal_users" else name
        PublishedFigure.objects.create(**told, row=row, value=value)


def person(role: Role, team: str = "", **more: Any) -> Person:
    """A person who acts in a role from 2017 on."""
    made = Person.objects.create_user(f"{role.name.lower()}{team[:3]}@example.test", f"{role.label} {team}".strip())
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2017, 1, 1), recorded=NOON, **more)
    return made
