"""Pages of what was taken into measurement data."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from django import forms
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.oversight.readings.actions import receive
from secretariat.oversight.readings.filters import ExtractFilter
from secretariat.oversight.readings.forms import ExtractForm
from secretariat.oversight.readings.models import AlertExtract
from secretariat.oversight.who import operator_or_team
from secretariat.plain.months import Month


class AlertExtracts(ListPage):
    """The files of alerts that were taken in."""

    model = AlertExtract
    word, plural = "alert extract", "alert extracts"
    columns = (
        Column("month", "Month", "month", shown=lambda day: Month.of(day).label),
        Column("day", "Day", "day"),
        Column("rows", "Messages", "rows"),
        Column("restates", "Restates", "restates"),
        Column("recorded", "Taken in", "recorded"),
        class_column(),
    )
    filters = ExtractFilter
    order = "-month"
    about = "What was taken into the measurement data of alerts. A file is taken whole or not at all."
    empty = "No alerts were taken in that you may read of."
    day = "month"
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class ExtractPage(RecordPage):
    """One extract, and what was told of its rows."""

    model = AlertExtract
    word, plural = "alert extract", "alert extracts"

    def facts(self, record: AlertExtract) -> list[Fact]:
        """Its days, its file, and how many messages."""
        facts = [Fact("Messages", f"{record.rows:,}"), Fact("Times without an offset", record.get_clock_display())]
        facts += [Fact("File", record.file.name, record.file.get_absolute_url())] if record.file else []
        month = Month.of(record.month).iso
        return [*facts, Fact("Hash of the file", record.sha256), Fact("Month", month, self._volumes(month))]

    def _volumes(self, month: str) -> str:
        return f"{reverse('alert extracts')}?month={month}"

    def related(self, record: AlertExtract) -> list[Related]:
        """What was told of its rows."""
        rows: list[tuple[Any, ...]] = [(finding,) for finding in record.findings]
        return [Related("Told of its rows", ("Finding",), rows, "Nothing was wrong with them.")]


class ExtractEntry(EntryPage):
    """Takes a file of alerts in; every kind of fault is told, and then nothing is kept."""

    model = AlertExtract
    form_class = ExtractForm
    word, plural = "alert extract", "alert extracts"
    who: ClassVar[Who] = staticmethod(operator_or_team)

    def enter(self, record: AlertExtract, form: forms.ModelForm[Any], **told: Unpack[journal.Told]) -> None:
        """Receives the file."""
        upload = form.cleaned_data["upload"]
        receive(record, upload.name, upload.read(), **told)
