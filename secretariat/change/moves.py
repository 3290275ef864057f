"""What the steps of a change write besides the state: the stages as dated rows, the label, the report, the release."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.change.entry import panel_timing
from secretariat.change.models import Body, Proposal, Stage, StageSpell, label
from secretariat.change.naming.models import Label
from secretariat.change.rules import named_body
from secretariat.change.standing.models import Advice, InitialReport, Part, ProposerSpell, Relation
from secretariat.core.procedure import Change, Refused
from secretariat.plain.dates import local_day


def begin(proposal: Proposal, stage: str, at: datetime, recorded: datetime, decided_by: str = "") -> None:
    """Ends the stage in force and begins another on the day of `at`. Raises Refused when the stages would overlap."""
    day = local_day(at)
    try:
        for last in proposal.spells.filter(to_day__isnull=True):
            last.to_day = day - timedelta(days=1)
            last.full_clean()
            last.save(update_fields=["to_day"])
        spell = StageSpell(proposal=proposal, stage=stage, from_day=day, decided_by=decided_by, recorded=recorded)
        spell.full_clean()
        spell.save()
    except ValidationError as error:
        raise Refused(*error.messages) from error


def called(proposal: Proposal, at: datetime, recorded: datetime) -> None:
    """Keeps the label that the proposal has from the day of `at` on (MOD-1)."""
    Label.objects.get_or_create(
        text=proposal.reference, proposal=proposal, defaults={"from_day": local_day(at), "recorded": recorded}
    )


def to(stage: str) -> Change:
    """The change that a plain step makes: another stage, and who decided it."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded, facts.get("decided_by", ""))

    return change


def raised_in(stage: str) -> Change:
    """The change that raising makes: the first stage, label and Proposer; the event tells the label and title."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded)
        called(proposal, at, recorded)
        first_proposer(proposal, recorded)
        facts |= {"reference": proposal.reference, "title": proposal.title}

    return change


def first_proposer(proposal: Proposal, recorded: datetime) -> None:
    """Keeps who raised the proposal as the first of its Proposers, unless one is kept."""
    if proposal.proposer_name and not proposal.proposer_spells.exists():
        ProposerSpell.objects.create(
            proposal=proposal, party=proposal.proposer, name=proposal.proposer_name, how=ProposerSpell.How.RAISED,
            from_day=proposal.raised_on, recorded=recorded,
        )  # fmt: skip


def varied(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """An Authority-Led Variation is a Modification Proposal from its first day, and begins with its report."""
    proposal.converted_on = local_day(at)
    proposal.reference = label(proposal.number, proposal.suffix, proposal.raised_on, proposal.converted_on)
    raised_in(Stage.REPORT)(proposal, at, recorded, facts)


def converted_to(stage: str) -> Change:
    """The change that conversion makes: the label turns from DP to MP, the digits stay (MOD-1)."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded, facts["decided_by"])
        old, proposal.converted_on = proposal.reference, local_day(at)
        proposal.reference = label(proposal.number, proposal.suffix, proposal.raised_on, proposal.converted_on)
        called(proposal, at, recorded)
        facts["reference"] = {"old": old, "new": proposal.reference}

    return change


def split_off_in(stage: str) -> Change:
    """The change that a split makes: the part begins where the other stands, with its Proposer and its history."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        raised_in(stage)(proposal, at, recorded, facts)
        facts["split_from"] = proposal.split_from

    return change


def initially_reported(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The Initial Modification Report, with its dates reckoned back from the Panel (OLD-2)."""
    papers, form = panel_timing(facts["panel_on"])
    dates = {"papers_on": papers.result, "form_in_by": form.result, "panel_on": facts["panel_on"]}
    InitialReport.objects.update_or_create(proposal=proposal, defaults={**dates, "recorded": recorded})


def refused_for_its_effect(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The Panel refuses the proposal, and the other of the same effect is named (OLD-7)."""
    begin(proposal, Stage.REJECTED, at, recorded, Body.PANEL)
    Relation.objects.get_or_create(
        proposal=proposal, kind=Relation.Kind.SAME_EFFECT, other=facts["same_as"],
        defaults={"from_day": local_day(at), "recorded": recorded, "classification": proposal.classification},
    )  # fmt: skip


def advised(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """What the body that oversees Draft Proposals said is kept (NEW-4)."""
    facts["body"] = named_body("change.advises", at)
    Advice.objects.create(
        proposal=proposal, body=facts["body"], kind=facts["advice"], note=facts["note"], said_on=local_day(at),
        recorded=recorded,
    )  # fmt: skip


def report_approved(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The Modification Report goes out to consultation; the proposal stays in the Report Phase."""
    proposal.report_approved_on = local_day(at)


def recommended(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The Change Board's recommendation is kept; the proposal still awaits its decision."""
    proposal.recommendation = facts["recommendation"]


def sent_back_to(stage: str) -> Change:
    """The change that a send-back makes: the recommendation lapses with the report and its approval."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded, Body.AUTHORITY)
        proposal.recommendation, proposal.report_approved_on = "", None

    return change


def part_implemented(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """One part is in the code; the modification awaits its others (REL-5)."""
    part: Part = facts["part"]
    part.implemented_on = local_day(at)
    part.release = facts["release"] or part.release
    part.save(update_fields=["implemented_on", "release"])


def implemented(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The modification, or what was left of it, is part of the code, by its release where it has one."""
    begin(proposal, Stage.IMPLEMENTED, at, recorded)
    proposal.release = facts["release"]
    for part in proposal.parts.filter(implemented_on__isnull=True):
        part_implemented(proposal, at, recorded, {"part": part, "release": facts["release"]})
