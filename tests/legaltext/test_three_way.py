"""Two changes of one text: both are taken where they are apart, and a person is asked where they meet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.legaltext.redlines.merge import Unsettled, merged_words, three_way
from secretariat.legaltext.text import Clause, Text, apply, edits, in_order, places

WORDS = "The Panel shall publish each notice within 10 Working Days of the day on which it was given."
BODIES = st.sampled_from([WORDS, WORDS.replace("10", "15"), WORDS.replace("Panel", "Code Administrator"), "Nothing."])


@st.composite
def changed(draw: st.DrawFn, base: Text) -> Text:
    """The text after any changes: taken out with all they hold, reworded, renumbered, moved, put in."""
    gone: set[str] = set()
    made: list[Clause] = []
    for one in base.clauses:
        if one.parent in gone or draw(st.integers(0, 5)) == 0:
            gone.add(one.uid)
            continue
        one = replace(one, body=draw(BODIES), number=draw(st.sampled_from([one.number, one.number, "9"])))  # noqa: PLW2901
        made.append(replace(one, parent=draw(st.sampled_from([one.parent, "", *(held.uid for held in made)]))))
    new = draw(st.sampled_from(["", "x", "y"]))
    if new:
        made.append(
            Clause(new, draw(st.sampled_from(["", *(held.uid for held in made)])), "m", "clause", "", "", WORDS)
        )
    return in_order(made)


@st.composite
def trios(draw: st.DrawFn) -> tuple[Text, Text, Text]:
    """A text and two changes of it."""
    ranks = places(5)
    clauses: list[Clause] = []
    for uid, place in zip("abcde", ranks, strict=True):
        parent = draw(st.sampled_from(["", *(one.uid for one in clauses)]))
        clauses.append(Clause(uid, parent, place, "clause", uid, "", WORDS))
    base = in_order(clauses)
    return base, draw(changed(base)), draw(changed(base))


@given(trios())
def test_it_does_not_matter_whose_change_is_called_ours(trio: tuple[Text, Text, Text]) -> None:
    base, ours, theirs = trio
    one, other = three_way(base, ours, theirs), three_way(base, theirs, ours)
    assert {found.uid for found in one.conflicts} == {found.uid for found in other.conflicts}
    if not one.conflicts:
        assert one.text() == other.text()
        assert apply(ours, edits(ours, one.text())) == one.text()


@given(trios())
def test_a_change_and_none_give_the_change(trio: tuple[Text, Text, Text]) -> None:
    base, ours, _ = trio
    assert three_way(base, ours, base).text() == three_way(base, base, ours).text() == ours
    assert three_way(base, ours, ours).text() == ours
    assert {one.outcome for one in three_way(base, ours, ours).clauses} <= {"same", "alike"}


@given(trios())
def test_a_text_without_conflict_holds_what_each_changed_alone(trio: tuple[Text, Text, Text]) -> None:
    base, ours, theirs = trio
    found = three_way(base, ours, theirs)
    if found.conflicts:
        with pytest.raises(Unsettled):
            found.text()
        return
    made = found.text()
    for uid in {*base.by_uid, *ours.by_uid, *theirs.by_uid}:
        if theirs.by_uid.get(uid) == base.by_uid.get(uid):
            assert made.by_uid.get(uid) == ours.by_uid.get(uid)


def text(*clauses: Clause) -> Text:
    return in_order(clauses)


def clause(uid: str, place: str, body: str = WORDS, parent: str = "", number: str = "") -> Clause:
    return Clause(uid, parent, place, "clause", number or uid.upper(), "", body)


BASE = text(clause("a", "b"), clause("a1", "i", parent="a"), clause("b", "c"))


def outcomes(ours: Text, theirs: Text) -> dict[str, str]:
    return {one.uid: one.outcome for one in three_way(BASE, ours, theirs).clauses}


def with_clause(base: Text, uid: str, **values: str) -> Text:
    return in_order(replace(one, **values) if one.uid == uid else one for one in base.clauses)


def without(base: Text, *uids: str) -> Text:
    return in_order(one for one in base.clauses if one.uid not in uids)


def test_changes_of_words_far_apart_are_both_taken() -> None:
    assert merged_words(
        WORDS, WORDS.replace("Panel", "Administrator"), WORDS.replace("given", "sent")
    ) == WORDS.replace("Panel", "Administrator").replace("given", "sent")


def test_changes_of_words_within_three_words_of_each_other_are_for_a_person() -> None:
    assert merged_words(WORDS, WORDS.replace("10", "15"), WORDS.replace("within", "no later than")) is None
    assert merged_words("Words.", "Words. More.", "Words. Others.") is None


def test_the_same_change_made_by_both_is_made_once() -> None:
    ours, theirs = WORDS.replace("10", "15"), WORDS.replace("10", "15").replace("The Panel", "A Panel")
    assert merged_words(WORDS, ours, theirs) == theirs


def test_a_new_column_and_another_change_of_the_table_are_for_a_person() -> None:
    table = "| Role | Days |\n|---|---|\n| The first of all roles | 10 |\n| The last of all roles | 20 |\n"
    wider = table.replace(" |\n", " | x |\n").replace("---|\n", "---|---|\n")
    assert merged_words(table, wider, table.replace("last", "latest")) is None
    assert merged_words(table, table.replace("10", "15"), table.replace("20", "25")) is not None


def test_a_number_and_words_of_one_clause_are_both_taken() -> None:
    found = three_way(BASE, with_clause(BASE, "b", number="C"), with_clause(BASE, "b", body="Other words."))
    assert found.text().by_uid["b"] == clause("b", "c", "Other words.", number="C")
    assert [one.outcome for one in found.clauses] == ["same", "same", "merged"]


def test_two_numbers_for_one_clause_conflict_and_say_so() -> None:
    found = three_way(BASE, with_clause(BASE, "b", number="C"), with_clause(BASE, "b", number="D"))
    assert found.conflicts[0].why == ("Each gives it another number.",)
    with pytest.raises(Unsettled, match="another number"):
        found.text()
    assert found.text({"b": clause("b", "c", number="E")}).by_uid["b"].number == "E"
    assert "b" not in found.text({"b": None}).by_uid


def test_taking_out_what_the_other_changes_conflicts() -> None:
    assert outcomes(without(BASE, "b"), with_clause(BASE, "b", body="Other."))["b"] == "conflict"


def test_a_clause_put_into_one_that_the_other_takes_out_conflicts_with_it() -> None:
    with_new = text(*BASE.clauses, clause("x", "m", parent="a"))
    found = three_way(BASE, without(BASE, "a", "a1"), with_new)
    assert {one.uid for one in found.conflicts} == {"a", "x"}
    kept = found.text({"a": BASE.by_uid["a"], "x": with_new.by_uid["x"]})
    assert list(kept.by_uid) == ["a", "x", "b"]


def test_two_clauses_each_moved_under_the_other_conflict() -> None:
    found = outcomes(with_clause(BASE, "a", parent="b"), with_clause(BASE, "b", parent="a"))
    assert found == {"a": "conflict", "a1": "same", "b": "conflict"}


def test_a_clause_put_in_by_both_with_other_words_conflicts() -> None:
    one, other = (text(*BASE.clauses, clause("x", "m", body)) for body in ("One.", "Other."))
    assert outcomes(one, other)["x"] == "conflict"
    assert outcomes(one, one)["x"] == "alike"
