"""Texts as values: order, places, edits that apply or say why not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.legaltext.text import DIGITS, Clause, DoesNotApply, Edit, Text, apply, between, edits, in_order, places

PLACES = st.text(DIGITS, min_size=1, max_size=4).filter(lambda place: place.strip("0") and not place.endswith("0"))


def clause(uid: str, parent: str = "", place: str = "i", body: str = "Words.") -> Clause:
    return Clause(uid, parent, place, "clause", uid.upper(), "", body)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text of up to nine clauses, each held by one before it or by none."""
    made: list[Clause] = []
    for uid in draw(st.lists(st.sampled_from("abcdefghi"), unique=True)):
        parent = draw(st.sampled_from(["", *(one.uid for one in made)]))
        made.append(clause(uid, parent, draw(PLACES), draw(st.sampled_from(["One.", "Two.", "Three."]))))
    return in_order(made)


@given(PLACES, PLACES)
def test_between_two_places_there_is_always_another(one: str, other: str) -> None:
    low, high = sorted((one, other))
    if low != high:
        assert low < between(low, high) < high
    assert between("", low) < low
    assert between(high, "") > high


@given(st.integers(0, 2000))
def test_places_in_a_row_rise_and_leave_room(number: int) -> None:
    made = places(number)
    assert len(made) == number
    assert list(made) == sorted(set(made))
    assert all(low < between(low, high) < high for low, high in zip(("", *made), (*made, ""), strict=True) if high)


@given(texts())
def test_each_clause_comes_after_the_one_that_holds_it_in_order_of_place(text: Text) -> None:
    seen: set[str] = {""}
    for one in text.clauses:
        assert one.parent in seen
        seen.add(one.uid)
    for held in text.children.values():
        assert [one.place for one in held] == sorted(one.place for one in held)
    assert in_order(reversed(text.clauses)).canonical == text.canonical


@given(texts(), texts())
def test_the_edits_between_two_texts_make_the_one_of_the_other(old: Text, new: Text) -> None:
    assert apply(old, edits(old, new)).canonical == new.canonical
    assert edits(new, new) == ()


def test_an_edit_of_a_text_that_has_moved_on_is_refused_with_the_clause() -> None:
    a, b = clause("a"), clause("b", place="r")
    text = in_order([a, b])
    for edit, said in (
        (Edit(replace(a, body="Old."), replace(a, body="New.")), "A has been changed since."),
        (Edit(clause("c"), None), "C is no longer in the text."),
        (Edit(None, b), "B is already in the text."),
    ):
        with pytest.raises(DoesNotApply, match=said):
            apply(text, [edit])


def test_what_holds_others_is_not_taken_out_alone() -> None:
    text = in_order([clause("a"), clause("b", "a")])
    with pytest.raises(DoesNotApply, match="hang on no clause of the text: b"):
        apply(text, [Edit(text.by_uid["a"], None)])


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        ([clause("a"), clause("a")], "comes twice"),
        ([clause("a", "b"), clause("b", "a")], "hang on no clause of the text: a, b"),
        ([replace(clause("a"), kind="stanza")], "not 'stanza'"),
    ],
)
def test_clauses_that_make_no_text_are_refused(clauses: list[Clause], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        in_order(clauses)
