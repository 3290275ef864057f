"""The step that leads a proposal on from where it stands, what it lacks, and who has the ball."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.change.models import Body, Path, Proposal, Stage, is_old_shape
from secretariat.change.procedure import CHANGE
from secretariat.change.rules import DECIDERS, WITHOUT_CONSULTATION, named_body
from secretariat.consultations.models import Kind, closed_on
from secretariat.core.procedure import Step

TEAM = "The secretariat's change team"


def steps_on(proposal: Proposal) -> list[Step]:
    """The steps still to be taken to the next stage, in order: what is taken within the stage first."""
    old, path, stage = is_old_shape(proposal.raised_on), proposal.path, proposal.state
    if stage == Stage.DEVELOPMENT:
        first = [] if not old or hasattr(proposal, "initial_report") else ["initial_report"]
        names = [*first, "refine"] if old else ["convert"]
    elif stage == Stage.REPORT:
        approves = path not in WITHOUT_CONSULTATION and proposal.report_approved_on is None
        names = [*(["approve_report"] if approves else []), "vote"]
    elif stage == Stage.DECISION:
        recommends = path == Path.AUTHORITY and not proposal.recommendation
        names = [*(["recommend"] if recommends else []), "approve"]
    else:
        names = {Stage.REFINEMENT.value: ["report"], Stage.APPROVED.value: ["implement"]}.get(stage, [])
    return [CHANGE.steps[name] for name in names]


def holder(step: Step, proposal: Proposal, at: datetime) -> str:
    """Who has the ball for a step: the body that decides, else the change team."""
    bodies = {
        "convert": named_body("change.converts", at),
        "approve_report": named_body("change.approves_report", at),
        "refine": Body.PANEL.value,
        "recommend": Body.CHANGE_BOARD.value,
        "approve": DECIDERS.get(proposal.path, ("",))[0],
    }
    found = bodies.get(step.name, "")
    return str(Body(found).label) if found else TEAM


WORDS = {
    "convert": "It is converted to a Modification Proposal.",
    "initial_report": "Its Initial Modification Report is put to the Panel.",
    "refine": "The Panel sends it to the Refinement Process, or straight to consultation.",
    "report": "Its Modification Report is ready for the Report Phase.",
    "approve_report": "Its Modification Report is approved for consultation.",
    "vote": "It is put to decision.",
    "recommend": "The Change Board recommends to the Authority.",
    "approve": "It is approved or rejected.",
    "implement": "It is implemented.",
}


def lacking(proposal: Proposal, at: datetime) -> Iterator[tuple[str, str, str]]:
    """What the steps to its next stage lack: each thing, who has it, and its citation."""
    steps, told = steps_on(proposal), set[str]()
    for step in steps:
        for rule in step.rules:
            judged_now = rule.test.__code__.co_argcount == 2
            if judged_now and rule.name not in told and not rule(proposal, at):
                told.add(rule.name)
                yield rule.sentence, TEAM, rule.citation
        consults = step.name == "vote" and proposal.path not in WITHOUT_CONSULTATION
        if consults and closed_on(proposal, Kind.REPORT) is None:
            yield "Its Modification Report Consultation has closed.", TEAM, "NEW-9"
        yield WORDS[step.name], holder(step, proposal, at), ""
