"""Pages of Shared Resource Providers, of the Users on them, and of the systems that these report (SEC-14)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.assurance.planning.filters import SharedProviderFilter, SystemsReportFilter
from secretariat.assurance.planning.forms import RelianceForm, SharedProviderForm, SystemsReportForm
from secretariat.assurance.planning.models import Reliance, SharedProvider, SystemsReport
from secretariat.assurance.planning.procedure import asker, security_team
from secretariat.assurance.planning.shared import owed
from secretariat.core import journal
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.register.forms import offer_own_parties
from secretariat.register.models import Party


class SharedProviders(ListPage):
    """The shared providers that the person may read."""

    model = SharedProvider
    word, plural = "shared resource provider", "shared resource providers"
    filters = SharedProviderFilter
    about = "Security systems that several Users use: assessed once, so that less of each User is assessed."
    empty = "No Shared Resource Provider is entered that you may read."
    columns = (Column("name", "Name", "name"), Column("shares", "What is shared", "shares"), class_column())
    order = "name"
    order_words = "by name"
    enters: ClassVar[Who | None] = staticmethod(security_team)


class SharedProviderPage(RecordPage):
    """One provider, the Users that rely on it, and which of them owe a number."""

    model = SharedProvider
    word, plural = "shared resource provider", "shared resource providers"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: SharedProvider) -> list[Fact]:
        """What is shared, and how often its Users report."""
        months = RULEBOOK.entry("assessment.systems_report_months", local_day(self.request.at))
        facts = [
            Fact("What is shared", record.shares),
            Fact("Its Users report their systems", f"every {months.value} months", note=months.doubt),
        ]
        if security_team(reader(self.request), record, self.request.at):
            href = reverse("shared resource provider-user", args=[record.pk])
            facts.append(Fact("Its Users", "enter one that relies on it", href))
        return facts

    def related(self, record: SharedProvider) -> list[Related]:
        """The Users on it, with what is left out of their assessments."""
        today = local_day(self.request.at)
        rows: list[tuple[Any, ...]] = []
        for one in record.users.select_related("party"):
            late = owed(one.party_id, today) if one.to_day is None else None
            rows.append((
                Crumb(one.party.name, one.party.get_absolute_url()), long_date(one.from_day),
                long_date(one.to_day) if one.to_day else "further notice", one.left_out,
                f"as at {long_date(late.as_at)}, due {long_date(late.due)}" if late else "nothing",
            ))  # fmt: skip
        heads = ("User", "From", "Until", "Left out of its assessments", "Owes a number")
        return [Related("Users that rely on it", heads, rows, "None is entered.")]


class SharedProviderEntry(EntryPage):
    """Enters or amends a provider."""

    model = SharedProvider
    form_class = SharedProviderForm
    word, plural = "shared resource provider", "shared resource providers"
    who: ClassVar[Who] = staticmethod(security_team)


class RelianceEntry(FormPage):
    """Enters a User that relies on a provider."""

    model = SharedProvider
    title = "Enter a User that relies on it"
    who: ClassVar[Who] = staticmethod(security_team)

    def form(self, record: SharedProvider, data: Any = None, files: Any = None) -> forms.Form:
        """The form."""
        return RelianceForm(data, initial={"from_day": local_day(self.request.at)})

    def save(self, record: SharedProvider, form: forms.Form) -> str:
        """Enters it."""
        told = self.told()
        journal.enter(Reliance(provider=record, recorded=told["recorded"], **form.cleaned_data), **told)
        return record.get_absolute_url()


class SystemsReports(ListPage):
    """The numbers of systems that Users reported."""

    model = SystemsReport
    word, plural = "systems report", "systems reports"
    filters = SystemsReportFilter
    about = "How many smart metering systems Users have, as they report it every half-year. A party sees its own."
    empty = "No number is reported that you may read."
    columns = (
        Column("party", "Party", "party__name"),
        Column("as_at", "As at", "as_at"),
        Column("systems", "Smart metering systems", "systems", numeric=True),
        Column("reported_on", "Reported", "reported_on"),
        class_column(),
    )
    order = "-as_at"
    day = "as_at"
    enters: ClassVar[Who | None] = staticmethod(asker)


class SystemsReportPage(RecordPage):
    """One number."""

    model = SystemsReport
    word, plural = "systems report", "systems reports"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: SystemsReport) -> list[Fact]:
        """The number, and the threshold that it is held against."""
        threshold = RULEBOOK.entry("assessment.cycle_threshold", record.as_at)
        return [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("Smart metering systems", record.systems),
            Fact("As at", long_date(record.as_at)),
            Fact("Reported on", long_date(record.reported_on)),
            Fact(threshold.meaning, threshold.value, note=f"{threshold.doubt} {threshold.note}".strip()),
        ]


class SystemsReportEntry(EntryPage):
    """Reports a number; a party's contact reports that of the own party."""

    model = SystemsReport
    form_class = SystemsReportForm
    word, plural = "systems report", "systems reports"
    who: ClassVar[Who] = staticmethod(asker)

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> Any:
        form.fields["party"].queryset = Party.objects.filter(left_on__isnull=True, is_dcc=False)  # type: ignore[attr-defined]
        offer_own_parties(form, reader(self.request), self.request.at)
        return super()._form(form, record, status)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Keeps it with the day of its reporting."""
        record.reported_on = local_day(told["at"])
        journal.enter(record, **told)
