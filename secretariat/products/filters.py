"""The choices offered on the lists of the products room."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.products.models import DeviceModel, DeviceType, ListVersion, ProductList


class ProductListFilter(django_filters.FilterSet):
    """Choices among the product lists."""

    text = TextFilter("code", "name", "obligation")

    class Meta:
        model = ProductList
        fields = ()


class ListVersionFilter(django_filters.FilterSet):
    """Choices among versions."""

    list = django_filters.ModelChoiceFilter(queryset=ProductList.objects.all(), to_field_name="code", label="List")
    published = MonthFilter("published_on", label="Published in")

    class Meta:
        model = ListVersion
        fields = ()


class DeviceModelFilter(django_filters.FilterSet):
    """Choices among device models."""

    text = TextFilter("entry_id", "manufacturer", "model", "firmware")
    device_type = django_filters.ChoiceFilter(choices=DeviceType.choices, label="Device type")
    specification = django_filters.CharFilter("technical_specification", "startswith", label="Technical specification")
    added = MonthFilter("added_in__published_on", label="Added in")

    class Meta:
        model = DeviceModel
        fields = ()
