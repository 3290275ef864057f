"""Every proposal that the record names is in the sample at the stage the record gives; the cases beside it are marked.

The sample's clock stands at 9 March 2020. What the newsletter of January 2022 names is not in it, although some of
those proposals (SECMP0015, SECMP0024, MP078, MP085A, MP104) had been raised by then: no document of the time tells
where they stood.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from secretariat.change.decision.models import Decision
from secretariat.change.judging.cross_code import CrossCode
from secretariat.change.judging.interest import Interest, SubCommitteeView
from secretariat.change.models import Proposal, Release
from secretariat.change.sessions.models import Session
from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.recount import events_of
from secretariat.consultations.models import Consultation, Point, Response
from secretariat.core.people import Person
from secretariat.site.sample.build import CLOCK
from secretariat.site.sample.crew import OTHERS, address
from secretariat.site.sample.facts import facts
from tests.committees.test_recount import counted_by_a_stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
LATER = "newsletter-2022-01"
NAMED = {row["reference"]: row for row in facts("modifications")}

STAGES: dict[str, str] = {
    # Development Stage: a Draft Proposal's label says so.
    **dict.fromkeys(("DP098", "DP100", "DP106", "DP107", "DP108", "DP109", "DP110"), "development"),
    # Refinement Process: told, or converted and nothing later told.
    **dict.fromkeys(
        ("SECMP0025", "SECMP0037", "SECMP0038", "SECMP0039", "SECMP0043", "SECMP0044", "SECMP0046", "MP099", "MP102",
         "MP105"),
        "refinement",
    ),
    # Considered by the Change Board; that they were approved is assumed, and marked.
    **dict.fromkeys(("MP0062", "MP084", "MP088", "MP093"), "approved"),
    # Approved by the Change Board, with no release told.
    **dict.fromkeys(("SECMP0027", "SECMP0047", "SECMP0052"), "approved"),
    # After its consultation of June 2017 nothing is told; that it was decided is assumed, and marked.
    "SECMP0036": "approved",
    # In force: told, or in the running for the release of 1 November 2018.
    **dict.fromkeys(
        ("SECMP0022", "SECMP0034", "SECMP0035", "SECMP0041", "SECMP0049", "SECMP0050", "SECMP0051"), "implemented"
    ),
    "MP079": "rejected",
}  # fmt: skip
"""By the label in the record, the stage at the sample's clock."""

LABELS = {"MP0062": "SECMP0062"}
"""The report writes one old label without its first letters; it was raised before 1 November 2018 (MOD-1)."""

EMPTY_FOR_A_REASON = {
    "change.split": "no proposal of the record had been split by March 2020",
    "change.steering": "the Cross Code Steering Group chooses from September 2021 on",
    "change.part": "no document tells of one modification in parts by then",
    "change.advice": "the proposals were loaded with their stages, not with what was advised of them",
    "change.initialreport": "the proposals were loaded with their stages",
    "change.proposerspell": "nobody took over or adopted a proposal of the sample",
    "change.label": "loaded proposals keep the label of the file",
    "change.revision": "no day of an assessment was revised",
    "change.joining": "how to join a session is for those invited alone",
    "change.problemdraft": "nobody is typing",
    "committees.paper": "the Change Board votes by name",
    "committees.ineligiblevote": "no vote was cast by somebody who had none",
    "committees.termsofreference": "the terms of reference are not ours to ship",
    "committees.interest": "nobody has written in between elections",
    "committees.nomination": "the call has only just opened",
    "committees.employerchange": "the record counts changes of employer and names nobody",
    "committees.recommendation": "the record names no recommendation with its answer",
    "consultations.extension": "none was extended",
    "consultations.consultationdocument": "the documents stand with their proposals",
}


def test_every_named_proposal_has_a_stage_here_or_is_named_by_a_later_document_only() -> None:
    assert set(STAGES) == {label for label, row in NAMED.items() if row["source"] != LATER}


@pytest.mark.parametrize("label", sorted(STAGES))
def test_a_proposal_of_the_record_is_under_its_label_at_its_stage_with_its_title(label: str) -> None:
    found = Proposal.objects.get(reference=LABELS.get(label, label))
    assert found.state == STAGES[label]
    assert found.spells.on(CLOCK.date()).get().stage == found.state
    if NAMED[label]["title"]:
        assert found.title == NAMED[label]["title"]
    assert not found.suffix


def test_what_only_later_documents_name_is_not_in_a_sample_of_march_2020() -> None:
    later = [label for label, row in NAMED.items() if row["source"] == LATER]
    numbers = {int("".join(letter for letter in label if letter.isdigit())) for label in later}
    assert len(later) == len(numbers) == 10
    assert not Proposal.objects.filter(number__in=numbers).exists()


def test_a_proposal_that_no_document_names_is_marked_as_invented() -> None:
    named = {LABELS.get(label, label) for label in STAGES}
    assert not Proposal.objects.exclude(reference__in=named).filter(invented=False).exists()
    assumed = set(Proposal.objects.filter(reference__in=named, invented=True).values_list("number", flat=True))
    assert assumed == {34, 36, 41, 62, 84, 88, 93}


def test_the_records_own_case_could_be_referred_until_17_00_on_6_july_2017_and_was_implemented_on_13_july() -> None:
    proposal = Proposal.objects.get(reference="SECMP0035")
    decision = proposal.decisions.get()
    window = decision.window()
    assert (decision.outcome, decision.notified_on, decision.state, decision.invented) == (
        "approve", date(2017, 6, 22), "stands", False,
    )  # fmt: skip
    assert window is not None
    assert window.closes_at == datetime(2017, 7, 6, 16, tzinfo=UTC), "17:00 in London"
    assert window.implemented_on == proposal.spells.get(stage="implemented").from_day == date(2017, 7, 13)
    assert decision.ballot is not None
    electors: Any = decision.ballot.electors
    votes = electors.filter(has_vote=True).values_list("vote__choice", flat=True)
    assert len(votes) > 20
    assert set(votes) == {"approve"}, "the Change Board was unanimous"


def test_the_other_decisions_of_the_board_are_invented_and_one_of_each_kind() -> None:
    rows = Decision.objects.filter(invented=True).order_by("decided_at")
    assert list(rows.values_list("proposals__number", "body", "outcome", "state")) == [
        (67, "SECCB", "recommend reject", "notified"), (67, "Authority", "reject", "made"),
        (48, "SECCB", "reject", "stands"),
    ]  # fmt: skip
    assert Decision.objects.count() == 4


def test_each_closed_ballot_has_a_printed_count_that_a_stranger_finds_again_in_the_journal(tmp_path: Path) -> None:
    closed = Ballot.objects.filter(state="closed").order_by("closes_at")
    assert [ballot.outcome for ballot in closed] == ["approve", "reject", "reject"]
    for ballot in closed:
        assert ballot.tally["sentences"]
        assert counted_by_a_stranger(events_of(ballot), tmp_path) == ballot.outcome


def test_one_ballot_is_open_and_the_board_member_who_signs_in_has_not_voted_yet() -> None:
    ballot = Ballot.objects.get(state="open")
    assert ballot.opens_at <= CLOCK <= ballot.closes_at
    member = Person.objects.get(email=address("change.board.member"))
    mine = ballot.electors.get(seat__appointments__person=member)
    assert mine.state == ""
    assert 0 < ballot.electors.filter(state="voted").count() < ballot.electors.count()


def test_one_consultation_is_open_one_is_concluded_and_three_are_other_bodies() -> None:
    about_change = Consultation.objects.exclude(kind="budget")
    assert sorted(about_change.values_list("state", "kind", "invented")) == [
        ("concluded", "modification report", True), *[("listed", "other", True)] * 3, ("open", "refinement", True),
    ]  # fmt: skip
    now = Consultation.objects.get(state="open")
    assert now.is_open(CLOCK)
    assert sorted(now.responses.values_list("state", flat=True)) == ["draft", "submitted", "submitted"]
    for response in Response.objects.filter(state="submitted"):
        assert response.sha256 == response.reckoned()
    assert not Response.objects.filter(invented=False).exists()


def test_every_point_of_the_concluded_consultation_was_answered() -> None:
    points = Point.objects.filter(response__consultation__state="concluded")
    assert points.count() == 3
    assert not points.exclude(state="disposed of").exists()


def test_what_sub_committees_asked_is_as_their_report_tells_it() -> None:
    told = {(row.proposal.reference, row.body) for row in Interest.objects.filter(invented=False)}
    assert {body for label, body in told if label == "DP107"} == {"SSC", "SECPMA", "TABASC"}
    assert {body for label, body in told if label == "DP110"} == {"SSC", "SECPMA"}
    assert {body for label, body in told if label == "DP109"} == {"SSC"}
    assert SubCommitteeView.objects.get(proposal__reference="DP098").words == "TABASC asked for a further discussion"
    assert len(told) == SubCommitteeView.objects.count() == 14


def test_of_the_sessions_only_those_with_a_day_in_the_record_are_not_invented() -> None:
    held = Session.objects.filter(invented=False).order_by("day")
    assert [(row.day, row.proposals.get().reference) for row in held] == [
        (date(2018, 6, 14), "SECMP0041"), (date(2018, 6, 19), "SECMP0039"),
    ]  # fmt: skip


def test_secmp0046_goes_together_with_a_change_of_the_dcusa_that_is_not_raised_yet() -> None:
    row = CrossCode.objects.get(proposal__reference="SECMP0046")
    assert (row.code, row.invented, row.warning()) == ("DCUSA", False, "")


def test_the_release_of_june_moved_once_and_holds_three_modifications() -> None:
    release = Release.objects.get(name="June 2020 SEC Release")
    assert (release.planned_for, release.go_live_on, release.state) == (
        date(2020, 6, 30), date(2020, 6, 25), "scope approved",
    )  # fmt: skip
    assert list(release.items.order_by("proposal__number").values_list("proposal__reference", "state")) == [
        ("SECMP0057", "approved"), ("MP080", "targeted"), ("MP081", "targeted"),
    ]  # fmt: skip
    assert release.milestones.count() == 3


@pytest.mark.parametrize("app", ["change", "consultations", "committees"])
def test_no_list_is_empty_but_for_a_reason(app: str) -> None:
    models: list[Any] = list(apps.get_app_config(app).get_models())
    empty = {model._meta.label_lower for model in models if not model._default_manager.exists()}
    expected = {name for name in EMPTY_FOR_A_REASON if name.startswith(f"{app}.")}
    assert empty == expected


def test_the_new_sign_ins_are_a_board_member_and_a_proposers_contact() -> None:
    proposal = Proposal.objects.get(reference="MP083")
    party = next(one.party for one in OTHERS if one.address == "proposer")
    assert proposal.proposer is not None
    assert proposal.proposer.key == party
