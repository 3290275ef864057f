"""The calendar of certificates, and the forms about one certificate, remediation or plan."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.filters import MonthField
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.products.certificates.actions import amend, answer, ask, notice_text, renew, tell_all, withdraw
from secretariat.products.certificates.forms import (
    AnswerForm,
    AskForm,
    CertificateForm,
    NoticeForm,
    RenewalForm,
    WithdrawalForm,
)
from secretariat.products.certificates.life import MONTHS_AHEAD, by_month, standing, warning
from secretariat.products.certificates.models import PlanRequest, Remediation
from secretariat.products.certificates.procedure import security_or_technical, the_supplier_or_the_team
from secretariat.products.models import LISTED, Certificate, Scheme

YEARS = (2000, 2900)
"""The years that the calendar shows; no certificate is older than the code's devices."""


class CalendarForm(forms.Form):
    """From which month on, and of which scheme."""

    month = MonthField(required=False, label="From month", help_text="As 2020-02; a year is shown.")
    scheme = forms.ChoiceField(choices=[("", "any"), *Scheme.choices], required=False)

    def clean_month(self) -> Month | None:
        """The month, in a year in which a certificate can end. Raises ValidationError."""
        month: Month | None = self.cleaned_data["month"]
        if month is not None and not YEARS[0] <= month.year <= YEARS[1]:
            raise forms.ValidationError(f"Choose a year from {YEARS[0]} to {YEARS[1]}.")
        return month


class CertificateCalendar(Page):
    """Which certificates end in which month of a year, with the entries on the list that each carries."""

    template = "products/certificates/calendar.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Certificates", "/certificates/"), Crumb("Calendar"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The year from this month, or from the one asked for."""
        form, day = CalendarForm(request.GET), local_day(self.request.at)
        asked = form.cleaned_data if form.is_valid() else {}
        first = asked.get("month") or Month.of(day)
        year = by_month(self._ending(first, asked.get("scheme", "")), first)
        months = [(one, [(each, standing(each, day).value) for each in one.certificates]) for one in year]
        told = {
            "form": form, "first": first, "months": months, "warning": warning(day),
            "earlier": first.plus(-MONTHS_AHEAD), "later": first.plus(MONTHS_AHEAD),
            "scheme": asked.get("scheme", ""),
        }  # fmt: skip
        return self.shown(told, 200 if form.is_valid() else 422)

    def _ending(self, first: Month, scheme: str) -> Any:
        on_the_list = Count("entries", filter=Q(entries__state__in=LISTED), distinct=True)
        rows: Any = Certificate.objects.visible_to(reader(self.request), self.request.at).with_end()
        rows = rows.filter(ends_on__range=(first.first, first.plus(MONTHS_AHEAD - 1).last))
        return (rows.filter(scheme=scheme) if scheme else rows).annotate(listed=on_the_list)


class Withdrawal(FormPage):
    """Records that a certificate was withdrawn."""

    model = Certificate
    title = "Record its withdrawal"
    who: ClassVar[Who] = staticmethod(security_or_technical)

    def form(self, record: Certificate, data: Any = None, files: Any = None) -> forms.Form:
        """The day and why."""
        return WithdrawalForm(data)

    def save(self, record: Certificate, form: forms.Form) -> str:
        """Back to the certificate."""
        return withdraw(record, **form.cleaned_data, **self.told()).get_absolute_url()


class Renewal(FormPage):
    """Records until when a certificate was renewed."""

    model = Certificate
    title = "Record its renewal"
    who: ClassVar[Who] = staticmethod(security_or_technical)

    def form(self, record: Certificate, data: Any = None, files: Any = None) -> forms.Form:
        """The new day."""
        return RenewalForm(data)

    def save(self, record: Certificate, form: forms.Form) -> str:
        """Back to the certificate."""
        return renew(record, **form.cleaned_data, **self.told()).get_absolute_url()


class Correction(FormPage):
    """Puts right what a certificate says."""

    model = Certificate
    title = "Amend the certificate"
    who: ClassVar[Who] = staticmethod(security_or_technical)

    def form(self, record: Certificate, data: Any = None, files: Any = None) -> forms.Form:
        """What it says, or as typed."""
        return CertificateForm(data, instance=record)  # type: ignore[return-value]

    def save(self, record: Certificate, form: forms.Form) -> str:
        """Back to the certificate, read again: the form has put what was typed into the one it was given."""
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        return amend(self.record(str(record.pk)), changed, "was put right", **self.told()).get_absolute_url()


class AskForPlans(FormPage):
    """Asks suppliers for their remediation plans."""

    model = Remediation
    title = "Ask suppliers for plans"
    who: ClassVar[Who] = staticmethod(security_or_technical)

    def form(self, record: Remediation, data: Any = None, files: Any = None) -> forms.Form:
        """The suppliers that are not asked yet."""
        return AskForm(record, local_day(self.request.at), data)

    def save(self, record: Remediation, form: forms.Form) -> str:
        """Back to the remediation."""
        ask(record, form.cleaned_data["parties"], form.cleaned_data["reply_by"], **self.told())
        return record.get_absolute_url()


class TellAll(FormPage):
    """Writes the notice to all parties, proposed from the record."""

    model = Remediation
    title = "Tell all parties"
    who: ClassVar[Who] = staticmethod(security_or_technical)

    def form(self, record: Remediation, data: Any = None, files: Any = None) -> forms.Form:
        """The words proposed, or as typed."""
        return NoticeForm(data, initial={"text": notice_text(record)})

    def save(self, record: Remediation, form: forms.Form) -> str:
        """On to the notice."""
        return tell_all(record, form.cleaned_data["text"], **self.told()).get_absolute_url()


class Answer(FormPage):
    """Takes in a supplier's plan with its file."""

    model = PlanRequest
    title = "Send your remediation plan"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> Any:
        """The request, for its supplier and the team. Raises Http404 or PermissionDenied."""
        request = super().record(key)
        if not the_supplier_or_the_team(reader(self.request), request, self.request.at):
            raise PermissionDenied("A plan is sent by the supplier that was asked.")
        return request

    def form(self, record: PlanRequest, data: Any = None, files: Any = None) -> forms.Form:
        """What was sent before, or as typed."""
        told = {"plan": record.plan, "devices": record.devices, "completes_on": record.completes_on}
        return AnswerForm(data, files, initial=told)

    def save(self, record: PlanRequest, form: forms.Form) -> str:
        """Back to the request."""
        facts = dict(form.cleaned_data)
        file = facts.pop("file")
        name, content = (file.name, file.read()) if file else ("", b"")
        return answer(record, facts, name, content, **self.told()).get_absolute_url()


class PlanFile(Page):
    """Hands out the file of a plan to those who may read the plan."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The bytes, as a download. Raises Http404 where there are none that the person may read."""
        asked: PlanRequest = found(PlanRequest, key, self)
        if asked.file is None:
            raise Http404("No file came with this plan.")
        response = attachment(asked.file.read(), asked.file.media_type, asked.file.name)
        response["Content-Security-Policy"] = "sandbox"
        return response
