"""The shape of what is typed about versions of the lists, months without one, and combinations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.core.filters import MonthField
from secretariat.plain.months import Month
from secretariat.products.models import ListVersion, ProductList
from secretariat.products.publishing.models import CombinationReport, MonthlyReturn, TestingRequest
from secretariat.products.publishing.shapes import entry_ids


class ProductListForm(forms.ModelForm):  # type: ignore[type-arg]
    """A product list and the obligation behind it; its code is part of the addresses of its versions."""

    code = forms.SlugField(max_length=8)

    class Meta:
        model = ProductList
        fields = ("code", "name", "obligation_reference", "obligation", "created_by", "published_by", "position")


class ListVersionForm(forms.ModelForm):  # type: ignore[type-arg]
    """One version whose content is not kept here."""

    class Meta:
        model = ListVersion
        fields = ("list", "number", "published_on")


class NoteForm(forms.Form):
    """What readers are told of a version of the Central list."""

    note = forms.CharField(max_length=500, required=False, label="What readers are told of this version")


class FileForm(NoteForm):
    """The DCC's file of a list."""

    file = forms.FileField(help_text="CSV (UTF-8) or XLSX with the columns below in its first row: the whole list.")
    field_order = ("file", "note")


class MonthlyReturnForm(forms.ModelForm):  # type: ignore[type-arg]
    """That a month brought no new version of a list."""

    month = MonthField(help_text="As 2020-02.")

    class Meta:
        model = MonthlyReturn
        fields = ("list", "month", "note")

    def clean_month(self) -> date | None:
        """The first day of the month typed."""
        month: Month | None = self.cleaned_data["month"]
        return month.first if month else None


class CombinationReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """A report of the DCC."""

    class Meta:
        model = CombinationReport
        fields = ("number", "received_on", "proposes")


class TestingRequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """A combination of devices, and why it is asked about."""

    __test__ = False

    class Meta:
        model = TestingRequest
        fields = ("models_named", "provider", "why")

    def clean_models_named(self) -> Any:
        """The CPL Entry IDs, each once and in order."""
        try:
            return entry_ids(self.cleaned_data["models_named"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
