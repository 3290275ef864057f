"""The Change Board's two-level count (CB-3): members decide for a constituency, constituencies decide for the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Vote(StrEnum):
    """What a member, or by the count a constituency, says; an abstention is no vote."""

    APPROVE = "approve"
    REJECT = "reject"
    ABSTAIN = "abstain"


class Strategy(StrEnum):
    """How constituencies decide for the board; which one is in force on a date is the rulebook's to say."""

    UNANIMITY = "unanimity"
    MAJORITY = "majority"


@dataclass(frozen=True, slots=True)
class ConstituencyTally:
    """One constituency's members counted, and what the constituency therefore says."""

    name: str
    approve: int
    reject: int
    abstain: int

    @property
    def outcome(self) -> Vote:
        """The greater of approve and reject; equal numbers are no vote (CB-3 step 2)."""
        return _greater(self.approve, self.reject)

    def sentence(self) -> str:
        """The constituency's arithmetic in words."""
        counted = f"{self.name}: {self.approve} approve, {self.reject} reject, {self.abstain} abstain"
        said = "no vote" if self.outcome is Vote.ABSTAIN else self.outcome.value
        return f"{counted}, so {said}."


@dataclass(frozen=True, slots=True)
class BoardTally:
    """Every constituency's count in order of name, and what the board decides by the strategy."""

    strategy: Strategy
    constituencies: tuple[ConstituencyTally, ...]

    @property
    def approve(self) -> int:
        """How many constituencies approve."""
        return self._saying(Vote.APPROVE)

    @property
    def reject(self) -> int:
        """How many constituencies reject."""
        return self._saying(Vote.REJECT)

    @property
    def abstain(self) -> int:
        """How many constituencies have no vote."""
        return self._saying(Vote.ABSTAIN)

    @property
    def outcome(self) -> Vote:
        """Approve or reject, never abstain: a board that does not approve rejects (CB-3 step 3)."""
        if self.strategy is Strategy.UNANIMITY:
            approved = self.approve > 0 and self.reject == 0
        else:
            approved = self.approve > self.reject
        return Vote.APPROVE if approved else Vote.REJECT

    def sentence(self) -> str:
        """The board's arithmetic in words."""
        needs = {
            Strategy.UNANIMITY: "every constituency with a vote must approve, and at least one must have a vote",
            Strategy.MAJORITY: "more constituencies must approve than reject",
        }[self.strategy]
        said = "The Change Board approves" if self.outcome is Vote.APPROVE else "The Change Board rejects"
        counted = f"{self.approve} approve, {self.reject} reject, {self.abstain} without a vote"
        return f"{said}: constituencies {counted}; by {self.strategy.value}, {needs}."

    def _saying(self, vote: Vote) -> int:
        return sum(constituency.outcome is vote for constituency in self.constituencies)


def tally(votes: Mapping[str, Iterable[Vote]], strategy: Strategy) -> BoardTally:
    """The count of the members' votes, given by constituency, under CB-3.

    Neither the order of the votes nor that of the constituencies matters. Raises ValueError for a word that is not
    a `Vote` or a `Strategy`.
    """
    counted = tuple(_constituency(name, votes[name]) for name in sorted(votes))
    return BoardTally(Strategy(strategy), counted)


def _constituency(name: str, votes: Iterable[Vote]) -> ConstituencyTally:
    cast = [Vote(vote) for vote in votes]
    return ConstituencyTally(name, *(cast.count(vote) for vote in (Vote.APPROVE, Vote.REJECT, Vote.ABSTAIN)))


def _greater(approve: int, reject: int) -> Vote:
    if approve == reject:
        return Vote.ABSTAIN
    return Vote.APPROVE if approve > reject else Vote.REJECT
