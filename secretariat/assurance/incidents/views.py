"""Pages of notices of incidents and vulnerabilities, and of the advisories that are made of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.assurance.incidents import readers
from secretariat.assurance.incidents.actions import name_readers
from secretariat.assurance.incidents.clocks import clocks
from secretariat.assurance.incidents.filters import AdvisoryFilter, SecurityNoticeFilter
from secretariat.assurance.incidents.forms import ReadersForm, SecurityNoticeForm
from secretariat.assurance.incidents.models import Advisory, NoticeKind, SecurityNotice, Severity
from secretariat.assurance.incidents.procedure import SECURITY_NOTICES, its_contact_or_team, security_team
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import day_words, instant, long_date


class SecurityNotices(ListPage):
    """The notices that name the reader."""

    model = SecurityNotice
    word, plural = "security notice", "security notices"
    filters = SecurityNoticeFilter
    columns = (
        Column("title", "What", "title"),
        Column("kind", "Kind", "kind", lambda value: str(NoticeKind(value).label)),
        Column("party", "Party", "party__name"),
        Column("clause", "Under", "clause"),
        Column("reported", "Reported", "reported_at"),
        Column("severity", "Severity", "severity", lambda value: str(Severity(value).label) if value else ""),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-reported_at"
    about = "Security incidents and vulnerabilities that Users notified. Each is Red: you see those that name you."
    empty = "No notice names you as a reader. A notice is given with the button; it is read by those it names alone."
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    enters: ClassVar[Who | None] = staticmethod(its_contact_or_team)


class SecurityNoticePage(RecordPage):
    """One notice, its clocks and its readers."""

    template = "assurance/security_notice.html"
    model = SecurityNotice
    word, plural = "security notice", "security notices"

    def facts(self, record: SecurityNotice) -> list[Fact]:
        """What happened, where, when, and what was made of it."""
        advisory = record.advisory
        told = (
            ("Reported by", str(record.reported_by) if record.reported_by else ""),
            ("Severity", record.get_severity_display() if record.severity else ""),
            ("Assessment", record.assessment), ("Outcome", record.outcome),
            ("Closed", day_words(record.closed_on)),
        )  # fmt: skip
        return [
            Fact("Party", str(record.party), record.party.get_absolute_url()),
            Fact("Notified under", record.clause),
            Fact("Found", instant(record.found_at)),
            Fact("A key is compromised", "yes" if record.keys_compromised else "no"),
            Fact("What happened", record.text),
            *(Fact(label, value) for label, value in told if value),
            *([Fact("Shared as", advisory.title, advisory.get_absolute_url())] if advisory else []),
        ]

    def related(self, record: SecurityNotice) -> list[Related]:
        """Its clocks with their working, and who reads it."""
        at = self.request.at
        running: list[tuple[Any, ...]] = [
            (one.what, instant(one.due), one.standing(at), f"{one.working} {one.rule.doubt}") for one in clocks(record)
        ]
        people: list[tuple[Any, ...]] = [(str(one),) for one in readers.named(record)]
        return [
            Related("Clocks", ("What", "By", "Standing", "Working"), running, "No clock runs before it is reported."),
            Related("Readers", ("Who reads it",), people, "It names nobody."),
        ]

    def context(self, record: SecurityNotice) -> dict[str, Any]:
        """Where further readers are named."""
        may = security_team(reader(self.request), record, self.request.at)
        return {"names": reverse("name readers of a notice", args=[record.pk]) if may else ""}


class SecurityNoticeEntry(EntryPage):
    """The secure form: reports an incident or a vulnerability."""

    model = SecurityNotice
    form_class = SecurityNoticeForm
    word, plural = "security notice", "security notices"
    who: ClassVar[Who] = staticmethod(its_contact_or_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Reports it in the person's own name."""
        if not its_contact_or_team(told["by"], record, told["at"]):
            raise Refused("You give notice for a party that you speak for.")
        record.reported_by = told["by"]
        SECURITY_NOTICES.take("report", record, **told)


class NameReaders(FormPage):
    """Names further readers of a notice."""

    model = SecurityNotice
    title = "Name readers"
    who: ClassVar[Who] = staticmethod(security_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """Who is to read it."""
        return ReadersForm(data)

    def save(self, record: Any, form: forms.Form) -> str:
        """Names them."""
        name_readers(record, form.cleaned_data["people"], **self.told())
        return str(record.get_absolute_url())


class Advisories(ListPage):
    """What Users are told of incidents and vulnerabilities, with nobody named."""

    model = Advisory
    word, plural = "security advisory", "security advisories"
    filters = AdvisoryFilter
    columns = (
        Column("title", "What", "title"),
        Column("severity", "Severity", "severity", lambda value: str(Severity(value).label)),
        Column("issued", "Issued", "issued_on"),
        class_column(),
    )
    order = "-issued_on"
    day = "issued_on"
    about = "What was learnt from incidents and vulnerabilities, for all Users; follow this list to hear of the next."
    empty = "No advisory was issued that you may read."


class AdvisoryPage(RecordPage):
    """One advisory."""

    model = Advisory
    word, plural = "security advisory", "security advisories"

    def facts(self, record: Advisory) -> list[Fact]:
        """How grave it is, since when, and its words."""
        return [
            Fact("Severity", record.get_severity_display()),
            Fact("Issued", long_date(record.issued_on)),
            Fact("What to know", record.text),
        ]
