"""Solutions, issues and Issue Resolution Proposals: the small tables beside that of the proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.change.models import OPEN_STAGES, Proposal, Stage
from secretariat.change.naming.models import (
    AGREED,
    APPROVED,
    BUNDLED,
    CLOSED,
    IMPLEMENTED,
    LED_ON,
    NOT_AGREED,
    OPEN,
    PROPOSED,
    RAISED,
    REJECTED,
    TAKEN_BACK,
    Issue,
    IssueResolution,
    Solution,
)
from secretariat.change.who import change_team, of_its_proposal
from secretariat.core.facts import a_line
from secretariat.core.procedure import NEW, Procedure, Step, rule

Facts = Mapping[str, Any]


@rule("MOD-5")
def its_modification_is_open(solution: Solution, at: datetime) -> bool:
    """A solution is put forward while its modification is open."""
    return solution.proposal.state in OPEN_STAGES


@rule("MOD-5, CB-1")
def its_modification_was_put_to_decision(solution: Solution, at: datetime) -> bool:
    """A solution is voted on when its modification is put to decision."""
    return solution.proposal.state in (Stage.DECISION, Stage.APPROVED, Stage.REJECTED)


@rule("MOD-5")
def its_modification_is_implemented(solution: Solution, at: datetime) -> bool:
    """A solution is implemented with its modification."""
    return solution.proposal.state == Stage.IMPLEMENTED


@rule("MOD-5")
def no_other_is_implemented(solution: Solution, at: datetime) -> bool:
    """At most one solution of a modification is implemented."""
    others = Solution.objects.filter(proposal_id=solution.proposal_id, state=IMPLEMENTED)
    return not others.exclude(pk=solution.pk).exists()


SOLUTIONS = Procedure(
    "solution",
    Solution,
    Step("propose", NEW, PROPOSED, of_its_proposal, (its_modification_is_open,), says="Put forward"),
    Step("approve", PROPOSED, APPROVED, change_team, (its_modification_was_put_to_decision,), primary=True),
    Step("reject", PROPOSED, REJECTED, change_team, (its_modification_was_put_to_decision,)),
    Step("take_back", PROPOSED, TAKEN_BACK, of_its_proposal, (its_modification_is_open,)),
    Step("implement", APPROVED, IMPLEMENTED, change_team, (its_modification_is_implemented, no_other_is_implemented),
         primary=True),
)  # fmt: skip


@rule("IRP-3")
def its_carrier_is_open(resolution: IssueResolution, at: datetime, facts: Facts) -> bool:
    """An agreed resolution is bundled into an open modification, where its assessments are done."""
    return facts["proposal"].state in OPEN_STAGES


def _bundled(resolution: IssueResolution, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    resolution.proposal = facts["proposal"]


def _unbundled(resolution: IssueResolution, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts["proposal"] = resolution.proposal
    resolution.proposal = None


def _proposal() -> forms.Field:
    return forms.ModelChoiceField(
        Proposal.objects.all(), to_field_name="reference", widget=forms.TextInput, help_text="Its label, such as MP099."
    )


RESOLUTIONS = Procedure(
    "issue_resolution",
    IssueResolution,
    Step("raise", NEW, RAISED, change_team),
    Step("agree", RAISED, AGREED, change_team, says="Agreed by the sub-group", primary=True),
    Step("refuse", RAISED, NOT_AGREED, change_team, facts={"reason": a_line()}, says="Not agreed"),
    Step("bundle", AGREED, BUNDLED, change_team, (its_carrier_is_open,), {"proposal": _proposal}, _bundled,
         "Bundle into a modification", primary=True),
    Step("unbundle", BUNDLED, AGREED, change_team, facts={"reason": a_line()}, change=_unbundled,
         says="Take out of its modification"),
)  # fmt: skip


def _led_on(issue: Issue, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    issue.proposal = facts["proposal"]


def _closed(issue: Issue, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    issue.outcome = facts["reason"]


ISSUES = Procedure(
    "issue",
    Issue,
    Step("tell", NEW, OPEN, change_team),
    Step("lead_on", OPEN, LED_ON, change_team, facts={"proposal": _proposal}, change=_led_on,
         says="It led to a proposal", primary=True),
    Step("close", OPEN, CLOSED, change_team, facts={"reason": a_line()}, change=_closed,
         says="Close without a proposal"),
)  # fmt: skip
