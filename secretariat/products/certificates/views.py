"""Lists and records of certificates, remediations, the plans asked for, and the notices of removal."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, offered, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import day_words, local_day
from secretariat.products.certificates.filters import (
    CertificateFilter,
    PlanRequestFilter,
    RemediationFilter,
    RemovalNoticeFilter,
)
from secretariat.products.certificates.forms import CertificateForm, RemediationForm
from secretariat.products.certificates.life import standing, told, warning
from secretariat.products.certificates.models import (
    ANSWERED,
    OPEN,
    REMOVAL_SET,
    UNANSWERED,
    Cause,
    Outcome,
    PlanRequest,
    Remediation,
    RemovalNotice,
)
from secretariat.products.certificates.procedure import (
    PLAN_REQUEST,
    REMEDIATION,
    security_or_technical,
    the_supplier_or_the_team,
)
from secretariat.products.models import LISTED, Certificate, Scheme

SHOWN = 200
NEVER = Value(date.max)
"""When what has no end ends, so that it stands last."""


class Certificates(ListPage):
    """Every assurance certificate."""

    model = Certificate
    word = "certificate"
    plural = "certificates"
    columns = (
        Column("number", "Number", "number"),
        Column("scheme", "Scheme", "scheme", lambda value: str(Scheme(value).label)),
        Column("holder", "Manufacturer", "holder"),
        Column("ends_on", "Ends", "ends_on"),
        Column("expires_on", "Expires", "expires_on"),
        Column("renewal_on", "To be renewed by", "renewal_on"),
        Column("withdrawn_on", "Withdrawn", "withdrawn_on"),
        Column("entries", "Entries on the list", "listed", numeric=True),
        class_column(),
    )
    filters = CertificateFilter
    order = "ending"
    order_words = "by the day on which they end"
    about = "The certificates under which the device models of the Central Products List are assured."
    empty = "No certificate is recorded yet."
    day = "ends_on"
    news = ("certificate.enter", "certificate.amend", "certificate.withdraw")
    enters: ClassVar[Who | None] = staticmethod(security_or_technical)
    loads = "certificates"

    def rows(self) -> Any:
        """Each with its end and how many entries on the list it carries."""
        on_the_list = Count("entries", filter=Q(entries__state__in=LISTED), distinct=True)
        rows: Any = super().rows()
        return rows.with_end().annotate(listed=on_the_list, ending=Coalesce("expires_on", "renewal_on", NEVER))


class CertificatePage(RecordPage):
    """One certificate: how it stands, what it carries and what is done about it."""

    model = Certificate
    word = "certificate"
    plural = "certificates"
    template = "products/certificates/certificate.html"
    editors: ClassVar[Who | None] = staticmethod(security_or_technical)

    def facts(self, record: Certificate) -> list[Fact]:
        """Its scheme, maker and dates, and how it stands today."""
        day = local_day(self.request.at)
        facts = [
            Fact("Scheme", record.get_scheme_display()),
            Fact("Number", record.number),
            Fact("Manufacturer", record.holder, f"{reverse('certificates')}?text={record.holder}"),
            Fact("Firmware shown on it", record.firmware),
            Fact("Stands", standing(record, day).value, note=told(record, day)),
        ]
        if record.withdrawal:
            facts.append(Fact("Why it was withdrawn", record.withdrawal))
        return facts

    def related(self, record: Certificate) -> list[Related]:
        """The entries that it carries, and the remediations that the reader may read."""
        entries: Any = record.entries.visible_to(reader(self.request), self.request.at).order_by("entry_id")[:SHOWN]
        rows: list[tuple[Any, ...]] = [
            (
                Crumb(one.entry_id, one.get_absolute_url()),
                one.device_type,
                one.model,
                one.firmware,
                one.state,
                day_words(one.removal_on),
            )
            for one in entries
        ]
        heads = ("CPL Entry ID", "Device type", "Model", "Firmware", "State", "To be removed on")
        return [
            Related("Entries that it carries", heads, rows, "It carries no entry of the Central Products List.",
                    f"{reverse('device models')}?text={record.number}"),
            *self._remediations(record),
        ]  # fmt: skip

    def _remediations(self, record: Certificate) -> list[Related]:
        found: Any = record.remediations.visible_to(reader(self.request), self.request.at)
        rows = [
            (day_words(one.opened_on), one.get_cause_display(), one.state, day_words(one.removal_on)) for one in found
        ]
        heads = ("Opened", "Cause", "State", "To be removed on")
        link = f"{reverse('remediations')}?text={record.number}"
        return [Related("Remediation", heads, rows, "", link)] if rows else []

    def context(self, record: Certificate) -> dict[str, Any]:
        """The rule of warning with its doubt, and what the reader may do."""
        day, person = local_day(self.request.at), reader(self.request)
        may = security_or_technical(person, record, self.request.at)
        holds = record.withdrawn_on is None
        idle = not record.remediations.filter(state__in=OPEN).exists()
        return {"warning": warning(day), "may_withdraw": may and holds, "may_open": may and idle}


class CertificateEntry(EntryPage):
    """Enters a certificate."""

    model = Certificate
    form_class = CertificateForm
    word = "certificate"
    plural = "certificates"
    who: ClassVar[Who] = staticmethod(security_or_technical)


class Remediations(ListPage):
    """Every remediation."""

    model = Remediation
    word = "remediation"
    plural = "remediations"
    columns = (
        Column("certificate", "Certificate", "certificate__number"),
        Column("holder", "Manufacturer", "certificate__holder"),
        Column("cause", "Cause", "cause", lambda value: str(Cause(value).label)),
        Column("state", "State", "state"),
        Column("opened_on", "Opened", "opened_on"),
        Column("ends_on", "Certificate ends", "ends_on"),
        Column("removal_on", "To be removed on", "removal_on"),
        Column("unanswered", "Plans not answered", "unanswered", numeric=True),
        class_column(),
    )
    filters = RemediationFilter
    order = "-opened_on"
    about = "What is done about the device models whose certificate ends or was withdrawn."
    empty = "No remediation that you may read is recorded."
    day = "removal_on"
    enters: ClassVar[Who | None] = staticmethod(security_or_technical)

    def rows(self) -> Any:
        """Each with how many suppliers have not answered."""
        return super().rows().annotate(unanswered=Count("requests", filter=Q(requests__state__in=UNANSWERED)))


class RemediationPage(RecordPage):
    """One remediation: the entries, who was asked and answered, the decision, and the notice."""

    model = Remediation
    word = "remediation"
    plural = "remediations"
    template = "products/certificates/remediation.html"

    def facts(self, record: Remediation) -> list[Fact]:
        """The certificate, its end, the decision and the outcome."""
        facts = [
            Fact("Certificate", str(record.certificate), record.certificate.get_absolute_url(),
                 note=told(record.certificate, local_day(self.request.at))),
            Fact("Cause", record.get_cause_display()),
            Fact("Opened", day_words(record.opened_on)),
            Fact("To be removed on", day_words(record.removal_on), note=record.decided_in),
        ]  # fmt: skip
        facts += [Fact("Reasons", record.reasons)] if record.reasons else []
        facts += [Fact("About", record.note)] if record.note else []
        if record.outcome:
            facts.append(Fact("Outcome", Outcome(record.outcome).label, note=day_words(record.closed_on)))
        return facts

    def related(self, record: Remediation) -> list[Related]:
        """The entries, the plans with how far each has come, and the notices."""
        entries = [
            (
                Crumb(one.entry_id, one.get_absolute_url()),
                one.device_type,
                one.model,
                one.firmware,
                one.state,
                day_words(one.removal_on),
            )
            for one in record.entries.order_by("entry_id")[:SHOWN]
        ]
        notices = [(day_words(one.sent_on), day_words(one.removal_on)) for one in record.notices.all()]
        heads = ("CPL Entry ID", "Device type", "Model", "Firmware", "State", "To be removed on")
        asked = ("Supplier", "State", "To be answered by", "Last chased", "Answered", "Devices", "Remaining", "Done by")
        return [
            Related("Plans", asked, self._plans(record), "No supplier was asked for its plan yet.",
                    f"{reverse('plan requests')}?text={record.certificate.number}"),
            Related("Entries", heads, entries, "It has no entry."),
            Related("Notices to all parties", ("Sent", "Removal told"), notices, "All parties were not told yet.",
                    f"{reverse('removal notices')}?text={record.certificate.number}"),
        ]  # fmt: skip

    def _plans(self, record: Remediation) -> list[tuple[Any, ...]]:
        found: Any = record.requests.visible_to(reader(self.request), self.request.at)
        return [
            (
                Crumb(one.party.name, one.get_absolute_url()), one.state, day_words(one.reply_by),
                day_words(one.chased_on),
                day_words(one.answered_on),
                "" if one.devices is None else one.devices, _remaining(one), day_words(one.completes_on),
            )
            for one in found.select_related("party").prefetch_related("progress")
        ]  # fmt: skip

    def context(self, record: Remediation) -> dict[str, Any]:
        """What the reader may do besides the steps."""
        person, at = reader(self.request), self.request.at
        may = security_or_technical(person, record, at)
        steps = offered(REMEDIATION, record, person, at) if person else []
        return {
            "may_ask": may and record.state in OPEN,
            "may_tell": may and record.state == REMOVAL_SET,
            "steps": [one for one in steps if one.step.name not in ("ask", "notify")],
        }


class RemediationEntry(EntryPage):
    """Opens a remediation."""

    model = Remediation
    form_class = RemediationForm
    word = "remediation"
    plural = "remediations"
    who: ClassVar[Who] = staticmethod(security_or_technical)
    begins = "open"


class PlanRequests(ListPage):
    """Every plan asked for."""

    model = PlanRequest
    word = "plan request"
    plural = "plan requests"
    columns = (
        Column("party", "Supplier", "party__name"),
        Column("certificate", "Certificate", "remediation__certificate__number"),
        Column("state", "State", "state"),
        Column("asked_on", "Asked", "asked_on"),
        Column("reply_by", "To be answered by", "reply_by"),
        Column("chased_on", "Last chased", "chased_on"),
        Column("answered_on", "Answered", "answered_on"),
        Column("completes_on", "To be completed by", "completes_on"),
        class_column(),
    )
    filters = PlanRequestFilter
    order = "-reply_by"
    about = "The remediation plans that suppliers were asked for, and how far their answers have come."
    empty = "No plan was asked for that you may read of."
    day = "reply_by"


class PlanRequestPage(RecordPage):
    """One supplier's plan: what was asked, what was answered, and how far it has come."""

    model = PlanRequest
    word = "plan request"
    plural = "plan requests"
    template = "products/certificates/plan_request.html"

    def facts(self, record: PlanRequest) -> list[Fact]:
        """The models asked about, the days and the answer."""
        certificate = record.remediation.certificate
        facts = [
            Fact("Supplier", record.party.name, record.party.get_absolute_url()),
            Fact("Models of", str(certificate), certificate.get_absolute_url(), note=certificate.holder),
            Fact("Asked", day_words(record.asked_on)),
            Fact("To be answered by", day_words(record.reply_by)),
        ]
        if record.chasers:
            facts.append(Fact("Chased", day_words(record.chased_on), note=f"{record.chasers} sent in all"))
        facts += [Fact("Sent back because", record.returned)] if record.returned else []
        facts += [Fact("No plan because", record.refusal)] if record.refusal else []
        return [*facts, *(_answer(record) if record.state == ANSWERED else [])]

    def related(self, record: PlanRequest) -> list[Related]:
        """The progress reported."""
        rows = [(day_words(one.reported_on), one.remaining, one.note) for one in record.progress.all()]
        heads = ("Reported", "Devices remaining", "Note")
        return [Related("Progress", heads, rows, "No progress was reported yet.")]

    def context(self, record: PlanRequest) -> dict[str, Any]:
        """Whether the reader may answer with a file."""
        person, at = reader(self.request), self.request.at
        may = the_supplier_or_the_team(person, record, at)
        steps = offered(PLAN_REQUEST, record, person, at) if person else []
        return {
            "may_answer": may and record.state in UNANSWERED,
            "steps": [one for one in steps if one.step.name != "answer"],
        }


def _answer(record: PlanRequest) -> list[Fact]:
    facts = [
        Fact("Answered", day_words(record.answered_on)),
        Fact("Plan", record.plan),
        Fact("Devices affected", record.devices),
        Fact("To be completed by", day_words(record.completes_on)),
    ]
    return facts + (
        [Fact("File", record.file.name, reverse("plan request-file", args=[record.pk]))] if record.file else []
    )


class RemovalNotices(ListPage):
    """Every notice of removal."""

    model = RemovalNotice
    word = "removal notice"
    plural = "removal notices"
    columns = (
        Column("certificate", "Certificate", "remediation__certificate__number"),
        Column("holder", "Manufacturer", "remediation__certificate__holder"),
        Column("removal_on", "To be removed on", "removal_on"),
        Column("sent_on", "Sent", "sent_on"),
        class_column(),
    )
    filters = RemovalNoticeFilter
    order = "-sent_on"
    about = "What all parties were told of device models that leave the Central Products List."
    empty = "No notice of removal was sent that you may read."
    day = "removal_on"


class RemovalNoticePage(RecordPage):
    """One notice to all parties."""

    model = RemovalNotice
    word = "removal notice"
    plural = "removal notices"

    def facts(self, record: RemovalNotice) -> list[Fact]:
        """The certificate, the days and the words."""
        certificate = record.remediation.certificate
        return [
            Fact("Certificate", str(certificate), certificate.get_absolute_url(), note=certificate.holder),
            Fact("To be removed on", day_words(record.removal_on)),
            Fact("Sent", day_words(record.sent_on)),
            Fact("Notice", record.text),
        ]


def _remaining(request: PlanRequest) -> Any:
    reports = list(request.progress.all())
    return reports[-1].remaining if reports else ""
