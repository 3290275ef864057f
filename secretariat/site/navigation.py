"""The navigation: links to the pages that exist and that this person may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secretariat.core.capacities import speaks_for
from secretariat.core.people import Person, Role
from secretariat.site.areas import AREAS, may_open
from secretariat.site.words import address_or_none

OWN = (("My party", "my party"),)
PUBLIC = (
    ("Papers", "papers"),
    ("Proposals", "proposals"),
    ("The code", "code"),
    ("Document Log", "document log"),
    ("Parties", "parties"),
    ("Committees", "committees"),
    ("Meetings", "meetings"),
    ("Calendar", "calendar"),
    ("Actions", "actions"),
    ("Elections", "elections"),
)
"""Before the areas."""
LAST = (
    ("Publications", "publications"),
    ("Rulebook", "rulebook"),
    ("Procedures", "procedures"),
    ("Becoming a party", "becoming a party"),
    ("Becoming a user", "becoming a user"),
    ("All lists", "lists"),
)
STAFF = (
    ("Queue", "queue"),
    ("Enquiries", "enquiries"),
    ("My week", "my week"),
    ("Applications", "applications"),
    ("Assessments", "assessments"),
    ("Observations", "observations"),
    ("Security plan", "security plan"),
    ("Security notices", "security notices"),
    ("Bookings", "bookings"),
    ("Default cases", "default cases"),
    ("Mail in", "incoming mail"),
    ("Mail out", "messages"),
    ("Mail returned", "bounces"),
    ("Digests", "digest preview"),
    ("Load files", "loads"),
    ("Figures", "figures"),
    ("Journal", "journal"),
    ("People", "people"),
)


@dataclass(frozen=True)
class Link:
    """One link, and whether the page shown lies behind it."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Navigation:
    """The rows of links: what everybody has, and what the secretariat has besides."""

    public: tuple[Link, ...]
    staff: tuple[Link, ...] = ()


def navigation(person: Person | None, at: datetime | None, path: str) -> Navigation:
    """The links for a person at an instant; a party's contact has the own party's first."""
    staff = at is not None and person is not None and person.acts_as(Role.SECRETARIAT, at)
    own = _links(OWN, person, at, path) if at is not None and speaks_for(person, at) else ()
    areas = _areas(person, at, path)
    return Navigation(
        (*own, *_links(PUBLIC, person, at, path), *areas, *_links(LAST, person, at, path)),
        _links(STAFF, person, at, path) if staff else (),
    )


def _links(
    names: tuple[tuple[str, str], ...], person: Person | None, at: datetime | None, path: str
) -> tuple[Link, ...]:
    found = [(label, address_or_none(name)) for label, name in names if may_open(name, person, at)]
    return tuple(Link(label, href, path.startswith(href)) for label, href in found if href)


def _areas(person: Person | None, at: datetime | None, path: str) -> tuple[Link, ...]:
    return tuple(
        Link(area.label, area.address, any(path.startswith(href) for href in (area.address, *area.hrefs(person, at))))
        for area in AREAS.values()
    )
