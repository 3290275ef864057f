"""Redlines: both sides read back exactly, moves and renumbering are told apart, tables are compared cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.legaltext.redlines.blocks import Table, Words, compared_blocks, side_of, standing
from secretariat.legaltext.redlines.compare import accepted, longest_rising, moves, redline, rejected
from secretariat.legaltext.redlines.tokens import IN, OUT, Run, compared, new_side, old_side, tokens
from secretariat.legaltext.text import Clause, Text, in_order, places

PIECES = [
    "The ", "Panel ", "shall ", "**Defined Term** ", "10 Working Days", ", ", ".", "\n", "\n\n", "| a | b |\n",
    "|---|---|\n", "| Day | 5 |\n", "| c |", "é", "e\u0301", "中文", "\u00a0", "\t", "|", "\\|", "**", "“H3.4”",
    "\U0001f600", " ", "\r\n", "\u2028",
]  # fmt: skip
BODIES = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=30))


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text of up to eight clauses, in any tree and order."""
    made: list[Clause] = []
    uids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    for uid, place in zip(uids, places(len(uids)), strict=True):
        parent = draw(st.sampled_from(["", *(one.uid for one in made)]))
        number, heading = (
            draw(st.sampled_from(["1", "2", ""])),
            draw(st.sampled_from(["", "Duties", "Duties of Users"])),
        )
        made.append(Clause(uid, parent, place, "clause", number, heading, draw(BODIES)))
    return in_order(made)


def clause(uid: str, place: str, body: str = "Words.", parent: str = "", number: str = "") -> Clause:
    return Clause(uid, parent, place, "clause", number or uid.upper(), "", body)


def text(*clauses: Clause) -> Text:
    return in_order(clauses)


def states(old: Text, new: Text) -> list[tuple[str, str]]:
    return [(row.uid, row.state) for row in redline(old, new).rows]


@given(st.text() | BODIES)
def test_words_and_signs_joined_are_the_text(body: str) -> None:
    assert "".join(tokens(body)) == body


@given(BODIES, BODIES)
def test_the_runs_of_two_bodies_read_back_as_each(old: str, new: str) -> None:
    found = compared(old, new)
    assert (old_side(found), new_side(found)) == (old, new)
    assert all(run.text for run in found)
    blocks = compared_blocks(old, new)
    assert (side_of(blocks, IN), side_of(blocks, OUT)) == (old, new)
    assert side_of(standing(IN, new), OUT) == new


@given(texts(), texts())
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(old: Text, new: Text) -> None:
    found = redline(old, new)
    assert accepted(found) == new
    assert rejected(found) == old


@given(texts(), texts())
def test_every_clause_stands_once_and_is_counted_once(old: Text, new: Text) -> None:
    found = redline(old, new)
    assert sum(found.counts.values()) == len(found.standing) == len({*old.by_uid, *new.by_uid})
    assert sum(row.state == "moved" for row in found.rows) == sum(
        row.state == "left" and not row.carried for row in found.rows
    )


@given(texts())
def test_a_text_against_itself_is_the_same_throughout(one: Text) -> None:
    found = redline(one, one)
    assert not found.touched
    assert {row.state for row in found.rows} <= {"same"}


@given(texts())
def test_a_text_that_begins_or_ends_comes_in_or_goes_out(one: Text) -> None:
    nothing = Text(())
    assert {row.state for row in redline(nothing, one).rows} <= {"in"}
    assert {row.state for row in redline(one, nothing).rows} <= {"out"}


@given(st.permutations(range(7)))
def test_as_few_clauses_as_can_be_are_called_moved(order: list[int]) -> None:
    kept = longest_rising(order)
    assert [order[at] for at in sorted(kept)] == sorted(order[at] for at in kept)
    longest = max(sum(1 for _ in run) for run in rising(order))
    assert len(kept) == longest


def rising(order: list[int]) -> list[list[int]]:
    """Every row of rising numbers, by trying all."""
    found: list[list[int]] = [[]]
    for number in order:
        found += [[*run, number] for run in found if not run or run[-1] < number]
    return found


def test_a_word_that_changes_is_marked_and_no_other() -> None:
    found = compared("The Panel shall meet within 10 Working Days.", "The Panel shall meet within 15 Working Days.")
    assert found == (
        Run("same", "The Panel shall meet within "),
        Run("out", "10"),
        Run("in", "15"),
        Run("same", " Working Days."),
    )


def test_neighbouring_words_that_change_are_one_change() -> None:
    found = compared("each Large Supplier shall tell the Panel", "each Gas Network shall tell the Panel")
    assert [run for run in found if run.kind != "same"] == [Run("out", "Large Supplier"), Run("in", "Gas Network")]


def test_words_that_have_hardly_anything_in_common_are_replaced_as_a_whole() -> None:
    old, new = "The charge of the year is kept.", "A Party may in writing appeal to the Authority of its own choice."
    assert compared(old, new) == (Run("out", old), Run("in", new))


def test_a_new_number_alone_is_renumbering_and_not_a_change_of_words() -> None:
    old = text(clause("a", "b"), clause("b", "c", number="2"))
    new = text(clause("a", "b"), clause("x", "bi", number="2"), clause("b", "c", number="3"))
    assert states(old, new) == [("a", "same"), ("x", "in"), ("b", "renumbered")]


def test_a_place_that_changes_without_the_order_is_no_move() -> None:
    assert states(text(clause("a", "b"), clause("b", "c")), text(clause("a", "bi"), clause("b", "d"))) == [
        ("a", "same"),
        ("b", "same"),
    ]


def test_a_clause_that_moves_carries_what_it_holds_and_leaves_its_old_place_marked() -> None:
    held = clause("a1", "i", parent="a")
    old = text(clause("a", "b"), held, clause("b", "c"), clause("c", "d"))
    new = text(replace(old.by_uid["a"], place="e", body="Other words."), held, clause("b", "c"), clause("c", "d"))
    assert states(old, new) == [
        ("a", "left"), ("a1", "left"), ("b", "same"), ("c", "same"), ("a", "moved"), ("a1", "same"),
    ]  # fmt: skip
    rows = redline(old, new).rows
    assert [(row.uid, row.carried) for row in rows if row.carried] == [("a1", True), ("a1", True)]
    assert rows[4].reworded
    assert not rows[5].reworded
    assert moves(old, new) == {"a"}


def test_a_clause_that_gets_another_holder_has_moved() -> None:
    old = text(clause("a", "b"), clause("b", "c"))
    new = text(clause("a", "b"), clause("b", "c", parent="a"))
    assert states(old, new) == [("a", "same"), ("b", "left"), ("b", "moved")] or states(old, new) == [
        ("a", "same"), ("b", "moved"), ("b", "left"),
    ]  # fmt: skip


OLD_TABLE = "| Role | Days |\n|---|---|\n| Supplier | 10 |\n| Network | 20 |\n"


def table_of(old: str, new: str) -> Table:
    (found,) = (block for block in compared_blocks(old, new) if isinstance(block, Table))
    return found


def test_one_cell_that_changes_marks_that_cell_only() -> None:
    found = table_of(OLD_TABLE, OLD_TABLE.replace("20", "25"))
    changed = [row for row in found.rows if row.changed]
    assert len(changed) == 1
    assert [run for cell in changed[0].cells for run in cell.runs if run.kind != "same"] == [
        Run("out", "20"),
        Run("in", "25"),
    ]
    assert [row.rule for row in found.rows] == [False, True, False, False]


def test_a_row_that_comes_in_and_one_that_goes_out_are_told_as_rows() -> None:
    new = OLD_TABLE.replace("| Supplier | 10 |\n", "").replace("20 |\n", "20 |\n| Registration agent | 5 |\n")
    assert [row.kind for row in table_of(OLD_TABLE, new).rows] == ["same", "same", "out", "same", "in"]


def test_a_column_that_comes_in_marks_one_cell_of_each_row() -> None:
    new = "| Role | From | Days |\n|---|---|---|\n| Supplier | notice | 10 |\n| Network | notice | 20 |\n"
    for row in table_of(OLD_TABLE, new).rows:
        assert [cell.kind for cell in row.cells] == ["same", "same", "in", "same", "same"]
    for row in table_of(new, OLD_TABLE).rows:
        assert [cell.kind for cell in row.cells] == ["same", "same", "out", "same", "same"]


def test_blanks_in_a_table_are_nothing_new_to_a_reader() -> None:
    found = table_of(OLD_TABLE, OLD_TABLE.replace("| Supplier | 10 |", "| Supplier |    10 |"))
    assert not any(row.changed for row in found.rows)


def test_a_table_keeps_its_place_between_words_that_change() -> None:
    old, new = f"Before the table.\n\n{OLD_TABLE}\nAfter it.", f"Well before the table.\n\n{OLD_TABLE}\nAfter it all."
    assert [type(block) for block in compared_blocks(old, new)] == [Words, Table, Words]


@pytest.mark.parametrize(
    ("old", "new", "kinds"), [(f"Words.\n\n{OLD_TABLE}", "Words.\n\n", ["out"]), ("A.", OLD_TABLE, ["in"])]
)
def test_a_table_that_goes_or_comes_is_marked_as_a_whole(old: str, new: str, kinds: list[str]) -> None:
    assert [block.kind for block in compared_blocks(old, new) if isinstance(block, Table)] == kinds


def test_a_very_long_table_of_which_all_changes_is_compared_at_once() -> None:
    head = "| Name | Number |\n|---|---|\n"
    old, new = (
        head + "".join(f"| {word} {at} | {at * sign} |\n" for at in range(400)) for word, sign in (("a", 1), ("b", -3))
    )
    found = compared_blocks(old, new)
    assert (side_of(found, IN), side_of(found, OUT)) == (old, new)
