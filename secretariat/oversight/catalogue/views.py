"""Pages of the catalogue of services."""

from __future__ import annotations

from typing import Any, ClassVar

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.oversight.catalogue.filters import ServiceRequestFilter
from secretariat.oversight.catalogue.forms import ServiceRequestForm
from secretariat.oversight.catalogue.models import ROLES, ServiceRequest
from secretariat.oversight.who import technical_team
from secretariat.plain.dates import day_words, long_date


def known(value: bool | None) -> str:
    """Yes, no, or that it is not known."""
    return "not known" if value is None else "yes" if value else "no"


class ServiceRequests(ListPage):
    """The variants of every service."""

    model = ServiceRequest
    word, plural = "service request", "service requests"
    filters = ServiceRequestFilter
    columns = (
        Column("reference", "Variant", "reference"),
        Column("name", "Name", "name"),
        Column("roles", "User Roles", "roles"),
        Column("critical", "Critical", "critical", known),
        Column("on_demand", "On demand", "on_demand", known),
        Column("future_dated", "Future dated", "future_dated", known),
        Column("scheduled", "Scheduled with the DCC", "scheduled", known),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("mark", "How sure", "mark"),
        class_column(),
    )
    order = "place"
    order_words = "by number"
    about = "Which Service Request Variants there are, who may send each, and which can be scheduled with the DCC."
    empty = "No service is entered; load the DCC's table of services."
    enters: ClassVar[Who | None] = staticmethod(technical_team)
    loads = "service-requests"


class ServiceRequestPage(RecordPage):
    """One variant, and what it was before."""

    model = ServiceRequest
    word, plural = "service request", "service requests"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: ServiceRequest) -> list[Fact]:
        """Who may send it, how, and how sure we are."""
        roles = ", ".join(ROLES[code] for code in record.role_codes) or "not known"
        return [
            Fact("Variant", record.reference),
            Fact("User Roles", roles),
            Fact("Critical", known(record.critical)),
            Fact("On demand", known(record.on_demand)),
            Fact("Future dated", known(record.future_dated)),
            Fact("Can be scheduled with the DCC", known(record.scheduled)),
            Fact("From", long_date(record.from_day)),
            *([Fact("Until", long_date(record.to_day))] if record.to_day else []),
            Fact("Source", record.source, note=record.doubt),
        ]

    def related(self, record: ServiceRequest) -> list[Related]:
        """Every row of the variant."""
        found: Any = ServiceRequest.objects.filter(reference=record.reference).exclude(pk=record.pk)
        rows: list[tuple[Any, ...]] = [
            (one.name, long_date(one.from_day), day_words(one.to_day), known(one.scheduled))
            for one in found.visible_to(reader(self.request), self.request.at)
        ]
        heads = ("Name", "From", "Until", "Scheduled with the DCC")
        return [Related("At other times", heads, rows, "It was never otherwise, as far as is recorded.")]


class ServiceRequestEntry(EntryPage):
    """Enters or amends a variant."""

    model = ServiceRequest
    form_class = ServiceRequestForm
    word, plural = "service request", "service requests"
    who: ClassVar[Who] = staticmethod(technical_team)
