"""The count of a ballot, without a database: what a stranger computes again from the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from secretariat.plain.tallies import BoardTally, Strategy, Vote, tally

TWO_LEVEL, MOST_VOTES = "two-level", "most votes"
ABSTAIN, TIE, NO_DECISION = "abstain", "tie", "no decision"
AND = "; "
"""What stands between the options of one vote, or of an outcome, where a ballot fills several places."""


class Standing(StrEnum):
    """How an elector stands at the close: whether a vote of theirs counts, and whether they count for the quorum."""

    COUNTED = "counted"
    SILENT = "no vote cast"
    ATTENDED = "present without a vote"
    CONFLICTED = "conflict declared"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Cast:
    """One elector at the close: constituency (none of who has no vote), what was last said, whether it counts."""

    constituency: str
    choice: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough took part (rule CB-4). Suspended electors are in neither number; a conflicted one is a member."""

    members: int
    present: int
    percent: int

    @property
    def needed(self) -> int:
        """The smallest number that is the share or more."""
        return -(-self.members * self.percent // 100)

    @property
    def met(self) -> bool:
        """Whether as many took part; without a single member nothing is decided."""
        return self.members > 0 and self.present >= max(self.needed, 1)

    def sentence(self) -> str:
        """The quorum in words."""
        said = "there is a quorum" if self.met else "there is no quorum, and nothing is decided"
        share = f"{self.percent}% of {self.members}, so {self.needed} needed"
        return f"Quorum: {self.present} of {self.members} took part; {share}; {said}."


@dataclass(frozen=True, slots=True)
class Count:
    """The frozen result of a ballot: its outcome, the lines of the arithmetic, and the sentences that print it."""

    method: str
    outcome: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    quorum: Quorum | None
    left_out: dict[str, int]
    sentences: tuple[str, ...]
    tied: tuple[str, ...] = ()
    elected: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """The count as the journal keeps it."""
        quorum = self.quorum
        return {
            "method": self.method,
            "outcome": self.outcome,
            "heads": list(self.heads),
            "rows": [list(row) for row in self.rows],
            "quorum": {"members": quorum.members, "present": quorum.present, "needed": quorum.needed, "met": quorum.met}
            if quorum
            else None,
            "left_out": self.left_out,
            "tied": list(self.tied),
            "elected": list(self.elected),
            "sentences": list(self.sentences),
        }


def quorum_of(casts: Iterable[Cast], percent: int) -> Quorum:
    """Who took part of those who are members and not suspended."""
    members = [cast for cast in casts if cast.standing is not Standing.SUSPENDED]
    present = sum(cast.standing in (Standing.COUNTED, Standing.ATTENDED) for cast in members)
    return Quorum(len(members), present, percent)


def left_out(casts: Iterable[Cast]) -> dict[str, int]:
    """How many electors did not count, by reason; a vote of theirs is told apart from none."""
    found = Counter(
        f"{cast.standing.value}{', with a vote' if cast.choice else ''}"
        for cast in casts
        if cast.standing in (Standing.CONFLICTED, Standing.SUSPENDED)
    )
    return dict(sorted(found.items()))


def two_level(casts: Sequence[Cast], strategy: Strategy, percent: int) -> Count:
    """The Change Board's count (CB-3): members decide for a constituency, constituencies for the board."""
    said: dict[str, list[Vote]] = {cast.constituency: [] for cast in casts if cast.constituency}
    for cast in casts:
        if cast.standing is Standing.COUNTED:
            said[cast.constituency].append(Vote(cast.choice))
    board, quorum, out = tally(said, strategy), quorum_of(casts, percent), left_out(casts)
    rows = tuple(
        (each.name, each.approve, each.reject, each.abstain, _said(each.outcome)) for each in board.constituencies
    )
    sentences = (
        *(each.sentence() for each in board.constituencies),
        *_left_out_sentences(out),
        quorum.sentence(),
        board.sentence() if quorum.met else "Without a quorum the Change Board decides nothing.",
        *_doubt(board, said),
    )
    heads = ("Constituency", "Approve", "Reject", "Abstain", "So it says")
    outcome = board.outcome.value if quorum.met else NO_DECISION
    return Count(TWO_LEVEL, outcome, heads, rows, quorum, out, sentences)


def most_votes(casts: Sequence[Cast], options: Sequence[str], percent: int = 0, places: int = 1) -> Count:
    """One vote of each elector for each place (rule ELE-5): those with most votes win, equal numbers at the last place
    are a tie. A quorum where asked for.
    """
    said = Counter(one for cast in casts if cast.standing is Standing.COUNTED for one in chosen(cast.choice))
    named = [option for option in options if option != ABSTAIN]
    elected, tied = _ahead({option: said[option] for option in named}, places)
    out, quorum = left_out(casts), quorum_of(casts, percent) if percent else None
    if quorum is not None and not quorum.met:
        elected, tied = (), ()
    decided = TIE if tied else AND.join(elected) or NO_DECISION
    rows = (*((option, said[option]) for option in named), ("Abstentions", said[ABSTAIN]))
    sentences = (
        *(f"{option}: {said[option]} of {said.total() - said[ABSTAIN]} votes." for option in named),
        *((f"Abstentions: {said[ABSTAIN]}.",) if said[ABSTAIN] else ()),
        *_left_out_sentences(out),
        *((quorum.sentence(),) if quorum else ()),
        *_most_sentences(elected, tied, places),
    )
    return Count(MOST_VOTES, decided, ("Option", "Votes"), rows, quorum, out, sentences, tied, elected)


def chosen(choice: str) -> list[str]:
    """The options that one vote names."""
    return choice.split(AND) if choice else []


def _ahead(votes: dict[str, int], places: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who surely has a place, and who are tied for what is left of them; without a vote nobody has one."""
    order = [*sorted(votes.values(), reverse=True), *[0] * (places + 1)]
    last, next_one = order[places - 1], order[places]
    elected = tuple(option for option, number in votes.items() if number > next_one)
    tied = tuple(option for option, number in votes.items() if number == last) if last == next_one > 0 else ()
    return elected, tied


def _most_sentences(elected: Sequence[str], tied: Sequence[str], places: int) -> tuple[str, ...]:
    if places == 1 or not (elected or tied):
        said = f"{elected[0]} has the most votes." if elected else ""
        return (f"Tie between {' and '.join(tied)}." if tied else said or "Nothing is decided.",)
    won = (f"{' and '.join(elected)} {'has' if len(elected) == 1 else 'have'} the most votes.",) if elected else ()
    left = places - len(elected)
    if tied:
        return (*won, f"Tie between {' and '.join(tied)} for {left} of the {places} places.")
    said = f"Nobody else has a vote: places left vacant: {left} of {places}."
    return (*won, said) if left else won


def _said(outcome: Vote) -> str:
    return "no vote" if outcome is Vote.ABSTAIN else outcome.value


def _left_out_sentences(out: dict[str, int]) -> tuple[str, ...]:
    if not out:
        return ("No elector is left out of the count.",)
    told = "; ".join(f"{number} {reason}" for reason, number in out.items())
    return (f"Not counted: {told}.",)


def _doubt(board: BoardTally, said: dict[str, list[Vote]]) -> tuple[str, ...]:
    """What the strategy not in force would give: which one holds on which day is not verified (CB-3)."""
    other = Strategy.MAJORITY if board.strategy is Strategy.UNANIMITY else Strategy.UNANIMITY
    outcome = tally(said, other).outcome
    same = "the same" if outcome is board.outcome else f"otherwise: {outcome.value}"
    return (f"By {other.value}, the strategy not applied here, the outcome would be {same}.",)
