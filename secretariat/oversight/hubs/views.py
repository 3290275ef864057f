"""Lists and pages of the monthly counts, the categories of exceptions, and the triage of returned hubs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django_filters import FilterSet

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage
from secretariat.core.procedure import Who
from secretariat.oversight.hubs.filters import CategoryFilter, HubCountFilter, HubExceptionFilter, TriageFilter
from secretariat.oversight.hubs.forms import CategoryForm, TriageForm
from secretariat.oversight.hubs.intervals import sentence
from secretariat.oversight.hubs.models import ExceptionCategory, Flow, HubCount, HubException, MonthlyCount, TriageBatch
from secretariat.oversight.regions import Region
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import instant, long_date
from secretariat.plain.months import Month


def month_words(value: Any) -> str:
    """The month of its first day."""
    return Month.of(value).label


def region_words(value: str) -> str:
    """A region in words; all of them where none is told."""
    return str(Region(value).label) if value else "All"


class HubCounts(ListPage):
    """The counts of hubs that hold, unless superseded ones are asked for."""

    order = "-month"
    day = "month"
    model: ClassVar[type[MonthlyCount]] = HubCount
    word, plural = "hub count", "hub counts"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("month", "Month", "month", month_words),
        Column("region", "Region", "region", region_words),
        Column("flow", "What", "flow", lambda value: str(Flow(value).label)),
        Column("count", "Hubs", "count", numeric=True),
        Column("superseded_at", "Superseded", "superseded_at"),
        class_column(),
    )
    filters: ClassVar[type[FilterSet]] = HubCountFilter
    about = "Communications Hubs ordered, delivered, installed, decommissioned and returned, by month and region."
    empty = "The central service has returned no counts of hubs yet."
    loads = "hub-counts"

    def rows(self) -> Any:
        """Those that hold, unless the superseded are asked for."""
        rows: Any = super().rows()
        return rows if self.request.GET.get("superseded") else rows.current()


class HubExceptions(HubCounts):
    """The counts of exceptions."""

    model = HubException
    word, plural = "hub exception", "hub exceptions"
    columns = (
        Column("month", "Month", "month", month_words),
        Column("region", "Region", "region", region_words),
        Column("category", "Category", "category__name"),
        Column("cause", "Cause", "cause"),
        Column("count", "Exceptions", "count", numeric=True),
        Column("superseded_at", "Superseded", "superseded_at"),
        class_column(),
    )
    filters = HubExceptionFilter
    about = "Exceptions at the installation of Communications Hubs, by month, region, category and cause."
    empty = "The central service has returned no exceptions yet."
    loads = "hub-exceptions"


class HubCountPage(RecordPage):
    """One count."""

    model: ClassVar[type[MonthlyCount]] = HubCount
    word, plural = "hub count", "hub counts"

    def facts(self, record: MonthlyCount) -> list[Fact]:
        """What was counted, when and where, and whether it still holds."""
        facts = [
            Fact("Month", Month.of(record.month).label),
            Fact("Region", region_words(record.region)),
            Fact("How many", f"{record.count:,}"),
            Fact("Recorded", instant(record.recorded)),
        ]
        if record.superseded_at is not None:
            facts.append(Fact("Superseded", instant(record.superseded_at), note="A restated count took its place."))
        return facts


class HubExceptionPage(HubCountPage):
    """One count of exceptions."""

    model = HubException
    word, plural = "hub exception", "hub exceptions"

    def facts(self, record: Any) -> list[Fact]:
        """The category and cause besides."""
        category: ExceptionCategory = record.category
        return [
            Fact("Category", str(category), category.get_absolute_url()),
            Fact("Cause", record.cause or "not told"),
            *super().facts(record),
        ]


class ExceptionCategories(ListPage):
    """The categories of exceptions."""

    model = ExceptionCategory
    word, plural = "exception category", "exception categories"
    columns = (
        Column("name", "Category", "name"),
        Column("named_in", "Named in", "named_in"),
        Column("confirmed", "Confirmed", "confirmed"),
        class_column(),
    )
    filters = CategoryFilter
    order = "position"
    order_words = "in their order"
    about = "The kinds of exception at the installation of a Communications Hub, and which of them a document names."
    empty = "No category of exceptions is entered yet."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class ExceptionCategoryPage(RecordPage):
    """One category."""

    model = ExceptionCategory
    word, plural = "exception category", "exception categories"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: ExceptionCategory) -> list[Fact]:
        """Where it is named, and how sure we are."""
        doubt = "The central service uses it." if record.confirmed else "Proposed here; not confirmed by the DCC."
        return [
            Fact("Named in", record.named_in or "no document that was read"),
            Fact("Confirmed", "yes" if record.confirmed else "no", note=doubt),
            Fact("Counts", "Exceptions of it", f"{reverse('hub exceptions')}?category={record.pk}"),
        ]


class ExceptionCategoryEntry(EntryPage):
    """Enters or amends a category."""

    model = ExceptionCategory
    form_class = CategoryForm
    word, plural = "exception category", "exception categories"
    who: ClassVar[Who] = staticmethod(operator_or_team)


class TriageBatches(ListPage):
    """Returned hubs that were examined."""

    model = TriageBatch
    word, plural = "triage batch", "triage batches"
    columns = (
        Column("triaged_on", "Reported", "triaged_on"),
        Column("region", "Region", "region", region_words),
        Column("triaged", "Examined", "triaged", numeric=True),
        Column("faulty", "With a fault", "faulty", numeric=True),
        class_column(),
    )
    filters = TriageFilter
    order = "-triaged_on"
    day = "triaged_on"
    about = "Returned Communications Hubs that were examined, and in how many a fault was found."
    empty = "No triage is reported yet."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class TriageBatchPage(RecordPage):
    """One batch, with what it does and does not show."""

    model = TriageBatch
    word, plural = "triage batch", "triage batches"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: TriageBatch) -> list[Fact]:
        """The counts, and the share with its interval."""
        return [
            Fact("Reported", long_date(record.triaged_on), note=record.source),
            Fact("Region", region_words(record.region)),
            Fact("Returned by", record.returned_by or "not told"),
            Fact("Examined", f"{record.triaged:,}"),
            Fact("With a fault", f"{record.faulty:,}", note=sentence(record.faulty, record.triaged, "faulty")),
        ]


class TriageBatchEntry(EntryPage):
    """Enters or amends a batch."""

    model = TriageBatch
    form_class = TriageForm
    word, plural = "triage batch", "triage batches"
    who: ClassVar[Who] = staticmethod(operator_or_team)
