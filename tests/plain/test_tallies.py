import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plain.tallies import Strategy, Vote, tally

A, R, X = Vote.APPROVE, Vote.REJECT, Vote.ABSTAIN
CONSTITUENCIES = ["Consumer", "Large Suppliers", "Networks", "Other SEC Parties", "Small Suppliers"]
VOTES = st.dictionaries(st.sampled_from(CONSTITUENCIES), st.lists(st.sampled_from(Vote), max_size=13))
STRATEGIES = st.sampled_from(Strategy)


def reference_vote(votes: dict[str, list[Vote]], strategy: Strategy) -> Vote:
    """CB-3's reference function, in this test's own words."""
    said = []
    for cast in votes.values():
        balance = cast.count(A) - cast.count(R)
        said.append(A if balance > 0 else R if balance < 0 else X)
    approve, reject = said.count(A), said.count(R)
    approved = (approve >= 1 and not reject) if strategy is Strategy.UNANIMITY else approve > reject
    return A if approved else R


@pytest.mark.parametrize(
    ("votes", "unanimity", "majority"),
    [
        ({"Consumer": [A], "Networks": [A, A, R]}, A, A),
        ({"Consumer": [A], "Networks": [A, A, A], "Small Suppliers": [R]}, R, A),
        ({"Consumer": [A], "Networks": [R, R, A]}, R, R),
        ({"Consumer": [A], "Networks": [A, R]}, A, A),
        ({"Consumer": [X], "Networks": []}, R, R),
        ({}, R, R),
        ({"Large Suppliers": [A] * 13, "Consumer": [R], "Networks": [R]}, R, R),
    ],
)
def test_constituencies_and_not_members_decide(votes: dict[str, list[Vote]], unanimity: Vote, majority: Vote) -> None:
    assert tally(votes, Strategy.UNANIMITY).outcome is unanimity
    assert tally(votes, Strategy.MAJORITY).outcome is majority


def test_equal_votes_in_a_constituency_are_no_vote() -> None:
    (networks,) = tally({"Networks": [A, R, X]}, Strategy.MAJORITY).constituencies
    assert (networks.approve, networks.reject, networks.abstain, networks.outcome) == (1, 1, 1, X)
    assert networks.sentence() == "Networks: 1 approve, 1 reject, 1 abstain, so no vote."


def test_the_count_says_its_arithmetic() -> None:
    board = tally({"Small Suppliers": [R, R, A], "Consumer": [A], "Networks": [A, X]}, Strategy.MAJORITY)
    assert [constituency.sentence() for constituency in board.constituencies] == [
        "Consumer: 1 approve, 0 reject, 0 abstain, so approve.",
        "Networks: 1 approve, 0 reject, 1 abstain, so approve.",
        "Small Suppliers: 1 approve, 2 reject, 0 abstain, so reject.",
    ]
    assert board.sentence() == (
        "The Change Board approves: constituencies 2 approve, 1 reject, 0 without a vote; "
        "by majority, more constituencies must approve than reject."
    )
    assert tally({"Consumer": [R]}, Strategy.UNANIMITY).sentence() == (
        "The Change Board rejects: constituencies 0 approve, 1 reject, 0 without a vote; "
        "by unanimity, every constituency with a vote must approve, and at least one must have a vote."
    )


def test_words_are_read_as_votes_and_others_are_refused() -> None:
    assert tally({"Consumer": ["approve"]}, "majority").outcome is A  # type: ignore[list-item, arg-type]
    with pytest.raises(ValueError, match="maybe"):
        tally({"Consumer": ["maybe"]}, Strategy.MAJORITY)  # type: ignore[list-item]
    with pytest.raises(ValueError, match="weighted"):
        tally({"Consumer": [A]}, "weighted")  # type: ignore[arg-type]


@given(VOTES, STRATEGIES)
def test_the_outcome_is_the_rules(votes: dict[str, list[Vote]], strategy: Strategy) -> None:
    assert tally(votes, strategy).outcome is reference_vote(votes, strategy)


@given(VOTES, STRATEGIES, st.randoms(use_true_random=False))
def test_no_order_changes_the_count(votes: dict[str, list[Vote]], strategy: Strategy, chance: random.Random) -> None:
    names = chance.sample(list(votes), len(votes))
    shuffled = {name: chance.sample(votes[name], len(votes[name])) for name in names}
    assert tally(shuffled, strategy) == tally(votes, strategy)


@given(VOTES, STRATEGIES, st.sampled_from(CONSTITUENCIES))
def test_an_abstention_changes_no_outcome(votes: dict[str, list[Vote]], strategy: Strategy, name: str) -> None:
    with_one_more = votes | {name: [*votes.get(name, []), X]}
    assert tally(with_one_more, strategy).outcome is tally(votes, strategy).outcome


@given(VOTES)
def test_unanimity_never_approves_what_a_majority_rejects(votes: dict[str, list[Vote]]) -> None:
    if tally(votes, Strategy.MAJORITY).outcome is R:
        assert tally(votes, Strategy.UNANIMITY).outcome is R


@given(VOTES, STRATEGIES, st.sampled_from(CONSTITUENCIES))
def test_one_more_approval_in_a_constituency_that_voted_never_turns_approval_to_rejection(
    votes: dict[str, list[Vote]], strategy: Strategy, name: str
) -> None:
    if tally(votes, strategy).outcome is A:
        assert tally(votes | {name: [*votes.get(name, []), A]}, strategy).outcome is A
