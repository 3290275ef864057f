"""The shape of what is typed into the products room."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.products.models import CENTRAL, DeviceModel, ListVersion, ProductList


class ProductListForm(forms.ModelForm):  # type: ignore[type-arg]
    """A product list and the obligation behind it."""

    class Meta:
        model = ProductList
        fields = ("code", "name", "obligation_reference", "obligation", "created_by", "published_by", "position")


class ListVersionForm(forms.ModelForm):  # type: ignore[type-arg]
    """One published version of a list."""

    class Meta:
        model = ListVersion
        fields = ("list", "number", "published_on")


class DeviceModelForm(forms.ModelForm):  # type: ignore[type-arg]
    """One entry of the Central Products List."""

    class Meta:
        model = DeviceModel
        fields = (
            "entry_id", "device_type", "technical_specification", "manufacturer", "model", "firmware", "added_in",
        )  # fmt: skip
        labels: ClassVar[dict[str, str]] = {"added_in": "First held by"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        central = ListVersion.objects.filter(list__code=CENTRAL).select_related("list")
        self.fields["added_in"].queryset = central  # type: ignore[attr-defined]
