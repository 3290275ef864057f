"""Conflicts between drafts: any two commute or conflict, what a person settled holds in either order, and re-basing."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.legaltext.drafting.composing import composed, moved, put_below, put_in, reworded, taken_out
from secretariat.legaltext.drafting.conflicts import (
    Conflict,
    Drafted,
    Kind,
    Reading,
    Unresolved,
    conflicts,
    conflicts_of,
    together,
)
from secretariat.legaltext.drafting.mentions import is_named_in
from secretariat.legaltext.drafting.rebasing import carried, rebase
from secretariat.legaltext.redlines.merge import Unsettled
from secretariat.legaltext.text import Clause, DoesNotApply, Edit, Text, apply, edits, in_order, places


def clause(uid: str, place: str, number: str = "", body: str = "Words.", parent: str = "", **other: str) -> Clause:
    told = {"kind": "clause", "heading": "", **other}
    return Clause(uid, parent, place, number=number, body=body, **told)


BASE = in_order(
    [
        clause("part", "a", "H3", kind="part", heading="Gateway"),
        clause("one", "a", "H3.1", "The DCC shall act within 5 Working Days.", "part"),
        clause("two", "b", "H3.2", "A User shall tell the DCC, as Section H3.1 says.", "part"),
        clause("sub", "a", "(a)", "in writing;", "two"),
        clause("three", "c", "H3.3", "The Panel shall publish it.", "part"),
        clause("term", "b", "", "means a day on which banks open", kind="definition", heading="Banking Day"),
    ]
)


def drafted(key: str, *made: Edit, document: str = "section-h", base: Text = BASE) -> Drafted:
    return Drafted(key, document, base, composed(made))


def says(uid: str, body: str, base: Text = BASE) -> Edit:
    there = base.by_uid[uid]
    return reworded(base, uid, number=there.number, heading=there.heading, body=body)


def only(one: Drafted, other: Drafted) -> Conflict:
    found = conflicts([other, one])
    assert len(found) == 1, [conflict.says for conflict in found]
    return found[0]


def test_drafts_of_different_clauses_do_not_conflict_and_give_one_text() -> None:
    one, other = drafted("1", says("one", "New.")), drafted("2", says("three", "Other."))
    assert conflicts([one, other]) == []
    made = together({"section-h": BASE}, [other, one])
    assert made == together({"section-h": BASE}, [one, other])
    assert [made["section-h"].by_uid[uid].body for uid in ("one", "three")] == ["New.", "Other."]


def test_the_same_clause_changed_differently_conflicts() -> None:
    found = only(drafted("1", says("one", "New.")), drafted("2", says("one", "Other.")))
    assert (found.kind, found.blocks, found.drafts) == (Kind.CLAUSE, True, ("1", "2"))
    assert "H3.1" in found.says
    assert found.of("2").after == replace(BASE.by_uid["one"], body="Other.")


def test_the_same_change_made_twice_is_no_conflict_and_counts_once() -> None:
    one, other = drafted("1", says("one", "New.")), drafted("2", says("one", "New."))
    assert conflicts([one, other]) == []
    assert together({"section-h": BASE}, [one, other])["section-h"] == apply(BASE, one.edits)


def test_the_same_identity_in_another_document_is_another_clause() -> None:
    one, other = drafted("1", says("one", "New.")), drafted("2", says("one", "Other."), document="section-g")
    assert conflicts([one, other]) == []


def test_the_same_number_for_two_new_clauses_conflicts() -> None:
    one = drafted("1", put_in(BASE, "three", clause("new", "", "H3.4")))
    other = drafted("2", put_in(BASE, "two", clause("newer", "", "H3.4")))
    assert only(one, other).kind == Kind.NUMBER


def test_numbers_in_brackets_are_counted_within_their_clause() -> None:
    one = drafted("1", put_below(BASE, "one", clause("new", "", "(b)")))
    other = drafted("2", put_in(BASE, "sub", clause("newer", "", "(b)")))
    assert conflicts([one, other]) == []
    again = drafted("3", put_below(BASE, "two", clause("newest", "", "(b)")))
    assert only(other, again).kind == Kind.NUMBER


def test_the_same_term_defined_twice_conflicts() -> None:
    terms = [clause(uid, "", body="means it", kind="definition", heading="Alt HAN") for uid in ("new", "newer")]
    one, other = (drafted(str(key), put_in(BASE, "term", term)) for key, term in enumerate(terms))
    assert only(one, other).kind == Kind.DEFINITION


def test_a_definition_taken_away_conflicts_with_its_new_use_in_any_document() -> None:
    gone = drafted("1", *taken_out(BASE, "term"))
    using = drafted("2", says("one", "It shall act on a Banking Day."), document="section-g")
    found = only(gone, using)
    assert (found.kind, found.blocks, found.documents) == (Kind.DEFINITION, True, ("section-h", "section-g"))


def test_a_definition_reworded_is_shown_to_who_begins_to_use_it_and_does_not_block() -> None:
    found = only(drafted("1", says("term", "means any day")), drafted("2", says("one", "On a Banking Day.")))
    assert (found.kind, found.blocks) == (Kind.DEFINITION, False)
    assert together({"section-h": BASE}, [drafted("1", says("term", "means any day"))])


@pytest.mark.parametrize(
    ("made", "blocks"),
    [
        (taken_out(BASE, "three"), True),
        ((reworded(BASE, "three", number="H3.9", heading="", body="The Panel shall publish it."),), True),
        ((says("three", "The Panel may publish it."),), False),
    ],
)
def test_the_target_of_a_new_cross_reference_conflicts_when_it_goes_and_is_shown_when_it_changes(
    made: tuple[Edit, ...], blocks: bool
) -> None:
    referring = drafted("2", says("one", "As Section H3.3 says."), document="section-g")
    found = only(drafted("1", *made), referring)
    assert (found.kind, found.blocks) == (Kind.REFERENCE, blocks)


def test_a_reference_that_was_there_before_is_not_new() -> None:
    gone = drafted("1", *taken_out(BASE, "one"))
    assert conflicts([gone, drafted("2", says("two", "A User tells it, as Section H3.1 says."))]) == []


@pytest.mark.parametrize(
    ("words", "document", "number", "of", "is_named"),
    [
        ("as Section H3.1 says", "section-g", "H3.1", "section-h", True),
        ("as Section H3.10 says", "section-g", "H3.1", "section-h", False),
        ("as Section H3.1.2 says", "section-g", "H3.1", "section-h", False),
        ("under Clause 4.2.", "appendix-ab", "4.2", "appendix-ab", True),
        ("under Clause 4.2 of Appendix AC", "appendix-ab", "4.2", "appendix-ab", False),
        ("under Clause 4.2 of Appendix AB", "section-h", "4.2", "appendix-ab", True),
        ("within 4.2 seconds", "appendix-ab", "4.2", "appendix-ab", False),
        ("as (a) says", "section-h", "(a)", "section-h", False),
    ],
)
def test_a_number_is_named_as_it_is_printed(words: str, document: str, number: str, of: str, is_named: bool) -> None:
    assert is_named_in(words, document, number, of) is is_named


def test_a_clause_put_below_one_that_another_draft_takes_out_conflicts() -> None:
    below = drafted("2", put_below(BASE, "two", clause("new", "", "(z)")))
    assert only(drafted("1", *taken_out(BASE, "two")), below).kind == Kind.PLACE


def test_two_moves_that_hang_clauses_on_each_other_conflict() -> None:
    one, other = moved(BASE, "one", "three", below=True), moved(BASE, "three", "one", below=True)
    assert only(drafted("1", one), drafted("2", other)).kind == Kind.PLACE


def test_what_a_person_settled_holds_in_either_order_until_an_edit_changes() -> None:
    one, other = drafted("1", says("one", "New.")), drafted("2", says("one", "Other."))
    with pytest.raises(Unresolved, match="H3.1"):
        together({"section-h": BASE}, [one, other])
    agreed = replace(BASE.by_uid["one"], body="New and other.")
    reading = Reading(only(one, other).digest, "section-h", "one", agreed)
    for order in permutations([one, other]):
        assert together({"section-h": BASE}, order, [reading])["section-h"].by_uid["one"] == agreed
    with pytest.raises(Unresolved):
        together({"section-h": BASE}, [one, drafted("2", says("one", "Other again."))], [reading])


def test_readings_of_one_clause_that_do_not_agree_settle_nothing() -> None:
    three = [drafted(key, says("one", key)) for key in "123"]
    found = conflicts(three)
    clauses = [replace(BASE.by_uid["one"], body=body) for body in ("A", "A", "B")]
    readings = [Reading(each.digest, "section-h", "one", agreed) for each, agreed in zip(found, clauses, strict=True)]
    with pytest.raises(Unresolved, match="settled twice"):
        together({"section-h": BASE}, three, readings)


def test_a_draft_for_another_text_does_not_apply() -> None:
    newer = apply(BASE, [says("one", "Since.")])
    with pytest.raises(DoesNotApply, match="H3.1"):
        together({"section-h": newer}, [drafted("1", says("one", "New."))])


def test_conflicts_of_one_draft_leave_out_those_between_the_others() -> None:
    one, *others = (drafted(key, says(uid, key)) for key, uid in (("1", "one"), ("2", "three"), ("3", "three")))
    assert conflicts_of(one, [one, *others]) == []
    assert len(conflicts_of(others[0], [one, *others])) == 1


def test_steps_on_one_clause_are_one_edit_and_what_comes_to_nothing_is_none() -> None:
    first = says("one", "New.")
    after = apply(BASE, [first])
    assert composed([first, says("one", "Newer.", after)]) == (says("one", "Newer."),)
    assert composed([first, Edit(first.after, first.before)]) == ()


def test_taking_out_a_clause_takes_out_what_it_holds() -> None:
    assert [one.uid for one in apply(BASE, taken_out(BASE, "two")).clauses] == ["part", "one", "three", "term"]


def test_a_clause_moves_with_what_it_holds_and_never_within_itself() -> None:
    made = apply(BASE, [moved(BASE, "two", "three")])
    assert [one.uid for one in made.clauses] == ["part", "one", "three", "two", "sub", "term"]
    with pytest.raises(ValueError, match="within itself"):
        moved(BASE, "two", "sub")


# Re-basing.


def test_an_edit_of_a_clause_that_stayed_is_carried_over_and_one_made_already_falls_away() -> None:
    onto = apply(BASE, [says("three", "Since."), says("term", "Alike.")])
    found = rebase(BASE, [says("one", "New."), says("term", "Alike.")], onto)
    assert found.conflicts == ()
    assert carried(found, onto, {}) == (says("one", "New."),)


def test_changes_of_words_far_apart_in_one_clause_merge() -> None:
    base = apply(BASE, [says("one", "The DCC shall send the report to each User within 5 Working Days of it.")])
    onto = apply(base, [says("one", "The DCC shall send the report to each User within 7 Working Days of it.", base)])
    mine = says("one", "The Panel shall send the report to each User within 5 Working Days of it.", base)
    made = apply(onto, carried(rebase(base, [mine], onto), onto, {}))
    assert made.by_uid["one"].body == "The Panel shall send the report to each User within 7 Working Days of it."


def test_words_changed_by_both_are_for_a_person_whose_answer_is_taken() -> None:
    onto = apply(BASE, [says("one", "The DCC shall act within 9 Working Days.")])
    found = rebase(BASE, [says("one", "The DCC shall act within 2 Working Days.")], onto)
    (clash,) = found.conflicts
    assert (clash.base, clash.theirs) == (BASE.by_uid["one"], onto.by_uid["one"])
    with pytest.raises(Unsettled, match="H3.1"):
        carried(found, onto, {})
    answer = replace(BASE.by_uid["one"], body="The DCC shall act within 3 Working Days.")
    assert apply(onto, carried(found, onto, {"one": answer})).by_uid["one"] == answer


def test_a_clause_put_below_one_that_is_gone_is_for_a_person() -> None:
    onto = apply(BASE, taken_out(BASE, "two"))
    found = rebase(BASE, [put_below(BASE, "two", clause("new", "", "(z)"))], onto)
    assert {one.uid for one in found.conflicts} >= {"new"}
    assert carried(found, onto, {one.uid: None for one in found.conflicts}) == ()


# Any texts and any drafts of them.

UIDS = tuple("abcdefgh")
NUMBERS = ("", "H1", "H1.1", "H2", "(a)", "(b)")
BODIES = ("Words.", "As Section H1.1 says.", "See H2 on a Big Day.", "Big Day", "**Big Day** and more.")
clauses = st.builds(
    Clause, st.just(""), st.just(""), st.just(""), st.sampled_from(("clause", "definition")),
    st.sampled_from(NUMBERS), st.sampled_from(("", "Big Day", "Small Day")), st.sampled_from(BODIES),
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, known: tuple[str, ...] = UIDS) -> Text:
    """A text whose clauses hang on earlier ones or on none."""
    made: list[Clause] = []
    for uid, place in zip(known, places(len(known)), strict=True):
        parent = draw(st.sampled_from(["", *(one.uid for one in made)]))
        made.append(replace(draw(clauses), uid=uid, parent=parent, place=place))
    return in_order(made)


@st.composite
def changed(draw: st.DrawFn, base: Text, new: tuple[str, ...]) -> Text:
    """Another text of the same document, by a few steps that a drafter would take."""
    text = base
    for _step in range(draw(st.integers(1, 4))):
        uid = draw(st.sampled_from([one.uid for one in text.clauses])) if text.clauses else ""
        told = draw(clauses)
        unused = [name for name in new if name not in text.by_uid]
        does = draw(st.sampled_from(("word", "word", "in", "below", "out", "move")))
        try:
            if does == "word" and uid:
                text = apply(text, [reworded(text, uid, number=told.number, heading=told.heading, body=told.body)])
            elif does == "in" and unused:
                text = apply(text, [put_in(text, uid, replace(told, uid=unused[0]))])
            elif does == "below" and unused and uid:
                text = apply(text, [put_below(text, uid, replace(told, uid=unused[0]))])
            elif does == "out" and uid:
                text = apply(text, taken_out(text, uid))
            elif does == "move" and uid:
                behind = draw(st.sampled_from([one.uid for one in text.clauses]))
                text = apply(text, [moved(text, uid, behind, below=draw(st.booleans()))])
        except ValueError:
            continue
    return text


def laid_over(text: Text, drafts: tuple[Drafted, ...]) -> Text:
    """The drafts one after the other, where what is done already is not done again."""
    for draft in drafts:
        text = apply(text, [edit for edit in draft.edits if text.by_uid.get(edit.uid) != edit.after])
    return text


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_two_drafts_commute_or_conflict(data: st.DataObject) -> None:
    base = data.draw(texts())
    one, other = (
        Drafted(key, "section-h", base, edits(base, data.draw(changed(base, (f"{key}1", f"{key}2"))))) for key in "xy"
    )
    if any(conflict.blocks for conflict in conflicts([one, other])):
        with pytest.raises(Unresolved):
            together({"section-h": base}, [one, other])
        return
    made = laid_over(base, (one, other))
    assert made == laid_over(base, (other, one))
    assert together({"section-h": base}, [one, other])["section-h"] == made
    assert made.canonical == together({"section-h": base}, [other, one])["section-h"].canonical


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_draft_carried_over_has_what_the_newer_text_has_and_where_it_fits_its_own_edits(data: st.DataObject) -> None:
    base = data.draw(texts())
    mine, newer = data.draw(changed(base, ("x1", "x2"))), data.draw(changed(base, ("y1", "y2")))
    found = rebase(base, edits(base, mine), newer)
    if found.conflicts:
        with pytest.raises(Unsettled):
            carried(found, newer, {})
        return
    made = carried(found, newer, {})
    assert {edit.uid for edit in made} <= {edit.uid for edit in edits(base, mine)}
    assert apply(newer, made) == found.text()
    if newer == base:
        assert apply(newer, made) == mine


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_steps_put_together_make_what_the_steps_make(data: st.DataObject) -> None:
    base = data.draw(texts())
    first = data.draw(changed(base, ("x1", "x2")))
    second = data.draw(changed(first, ("x1", "x2", "x3")))
    steps = (*edits(base, first), *edits(first, second))
    assert apply(base, composed(steps)) == second
