"""What other parts of the room tell of the modifications in a release: dependencies, documents, DCC Systems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from secretariat.change.assessments.models import REQUESTED, RETURNED, Assessment
from secretariat.change.judging.models import Impact, SystemImpact
from secretariat.change.models import Proposal, Stage
from secretariat.change.standing.models import Relation
from secretariat.consultations.models import RUN, Kind, about
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day


def dependencies(proposals: Iterable[int], person: Person | None, at: datetime) -> dict[int, list[tuple[int, str]]]:
    """By proposal, those that it depends on: id and label, as far as a person may read them."""
    rows = Relation.objects.filter(kind=Relation.Kind.DEPENDS, proposal__in=set(proposals)).visible_to(person, at)
    readable = rows.filter(other__in=Proposal.objects.visible_to(person, at))
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for proposal, other, label in readable.values_list("proposal_id", "other_id", "other__reference"):
        found[proposal].append((other, label))
    return found


def implemented_among(proposals: Iterable[int]) -> set[int]:
    """Those of some proposals that are implemented already."""
    rows = Proposal.objects.filter(pk__in=set(proposals), state=Stage.IMPLEMENTED)
    return set(rows.values_list("pk", flat=True))


def documents(proposals: Iterable[int], person: Person | None, at: datetime) -> dict[int, list[str]]:
    """By proposal, the documents that it changes, as far as a person may read of them."""
    rows = Impact.objects.filter(kind=Impact.Kind.DOCUMENT, proposal__in=set(proposals)).visible_to(person, at)
    found: dict[int, list[str]] = defaultdict(list)
    for proposal, subject in rows.values_list("proposal_id", "subject"):
        found[proposal].append(subject)
    return found


def changing_systems(proposals: Iterable[int], person: Person | None, at: datetime) -> set[int]:
    """Those of some proposals of which it is told that they change DCC Systems, as far as a person may read of it."""
    told = SystemImpact.objects.filter(proposal__in=set(proposals), answer=SystemImpact.Answer.YES)
    return set(told.visible_to(person, at).values_list("proposal_id", flat=True))


def touches_systems(proposal: Proposal) -> bool | None:
    """Whether a proposal changes DCC Systems: as it is told, or because the DCC was asked to assess it; else None."""
    told = SystemImpact.objects.filter(proposal=proposal).values_list("answer", flat=True).first()
    if told in (SystemImpact.Answer.YES, SystemImpact.Answer.NO):
        return bool(told == SystemImpact.Answer.YES)
    asked = Assessment.objects.filter(proposal=proposal, state__in=(REQUESTED, RETURNED))
    return True if asked.exists() else None


def lead_time(proposal: Proposal, at: datetime) -> int | None:
    """Working Days that the DCC needs by its last impact assessment of a proposal; None where it has not told."""
    told = Assessment.objects.filter(proposal=proposal, state=RETURNED, lead_time_months__isnull=False)
    months = told.order_by("-returned_on").values_list("lead_time_months", flat=True).first()
    return None if months is None else months * RULEBOOK.number("release.lead.wd_per_month", at)


ASSESSED = {"preliminary": "preliminary_assessment", "impact": "impact_assessment"}
CONSULTED = {
    Kind.REFINEMENT.value: "refinement_consultation",
    Kind.REPORT.value: "report_consultation",
}


def fixed_ends(proposal: Proposal, on: date) -> dict[str, date]:
    """The steps of a proposal that are done or under way on a day, by key, with the day on which each ends.

    An assessment that is overdue is reckoned anew. A consultation counts where it closes in the present stage or
    later: after a sending back there is another.
    """
    ends = {}
    rows = Assessment.objects.filter(proposal=proposal, state__in=(REQUESTED, RETURNED)).order_by("requested_on", "pk")
    for kind, due, returned in rows.values_list("kind", "due_on", "returned_on"):
        if returned or (due and due > on):
            ends[ASSESSED[kind]] = returned or due
    if proposal.report_approved_on:
        ends["report"] = proposal.report_approved_on
    begun = proposal.spells.filter(to_day__isnull=True).values_list("from_day", flat=True).first()
    held = about(proposal).filter(state__in=RUN, kind__in=CONSULTED, closes_at__isnull=False)
    for kind, closes in held.values_list("kind", "closes_at"):
        if begun and local_day(closes) >= begun:
            ends[CONSULTED[kind]] = max(local_day(closes), ends.get(CONSULTED[kind], date.min))
    return ends
