"""What a proposal's page says of its labels, its parts, its solutions and the issues that it carries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.change.coming import Coming, Need
from secretariat.change.models import Proposal, Stage
from secretariat.change.naming.models import TAKEN_BACK, Split
from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import long_date


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """The labels that it had before, and what it was split from."""
    found = []
    if before := [row.text for row in proposal.labels.all() if row.text != proposal.reference]:
        found.append(Fact("Earlier labels", ", ".join(before), note="They find it for ever (MOD-1)."))
    split = Split.objects.filter(number=proposal.number).visible_to(person, at).first() if proposal.suffix else None
    if split is not None:
        found.append(
            Fact("Part of", split.reference, split.get_absolute_url(), f"Split on {long_date(split.split_on)}.")
        )
    if proposal.raised_as:
        found.append(Fact("Raised as", proposal.get_raised_as_display()))
    return found


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """Its other parts, its solutions, and the issues and resolutions that it carries, each table where there is one."""
    return [table for table in (_siblings(proposal, person, at), _solutions(proposal, person, at),
                                _issues(proposal, person, at)) if table.rows]  # fmt: skip


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """A solution, while it is refined and none has been put forward."""
    if proposal.state != Stage.REFINEMENT or proposal.solutions.exclude(state=TAKEN_BACK).exists():
        return []
    return [Need("A solution is put forward.", "Proposer", "MOD-5", reverse("solution-new"))]


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """Labels, parts and solutions have no dates to come."""
    return []


def _siblings(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = []
    if proposal.suffix:
        others = Proposal.objects.filter(number=proposal.number).exclude(pk=proposal.pk).visible_to(person, at)
        rows = [(other, other.get_state_display()) for other in others.order_by("suffix")]
    return Related("Other parts of the same proposal", ("Modification", "Stage"), rows, "")


def _solutions(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (solution, solution.raised_by, solution.state) for solution in proposal.solutions.visible_to(person, at)
    ]
    return Related("Solutions", ("Solution", "Put forward by", "State"), rows, "No solution has been put forward.")


def _issues(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [(issue, "", issue.state) for issue in proposal.issues.visible_to(person, at)]
    rows += [
        (resolution, resolution.applies_to_versions or "versions open", resolution.get_category_display())
        for resolution in proposal.issue_resolutions.visible_to(person, at)
    ]
    return Related("Issues that it resolves", ("Issue", "Applies to", "Category or state"), rows, "It carries none.")
