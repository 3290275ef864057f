"""Pages of what is told besides the lists: months without a version, reports of combinations, requests to determine."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from django import forms
from django.core.exceptions import ValidationError

from secretariat.core.capacities import anyone_signed_in, speaks_for
from secretariat.core.journal import Told
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, about, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month
from secretariat.products.publishing.filters import (
    CombinationReportFilter,
    MonthlyReturnFilter,
    TestingRequestFilter,
)
from secretariat.products.publishing.forms import CombinationReportForm, MonthlyReturnForm, TestingRequestForm
from secretariat.products.publishing.models import CombinationReport, MonthlyReturn, TestingRequest
from secretariat.products.publishing.procedure import DETERMINING
from secretariat.products.publishing.who import the_dcc_or_the_technical_team


class MonthsWithoutAVersion(ListPage):
    """The months that brought no new version of a list."""

    model = MonthlyReturn
    word, plural = "month without a version", "months without a version"
    columns = (
        Column("list", "List", "list__code"),
        Column("month", "Month", "month", shown=lambda day: Month.of(day).label),
        Column("note", "Note", "note"),
        class_column(),
    )
    filters = MonthlyReturnFilter
    order = "-month"
    about = "Months of which the DCC said that no new version of a list was supplied: that is itself reported (PRD-1)."
    empty = "No month is recorded as one that brought no new version."
    enters: ClassVar[Who | None] = staticmethod(the_dcc_or_the_technical_team)


class MonthWithoutAVersionPage(RecordPage):
    """One month without a new version of a list."""

    model = MonthlyReturn
    word, plural = "month without a version", "months without a version"

    def facts(self, record: MonthlyReturn) -> list[Fact]:
        """Its list, month and note."""
        return [
            Fact("List", str(record.list), record.list.get_absolute_url()),
            Fact("Month", Month.of(record.month).label),
            *([Fact("Note", record.note)] if record.note else []),
        ]


class MonthWithoutAVersionEntry(EntryPage):
    """Records that a month brought no new version."""

    model = MonthlyReturn
    form_class = MonthlyReturnForm
    word, plural = "month without a version", "months without a version"
    who: ClassVar[Who] = staticmethod(the_dcc_or_the_technical_team)

    def enter(self, record: MonthlyReturn, form: forms.ModelForm[Any], **told: Unpack[Told]) -> None:
        """Refuses a month that is not over."""
        if Month.of(record.month).last >= local_day(told["at"]):
            raise ValidationError("The month is not over: a version may still come.")
        super().enter(record, form, **told)


class CombinationReports(ListPage):
    """The numbered reports in which the DCC proposes combinations."""

    model = CombinationReport
    word, plural = "combination report", "combination reports"
    columns = (
        Column("number", "EPCL Report", "number", shown=str, numeric=True),
        Column("received_on", "Received", "received_on"),
        Column("proposes", "Proposes", "proposes"),
        Column("endorsed", "Endorsed by", "endorsed_in"),
        Column("approved", "Approved by", "approved_in"),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = CombinationReportFilter
    order = "-number"
    about = "The DCC's numbered reports on combinations of SMETS1 devices: endorsed by OPSG, approved by the Panel."
    empty = "No report of the DCC is recorded that you may read."
    day = "received_on"
    enters: ClassVar[Who | None] = staticmethod(the_dcc_or_the_technical_team)


class CombinationReportPage(RecordPage):
    """One report, and where it was endorsed and approved."""

    model = CombinationReport
    word, plural = "combination report", "combination reports"

    def facts(self, record: CombinationReport) -> list[Fact]:
        """What it proposes, and who decided."""
        refused = [Fact("Why it was refused", record.refused_because)] if record.refused_because else []
        return [
            Fact("Received", long_date(record.received_on)),
            Fact("Proposes", record.proposes),
            _decision("Endorsed by", record.endorsed_in, record.endorsed_kind, record.endorsed_id),
            _decision("Approved by", record.approved_in, record.approved_kind, record.approved_id),
            *refused,
        ]


def _decision(label: str, words: str, kind: str, record_id: int | None) -> Fact:
    """Where it was decided, with a link where the words name a record; its own page guards it."""
    found = about(kind, record_id) if kind and record_id is not None else None
    return Fact(label, words, found.get_absolute_url() if found is not None else "")


class CombinationReportEntry(EntryPage):
    """Records a report that came."""

    model = CombinationReport
    form_class = CombinationReportForm
    word, plural = "combination report", "combination reports"
    who: ClassVar[Who] = staticmethod(the_dcc_or_the_technical_team)
    begins = "receive"


class TestingRequests(ListPage):
    """Requests to determine whether testing is needed."""

    __test__ = False

    model = TestingRequest
    word, plural = "testing request", "testing requests"
    columns = (
        Column("models", "Device models", "models_named"),
        Column("provider", "Provider", "provider"),
        Column("asked_on", "Asked", "asked_on"),
        Column("needed", "Testing needed", "needed"),
        Column("determined_on", "Determined", "determined_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = TestingRequestFilter
    order = "-asked_on"
    about = "Requests that the DCC determine whether a combination of devices needs testing (Section H14.36A)."
    empty = "No request is recorded that you may read."
    day = "asked_on"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    enters: ClassVar[Who | None] = staticmethod(anyone_signed_in)


class TestingRequestPage(RecordPage):
    """One request, and what was determined."""

    __test__ = False

    model = TestingRequest
    word, plural = "testing request", "testing requests"

    def facts(self, record: TestingRequest) -> list[Fact]:
        """The combination, why it is asked, and the answer."""
        facts = [
            Fact("Device models", record.models_named),
            Fact("Communications service provider", record.provider),
            Fact("Why it is asked", record.why),
        ]
        facts += [Fact("Asked", long_date(record.asked_on))] if record.asked_on else []
        if record.determined_on is None:
            return facts
        answer = "Testing is needed" if record.needed else "No testing is needed"
        return [*facts, Fact("Determined", answer, note=long_date(record.determined_on)),
                Fact("The DCC's reasons", record.reasons)]  # fmt: skip


class TestingRequestEntry(EntryPage):
    """Asks; for the own party, where a person speaks for exactly one."""

    __test__ = False

    model = TestingRequest
    form_class = TestingRequestForm
    word, plural = "testing request", "testing requests"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def enter(self, record: TestingRequest, form: forms.ModelForm[Any], **told: Unpack[Told]) -> None:
        """Asks it."""
        record.asked_by = reader(self.request)
        parties = speaks_for(told["by"], told["at"])
        record.party_id = next(iter(parties)) if len(parties) == 1 else None
        DETERMINING.take("ask", record, **told)
