"""The navigation: links to the pages that exist and that this person may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secretariat.core.capacities import speaks_for
from secretariat.core.lists import LISTS
from secretariat.core.people import Person, Role
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
    ("Events", "engagement events"),
    ("Actions", "actions"),
    ("Elections", "elections"),
    ("Product lists", "product lists"),
    ("Certificates", "certificates"),
    ("Check your devices", "device check"),
    ("Device tracker", "tracker entries"),
    ("Service incidents", "service incidents"),
    ("SMETS1 combinations", "device model combinations"),
    ("Service performance", "newest service performance"),
    ("Test plan", "test plan"),
    ("Maintenance", "maintenance windows"),
    ("Services", "service requests"),
    ("Guidance", "articles"),
    ("Operations contacts", "operations contacts"),
    ("Budget", "budgets"),
    ("Projects", "projects"),
    ("Publications", "publications"),
    ("Newsletters", "newsletters"),
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
    ("Timesheets", "day entries"),
    ("Spend", "spend entries"),
    ("Expenses", "expenses claims"),
    ("Procurements", "procurements"),
    ("Applications", "applications"),
    ("Assessments", "assessments"),
    ("Observations", "observations"),
    ("Security plan", "security plan"),
    ("Security notices", "security notices"),
    ("Bookings", "bookings"),
    ("Remediations", "remediations"),
    ("Alerts", "alert volumes"),
    ("Communications Hubs", "communications hubs"),
    ("Performance returns", "performance returns"),
    ("Product submissions", "product submissions"),
    ("Default cases", "default cases"),
    ("Portal users", "portal users"),
    ("Registrations", "registrations"),
    ("Surveys", "surveys"),
    ("Articles to look at", "article reviews"),
    ("Accounts asked for", "account requests"),
    ("Pages seen", "view counts"),
    ("Mail in", "incoming mail"),
    ("Mail out", "messages"),
    ("Mail returned", "bounces"),
    ("Digests", "digest preview"),
    ("Newsletter readers", "newsletter subscribers"),
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
    return Navigation((*own, *_links(PUBLIC, person, at, path)), _links(STAFF, person, at, path) if staff else ())


def _links(
    names: tuple[tuple[str, str], ...], person: Person | None, at: datetime | None, path: str
) -> tuple[Link, ...]:
    found = [(label, address_or_none(name)) for label, name in names if may_open(name, person, at)]
    return tuple(Link(label, href, path.startswith(href)) for label, href in found if href)


def may_open(name: str, person: Person | None, at: datetime | None) -> bool:
    """Whether a person may open a list; what is no list guards itself."""
    return name not in LISTS or (at is not None and LISTS[name].who(person, None, at))
