"""What can be asked of the lists, their versions and rows, and of combinations."""

from __future__ import annotations

import re
from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.products.models import ListVersion, ProductList
from secretariat.products.publishing.models import (
    APPROVED,
    ASKED,
    DETERMINED,
    ENDORSED,
    LOADED,
    PREPARED,
    PUBLISHED,
    RECEIVED,
    REFUSED,
    WITHDRAWN,
    CombinationReport,
    ListRow,
    MonthlyReturn,
    PreparedVersion,
    TestingRequest,
)


def _list_filter() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(queryset=ProductList.objects.all(), to_field_name="code", label="List")


def _state_filter(*states: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in states], label="State")


class ProductListFilter(django_filters.FilterSet):
    """Choices among the product lists."""

    text = TextFilter("code", "name", "obligation")

    class Meta:
        model = ProductList
        fields = ()


class ListVersionFilter(django_filters.FilterSet):
    """Choices among versions."""

    list = _list_filter()
    published = MonthFilter("published_on", label="Published in")
    kept = django_filters.ChoiceFilter(
        choices=(("yes", "Yes"), ("no", "No")), method="with_content", label="Content kept here"
    )

    class Meta:
        model = ListVersion
        fields = ()

    def with_content(self, rows: Any, name: str, value: str) -> Any:
        """The versions whose content is kept here, or those of which only number and day are known."""
        return rows.exclude(sha256="") if value == "yes" else rows.filter(sha256="")


class ListRowFilter(django_filters.FilterSet):
    """Choices among the rows of all versions; a version is told as its number."""

    list = _list_filter()
    version = django_filters.NumberFilter(method="held_by", label="Held by version")
    text = TextFilter("key")

    class Meta:
        model = ListRow
        fields = ()

    def held_by(self, rows: Any, name: str, value: Any) -> Any:
        """The rows that a version of this number holds."""
        standing = rows.filter(from_number__lte=value)
        return standing.exclude(to_number__lt=value)


class PreparedVersionFilter(django_filters.FilterSet):
    """Choices among versions that are prepared."""

    list = _list_filter()
    state = _state_filter(PREPARED, PUBLISHED, LOADED, WITHDRAWN)

    class Meta:
        model = PreparedVersion
        fields = ()


class MonthlyReturnFilter(django_filters.FilterSet):
    """Choices among months without a new version."""

    list = _list_filter()
    month = MonthFilter("month", label="Month")

    class Meta:
        model = MonthlyReturn
        fields = ()


class CombinationReportFilter(django_filters.FilterSet):
    """Choices among the DCC's reports."""

    text = TextFilter("proposes")
    state = _state_filter(RECEIVED, ENDORSED, APPROVED, REFUSED)
    received = MonthFilter("received_on", label="Received in")

    class Meta:
        model = CombinationReport
        fields = ()


class TestingRequestFilter(django_filters.FilterSet):
    """Choices among requests."""

    __test__ = False

    text = TextFilter("models_named", "provider")
    state = _state_filter(ASKED, DETERMINED, WITHDRAWN)

    class Meta:
        model = TestingRequest
        fields = ()


def number_of(text: str) -> int | None:
    """The number of a version as an address has it; none where it is no number."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None
