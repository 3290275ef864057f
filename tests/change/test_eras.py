"""The tables of procedure by era: the Initial Modification Report, the Fast-Track, variations, who may raise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.change.actions import raise_proposal, raise_variation
from secretariat.change.assessments.models import Assessment
from secretariat.change.decision.models import Decision
from secretariat.change.entry import months_before, panel_timing
from secretariat.change.models import Body, Path, Proposal, Raiser, Release, Stage, StageSpell
from secretariat.change.standing.models import Advice, InitialReport, Part, Relation
from secretariat.consultations.models import Consultation, Point, Response
from secretariat.core.journal import history
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.register.models import DefaultCase, PanelAction, Party, Suspension
from tests.change.factories import (
    LATER,
    before_the_panel,
    change_person,
    converted,
    in_decision,
    in_report,
    london,
    party,
    person,
    raised,
    release,
    report_approved,
    take,
)

pytestmark = pytest.mark.django_db


def refused(sentence: str, name: str, proposal: Proposal, on: str, **facts: Any) -> None:
    """The step is refused with the rule's sentence, and nothing has changed."""
    before = (proposal.state, proposal.spells.count(), history(proposal).count())
    with pytest.raises(Refused, match=sentence):
        take(name, proposal, on, **facts)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.spells.count(), history(proposal).count()) == before


def test_paper_day_is_five_working_days_before_the_panel_and_the_form_five_before_that() -> None:
    papers, form = panel_timing(date(2018, 7, 13))
    assert (papers.result, form.result) == (date(2018, 7, 6), date(2018, 6, 29))
    assert papers.sentence().startswith("5 Working Days before Fri 13 Jul 2018 is Fri 6 Jul 2018")


@pytest.mark.parametrize(("on", "late"), [("2018-06-29", False), ("2018-07-02", True)])
def test_the_form_is_in_five_working_days_before_paper_day(on: str, late: bool) -> None:
    made = raised(on, 50)
    panel = {"panel_on": date(2018, 7, 13)}
    if late:
        refused("five Working Days before paper day", "initial_report", made, "2018-07-05", **panel)
    else:
        take("initial_report", made, "2018-07-05", **panel)
        assert InitialReport.objects.get().papers_on == date(2018, 7, 6)


@pytest.mark.parametrize("step", ["refine", "consult"])
def test_the_panel_first_considers_a_proposal_with_its_initial_modification_report(step: str) -> None:
    made = raised("2018-05-01", 50)
    refused("with its Initial Modification Report", step, made, "2018-07-13")
    take("initial_report", made, "2018-06-01", panel_on=date(2018, 7, 13))
    refused("on the day of the meeting or after", step, made, "2018-07-12")
    take(step, made, "2018-07-13")


def test_a_draft_proposal_has_no_initial_modification_report() -> None:
    refused("raised before 1 November 2018", "initial_report", raised("2019-06-03"), "2019-06-04",
            panel_on=date(2019, 9, 13))  # fmt: skip


def test_raised_under_the_old_rules_it_keeps_them_after_1_november_2018() -> None:
    made = raised("2018-10-31", 62)
    refused("keep their label for ever", "convert", made, "2019-02-08", decided_by=Body.PANEL)
    before_the_panel(made, "2019-02-08")
    take("refine", made, "2019-02-08")
    assert made.reference == "SECMP0062"


def refusable() -> Proposal:
    made = raised("2018-05-01", 50)
    before_the_panel(made, "2018-07-13")
    return made


def test_the_panel_refuses_a_proposal_with_the_same_effect_as_one_pending() -> None:
    other, made = raised("2018-04-03", 49), refusable()
    take("refuse", made, "2018-07-13", same_as=other.reference)
    assert made.state == Stage.REJECTED
    assert StageSpell.objects.get(proposal=made, to_day=None).decided_by == Body.PANEL
    assert Relation.objects.get().other == other


@pytest.mark.parametrize(("rejected", "allowed"), [("2018-05-13", True), ("2018-05-12", False)])
def test_the_panel_refuses_the_same_effect_as_one_rejected_in_the_last_two_months(rejected: str, allowed: bool) -> None:
    other = raised("2018-01-03", 49)
    before_the_panel(other, "2018-03-09")
    take("consult", other, "2018-03-09")
    report_approved(other, "2018-03-09")
    take("vote", other, "2018-04-27", consultation_closed=date(2018, 4, 6))
    take("reject", other, rejected, decided_by=Body.CHANGE_BOARD)
    made = refusable()
    if allowed:
        take("refuse", made, "2018-07-13", same_as=other.reference)
    else:
        refused("rejected in the last two months", "refuse", made, "2018-07-13", same_as=other.reference)


def test_no_proposal_has_the_same_effect_as_itself() -> None:
    made = refusable()
    refused("The Panel refuses", "refuse", made, "2018-07-13", same_as=made.reference)


def test_two_months_before_the_end_of_a_long_month_is_the_end_of_a_short_one() -> None:
    assert months_before(date(2020, 4, 30), 2) == date(2020, 2, 29)


def test_only_the_panel_raises_a_proposal_on_the_fast_track() -> None:
    with pytest.raises(Refused, match="Only the Panel raises a proposal on the Fast-Track"):
        raised("2018-05-01", path=Path.FAST_TRACK, raised_as=Raiser.PARTY, proposer=party())
    assert raised("2018-05-01", path=Path.FAST_TRACK, raised_as=Raiser.PANEL).state == Stage.DEVELOPMENT


def test_a_path_turned_to_fast_track_later_is_not_decided_on_it() -> None:
    made = in_decision("2019-09-19")
    Proposal.objects.filter(pk=made.pk).update(path=Path.FAST_TRACK)
    refused("Only the Panel raises", "approve", made, "2019-09-20", decided_by=Body.PANEL, unanimous=True)


def test_the_panel_approves_on_the_fast_track_unanimously_or_not_at_all() -> None:
    made = in_decision("2019-09-19", path=Path.FAST_TRACK)
    refused("unanimously, or not at all", "approve", made, "2019-09-20", decided_by=Body.PANEL)
    take("approve", made, "2019-09-20", decided_by=Body.PANEL, unanimous=True)
    assert made.state == Stage.APPROVED


def test_an_authority_led_variation_is_a_modification_proposal_at_once_without_the_boards_filter() -> None:
    made = Proposal(title="A variation", proposer_name="The Authority", raised_as=Raiser.AUTHORITY, number=161)
    told: dict[str, Any] = {"by": change_person(), "recorded": LATER}
    raise_variation(made, at=london("2021-03-01"), **told)
    assert (made.reference, made.state, made.path) == ("MP161", Stage.REPORT, Path.AUTHORITY_LED)
    take("vote", made, "2021-03-02")
    take("approve", made, "2021-03-03", decided_by=Body.AUTHORITY)
    assert made.state == Stage.APPROVED


def test_an_authority_led_variation_is_raised_by_the_authority_or_the_dcc_at_its_direction() -> None:
    made = Proposal(title="A variation", proposer=party(), proposer_name="Alder", raised_as=Raiser.PARTY)
    with pytest.raises(Refused, match="raised by the Authority, or by the DCC at its direction"):
        raise_variation(made, by=change_person(), at=london("2021-03-01"), recorded=LATER)


def of(made: Party, **more: Any) -> Proposal:
    told = {"title": "A change", "proposer": made, "proposer_name": made.name, "raised_as": Raiser.PARTY} | more
    return Proposal(**told)


def test_a_partys_own_contact_raises_for_it_and_for_nobody_else() -> None:
    alder, birch = party(), party("Birch Networks")
    contact = person(Role.PARTY_CONTACT, organisation_id=alder.pk)
    told: dict[str, Any] = {"by": contact, "at": london("2020-02-03"), "recorded": LATER}
    raise_proposal(of(alder), **told)
    for other in (of(birch), of(alder, raised_as=Raiser.PANEL), of(alder, proposer=None)):
        with pytest.raises(Refused, match="for others"):
            raise_proposal(other, **told)


def test_a_party_raises_only_while_it_is_a_party_to_the_code() -> None:
    made = party()
    Party.objects.filter(pk=made.pk).update(left_on=date(2020, 2, 3), state="left")
    made.refresh_from_db()
    told: dict[str, Any] = {"by": change_person(), "recorded": LATER}
    with pytest.raises(Refused, match="only while it is a party to the code"):
        raise_proposal(of(made), at=london("2020-02-03"), **told)
    raise_proposal(of(made), at=london("2020-02-02"), **told)


def suspend(made: Party) -> None:
    case = DefaultCase.objects.create(party=made, limb="a", entered_on=date(2020, 1, 2))
    action = PanelAction.objects.create(case=case, power="suspend", right="raise", meeting="SECP_77_1402")
    Suspension.objects.create(action=action, party=made, from_day=date(2020, 1, 10), recorded=LATER)


def test_a_party_whose_right_to_raise_modifications_is_suspended_raises_none() -> None:
    made = party()
    suspend(made)
    told: dict[str, Any] = {"by": change_person(), "recorded": LATER}
    with pytest.raises(Refused, match="right to raise modifications is suspended raises none"):
        raise_proposal(of(made), at=london("2020-02-03"), **told)
    raise_proposal(of(made), at=london("2020-01-09"), **told)


@pytest.mark.parametrize(("on", "body"), [("2018-12-14", "SECP"), ("2020-02-25", "CSC")])
def test_a_draft_proposal_is_advised_on_by_the_body_of_the_day(on: str, body: str) -> None:
    made = raised("2018-11-05")
    take("advise", made, on, advice=Advice.Kind.WORKSHOP, note="Bring the networks in")
    assert Advice.objects.get().body == body


def test_a_modification_report_is_approved_for_consultation_by_the_body_of_the_day_and_once() -> None:
    made = converted("2019-07-12")
    take("report", made, "2019-08-12")
    refused("approved for consultation by the body", "approve_report", made, "2019-08-12", decided_by="CSC")
    refused("The Modification Report is approved and consulted on", "vote", made, "2019-09-19",
            consultation_closed=date(2019, 9, 3))  # fmt: skip
    take("approve_report", made, "2019-08-12", decided_by="SECP")
    refused("is approved once", "approve_report", made, "2019-08-13", decided_by="SECP")


def test_a_report_sent_back_is_approved_again() -> None:
    made = in_decision("2019-09-19", path=Path.AUTHORITY)
    take("recommend", made, "2019-09-20", recommendation="approve")
    take("send_back", made, "2019-10-01")
    assert made.report_approved_on is None
    report_approved(made, "2019-11-08")
    take("vote", made, "2019-12-20", consultation_closed=date(2019, 12, 6))


def approved(**more: Any) -> Proposal:
    made = in_decision("2019-09-19", **more)
    take("approve", made, "2019-09-25", decided_by=Body.CHANGE_BOARD)
    return made


def test_what_the_board_approved_is_implemented_when_it_can_no_longer_be_referred() -> None:
    made = approved()
    refused("no longer be referred", "implement", made, "2019-10-09 17:00")
    take("implement", made, "2019-10-09 17:01")


@pytest.mark.parametrize(("decision", "overturn", "after"), [
    ("approve", "overturn", Stage.REJECTED), ("reject", "overturn_rejection", Stage.APPROVED),
])  # fmt: skip
def test_a_decision_that_was_referred_is_upheld_or_overturned(decision: str, overturn: str, after: str) -> None:
    made = in_decision("2019-09-19")
    take(decision, made, "2019-09-25", decided_by=Body.CHANGE_BOARD)
    before = made.state
    take("refer", made, "2019-10-01")
    refused("upholds or overturns a decision", overturn, made, "2019-10-11", decided_by=Body.CHANGE_BOARD)
    take("uphold", made, "2019-10-11", decided_by=Body.PANEL)
    assert made.state == before
    take(overturn, made, "2019-11-08", decided_by=Body.AUTHORITY)
    assert made.state == after


def test_only_the_boards_own_decision_under_self_governance_is_referred() -> None:
    made = in_decision("2019-09-19", path=Path.AUTHORITY)
    take("recommend", made, "2019-09-19", recommendation="approve")
    take("approve", made, "2019-09-25", decided_by=Body.AUTHORITY)
    refused("is referred to the Panel", "refer", made, "2019-10-01")


def test_a_modification_in_parts_is_implemented_with_its_last_part() -> None:
    made, first = approved(), release("November 2019", "2019-11-29")
    one, two = (Part.objects.create(proposal=made, name=name) for name in ("part 1", "part 2"))
    refused("implemented with its last part", "implement", made, "2019-11-29", release=first.pk)
    refused("once its release has gone live", "implement_part", made, "2019-11-28", part=one.pk, release=first.pk)
    take("implement_part", made, "2019-11-29", part=one.pk, release=first.pk)
    assert made.state == Stage.APPROVED
    refused("by implementing the modification", "implement_part", made, "2019-11-30", part=two.pk)
    live: Release = release()
    take("implement", made, "2020-02-27", release=live.pk)
    days = [(part.implemented_on, part.release) for part in Part.objects.order_by("name")]
    assert days == [(date(2019, 11, 29), first), (date(2020, 2, 27), live)]


def test_a_part_of_another_modification_is_not_implemented_with_this_one() -> None:
    made, other = approved(), raised("2019-06-03")
    for name in ("part 1", "part 2"):
        Part.objects.create(proposal=made, name=name)
    foreign = Part.objects.create(proposal=other, name="part 1")
    refused("one of this modification's", "implement_part", made, "2019-11-29", part=foreign.pk)


def test_the_board_considers_a_modification_when_every_assessment_asked_for_has_come_back() -> None:
    made = in_report()
    waited = Assessment.objects.create(
        proposal=made, kind="impact", requested_on=date(2019, 8, 1), due_on=date(2019, 9, 27), state="requested"
    )
    closed = {"consultation_closed": date(2019, 9, 3)}
    refused("when every DCC assessment that was asked for has come back", "vote", made, "2019-09-19", **closed)
    Assessment.objects.filter(pk=waited.pk).update(state="returned", returned_on=date(2019, 9, 10))
    take("vote", made, "2019-09-19", **closed)


def decision(made: Proposal, **more: Any) -> Decision:
    told = {"body": Body.CHANGE_BOARD, "outcome": "approve", "decided_at": london("2019-09-25")} | more
    row = Decision.objects.create(**told)
    row.proposals.add(made)
    return row


def test_what_was_referred_is_implemented_when_the_referral_has_been_heard() -> None:
    made = approved()
    row = decision(made, state="referred", notified_on=date(2019, 9, 25))
    refused("when the referral has been heard", "implement", made, "2019-11-29")
    Decision.objects.filter(pk=row.pk).update(state="stands")
    take("implement", made, "2019-11-29")


def test_the_referral_window_runs_from_the_day_on_which_the_decision_was_notified() -> None:
    made = approved()
    decision(made, state="notified", notified_on=date(2019, 9, 27))
    refused("no longer be referred", "implement", made, "2019-10-11 17:00")
    take("implement", made, "2019-10-11 17:01")


def test_points_are_answered_before_the_report_is_issued_or_voted_on() -> None:
    made = converted("2019-07-12")
    take("report", made, "2019-08-12")
    point = an_unanswered_point(made)
    refused("has a disposition and an answer", "approve_report", made, "2019-08-12", decided_by="SECP")
    point.delete()
    take("approve_report", made, "2019-08-12", decided_by="SECP")


def an_unanswered_point(made: Proposal) -> Any:
    consultation = Consultation.objects.create(
        reference="CON-1", kind="refinement", title="A consultation", about_kind="change.proposal", about_id=made.pk,
        opens_at=london("2019-07-15"), closes_at=london("2019-07-29 17:00"), state="closed",
    )  # fmt: skip
    sent = {"state": "submitted", "submitted_at": london("2019-07-20"), "sha256": "0" * 64}
    response = Response.objects.create(consultation=consultation, **sent)
    return Point.objects.create(response=response, text="It costs too much")
