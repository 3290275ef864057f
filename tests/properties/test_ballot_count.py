"""What must not change a count does not: the order of votes, abstentions, and categories that are absent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secretariat.committees.ballots.count import NO_DECISION, TIE, Cast, Standing, most_votes, two_level
from secretariat.plain.tallies import Strategy, Vote

PLACES = ("Consumer", "Large Suppliers", "Small Suppliers", "Networks", "Other SEC Parties")
OPTIONS = ("Ash", "Oak", "Elm", "abstain")
said = st.builds(
    Cast, st.sampled_from(PLACES), st.sampled_from([each.value for each in Vote]), st.just(Standing.COUNTED)
)
left_out = st.builds(
    Cast,
    st.sampled_from(PLACES),
    st.sampled_from(["", "approve", "reject"]),
    st.sampled_from([Standing.CONFLICTED, Standing.SUSPENDED, Standing.SILENT]),
)
boards = st.lists(said | left_out, min_size=1, max_size=25)
strategies = st.sampled_from(Strategy)
elections = st.lists(
    st.builds(Cast, st.just(""), st.sampled_from(OPTIONS), st.just(Standing.COUNTED)), min_size=1, max_size=25
)


@given(boards.flatmap(lambda casts: st.tuples(st.just(casts), st.permutations(casts))), strategies)
def test_the_order_of_votes_changes_nothing(casts: tuple[list[Cast], list[Cast]], strategy: Strategy) -> None:
    first, second = (two_level(each, strategy, 50) for each in casts)
    assert first == second


@given(boards, strategies, st.sampled_from(PLACES))
def test_one_more_abstention_changes_no_outcome_but_can_make_a_quorum(
    casts: list[Cast], strategy: Strategy, place: str
) -> None:
    before = two_level(casts, strategy, 50)
    after = two_level([*casts, Cast(place, "abstain", Standing.COUNTED)], strategy, 50)
    assert before.outcome in (after.outcome, NO_DECISION)


@given(boards, strategies)
def test_a_constituency_that_is_absent_counts_for_neither_side(casts: list[Cast], strategy: Strategy) -> None:
    silent = [Cast("Absent constituency", "", Standing.SUSPENDED)]
    assert two_level([*casts, *silent], strategy, 50).outcome == two_level(casts, strategy, 50).outcome


@given(boards, strategies, left_out)
def test_who_is_left_out_sways_no_outcome(casts: list[Cast], strategy: Strategy, one: Cast) -> None:
    with_it = two_level([*casts, one], strategy, 0)
    others = Cast(one.constituency, "", one.standing)
    assert with_it.outcome == two_level([*casts, others], strategy, 0).outcome


@given(boards, strategies)
def test_more_approval_never_turns_an_approval_into_a_rejection(casts: list[Cast], strategy: Strategy) -> None:
    before = two_level(casts, strategy, 50)
    after = two_level([*casts, Cast("Consumer", "approve", Standing.COUNTED)], strategy, 50)
    if before.outcome == "approve":
        assert after.outcome == "approve"


@given(boards, strategies)
def test_the_parts_of_a_count_add_up_to_its_electors(casts: list[Cast], strategy: Strategy) -> None:
    count = two_level(casts, strategy, 50)
    counted = sum(int(number) for row in count.rows for number in row[1:4])
    silent = sum(cast.standing is Standing.SILENT for cast in casts)
    assert counted + silent + sum(count.left_out.values()) == len(casts)


@given(elections.flatmap(lambda casts: st.tuples(st.just(casts), st.permutations(casts))))
def test_the_order_of_votes_changes_nothing_in_an_election(casts: tuple[list[Cast], list[Cast]]) -> None:
    first, second = (most_votes(each, OPTIONS) for each in casts)
    assert first == second


@given(elections)
def test_abstentions_elect_nobody_and_a_winner_has_more_than_any_other(casts: list[Cast]) -> None:
    count = most_votes(casts, OPTIONS)
    assert most_votes([*casts, Cast("", "abstain", Standing.COUNTED)], OPTIONS).outcome == count.outcome
    votes = {option: sum(cast.choice == option for cast in casts) for option in OPTIONS if option != "abstain"}
    if count.outcome in votes:
        assert all(votes[count.outcome] > number for option, number in votes.items() if option != count.outcome)
    else:
        assert count.outcome == (TIE if any(votes.values()) else NO_DECISION)
