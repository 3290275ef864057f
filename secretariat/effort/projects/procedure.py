"""How a project runs: proposed, under way, done or stopped; done when every milestone is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.facts import a_line
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.effort.projects.models import DONE, PAUSED, PROPOSED, RUNNING, STOPPED, UNDER_WAY, Project
from secretariat.effort.who import operations_team
from secretariat.plain.dates import local_day

PRACTICE = "House rule: projects"


def lead_or_operations(person: Person | None, record: Any, at: datetime) -> bool:
    """Who leads the project, or the operations team."""
    leads = person is not None and record is not None and record.lead_id == person.pk
    return leads or operations_team(person, record, at)


@rule(PRACTICE)
def it_has_a_lead(project: Project, at: datetime) -> bool:
    """A project is led by somebody: name who first."""
    return project.lead_id is not None


@rule(PRACTICE)
def it_has_a_milestone(project: Project, at: datetime) -> bool:
    """A project begins with at least one milestone and its date."""
    return project.milestones.exists()


@rule(PRACTICE)
def every_milestone_is_done(project: Project, at: datetime) -> bool:
    """A project is done when each of its milestones is."""
    return not project.milestones.filter(done_on__isnull=True).exists()


def _start(project: Project, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    project.started_on = project.started_on or local_day(at)


def _end(project: Project, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    project.ended_on = local_day(at)


PROJECTS = Procedure(
    "project",
    Project,
    Step("propose", NEW, PROPOSED, who=operations_team, says="Propose a project"),
    Step("start", PROPOSED, UNDER_WAY, who=lead_or_operations, rules=(it_has_a_lead, it_has_a_milestone),
         change=_start, primary=True),
    Step("pause", UNDER_WAY, PAUSED, who=lead_or_operations, facts={"reason": a_line(300, "Why")}),
    Step("resume", PAUSED, UNDER_WAY, who=lead_or_operations, primary=True),
    Step("finish", UNDER_WAY, DONE, who=lead_or_operations, rules=(every_milestone_is_done,), change=_end,
         says="Record as done", primary=True),
    Step("stop", RUNNING, STOPPED, who=operations_team, facts={"reason": a_line(300, "Why")}, change=_end),
)  # fmt: skip
