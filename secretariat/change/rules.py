"""The rules of Section D that every process shares: stages and their order, decisions, withdrawal, implementation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from secretariat.change.assessments.models import awaited
from secretariat.change.decision.models import REFERRED, Outcome, condition_holds
from secretariat.change.models import Body, Path, Proposal, Release, Stage, StageSpell, is_old_shape
from secretariat.consultations.models import unanswered
from secretariat.core.calendar import calendar
from secretariat.core.procedure import rule
from secretariat.core.rulebook import RULEBOOK, UnknownRule
from secretariat.plain.dates import LONDON, local_day
from secretariat.plain.workdays import CLOSE

Facts = Mapping[str, Any]

DECIDERS: Mapping[str, tuple[str, ...]] = {
    Path.AUTHORITY_LED: (Body.AUTHORITY,),
    Path.AUTHORITY: (Body.AUTHORITY,),
    Path.SELF_GOVERNANCE: (Body.CHANGE_BOARD, Body.PANEL),
    Path.FAST_TRACK: (Body.PANEL,),
}
"""Who may decide on each path; the Panel decides under Self-Governance when a decision was referred to it (DEC-1)."""

WITHOUT_CONSULTATION = (Path.AUTHORITY_LED, Path.FAST_TRACK)


def named_body(key: str, at: datetime) -> str:
    """The body that the rulebook names under a key at an instant; empty when it names none."""
    try:
        return RULEBOOK.text(key, at)
    except UnknownRule:
        return ""


def last_spell(proposal: Proposal, *stages: str) -> StageSpell | None:
    """The latest spell of a proposal in one of some stages."""
    found: StageSpell | None = proposal.spells.filter(stage__in=stages).order_by("-from_day", "-pk").first()
    return found


@rule("NEW-2")
def stage_has_begun(proposal: Proposal, at: datetime) -> bool:
    """A step cannot be dated before the stage it leaves began."""
    begun = proposal.spells.filter(to_day__isnull=True).values_list("from_day", flat=True).first()
    return begun is not None and local_day(at) >= begun


@rule("NEW-2")
def is_not_on_hold(proposal: Proposal, at: datetime) -> bool:
    """A proposal on hold goes no further until it is resumed."""
    return not proposal.on_hold


@rule("NEW-2")
def is_on_hold(proposal: Proposal, at: datetime) -> bool:
    """Only a proposal on hold is resumed."""
    return proposal.on_hold


@rule("MOD-1, NEW-2")
def is_draft_proposal(proposal: Proposal, at: datetime) -> bool:
    """Only a Draft Proposal is converted; proposals raised before 1 November 2018 keep their label for ever."""
    return not is_old_shape(proposal.raised_on) and proposal.converted_on is None


@rule("NEW-5")
def body_converts(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """A Draft Proposal is converted by the body that the rulebook names on the day."""
    return bool(facts["decided_by"] == named_body("change.converts", at))


@rule("OLD-5, NEW-2")
def body_approves_reports(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """A Modification Report is approved for consultation by the body that the rulebook names on the day."""
    return bool(facts["decided_by"] == named_body("change.approves_report", at))


@rule("OLD-5, NEW-2")
def report_awaits_approval(proposal: Proposal, at: datetime) -> bool:
    """A Modification Report is approved once, until the Authority sends it back."""
    return proposal.report_approved_on is None


@rule("OLD-5, NEW-2")
def report_is_approved(proposal: Proposal, at: datetime) -> bool:
    """The Modification Report is approved and consulted on before the proposal is put to decision."""
    if proposal.path in WITHOUT_CONSULTATION:
        return True
    return proposal.report_approved_on is not None and proposal.report_approved_on <= local_day(at)


@rule("NEW-11")
def points_are_answered(proposal: Proposal, at: datetime) -> bool:
    """Every point of a closed consultation has a disposition and an answer before the report is issued or voted on."""
    return not unanswered(proposal, at).exists()


@rule("NEW-6")
def assessments_are_back(proposal: Proposal, at: datetime) -> bool:
    """The Change Board considers a modification when every DCC assessment that was asked for has come back."""
    return not awaited(proposal).exists()


@rule("NEW-9")
def consultation_is_over(proposal: Proposal, at: datetime, facts: Facts) -> bool:
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
def decider_fits_the_path(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """The Authority decides on paths 1 and 2, the Change Board (or the Panel, on referral) under Self-Governance,
    and the Panel alone on the Fast-Track.
    """
    return facts["decided_by"] in DECIDERS.get(proposal.path, ())


@rule("OLD-4, GOV-6")
def fast_track_is_unanimous(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """The Panel approves on the Fast-Track unanimously, or not at all."""
    return proposal.path != Path.FAST_TRACK or bool(facts["unanimous"])


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


@rule("DEC-1")
def can_be_referred(proposal: Proposal, at: datetime) -> bool:
    """Only the Change Board's own decision under Self-Governance is referred to the Panel."""
    spell = last_spell(proposal, Stage.APPROVED, Stage.REJECTED)
    return proposal.path == Path.SELF_GOVERNANCE and spell is not None and spell.decided_by != Body.AUTHORITY


@rule("DEC-1, OLD-6")
def a_referral_is_heard(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """The Panel, and after it the Authority, upholds or overturns a decision that was referred."""
    return facts["decided_by"] in (Body.PANEL, Body.AUTHORITY)


@rule("OLD-8")
def board_has_not_decided(proposal: Proposal, at: datetime) -> bool:
    """A Proposer withdraws before the Change Board's decision, and not after the Authority sent the report back."""
    if proposal.recommendation:
        return False
    first = proposal.spells.filter(stage=Stage.DECISION).order_by("pk").values("pk")[:1]
    return not proposal.spells.filter(stage__in=(Stage.REFINEMENT, Stage.REPORT), pk__gt=first).exists()


@rule("OLD-8")
def authority_consents_on_path_1(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """A proposal on Path 1 is withdrawn with the Authority's consent only."""
    return proposal.path != Path.AUTHORITY_LED or bool(facts["authority_consents"])


@rule("REL-4")
def authority_moves_it_after_approval(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """After approval only the Authority moves the release at which a modification aims."""
    return proposal.state != Stage.APPROVED or facts["set_by"] == Body.AUTHORITY


@rule("REL-3")
def target_is_to_come(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """A proposal aims at a release that has not gone live."""
    return bool(facts["release"].go_live_on >= local_day(at))


@rule("REL-3")
def release_is_live(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """A modification is implemented once its release has gone live."""
    release: Release | None = facts["release"]
    return release is None or release.go_live_on <= local_day(at)


@rule("DEC-1, OLD-6")
def referral_period_is_over(proposal: Proposal, at: datetime) -> bool:
    """What the Change Board approved under Self-Governance is implemented when it can no longer be referred."""
    windows = [decision.window() for decision in proposal.decisions.all()]
    if any(window is not None and at <= window.closes_at for window in windows):
        return False
    spell = last_spell(proposal, Stage.APPROVED)
    if proposal.path != Path.SELF_GOVERNANCE or spell is None or spell.decided_by != Body.CHANGE_BOARD:
        return True
    board = proposal.decisions.filter(body=Body.CHANGE_BOARD)
    notified = board.aggregate(day=Max("notified_on"))["day"] or spell.from_day
    days = calendar()
    return at > days.closing(days.add(notified, RULEBOOK.number("referral.window_wd", notified)))


@rule("DEC-1")
def no_referral_waits(proposal: Proposal, at: datetime) -> bool:
    """What was referred is implemented when the referral has been heard."""
    return not proposal.decisions.filter(state=REFERRED).exists()


@rule("DEC-3")
def conditions_are_met(proposal: Proposal, at: datetime) -> bool:
    """What was approved on condition of another proposal is implemented when that one is approved as well."""
    approvals = proposal.decisions.filter(outcome=Outcome.APPROVE).select_related("conditional_on")
    return all(condition_holds(decision) for decision in approvals)


@rule("REL-5")
def at_most_one_part_is_left(proposal: Proposal, at: datetime) -> bool:
    """A modification in parts is implemented with its last part, not before."""
    return proposal.parts.filter(implemented_on__isnull=True).count() <= 1


@rule("REL-5")
def another_part_is_left(proposal: Proposal, at: datetime) -> bool:
    """The last part of a modification is implemented by implementing the modification."""
    return proposal.parts.filter(implemented_on__isnull=True).count() > 1


@rule("REL-5")
def part_is_its_own(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """A part is implemented once, and is one of this modification's."""
    return bool(facts["part"].proposal_id == proposal.pk and facts["part"].implemented_on is None)
