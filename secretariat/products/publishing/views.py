"""Pages of the lists: what the code obliges to be kept, and every version with its rows, files and signatures."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.plain.dates import instant_words, local_day
from secretariat.products.models import CENTRAL, ListVersion, ProductList
from secretariat.products.publishing import page
from secretariat.products.publishing.actions import between
from secretariat.products.publishing.filters import ListVersionFilter, ProductListFilter
from secretariat.products.publishing.forms import ListVersionForm, ProductListForm
from secretariat.products.publishing.models import PreparedVersion, newest_kept
from secretariat.products.publishing.shapes import ELIGIBLE, PENDING_COMBINATIONS, SHAPES
from secretariat.products.publishing.who import technical_team, who_makes_the_list

SHOWN_VERSIONS = 24
BESIDE = {
    ELIGIBLE: ("Proposed in", "the DCC's reports", "combination reports"),
    PENDING_COMBINATIONS: ("Is testing needed?", "Ask the DCC to determine it", "testing request-new"),
}
"""What stands beside a list: its label, its words and where it is."""


def may_amend(person: Person | None, record: Any, at: datetime) -> bool:
    """The technical team, of a version whose content is not kept here; what was published here stays as it is."""
    return technical_team(person, record, at) and not (isinstance(record, ListVersion) and record.is_kept)


class ProductLists(ListPage):
    """The lists that the code obliges to be kept."""

    model = ProductList
    word, plural = "product list", "product lists"
    columns = (
        Column("code", "Code", "code"),
        Column("name", "List", "name"),
        Column("obligation_reference", "Code section", "obligation_reference"),
        Column("created_by", "Created by", "created_by"),
        Column("published_by", "Published by", "published_by"),
    )
    filters = ProductListFilter
    link = "code"
    order = "position"
    order_words = "in the order of the monthly paper"
    about = "The product lists that the code obliges to be kept, and by whom."
    enters: ClassVar[Who | None] = staticmethod(technical_team)


class ProductListPage(RecordPage):
    """One list: the obligation, its newest versions, and the months that brought none."""

    template = "products/publishing/product_list.html"
    model = ProductList
    word, plural, key = "product list", "product lists", "code"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: ProductList) -> list[Fact]:
        """The obligation, and who creates and publishes."""
        facts = [
            Fact("Code section", record.obligation_reference),
            Fact("Obligation", record.obligation),
            Fact("Created by", record.created_by),
            Fact("Published by", record.published_by),
        ]
        if record.code in BESIDE:
            label, words, name = BESIDE[record.code]
            facts.append(Fact(label, words, reverse(name)))
        if (newest := newest_kept(record)) is None:
            return facts
        latest = reverse("latest version of a list", args=[record.code.lower(), "csv"])
        return [*facts, Fact("Newest version", str(newest), newest.get_absolute_url()),
                Fact("Always the newest", "as a file at an address that does not change", latest)]  # fmt: skip

    def related(self, record: ProductList) -> list[Related]:
        """The newest versions, and the months without one."""
        returns = record.returns.all().visible_to(reader(self.request), self.request.at)[: page.SHOWN]
        rows: list[tuple[Any, ...]] = [(one, one.note) for one in returns]
        empty = "No month is recorded as one that brought no new version."
        href = f"{reverse('months without a version')}?list={record.code}"
        return [
            page.versions_table(record, SHOWN_VERSIONS),
            Related("Months without a new version", ("Month", "Note"), rows, empty, href),
        ]

    def context(self, record: ProductList) -> dict[str, Any]:
        """What may be done with the list."""
        person, at, code = reader(self.request), self.request.at, record.code.lower()
        of_it = PreparedVersion(list=record)
        makes = record.code in SHAPES and who_makes_the_list(person, of_it, at)
        compares = record.versions.exclude(sha256="").exists()
        return {
            "prepare": reverse("prepare a version", args=[code]) if makes else "",
            "compare": reverse("compare versions", args=[code]) if compares else "",
            "firmware": reverse("firmware information") if compares and record.code == CENTRAL else "",
        }


class ProductListEntry(EntryPage):
    """Enters or amends a product list."""

    model = ProductList
    form_class = ProductListForm
    word, plural, key = "product list", "product lists", "code"
    who: ClassVar[Who] = staticmethod(technical_team)


class ListVersions(ListPage):
    """Every published version of every list."""

    model = ListVersion
    word, plural = "list version", "list versions"
    columns = (
        Column("list", "List", "list__code"),
        Column("number", "Version", "number", shown=str, numeric=True),
        Column("published_on", "Published", "published_on"),
        Column("rows", "Rows", "holds", numeric=True),
        Column("loaded", "Loaded by the DCC", "loaded_at", shown=instant_words),
        class_column(),
    )
    filters = ListVersionFilter
    order = "-published_on"
    about = "The versions of the product lists that were published."
    empty = "No version of a product list is recorded yet."
    day = "published_on"
    enters: ClassVar[Who | None] = staticmethod(technical_team)
    loads = "list-versions"


class ListVersionPage(RecordPage):
    """One version: its days, its files, what it changed, and the device models that it was the first to hold."""

    template = "products/publishing/list_version.html"
    model = ListVersion
    word, plural = "list version", "list versions"
    editors: ClassVar[Who | None] = staticmethod(may_amend)

    def facts(self, record: ListVersion) -> list[Fact]:
        """Its list, number, days and hash."""
        return page.version_facts(record, self.request.at)

    def related(self, record: ListVersion) -> list[Related]:
        """Its files, what it changed, and the device models that it added."""
        tables = page.file_table(record)
        before = kept_before(record)
        if record.is_kept:
            title = f"What it changed since version {before.number}" if before else "What the first version holds"
            href = page.compare_address(record.list, before, record) if before else ""
            tables += [page.difference_table(title, between(before, record), "Nothing.", href)]
        added = record.models_added.visible_to(reader(self.request), self.request.at).order_by("entry_id")
        rows: list[tuple[Any, ...]] = [
            (Crumb(one.entry_id, one.get_absolute_url()), one.device_type, one.technical_specification,
             one.manufacturer, one.model)
            for one in added[: page.SHOWN]
        ]  # fmt: skip
        heads = ("CPL Entry ID", "Device type", "Technical specification", "Manufacturer", "Model")
        return [*tables, Related("Device models added", heads, rows, "This version added no device model.")]

    def context(self, record: ListVersion) -> dict[str, Any]:
        """How its files are checked, and the versions beside it."""
        beside = ListVersion.objects.filter(list=record.list).select_related("list")
        numbers = {"earlier": record.number - 1, "later": record.number + 1}
        found = {one.number: one for one in beside.filter(number__in=numbers.values())}
        kept = record.is_kept
        return {
            "check": page.check_line(record) if kept else "",
            "again": reverse("version made again", args=[record.list.code.lower(), record.number]) if kept else "",
            **{name: found.get(number) for name, number in numbers.items()},
        }


def kept_before(version: ListVersion) -> ListVersion | None:
    """The version before this one whose content is kept here."""
    rows: Any = ListVersion.objects.filter(list=version.list, number__lt=version.number).exclude(sha256="")
    found: ListVersion | None = rows.select_related("list").order_by("-number").first()
    return found


class VersionOfAList(ListVersionPage):
    """The same at the address that list and number make."""

    def get(self, request: HttpRequest, code: str, number: int) -> HttpResponse:  # type: ignore[override]
        """The version's page."""
        return super().get(request, str(version_named(self, code, number).pk))


class ListVersionEntry(EntryPage):
    """Enters or amends a version whose content is not kept here."""

    model = ListVersion
    form_class = ListVersionForm
    word, plural = "list version", "list versions"
    who: ClassVar[Who] = staticmethod(technical_team)

    def _record(self, key: str) -> Any | None:
        record = super()._record(key)
        if record is not None and record.is_kept:
            raise PermissionDenied("What was published here stays as it is: publish another version.")
        return record

    def enter(self, record: ListVersion, form: forms.ModelForm[Any], **told: Any) -> None:
        """Refuses a version that is said to be published on a day to come."""
        if record.published_on > local_day(told["recorded"]):
            raise ValidationError("A version is recorded once it is published, not before.")
        super().enter(record, form, **told)


def version_named(page: Page, code: str, number: int) -> ListVersion:
    """The version that an address names, if the reader of a page may read it. Raises Http404."""
    rows: Any = ListVersion.objects.filter(list__code__iexact=code, number=number).select_related("list")
    found: ListVersion | None = rows.visible_to(reader(page.request), page.request.at).first()
    if found is None:
        raise Http404("There is no such version that you may read.")
    return found


def list_named(page: Page, code: str) -> ProductList:
    """The list that an address names, if the reader of a page may read it. Raises Http404."""
    rows: Any = ProductList.objects.filter(code__iexact=code)
    found: ProductList | None = rows.visible_to(reader(page.request), page.request.at).first()
    if found is None:
        raise Http404("There is no such list that you may read.")
    return found
