"""How a proposal becomes part of the code: Section D, as a table.

Raised before 1 November 2018 a proposal is submitted and the Panel sends it on (OLD-3, OLD-5); raised since, it is
a Draft Proposal until it is converted (NEW-2). From the Refinement Process on, both shapes share the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from secretariat.change.models import OPEN_STAGES, Body, Path, Proposal, Release, Stage, StageSpell, is_old_shape, label
from secretariat.core.capacities import team
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Change, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK, UnknownRule
from secretariat.plain.dates import LONDON, local_day
from secretariat.plain.workdays import CLOSE

change_team = team(Team.CHANGE)

DECIDERS: Mapping[str, tuple[str, ...]] = {
    Path.AUTHORITY_LED: (Body.AUTHORITY,),
    Path.AUTHORITY: (Body.AUTHORITY,),
    Path.SELF_GOVERNANCE: (Body.CHANGE_BOARD, Body.PANEL),
    Path.FAST_TRACK: (Body.PANEL,),
}
"""Who may decide on each path; the Panel decides under Self-Governance when a decision was referred to it (DEC-1)."""

WITHOUT_CONSULTATION = (Path.AUTHORITY_LED, Path.FAST_TRACK)
RECOMMENDATIONS = (("approve", "Approve"), ("reject", "Reject"))


@rule("MOD-1")
def raised_in_the_new_shape(proposal: Proposal, at: datetime) -> bool:
    """Draft Proposals are raised from 1 November 2018 on."""
    return not is_old_shape(local_day(at))


@rule("MOD-1")
def raised_in_the_old_shape(proposal: Proposal, at: datetime) -> bool:
    """Proposals were submitted straight to the Panel until 31 October 2018."""
    return is_old_shape(local_day(at))


@rule("NEW-2")
def stage_has_begun(proposal: Proposal, at: datetime) -> bool:
    """A step cannot be dated before the stage it leaves began."""
    begun = proposal.spells.filter(to_day__isnull=True).values_list("from_day", flat=True).first()
    return begun is not None and local_day(at) >= begun


@rule("MOD-1, NEW-2")
def is_draft_proposal(proposal: Proposal, at: datetime) -> bool:
    """Only a Draft Proposal is converted; proposals raised before 1 November 2018 keep their label for ever."""
    return not is_old_shape(proposal.raised_on) and proposal.converted_on is None


@rule("NEW-5")
def body_converts(proposal: Proposal, at: datetime, facts: Mapping[str, Any]) -> bool:
    """A Draft Proposal is converted by the body that the rulebook names on the day."""
    try:
        return bool(facts["decided_by"] == RULEBOOK.text("change.converts", at))
    except UnknownRule:
        return False


@rule("OLD-3")
def is_of_the_old_shape(proposal: Proposal, at: datetime) -> bool:
    """Only a proposal raised before 1 November 2018 goes on without being converted."""
    return is_old_shape(proposal.raised_on)


@rule("NEW-9")
def consultation_is_over(proposal: Proposal, at: datetime, facts: Mapping[str, Any]) -> bool:
    """The Change Board considers a modification after its Modification Report Consultation has closed at 17:00."""
    if proposal.path in WITHOUT_CONSULTATION:
        return True
    closed = facts["consultation_closed"]
    return closed is not None and at > datetime.combine(closed, CLOSE, tzinfo=LONDON)


@rule("OLD-4")
def path_is_known(proposal: Proposal, at: datetime) -> bool:
    """Nobody can decide before the proposal's path is recorded."""
    return bool(proposal.path)


@rule("OLD-4")
def decider_fits_the_path(proposal: Proposal, at: datetime, facts: Mapping[str, Any]) -> bool:
    """The Authority decides on paths 1 and 2, the Change Board (or the Panel, on referral) under Self-Governance,
    and the Panel alone on the Fast-Track.
    """
    return facts["decided_by"] in DECIDERS.get(proposal.path, ())


@rule("CB-1")
def is_for_the_authority(proposal: Proposal, at: datetime) -> bool:
    """The Change Board recommends only on proposals that the Authority determines, and once."""
    return proposal.path == Path.AUTHORITY and not proposal.recommendation


@rule("CB-1")
def board_has_recommended(proposal: Proposal, at: datetime) -> bool:
    """The Authority determines a proposal after the Change Board has recommended."""
    return proposal.path != Path.AUTHORITY or bool(proposal.recommendation)


@rule("DEC-2")
def is_with_the_authority(proposal: Proposal, at: datetime) -> bool:
    """Only a report on which the Change Board has recommended to the Authority is sent back."""
    return proposal.path == Path.AUTHORITY and bool(proposal.recommendation)


@rule("OLD-8")
def board_has_not_decided(proposal: Proposal, at: datetime) -> bool:
    """A Proposer withdraws before the Change Board's decision, and not after the Authority sent the report back."""
    sent_back = proposal.spells.filter(stage=Stage.DECISION, to_day__isnull=False).exists()
    return not proposal.recommendation and not sent_back


@rule("REL-3")
def release_is_live(proposal: Proposal, at: datetime, facts: Mapping[str, Any]) -> bool:
    """A modification is implemented once its release has gone live."""
    release: Release | None = facts["release"]
    return release is None or release.go_live_on <= local_day(at)


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


def to(stage: str) -> Change:
    """The change that a plain step makes: another stage, and who decided it."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded, facts.get("decided_by", ""))

    return change


def raised(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The first stage begins; the event tells the label and title."""
    begin(proposal, Stage.DEVELOPMENT, at, recorded)
    facts |= {"reference": proposal.reference, "title": proposal.title}


def converted_to(stage: str) -> Change:
    """The change that conversion makes: the label turns from DP to MP, the digits stay (MOD-1)."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded, facts["decided_by"])
        old, proposal.converted_on = proposal.reference, local_day(at)
        proposal.reference = label(proposal.number, proposal.suffix, proposal.raised_on, proposal.converted_on)
        facts["reference"] = {"old": old, "new": proposal.reference}

    return change


def recommended(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The Change Board's recommendation is kept; the proposal still awaits its decision."""
    proposal.recommendation = facts["recommendation"]


def sent_back_to(stage: str) -> Change:
    """The change that a send-back makes: the recommendation lapses with the report."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded, Body.AUTHORITY)
        proposal.recommendation = ""

    return change


def implemented(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The modification is part of the code, by its release where it has one."""
    begin(proposal, Stage.IMPLEMENTED, at, recorded)
    proposal.release = facts["release"]


def _body() -> forms.Field:
    return forms.ChoiceField(choices=Body.choices, label="Decided by")


def _closed() -> forms.Field:
    return forms.DateField(required=False, label="Modification Report Consultation closed on")


def _recommendation() -> forms.Field:
    return forms.ChoiceField(choices=RECOMMENDATIONS)


def _release() -> forms.Field:
    return forms.ModelChoiceField(Release.objects.all(), required=False, help_text="Leave empty outside a release.")


DECISION = (stage_has_begun, path_is_known, decider_fits_the_path, board_has_recommended)
BACK = (stage_has_begun, is_with_the_authority)

CHANGE = Procedure(
    "change",
    Proposal,
    Step("raise", NEW, Stage.DEVELOPMENT, change_team, (raised_in_the_new_shape,), change=raised),
    Step("submit", NEW, Stage.DEVELOPMENT, change_team, (raised_in_the_old_shape,), change=raised),
    Step(
        "convert", Stage.DEVELOPMENT, Stage.REFINEMENT, change_team,
        (stage_has_begun, is_draft_proposal, body_converts),
        {"decided_by": _body}, converted_to(Stage.REFINEMENT), "Convert to a Modification Proposal", primary=True,
    ),
    Step(
        "convert_to_report", Stage.DEVELOPMENT, Stage.REPORT, change_team,
        (stage_has_begun, is_draft_proposal, body_converts),
        {"decided_by": _body}, converted_to(Stage.REPORT), "Convert and skip the Refinement Process",
    ),
    Step(
        "refine", Stage.DEVELOPMENT, Stage.REFINEMENT, change_team, (stage_has_begun, is_of_the_old_shape),
        change=to(Stage.REFINEMENT), says="Send to the Refinement Process",
    ),
    Step(
        "consult", Stage.DEVELOPMENT, Stage.REPORT, change_team, (stage_has_begun, is_of_the_old_shape),
        change=to(Stage.REPORT), says="Send straight to Modification Report Consultation",
    ),
    Step(
        "report", Stage.REFINEMENT, Stage.REPORT, change_team, (stage_has_begun,),
        change=to(Stage.REPORT), says="Move to the Report Phase", primary=True,
    ),
    Step(
        "vote", Stage.REPORT, Stage.DECISION, change_team, (stage_has_begun, path_is_known, consultation_is_over),
        {"consultation_closed": _closed}, to(Stage.DECISION), "Put to decision", primary=True,
    ),
    Step(
        "recommend", Stage.DECISION, None, change_team, (stage_has_begun, is_for_the_authority),
        {"recommendation": _recommendation}, recommended, "Record the Change Board's recommendation",
    ),
    Step("approve", Stage.DECISION, Stage.APPROVED, change_team, DECISION, {"decided_by": _body}, to(Stage.APPROVED)),
    Step("reject", Stage.DECISION, Stage.REJECTED, change_team, DECISION, {"decided_by": _body}, to(Stage.REJECTED)),
    Step(
        "send_back", Stage.DECISION, Stage.REPORT, change_team, BACK,
        change=sent_back_to(Stage.REPORT), says="Send back to the Report Phase",
    ),
    Step(
        "send_back_to_refinement", Stage.DECISION, Stage.REFINEMENT, change_team, BACK,
        change=sent_back_to(Stage.REFINEMENT), says="Send back to the Refinement Process",
    ),
    Step(
        "implement", Stage.APPROVED, Stage.IMPLEMENTED, change_team, (stage_has_begun, release_is_live),
        {"release": _release}, implemented, primary=True,
    ),
    Step(
        "withdraw", OPEN_STAGES, Stage.WITHDRAWN, change_team, (stage_has_begun, board_has_not_decided),
        change=to(Stage.WITHDRAWN),
    ),
)  # fmt: skip
