"""What sheets of answers say together, and what is withheld because so few said it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from secretariat.engagement.surveys.tally import WITHHELD, Asked, findings, group_columns, mean

SCALE = Asked(1, "Is it good?", ("1", "2", "3", "4", "5"), is_scale=True)
YES_NO = Asked(2, "Again?", ("Yes", "No"))
WORDS = Asked(3, "What else?")


def sheets(*scores: int, **more: Any) -> list[dict[str, str]]:
    return [{"1": str(score), **more} for score in scores]


def test_each_answer_is_counted_and_a_scale_has_its_mean() -> None:
    [found] = findings([SCALE], sheets(5, 4, 4, 1, 3), [], 5)
    assert found.rows == [("1", 1), ("2", 0), ("3", 1), ("4", 2), ("5", 1)]
    assert (found.answered, found.mean, found.why_not) == (5, "3.4", "")


def test_a_question_that_fewer_than_the_least_number_answered_is_not_told() -> None:
    told = [*sheets(5, 4, 4, 1), {"2": "Yes"}]
    scale, again = findings([SCALE, YES_NO], told, [], 5)
    assert (scale.rows, scale.mean, scale.answered) == ([], "", 0)
    assert scale.why_not == again.why_not == "Fewer than 5 answered it."


def test_words_stand_in_an_order_that_is_not_that_of_the_sheets() -> None:
    said = ["zebra", "apple", "mango", "berry", "cherry"]
    [found] = findings([WORDS], [{"3": text} for text in said], [], 5)
    assert found.words == sorted(said)


def test_halves_are_rounded_up() -> None:
    assert [mean(["4", "5"]), mean(["1", "1", "1", "2"]), mean([])] == ["4.5", "1.3", ""]


def test_a_small_group_is_withheld_with_another_so_that_it_cannot_be_reckoned() -> None:
    groups = ["A"] * 6 + ["B"] * 2 + ["C"] * 5
    [found] = findings([SCALE], sheets(*[4] * 13), groups, 5)
    assert found.groups == [("A", "4.0 of 5 (6 answered)"), ("B", WITHHELD), ("C", WITHHELD)]


@given(some.lists(some.tuples(some.sampled_from("ABCD"), some.integers(1, 5)), min_size=5, max_size=40))
def test_no_group_below_the_least_number_is_ever_told_and_never_one_alone_is_withheld(
    told: list[tuple[str, int]],
) -> None:
    groups = [group for group, _ in told]
    [found] = findings([SCALE], sheets(*(score for _, score in told)), groups, 5)
    hidden = [group for group, says in found.groups if says == WITHHELD]
    shown = [group for group, says in found.groups if says != WITHHELD]
    assert all(groups.count(group) >= 5 for group in shown)
    assert len(hidden) != 1 or not shown


def test_an_export_names_groups_only_where_none_is_small() -> None:
    assert group_columns(["A"] * 5 + ["B"] * 5, 5) == ["A"] * 5 + ["B"] * 5
    assert set(group_columns(["A"] * 5 + ["B"] * 4, 5)) == {""}
