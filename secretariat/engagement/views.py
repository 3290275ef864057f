"""Pages of portal users and of the months of the website."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse

from secretariat.core.capacities import team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage
from secretariat.core.people import Team
from secretariat.core.procedure import Who
from secretariat.engagement.filters import PortalUserFilter, WebsiteMonthFilter
from secretariat.engagement.forms import PortalUserForm, WebsiteMonthForm
from secretariat.engagement.models import PortalUser, WebsiteMonth
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month

party_support = team(Team.PARTY_SUPPORT)


class PortalUsers(ListPage):
    """The list of portal users."""

    model = PortalUser
    word, plural = "portal user", "portal users"
    filters = PortalUserFilter
    about = "Accounts on the portal, by category of organisation."
    columns = (
        Column("code", "Account", "code"),
        Column("category", "Category", "category__name"),
        Column("registered_on", "Registered", "registered_on"),
        Column("closed_on", "Closed", "closed_on"),
        class_column(),
    )
    link = "code"
    order, order_words = "code", "by account code"
    day = "registered_on"
    enters: ClassVar[Who] = staticmethod(party_support)
    loads = "portal-users"


class PortalUserPage(RecordPage):
    """One account."""

    model = PortalUser
    word, plural, key = "portal user", "portal users", "code"
    editors: ClassVar[Who] = staticmethod(party_support)

    def facts(self, record: PortalUser) -> list[Fact]:
        """Its category and its dates."""
        closed = long_date(record.closed_on) if record.closed_on else "open"
        registered = Fact("Registered", long_date(record.registered_on))
        return [Fact("Category", record.category.name), registered, Fact("Closed", closed)]


class PortalUserEntry(EntryPage):
    """Enters or amends an account."""

    model = PortalUser
    form_class = PortalUserForm
    word, plural, key = "portal user", "portal users", "code"
    who: ClassVar[Who] = staticmethod(party_support)


class WebsiteMonths(ListPage):
    """The list of months of the website."""

    model = WebsiteMonth
    word, plural = "website month", "website months"
    filters = WebsiteMonthFilter
    template = "engagement/website/months.html"
    about = "How the website was used, month by month."
    empty = "No month of the website is recorded yet."
    columns = (
        Column("month", "Month", "month", shown=lambda first: Month.of(first).label),
        Column("visits", "Visits", "visits", numeric=True),
        Column("page_views", "Page views", "page_views", numeric=True),
        Column("new_visitors", "New visitors", "new_visitors", numeric=True),
        Column("returning_visitors", "Returning visitors", "returning_visitors", numeric=True),
        class_column(),
    )
    link = "month"
    order = "-month"
    day = "month"
    enters: ClassVar[Who] = staticmethod(party_support)
    loads = "website-months"


class WebsiteMonthPage(RecordPage):
    """One month of the website."""

    model = WebsiteMonth
    word, plural, key = "website month", "website months", "month"
    editors: ClassVar[Who] = staticmethod(party_support)

    def facts(self, record: WebsiteMonth) -> list[Fact]:
        """Its numbers, as far as they are known."""
        visitors = ((record.new_visitors, "New visitors"), (record.returning_visitors, "Returning visitors"))
        known = [Fact(label, f"{number:,}") for number, label in visitors if number is not None]
        visits = [Fact("Visits", f"{record.visits:,}"), Fact("Page views", f"{record.page_views:,}")]
        how = "By the website itself" if record.counted else "By whoever told it"
        return [*visits, *known, Fact("Counted", how, reverse("how visits are counted"))]


class WebsiteMonthEntry(EntryPage):
    """Enters or amends a month."""

    model = WebsiteMonth
    form_class = WebsiteMonthForm
    word, plural, key = "website month", "website months", "month"
    who: ClassVar[Who] = staticmethod(party_support)
