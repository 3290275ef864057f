"""What is judged of a proposal, on its page: plain words, priority, impacts, costs, verdicts, other codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.change.coming import Coming, Need
from secretariat.change.judging.cross_code import OPEN, CrossCode
from secretariat.change.judging.interest import Interest, SubCommitteeView
from secretariat.change.judging.models import (
    Cost,
    Impact,
    Judgement,
    Priority,
    Summary,
    SystemImpact,
)
from secretariat.change.judging.objectives import objectives
from secretariat.change.models import Proposal
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import day_words, local_day, long_date

REASON_HEADS = ("Judged by", "As", "Objective", "Verdict", "Reason")


def summary(proposal: Proposal, person: Person | None, at: datetime) -> Summary | None:
    """The plain words for the box on top of the page, if there are any that the person may read."""
    found: Summary | None = Summary.objects.filter(proposal=proposal).visible_to(person, at).first()
    return found


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """Its priority, whether it touches the DCC System, and what it costs centrally."""
    found = []
    priority = Priority.objects.filter(proposal=proposal).on(local_day(at)).visible_to(person, at).first()
    if priority is not None:
        note = f"Since {long_date(priority.from_day)}: {priority.reason}"
        found.append(Fact("Priority", priority.get_level_display(), priority.get_absolute_url(), note))
    system = SystemImpact.objects.filter(proposal=proposal).visible_to(person, at).first()
    if system is None:
        found.append(Fact("DCC System impact", "Not known", "", "Nobody has told it."))
    else:
        found.append(Fact("DCC System impact", system.get_answer_display(), system.get_absolute_url(), system.note))
    costs = Cost.objects.filter(proposal=proposal, borne_by=Cost.CENTRAL).visible_to(person, at).current()
    for cost in costs:
        note = f"{cost.get_source_display()}, {long_date(cost.dated_on)}."
        found.append(Fact(f"Central cost of {cost.purpose}", str(cost.amount), cost.get_absolute_url(), note))
    return found


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """The tables of what is judged, each where there is one."""
    tables = (
        *verdicts(proposal, person, at),
        _impacts(proposal, person, at),
        _costs(proposal, person, at),
        _other_codes(proposal, person, at),
        _forum(proposal, person, at),
        _steering(proposal, person, at),
        *_sub_committees(proposal, person, at),
        _priorities(proposal, person, at),
    )
    return [table for table in tables if table.rows]


def verdicts(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """The matrix of verdicts, a row a source and a column an objective; and the reasons (MOD-22)."""
    rows = list(Judgement.objects.filter(proposal=proposal).visible_to(person, at))
    href = f"{reverse('judgements')}?proposal={proposal.reference}"
    reasons = [
        (row.by_whom, row.get_source_display(), row.objective_label, row.get_verdict_display(), row.reason)
        for row in rows
        if row.reason
    ]
    heads, lines = matrix(rows)
    return [
        Related("Judged against the objectives", heads, lines, "Nobody has judged it yet.", href),
        Related("Reasons of the judgements", REASON_HEADS, reasons, "No reason is given.", href),
    ]


def matrix(rows: Iterable[Judgement]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Judgements of one proposal as heads and lines: objectives in force when any was made, and those judged."""
    known = list(rows)
    days = [row.judged_on for row in known]
    judged = {row.objective for row in known}
    shown = [
        one for one in objectives()
        if one.key in judged or (not one.charging and days and one.entry.effective_from <= max(days))
    ]  # fmt: skip
    sources: dict[tuple[str, str], dict[str, Judgement]] = {}
    for row in known:
        sources.setdefault((row.get_source_display(), row.by_whom), {})[row.objective] = row
    lines: list[tuple[Any, ...]] = [
        (whom, source, *(_verdict(told.get(one.key)) for one in shown)) for (source, whom), told in sources.items()
    ]
    return ("Judged by", "As", *(one.short for one in shown)), lines


def _verdict(row: Judgement | None) -> Any:
    return Crumb(row.get_verdict_display(), row.get_absolute_url()) if row else ""


def _impacts(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (row.get_kind_display(), Crumb(row.subject_label, row.get_absolute_url()),
         row.get_level_display() or "not told", row.note)
        for row in Impact.objects.filter(proposal=proposal).visible_to(person, at)
    ]  # fmt: skip
    href = f"{reverse('impacts')}?proposal={proposal.reference}"
    return Related("What it touches", ("Kind", "Touched", "How strongly", "How"), rows, "Nothing is recorded.", href)


def _costs(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    found = Cost.objects.filter(proposal=proposal).visible_to(person, at)
    current = set(found.current().values_list("pk", flat=True))
    rows: list[tuple[Any, ...]] = [
        (row.get_borne_by_display(), row.purpose, Crumb(str(row.amount), row.get_absolute_url()),
         row.get_source_display(), long_date(row.dated_on), "" if row.pk in current else "superseded")
        for row in found
    ]  # fmt: skip
    heads = ("Borne by", "For", "Cost", "Source", "Dated", "")
    return Related("Costs", heads, rows, "No cost is recorded.", f"{reverse('costs')}?proposal={proposal.reference}")


def _other_codes(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (row.code, Crumb(row.number, row.get_absolute_url()), row.title, row.get_relation_display(),
         long_date(row.since), warned(row))
        for row in CrossCode.objects.filter(proposal=proposal).visible_to(person, at)
    ]  # fmt: skip
    heads = ("Code", "Number", "Title", "Relation", "Since", "Checked")
    return Related("Changes of other codes", heads, rows, "None is recorded.", reverse("cross-code references"))


def warned(row: CrossCode) -> str:
    """Whether the other code prints the same: a warning where it does not."""
    warning = row.warning()
    if not warning:
        return "agrees" if row.printed() is not None else "not checked: no register of that code is loaded"
    return f"Warning: {warning}" if row.state == OPEN else f"{warning} {row.settled_because}".strip()


def _forum(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (Crumb(row.number, row.get_absolute_url()), row.title, long_date(row.raised_on),
         long_date(row.closed_on) if row.closed_on else "open")
        for row in proposal.forum_issues.visible_to(person, at)
    ]  # fmt: skip
    heads = ("Number", "Title", "Raised", "Closed")
    return Related("Issues of the code administrators' forum", heads, rows, "None.", reverse("forum issues"))


def _steering(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (Crumb(row.lead_code, row.get_absolute_url()), row.consequential_codes, long_date(row.decided_on),
         row.state, row.reason)
        for row in proposal.steerings.visible_to(person, at)
    ]  # fmt: skip
    heads = ("Lead code", "Consequential codes", "Chosen", "State", "Reason")
    return Related("Cross Code Steering Group", heads, rows, "None.", reverse("steering choices"))


def _sub_committees(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    asked: list[tuple[Any, ...]] = [
        (Crumb(row.get_body_display(), row.get_absolute_url()), long_date(row.asked_on),
         day_words(row.until), row.why)
        for row in Interest.objects.filter(proposal=proposal).visible_to(person, at)
    ]  # fmt: skip
    said: list[tuple[Any, ...]] = [
        (Crumb(row.get_body_display(), row.get_absolute_url()), long_date(row.said_on), row.meeting, row.words)
        for row in SubCommitteeView.objects.filter(proposal=proposal).visible_to(person, at)
    ]
    matrix_href, heads = reverse("interest matrix"), ("Sub-Committee", "Asked", "Until", "Why")
    return [
        Related("Sub-Committees kept informed", heads, asked, "None.", matrix_href),
        Related("What Sub-Committees said", ("Sub-Committee", "On", "Meeting", "Words"), said, "Nothing yet."),
    ]


def _priorities(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (long_date(row.from_day), day_words(row.to_day),
         Crumb(row.get_level_display(), row.get_absolute_url()), row.reason)
        for row in Priority.objects.filter(proposal=proposal).visible_to(person, at)
    ]  # fmt: skip
    return Related("Priorities", ("From", "Until", "Priority", "Reason"), rows, "None.")


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """Nothing: no verdict, impact or difference from another code stands in the way of a step."""
    return []


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """Nothing: what is judged has no deadline of its own."""
    return []


def proposal_fact(record: Any, person: Person | None, at: datetime) -> Fact:
    """The proposal of a record; its label alone for those who may not read the proposal itself."""
    if Proposal.objects.filter(pk=record.proposal_id).visible_to(person, at).exists():
        return Fact("Proposal", str(record.proposal), record.proposal.get_absolute_url())
    return Fact("Proposal", record.proposal.reference)
