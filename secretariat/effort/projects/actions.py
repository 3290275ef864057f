"""Writes about a project besides its steps: milestones, their moves, and that one is done."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.effort.projects.models import RUNNING, MilestoneMove, Project, ProjectMilestone
from secretariat.plain.dates import local_day


def add_milestone(project: Project, what: str, due_on: date, **told: Unpack[Told]) -> ProjectMilestone:
    """Adds a milestone. Raises Refused for a project that is over, ValidationError for one that is there."""
    _still_runs(project)
    milestone = ProjectMilestone(project=project, what=what, due_on=due_on, recorded=told["recorded"])
    with transaction.atomic():
        journal.save_checked(milestone)
        journal.record("project.milestone", project, **told, what=what, due_on=due_on)
    return milestone


def move(milestone: ProjectMilestone, new: date, reason: str, **told: Unpack[Told]) -> MilestoneMove:
    """Moves a milestone's date and keeps from when, to when and why. Raises Refused where nothing moves."""
    _still_due(milestone)
    if new == milestone.due_on:
        raise Refused("The date is this day already.")
    moved = MilestoneMove(milestone=milestone, old=milestone.due_on, new=new, reason=reason)
    moved.moved_on, moved.recorded, milestone.due_on = local_day(told["at"]), told["recorded"], new
    with transaction.atomic():
        journal.save_checked(milestone, update_fields=["due_on"])
        journal.save_checked(moved)
        facts = {"what": milestone.what, "old": moved.old, "new": new, "reason": reason}
        journal.record("project.move_milestone", milestone.project, **told, **facts)
    return moved


def reach(milestone: ProjectMilestone, day: date, **told: Unpack[Told]) -> ProjectMilestone:
    """Says on which day a milestone was done. Raises Refused for a day to come."""
    _still_due(milestone)
    if day > local_day(told["at"]):
        raise Refused("A milestone is done once it is done, not before.")
    milestone.done_on = day
    with transaction.atomic():
        journal.save_checked(milestone, update_fields=["done_on"])
        journal.record("project.reach", milestone.project, **told, what=milestone.what, done_on=day)
    return milestone


def _still_due(milestone: ProjectMilestone) -> None:
    _still_runs(milestone.project)
    if milestone.done_on is not None:
        raise Refused("This milestone is done: its date does not move any more.")


def _still_runs(project: Project) -> None:
    if project.state not in RUNNING:
        raise Refused(f"The project is {project.state}.")
