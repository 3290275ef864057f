"""A text that came in is laid beside the standing one, and each clause keeps its identity."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from secretariat.legaltext.importing.aligning import CHANGED, DOUBTFUL, KEPT, NEW, Alignment, align
from secretariat.legaltext.text import Clause, Text, edits, in_order, places
from secretariat.site.sample.code_text import texts

CAPACITY = "Each User shall send the Capacity Statement to the DCC within 5 Working Days after receipt of it."
RECOVERY = "The Panel shall review the Recovery Plan once in each year and publish what it has found."
MIGRATION = "The DCC shall keep a Migration Log of the Devices that have moved from one network to another."


def made(*told: tuple[str, str, str], of: str = "") -> Text:
    """Clauses in a row under one part, by identity, number and body."""
    head = Clause(f"{of}p", "", "i", "part", "H1", "Duties", "")
    rows = zip(told, places(len(told)), strict=True)
    return in_order(
        [head, *(Clause(uid, head.uid, at, "clause", number, "", body) for (uid, number, body), at in rows)]
    )


def said(found: Alignment) -> dict[str, tuple[str, str]]:
    """The status of each clause that came in and the identity that it has found, by its number."""
    return {
        match.incoming.number: (match.status, match.standing.uid if match.standing else "")
        for match in found.matches
        if match.incoming.kind == "clause"
    }


STANDING = made(("a", "H1.1", CAPACITY), ("b", "H1.2", RECOVERY), ("c", "H1.3", MIGRATION))


def test_the_same_text_without_identities_comes_back_as_itself() -> None:
    incoming = made(("x1", "H1.1", CAPACITY), ("x2", "H1.2", RECOVERY), ("x3", "H1.3", MIGRATION), of="x")
    found = align(STANDING, incoming)
    assert found.counts == {KEPT: 4, CHANGED: 0, NEW: 0, DOUBTFUL: 0, "gone": 0}
    assert found.text().canonical == STANDING.canonical


def test_a_clause_put_in_before_others_moves_no_identity_though_all_numbers_move() -> None:
    new = "A Party that has left keeps its records for two years."
    incoming = made(("x0", "H1.1", new), ("x1", "H1.2", CAPACITY), ("x2", "H1.3", RECOVERY), ("x3", "H1.4", MIGRATION))
    found = align(STANDING, incoming)
    assert said(found) == {"H1.1": (NEW, ""), "H1.2": (CHANGED, "a"), "H1.3": (CHANGED, "b"), "H1.4": (CHANGED, "c")}
    changed = {edit.uid: edit for edit in edits(STANDING, found.text())}
    for uid in "abc":
        before, after = changed[uid].before, changed[uid].after
        assert before is not None
        assert after is not None
        assert (before.place, before.body) == (after.place, after.body)


def test_a_reworded_clause_keeps_its_identity_under_its_number() -> None:
    incoming = made(("x1", "H1.1", CAPACITY.replace("5", "10")), ("x2", "H1.2", RECOVERY), ("x3", "H1.3", MIGRATION))
    assert said(align(STANDING, incoming))["H1.1"] == (CHANGED, "a")


def test_a_clause_with_a_known_number_and_other_words_is_doubtful_and_a_person_may_say_that_it_is_new() -> None:
    other = "Nobody pays for what was never asked for; costs lie where they fall."
    incoming = made(("x1", "H1.1", CAPACITY), ("x2", "H1.2", RECOVERY), ("x3", "H1.3", other))
    found = align(STANDING, incoming)
    assert said(found)["H1.3"] == (DOUBTFUL, "c")
    decided = found.decided({"x3"})
    assert said(decided)["H1.3"] == (NEW, "")
    assert [clause.uid for clause in decided.gone] == ["c"]
    assert {edit.uid for edit in edits(STANDING, decided.text())} > {"c"}


def test_what_is_not_in_the_file_is_gone() -> None:
    found = align(STANDING, made(("x1", "H1.1", CAPACITY), ("x3", "H1.2", MIGRATION)))
    assert [clause.uid for clause in found.gone] == ["b"]
    assert [edit.uid for edit in edits(STANDING, found.text()) if edit.after is None] == ["b"]


def test_an_identity_that_the_file_carried_goes_before_number_and_words() -> None:
    incoming = made(("b", "H1.1", CAPACITY), ("a", "H1.2", RECOVERY), ("c", "H1.3", MIGRATION))
    found = align(STANDING, incoming, carried={"a", "b", "c"})
    assert said(found)["H1.1"][1] == "b"
    assert said(found)["H1.2"][1] == "a"


def test_a_clause_that_moved_is_the_only_one_that_gets_another_place() -> None:
    rows = [
        (f"u{number}", f"H1.{number}", f"{MIGRATION} It does so for the {number}th time.") for number in range(1, 9)
    ]
    standing = made(*rows)
    moved = made(*(rows[1:] + rows[:1]))
    after = align(standing, moved, carried={row[0] for row in rows}).text()
    assert [edit.uid for edit in edits(standing, after)] == ["u1"]
    assert [clause.uid for clause in after.children["p"]] == [row[0] for row in rows[1:] + rows[:1]]


def test_a_new_clause_never_has_an_identity_that_was_ever_taken_and_the_same_each_time() -> None:
    incoming = made(("x1", "H1.1", CAPACITY), ("x9", "H1.9", "Something else entirely, of which nothing was known."))
    found = align(STANDING, incoming)
    first = {clause.uid for clause in found.text().clauses} - set(STANDING.by_uid)
    assert first == {clause.uid for clause in found.text().clauses} - set(STANDING.by_uid)
    again = {clause.uid for clause in found.text(taken=first).clauses} - set(STANDING.by_uid)
    assert len(first) == len(again) == 1
    assert first != again


def test_a_whole_section_with_changes_finds_its_clauses_again() -> None:
    chance, standing = Random(3), texts(20_000)["section-h"][1]
    names = {clause.uid: f"new-{at}" for at, clause in enumerate(standing.clauses)} | {"": ""}
    incoming = in_order(
        replace(clause, uid=names[clause.uid], parent=names[clause.parent],
                body=clause.body.replace("Working Day", "day") if chance.random() < 0.2 else clause.body)
        for clause in standing.clauses
    )  # fmt: skip
    found = align(standing, incoming)
    assert found.counts[NEW] == found.counts["gone"] == 0
    assert all(match.standing and names[match.standing.uid] == match.incoming.uid for match in found.matches)
    assert {edit.uid for edit in edits(standing, found.text())} == {
        match.standing.uid for match in found.matches if match.status != KEPT and match.standing
    }


def test_a_first_text_is_all_new_and_keeps_its_order() -> None:
    incoming = texts(20_000)["section-b"][1]
    after = align(Text(()), incoming).text()
    assert [clause.body for clause in after.clauses] == [clause.body for clause in incoming.clauses]
    assert len(after.by_uid) == len(incoming.clauses)
