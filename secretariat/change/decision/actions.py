"""Writes of more than one step: ballots on a proposal's solutions, decisions from them, letters, referrals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.change.decision.models import OVERTURNED, REFERRED, Decision, Letter, Outcome, Referral
from secretariat.change.decision.procedure import DECISIONS, REFERRALS
from secretariat.change.models import Body, Path, Proposal, Stage
from secretariat.change.naming.models import PROPOSED, Solution
from secretariat.change.naming.procedure import SOLUTIONS
from secretariat.change.procedure import CHANGE
from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.procedure import BALLOTS
from secretariat.committees.models import Committee
from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of, load
from secretariat.core.procedure import Refused


def prepare_ballots(
    proposal: Proposal,
    *,
    opens_at: datetime,
    closes_at: datetime,
    objectives: dict[str, str] | None = None,
    **told: Unpack[Told],
) -> list[Ballot]:
    """Prepares the Change Board's ballots on a proposal: one for each solution put forward, or one on the proposal.

    Alternatives are voted on apart in the same decision (rule MOD-5). Raises Refused.
    """
    solutions: Sequence[Any] = list(proposal.solutions.filter(state=PROPOSED)) or [proposal]
    board = Committee.objects.get(code=Body.CHANGE_BOARD)
    verb = "Recommend approval of" if proposal.path == Path.AUTHORITY else "Approve"
    ballots = []
    with transaction.atomic():
        for each in solutions:
            ballot = Ballot(
                committee=board, question=f"{verb} {each}"[:249] + "?", about_kind=kind_of(each), about_id=each.pk,
                objectives=objectives or {}, opens_at=opens_at, closes_at=closes_at,
                classification=max(proposal.classification, Ballot._meta.get_field("classification").default),
            )  # fmt: skip
            BALLOTS.take("prepare", ballot, **told)
            ballots.append(ballot)
    return ballots


def decide(
    ballots: Sequence[Ballot],
    *,
    reasons: str = "",
    conditional_on: Proposal | None = None,
    also: Sequence[Proposal] = (),
    **told: Unpack[Told],
) -> list[Decision]:
    """Takes the Change Board's decision from its closed ballots on one proposal: a decision, or a recommendation to
    the Authority (rule CB-1). `also` names further proposals that the same ballot decides.

    The proposal is approved when one of its solutions is. Returns a decision for each ballot. Raises Refused.
    """
    about = {ballot.pk: _about(ballot) for ballot in ballots}
    proposals = list({one.pk: one for one in (*(found[0] for found in about.values()), *also)}.values())
    if not ballots or len(proposals) - len(also) != 1:
        raise Refused("Take a decision from the ballots on one proposal.")
    if conditional_on in proposals:
        raise Refused("A decision is conditional on another proposal.")
    with transaction.atomic():
        made = []
        for ballot in ballots:
            decision = Decision(
                ballot=ballot, body=Body.CHANGE_BOARD, outcome=_outcome(ballot.outcome, proposals[0]),
                solution=about[ballot.pk][1], decided_at=told["at"], reasons=reasons, conditional_on=conditional_on,
            )  # fmt: skip
            _make(decision, proposals, told)
            made.append(decision)
        approves = any(ballot.outcome == "approve" for ballot in ballots)
        for proposal in proposals:
            _move(proposal, "approve" if approves else "reject", Body.CHANGE_BOARD, told)
        for decision in made:
            if decision.solution is not None and proposals[0].path != Path.AUTHORITY:
                SOLUTIONS.take(decision.outcome, decision.solution, **told)
    return made


def _about(ballot: Ballot) -> tuple[Proposal, Solution | None]:
    record = load(ballot.about_kind, ballot.about_id) if ballot.about_kind and ballot.about_id else None
    if isinstance(record, Solution):
        return record.proposal, record
    if isinstance(record, Proposal):
        return record, None
    raise Refused("The ballot is about no proposal.")


def _outcome(outcome: str, proposal: Proposal) -> str:
    return f"recommend {outcome}" if proposal.path == Path.AUTHORITY else outcome


def _make(decision: Decision, proposals: Sequence[Proposal], told: Told) -> None:
    DECISIONS.take("make", decision, **told)
    decision.proposals.set(proposals)
    references = [proposal.reference for proposal in proposals]
    journal.record("decision.cover", decision, **told, references=references, outcome=decision.outcome)


def _move(proposal: Proposal, word: str, body: Body, told: Told) -> None:
    """Takes the step of the proposal that a decision brings about."""
    if proposal.path == Path.AUTHORITY and body == Body.CHANGE_BOARD:
        CHANGE.take("recommend", proposal, recommendation=word, **told)
    elif word == "send back":
        CHANGE.take("send_back", proposal, **told)
    else:
        CHANGE.take(word, proposal, decided_by=body, **told)


def record_letter(letter: Letter, proposals: Sequence[Proposal], reasons: str = "", **told: Unpack[Told]) -> Decision:
    """Enters a letter of the Authority and what it decides, on all proposals that it names or on none (DEC-2, DEC-3).

    Raises Refused or ValidationError.
    """
    if not proposals:
        raise ValidationError("Name the proposals that the letter decides on.")
    with transaction.atomic():
        journal.enter(letter, **told)
        decision = Decision(
            letter=letter, body=Body.AUTHORITY, outcome=Outcome(letter.says), decided_at=told["at"],
            reasons=reasons or letter.missing,
        )  # fmt: skip
        _make(decision, proposals, told)
        for proposal in proposals:
            _move(proposal, letter.says, Body.AUTHORITY, told)
            if letter.says != Letter.Says.SEND_BACK:
                _solutions(proposal, letter.says, told)
    return decision


def _solutions(proposal: Proposal, word: str, told: Told) -> None:
    """What the Authority decides of solutions: those that the Change Board recommended follow the modification."""
    recommended = proposal.decisions.filter(outcome=Outcome.RECOMMEND_APPROVAL).values("solution")
    for solution in proposal.solutions.filter(state=PROPOSED):
        follows = solution.pk in recommended.values_list("solution", flat=True)
        SOLUTIONS.take(word if follows else "reject", solution, **told)


def refer(referral: Referral, **told: Unpack[Told]) -> Referral:
    """Enters a referral within its period, with its event on each proposal; the decision waits from then on (DEC-1).

    Raises Refused.
    """
    with transaction.atomic():
        decision = Decision.objects.select_for_update().get(pk=referral.decision_id)
        window = decision.window()
        if window is not None:
            referral.to_body = window.to
        referral.received_at = told["at"]
        REFERRALS.take("refer", referral, **told)
        if decision.state != REFERRED:
            DECISIONS.take("refer", decision, **told)
        for proposal in decision.proposals.all():
            CHANGE.take("refer", proposal, **told)
    return referral


def hear(referral: Referral, word: str, *, day: date | str, reasons: str, **told: Unpack[Told]) -> None:
    """Records that the Panel or the Authority upholds or overturns ("uphold", "overturn") what was referred to it.

    All referrals to the same body that wait are decided together. The proposal goes where the Change Board's decision,
    or its opposite, puts it. Raises Refused.
    """
    decision = referral.decision
    with transaction.atomic():
        for each in decision.referrals.filter(state=referral.state, to_body=referral.to_body):
            REFERRALS.take(word, each, day=day, reasons=reasons, **told)
        DECISIONS.take(word, decision, **told)
        for proposal in decision.proposals.all():
            CHANGE.take(_after(decision, proposal), proposal, decided_by=referral.to_body, **told)


def _after(decision: Decision, proposal: Proposal) -> str:
    """The step that leads from where the proposal stands to where the decision, upheld or overturned, puts it."""
    approves = (decision.outcome == Outcome.APPROVE) != (decision.state == OVERTURNED)
    if (proposal.state == Stage.APPROVED) == approves:
        return "uphold"
    return "overturn_rejection" if approves else "overturn"
