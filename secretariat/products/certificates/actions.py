"""What is more than one step: a withdrawal, plans asked of several suppliers, a plan with its file, the notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.products.certificates.carried import carried
from secretariat.products.certificates.models import OPENED, REMOVAL_SET, PlanRequest, Remediation, RemovalNotice
from secretariat.products.certificates.procedure import PLAN_REQUEST, REMEDIATION
from secretariat.products.entries.history import keep_version
from secretariat.products.models import LISTED, Certificate
from secretariat.register.parties import Party

NOTICE = """\
These entries, told by their CPL Entry IDs, will be removed from the Central Products List on {day}.

{entries}

Why: {why}

After the removal the DCC suspends the devices of these models in its inventory. Upgrade or replace them before.
"""


def withdraw(certificate: Certificate, day: date, why: str, **told: Unpack[Told]) -> Certificate:
    """Records that a certificate was withdrawn or cancelled; nothing that it carries is removed by this (PRD-21).

    Raises Refused for a day to come and for a certificate that is withdrawn already.
    """
    if certificate.withdrawn_on is not None:
        raise Refused(f"It was withdrawn on {long_date(certificate.withdrawn_on)} already. (PRD-20)")
    if day > local_day(told["at"]):
        raise Refused("A withdrawal is recorded once it has taken place, not before. (PRD-20)")
    with transaction.atomic():
        certificate.withdrawn_on, certificate.withdrawal = day, why
        journal.save_checked(certificate, update_fields=["withdrawn_on", "withdrawal"])
        journal.record("certificate.withdraw", certificate, **told, day=day, why=why)
    return certificate


def renew(certificate: Certificate, end: date, *, for_life: bool = False, **told: Unpack[Told]) -> Certificate:
    """Records until when a certificate was renewed; one that is held for life has a renewal date (PRD-23).

    Raises Refused unless the new day is later than the old one, and for a certificate that was withdrawn.
    """
    if certificate.withdrawn_on is not None:
        raise Refused("A certificate that was withdrawn is not renewed: the maker obtains a new one. (PRD-20)")
    if certificate.effective_end is not None and end <= certificate.effective_end:
        raise Refused("A renewal moves the certificate's end to a later day. (PRD-23)")
    new = {"renewal_on": end, "expires_on": None} if for_life else {"expires_on": end, "renewal_on": None}
    return amend(certificate, new, "was renewed", **told)


def amend(certificate: Certificate, new: dict[str, Any], why: str, **told: Unpack[Told]) -> Certificate:
    """Changes what a certificate says, and keeps what its entries on the list say from then on. Raises ValidationError.

    `why` goes on after the certificate's name: "was renewed".
    """
    with transaction.atomic():
        if journal.amend(certificate, new, **told) is not None:
            for entry in certificate.entries.filter(state__in=LISTED):
                keep_version(entry, local_day(told["at"]), told["recorded"], f"{certificate} {why}.")
    return certificate


def ask(remediation: Remediation, parties: Iterable[Party], reply_by: date, **told: Unpack[Told]) -> list[PlanRequest]:
    """Asks suppliers for their plans by a day, all or none; the first asking moves the remediation on. Raises Refused.

    More suppliers can be asked later, each once.
    """
    requests = []
    with transaction.atomic():
        for party in parties:
            request = PlanRequest(remediation=remediation, party=party, invented=remediation.invented)
            PLAN_REQUEST.take("ask", request, reply_by=reply_by, **told)
            requests.append(request)
        if remediation.state == OPENED:
            REMEDIATION.take("ask", remediation, **told)
    return requests


def answer(
    request: PlanRequest, facts: dict[str, Any], name: str = "", content: bytes = b"", **told: Unpack[Told]
) -> PlanRequest:
    """Takes in a supplier's plan, and the file that it came with if there is one, all or nothing.

    Raises Refused, and ValidationError for a file that is not taken.
    """
    with transaction.atomic():
        PLAN_REQUEST.take("answer", request, **facts, **told)
        if name:
            file = _kept(request, name, content, **told)
            journal.amend(request, {"file": file}, **told)
    return request


def _kept(request: PlanRequest, name: str, content: bytes, **told: Unpack[Told]) -> StoredFile:
    called = f"plan-{request.pk}{PurePath(name).suffix.lower()}"
    file = StoredFile(name=called, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
    file.classification, file.audience = request.classification, request.audience
    journal.enter(file, **told, received_as=name)
    return file


def notice_text(remediation: Remediation) -> str:
    """The notice to all parties as it is proposed: the entries, the day and the reason (PRD-21, PRD-24)."""
    lines = [
        f"* {entry.entry_id}: {entry.manufacturer} {entry.model}, {entry.device_type}, firmware {entry.firmware}"
        for entry in carried(remediation)
    ]
    cause = remediation.get_cause_display().lower()
    why = f"{remediation.certificate}: {cause}."
    day = day_words(remediation.removal_on)
    return NOTICE.format(day=day, entries="\n".join(lines), why=why)


def tell_all(remediation: Remediation, text: str, **told: Unpack[Told]) -> RemovalNotice:
    """Writes the notice that all parties get by mail, and moves the remediation on. Raises Refused."""
    if remediation.state != REMOVAL_SET or remediation.removal_on is None:
        raise Refused("All parties are told once the day of removal is set. (PRD-21)")
    notice = RemovalNotice(remediation=remediation, removal_on=remediation.removal_on, text=text)
    notice.sent_on, notice.recorded = local_day(told["at"]), told["recorded"]
    notice.invented = remediation.invented
    with transaction.atomic():
        journal.enter(notice, **told)
        REMEDIATION.take("notify", remediation, **told)
    return notice
