"""Areas of the work whose pages are too many for the navigation: a page each that says what is where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.lists import LISTS
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.site.words import address_or_none


@dataclass(frozen=True)
class Place:
    """One page of an area: its label, the name of its address, and what one finds there."""

    label: str
    name: str
    about: str


@dataclass(frozen=True)
class Area:
    """Some pages that belong together, in groups by their headings."""

    slug: str
    label: str
    about: str
    groups: dict[str, tuple[Place, ...]]

    @property
    def address(self) -> str:
        """Where its page is."""
        return reverse("area", args=[self.slug])

    def open_to(self, person: Person | None, at: datetime | None) -> dict[str, tuple[tuple[Place, str], ...]]:
        """The places that a person may open at an instant, with their addresses; no empty group."""
        found = {
            heading: tuple(
                (place, href)
                for place in places
                if may_open(place.name, person, at) and (href := address_or_none(place.name))
            )
            for heading, places in self.groups.items()
        }
        return {heading: places for heading, places in found.items() if places}

    def hrefs(self, person: Person | None, at: datetime | None) -> list[str]:
        """The addresses of the places that a person may open."""
        return [href for places in self.open_to(person, at).values() for _, href in places]


PRODUCTS = Area(
    "products", "Products", "What may be installed: lists of certified products, and what becomes of them.",
    {"": (
        Place("Product lists", "product lists", "Every list with its numbered versions, each as a signed file."),
        Place("Certificates", "certificates", "Certificates of device models, and when they end."),
        Place("Check your devices", "device check", "Which of your devices were on the list on a day."),
        Place("Product submissions", "product submissions", "Device models put forward for the list."),
        Place("Remediations", "remediations", "Certificates that end, and what suppliers do about their devices."),
    )},
)  # fmt: skip
CENTRAL_SERVICE = Area(
    "central-service", "Central service", "How the DCC's service performs, and what holds it to account.",
    {
        "Performance": (
            Place("Service performance", "newest service performance", "Each measure, month by month, against its "
                  "target and minimum."),
            Place("Performance returns", "performance returns", "What the DCC sent in, checked cell by cell."),
            Place("Performance commitments", "performance commitments", "What was promised by when, and what the "
                  "trend says."),
            Place("Performance schemes", "performance schemes", "What is at stake, scored from the same facts."),
        ),
        "Devices and hubs": (
            Place("Device tracker", "tracker entries", "Device models that send alerts they should not, and who mends "
                  "them by when."),
            Place("Alerts", "alert volumes", "Alerts of devices by region, code, model and day; storms; effects of "
                  "firmware."),
            Place("Communications Hubs", "communications hubs", "Orders, installs, exceptions, returns and what "
                  "triage found."),
        ),
        "Incidents": (
            Place("Service incidents", "service incidents", "Incidents with their categories, clocks and owners."),
            Place("Aged incident categories", "aged incident categories", "What has stood long, and on whose side."),
            Place("Major incident reviews", "major incident reviews", "What went wrong, and the lessons."),
        ),
        "Migration, testing and change": (
            Place("SMETS1 combinations", "device model combinations", "First-generation meters: cohorts, migrations, "
                  "readiness for live service."),
            Place("Test plan", "test plan", "Programmes under test, where they overlap, and their documents."),
            Place("Maintenance", "maintenance windows", "When the service is down on purpose."),
            Place("Services", "service requests", "Every Service Request: for which roles, and which can be "
                  "scheduled."),
            Place("Incentive milestones", "incentive milestones", "What the DCC is paid for reaching."),
            Place("Joint plan", "joint plan milestones", "The industry's plan, and what moved it."),
        ),
        "Between parties": (
            Place("Party differences", "party differences", "Differences between a party and the DCC, step by step."),
            Place("Registration data issues", "registration data issues", "Data that does not agree, with examples "
                  "and owners."),
        ),
    },
)  # fmt: skip
GUIDANCE = Area(
    "guidance-and-events", "Guidance and events", "What the administrator tells the industry, and where it meets it.",
    {
        "To read": (
            Place("Guidance", "articles", "Guidance notes, news, vacancies and briefings, each with its next review."),
            Place("Questions", "questions", "What is asked often, with its source."),
            Place("Glossary", "glossary", "The field's words and abbreviations."),
            Place("Newsletters", "newsletters", "Each issue, and how to have the next one sent."),
        ),
        "To take part": (
            Place("Ask the helpdesk", "ask", "A question to the helpdesk, with or without an account."),
            Place("Events", "engagement events", "Engagement days, webinars and question hours, with places left."),
            Place("Surveys", "surveys", "What is asked of the industry, and what came of it."),
            Place("Operations contacts", "operations contacts", "Whom to tell when energy supply is at stake."),
            Place("Ask for an account", "ask for an account", "To sign in for a party or a committee."),
        ),
        "Behind it": (
            Place("Articles to look at", "article reviews", "Articles whose owner is to say that they still hold."),
            Place("Accounts asked for", "account requests", "Who asked for an account."),
            Place("Newsletter readers", "newsletter subscribers", "Who reads what, and how often."),
            Place("Registrations", "registrations", "Places at events, and who waits for one."),
            Place("Portal users", "portal users", "Users of the code's portal by category."),
            Place("Pages seen", "view counts", "Visits and page views, counted without cookies."),
            Place("How visits are counted", "how visits are counted", "What a visit is, and what is not kept."),
        ),
    },
)  # fmt: skip
EFFORT = Area(
    "effort-and-budget", "Effort and budget", "What the administration costs, and what it spends its days on.",
    {"": (
        Place("Budget", "budgets", "Each Regulatory Year's budget from its draft to the day from which it holds."),
        Place("Months of the budget", "budget months", "Spend against plan, with what explains the difference."),
        Place("Projects", "projects", "Projects with their milestones, and why these moved."),
        Place("Procurements", "procurements", "Tenders from their documents to the award."),
        Place("Expenses", "expenses claims", "Claims with their receipts, from sent in to paid."),
        Place("Spend", "spend entries", "What was spent, line by line."),
        Place("Timesheets", "day entries", "Days by driver, as they were entered."),
    )},
)  # fmt: skip
AREAS = {area.slug: area for area in (PRODUCTS, CENTRAL_SERVICE, GUIDANCE, EFFORT)}


def may_open(name: str, person: Person | None, at: datetime | None) -> bool:
    """Whether a person may open a list; what is no list guards itself."""
    return name not in LISTS or (at is not None and LISTS[name].who(person, None, at))


class AreaPage(Page):
    """What is where in one area of the work."""

    template = "site/area.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The places that the reader may open."""
        if slug not in AREAS:
            raise Http404(f"There is no area {slug}.")
        area = AREAS[slug]
        crumbs = (Crumb(area.label),)
        return self.shown(
            {"crumbs": crumbs, "area": area, "groups": area.open_to(reader(self.request), self.request.at)}
        )
