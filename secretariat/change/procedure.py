"""How a proposal becomes part of the code: Section D, as a table.

Raised before 1 November 2018 a proposal is submitted and the Panel considers its Initial Modification Report (OLD-3,
OLD-5); raised since, it is a Draft Proposal until it is converted (NEW-2); an Authority-Led Variation begins with its
report. From the Refinement Process on, all share the table. The table of a proposal is that of the day it was raised.
Its steps are the events of the proposal's timeline (NEW-13).
The rules are in `rules`, `entry` and `standing.rules`, what the steps write in `moves` and `standing.moves`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django import forms

from secretariat.change import entry, moves, rules
from secretariat.change.drafting.moves import legal_text_approved, legal_text_dropped, legal_text_taken_up
from secretariat.change.drafting.rules import legal_text_is_ready
from secretariat.change.models import OPEN_STAGES, Body, Proposal, Release, Stage
from secretariat.change.moves import raised_in, split_off_in, to
from secretariat.change.rules import DECIDERS, WITHOUT_CONSULTATION, is_not_on_hold, stage_has_begun
from secretariat.change.standing import moves as standing
from secretariat.change.standing import rules as status
from secretariat.change.standing.models import Advice, Part
from secretariat.change.who import adopter, change_team, proposer, raiser, referrer
from secretariat.core.capacities import the_clock
from secretariat.core.facts import a_day, a_line
from secretariat.core.procedure import NEW, Procedure, Step
from secretariat.register.models import Party

__all__ = ["CHANGE", "DECIDERS", "WITHOUT_CONSULTATION", "change_team"]

RECOMMENDATIONS = (("approve", "Approve"), ("reject", "Reject"))
SETTERS = (("Proposer", "Proposer"), *Body.choices)

Field = Callable[[], forms.Field]


def _body() -> forms.Field:
    told = "Whose decision it is stands on the proposal's page, under “What it still needs”."
    return forms.ChoiceField(choices=Body.choices, label="Decided by", help_text=told)


def _recommendation() -> forms.Field:
    return forms.ChoiceField(choices=RECOMMENDATIONS)


def _release() -> forms.Field:
    return forms.ModelChoiceField(Release.objects.all(), required=False, help_text="Leave empty outside a release.")


def _target() -> forms.Field:
    return forms.ModelChoiceField(Release.objects.all(), label="Release")


def _setter() -> forms.Field:
    return forms.ChoiceField(choices=SETTERS, label="Set by")


def _part() -> forms.Field:
    return forms.ModelChoiceField(Part.objects.filter(implemented_on__isnull=True))


def _party() -> forms.Field:
    return forms.ModelChoiceField(Party.objects.filter(left_on__isnull=True), label="New Proposer")


def _proposal() -> forms.Field:
    found = Proposal.objects.all()
    return forms.ModelChoiceField(found, to_field_name="reference", label="Same effect as", widget=forms.TextInput)


def _advice() -> forms.Field:
    return forms.ChoiceField(choices=Advice.Kind.choices)


def _yes(label: str) -> Field:
    return lambda: forms.BooleanField(required=False, label=label)


MAY_RAISE = (entry.the_raiser_may_raise, entry.right_to_raise_is_not_suspended, entry.fast_track_is_raised_by_the_panel)
ONWARD = (stage_has_begun, is_not_on_hold)
CONVERSION = (*ONWARD, rules.is_draft_proposal, rules.body_converts)
AT_PANEL = (*ONWARD, entry.is_of_the_old_shape, entry.panel_has_the_initial_report)
DECISION = (
    stage_has_begun, rules.path_is_known, rules.decider_fits_the_path, rules.board_has_recommended,
    entry.fast_track_is_raised_by_the_panel,
)  # fmt: skip
BACK = (stage_has_begun, rules.is_with_the_authority)
HEARD = (stage_has_begun, rules.can_be_referred, rules.a_referral_is_heard)
LIVE = (*OPEN_STAGES, Stage.APPROVED)
UNREFERRED = (rules.referral_period_is_over, rules.no_referral_waits, rules.conditions_are_met)
DECIDED = (Stage.APPROVED, Stage.REJECTED)


def adoptions() -> Iterator[Step]:
    """The steps by which an adopted proposal goes on, one for each stage in which it can be withdrawn (OLD-8)."""
    for stage in OPEN_STAGES:
        needs = (stage_has_begun, status.can_still_be_adopted, status.somebody_adopts_it, status.withdrawn_in(stage))
        says = f"Go on, adopted: {stage.label}"
        yield Step(f"adopt_in_{stage}", Stage.WITHDRAWN, stage, adopter, needs, {},
                   legal_text_taken_up(standing.adopted_in(stage)), says)  # fmt: skip


def parts_split_off() -> Iterator[Step]:
    """The steps by which a part begins that is split off, one for each stage in which that happens (MOD-3)."""
    for stage in OPEN_STAGES:
        change = split_off_in(stage)
        yield Step(f"split_off_in_{stage}", NEW, stage, change_team, (entry.is_split_off,), {}, change)


CHANGE = Procedure(
    "change",
    Proposal,
    Step("raise", NEW, Stage.DEVELOPMENT, raiser, (entry.raised_in_the_new_shape, *MAY_RAISE),
         change=raised_in(Stage.DEVELOPMENT)),
    Step("submit", NEW, Stage.DEVELOPMENT, raiser, (entry.raised_in_the_old_shape, *MAY_RAISE),
         change=raised_in(Stage.DEVELOPMENT)),
    Step("vary", NEW, Stage.REPORT, change_team,
         (entry.raised_in_the_new_shape, entry.the_raiser_may_raise, entry.is_the_authoritys),
         change=moves.varied, says="Enter an Authority-Led Variation"),
    # The new process: the Development Stage.
    Step("advise", Stage.DEVELOPMENT, None, change_team, (stage_has_begun, rules.is_draft_proposal),
         {"advice": _advice, "note": a_line(300, "Note", required=False)}, moves.advised, "Record what was advised"),
    Step("convert", Stage.DEVELOPMENT, Stage.REFINEMENT, change_team, CONVERSION, {"decided_by": _body},
         moves.converted_to(Stage.REFINEMENT), "Convert to a Modification Proposal", primary=True),
    Step("convert_to_report", Stage.DEVELOPMENT, Stage.REPORT, change_team, CONVERSION, {"decided_by": _body},
         moves.converted_to(Stage.REPORT), "Convert and skip the Refinement Process"),
    # The old process: the Initial Modification Report before the Panel.
    Step("initial_report", Stage.DEVELOPMENT, None, change_team,
         (stage_has_begun, entry.is_of_the_old_shape, entry.form_was_in_before_paper_day),
         {"panel_on": a_day("Panel meeting on")},
         moves.initially_reported, "Put the Initial Modification Report to the Panel"),
    Step("refine", Stage.DEVELOPMENT, Stage.REFINEMENT, change_team, AT_PANEL,
         change=to(Stage.REFINEMENT), says="Send to the Refinement Process"),
    Step("consult", Stage.DEVELOPMENT, Stage.REPORT, change_team, AT_PANEL,
         change=to(Stage.REPORT), says="Send straight to Modification Report Consultation"),
    Step("refuse", Stage.DEVELOPMENT, Stage.REJECTED, change_team,
         (*AT_PANEL, entry.same_effect_is_pending_or_lately_rejected), {"same_as": _proposal},
         legal_text_dropped(moves.refused_for_its_effect), "Refuse: same effect as another"),
    # All: refinement, report, decision.
    Step("report", Stage.REFINEMENT, Stage.REPORT, change_team, ONWARD,
         change=to(Stage.REPORT), says="Move to the Report Phase", primary=True),
    Step("approve_report", Stage.REPORT, None, change_team,
         (*ONWARD, rules.report_awaits_approval, rules.points_are_answered, rules.body_approves_reports),
         {"decided_by": _body}, moves.report_approved, "Approve the Modification Report for consultation"),
    Step("vote", Stage.REPORT, Stage.DECISION, change_team,
         (*ONWARD, rules.path_is_known, rules.report_is_approved, rules.assessments_are_back, rules.points_are_answered,
          rules.consultation_is_over, legal_text_is_ready),
         {"consultation_closed": a_day("Modification Report Consultation closed on", required=False)},
         to(Stage.DECISION), "Put to decision", primary=True),
    Step("recommend", Stage.DECISION, None, change_team, (stage_has_begun, rules.is_for_the_authority),
         {"recommendation": _recommendation}, moves.recommended, "Record the Change Board's recommendation"),
    Step("approve", Stage.DECISION, Stage.APPROVED, change_team,
         (*DECISION, rules.fast_track_is_unanimous, legal_text_is_ready),
         {"decided_by": _body, "unanimous": _yes("The Panel was unanimous (Fast-Track)")},
         legal_text_approved(to(Stage.APPROVED))),
    Step("reject", Stage.DECISION, Stage.REJECTED, change_team, DECISION, {"decided_by": _body},
         legal_text_dropped(to(Stage.REJECTED))),
    Step("send_back", Stage.DECISION, Stage.REPORT, change_team, BACK,
         change=moves.sent_back_to(Stage.REPORT), says="Send back to the Report Phase"),
    Step("send_back_to_refinement", Stage.DECISION, Stage.REFINEMENT, change_team, BACK,
         change=moves.sent_back_to(Stage.REFINEMENT), says="Send back to the Refinement Process"),
    # Referral: the decision stands until it is overturned.
    Step("refer", DECIDED, None, referrer, (stage_has_begun, rules.can_be_referred), says="Record a referral"),
    Step("uphold", DECIDED, None, change_team, HEARD, {"decided_by": _body}, says="Uphold what was referred"),
    Step("overturn", Stage.APPROVED, Stage.REJECTED, change_team, HEARD, {"decided_by": _body},
         legal_text_dropped(to(Stage.REJECTED)), "Overturn the approval that was referred"),
    Step("overturn_rejection", Stage.REJECTED, Stage.APPROVED, change_team, HEARD, {"decided_by": _body},
         legal_text_approved(to(Stage.APPROVED)), "Overturn the rejection that was referred"),
    Step("implement_part", Stage.APPROVED, None, change_team,
         (*ONWARD, *UNREFERRED, rules.another_part_is_left, rules.part_is_its_own,
          rules.release_is_live),
         {"part": _part, "release": _release}, moves.part_implemented, "Implement one part"),
    Step("implement", Stage.APPROVED, Stage.IMPLEMENTED, change_team,
         (*ONWARD, *UNREFERRED, rules.at_most_one_part_is_left, rules.release_is_live),
         {"release": _release}, moves.implemented, primary=True),
    # The status, apart from the stage.
    Step("hold", LIVE, None, change_team, (stage_has_begun, is_not_on_hold),
         {"held_by": a_line(100, "Put on hold by"), "reason": a_line(300, "Why")}, standing.held, "Put on hold"),
    Step("resume", LIVE, None, change_team, (stage_has_begun, rules.is_on_hold), {"reason": a_line(300, "Why")},
         standing.resumed),
    Step("target", LIVE, None, change_team,
         (stage_has_begun, rules.target_is_to_come, rules.authority_moves_it_after_approval),
         {"release": _target, "set_by": _setter, "reason": a_line(300, "Why", required=False)},
         standing.aimed, "Aim at a release"),
    Step("change_proposer", LIVE, None, change_team, (stage_has_begun, status.may_be_its_proposer),
         {"party": _party, "reason": a_line(300, "Why", required=False)}, standing.taken_over, "Change the Proposer"),
    Step("withdraw", OPEN_STAGES, Stage.WITHDRAWN, proposer,
         (stage_has_begun, rules.board_has_not_decided, rules.authority_consents_on_path_1),
         {"reason": a_line(300, "Why", required=False), "authority_consents": _yes("The Authority consents (Path 1)")},
         legal_text_dropped(standing.withdrawn)),
    *adoptions(),
    Step("close_withdrawn", Stage.WITHDRAWN, None, the_clock, (status.window_has_run_out,), change=standing.closed),
    *parts_split_off(),
)  # fmt: skip
