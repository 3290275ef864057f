"""Writes about incidents that are no step: links to other records, reports of who is affected."""

from __future__ import annotations

from typing import Any, Unpack

from django.db import models, transaction

from secretariat.core import journal
from secretariat.core.journal import Told, save_checked
from secretariat.core.kinds import kind_of
from secretariat.core.procedure import Refused
from secretariat.oversight.incidents.models import AgedCategory, Coverage, Incident, IncidentLink


def link(incident: Incident, to: models.Model, how: str, **told: Unpack[Told]) -> IncidentLink:
    """Links an incident to another record. Raises Refused for itself and for a record that it is linked to."""
    if kind_of(to) == kind_of(incident) and to.pk == incident.pk:
        raise Refused("An incident is not linked to itself.")
    made = IncidentLink(incident=incident, about_kind=kind_of(to), about_id=to.pk, how=how, recorded=told["recorded"])
    if IncidentLink.objects.filter(incident=incident, about_kind=made.about_kind, about_id=to.pk).exists():
        raise Refused("It is linked to this record already.")
    with transaction.atomic():
        save_checked(made)
        journal.record("service_incident.link", incident, **told, to={"kind": made.about_kind, "id": to.pk}, how=how)
    return made


def tell_coverage(cause: AgedCategory, report: Coverage, **told: Unpack[Told]) -> Coverage:
    """Records a report of how many meters a cause affects: promised, or received with its number."""
    with transaction.atomic():
        report.of = cause
        save_checked(report)
        facts: dict[str, Any] = {"report": report.title, "promised_for": report.promised_for,
                                 "received_on": report.received_on, "affected": report.affected}  # fmt: skip
        journal.record("agedcategory.tell_coverage", cause, **told, **facts)
    return report
