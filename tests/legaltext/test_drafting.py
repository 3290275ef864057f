"""Drafts: written step by step, taken back, re-based, their conflicts settled, approved or dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from secretariat.core.journal import history, verify
from secretariat.core.people import Role, Team
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import (
    against,
    begin,
    bring_in,
    edit,
    rebase_draft,
    settle,
    take_back,
)
from secretariat.legaltext.drafting.composing import put_below, put_in, taken_out
from secretariat.legaltext.drafting.conflicts import Kind, together
from secretariat.legaltext.drafting.procedure import DRAFTING
from secretariat.legaltext.drafting.values import (
    base_of,
    drafted,
    met,
    met_by,
    newest_version,
    readings_for,
    text_of_draft,
)
from secretariat.legaltext.models import Draft
from secretariat.legaltext.publishing.models import PlannedItem
from secretariat.legaltext.text import Edit, apply
from tests.change.factories import person
from tests.legaltext.drafts import AT, SECTION_H, bodies, clause, document, draft, says, told, version, write

pytestmark = pytest.mark.django_db


def test_a_draft_is_its_version_with_its_steps_in_order() -> None:
    made = draft()
    says(made, "one", "The DCC shall act within 3 Working Days.", why="Users asked for it.")
    says(made, "one", "The DCC shall act within 2 Working Days.")
    write(made, put_in(text_of_draft(made), "three", clause("new", "", "H3.4", "The DCC shall pay.")))
    text = text_of_draft(Draft.objects.get(pk=made.pk))
    assert bodies(text, ["one", "new"]) == ["The DCC shall act within 2 Working Days.", "The DCC shall pay."]
    assert [one.uid for one in drafted(made).edits] == ["one", "new"]
    assert [step.why for step in made.steps.all()] == ["Users asked for it.", "", ""]
    assert base_of(made) == SECTION_H


def test_every_save_is_an_event_that_says_which_clauses_and_why() -> None:
    made = draft()
    says(made, "one", "Now.", why="It is late.")
    take_back(made, **told())
    events = list(history(made).values_list("name", "facts"))
    assert [name for name, _ in events] == ["draft.begin", "draft.edit", "draft.take_back"]
    assert events[1][1] == {"clauses": ["one"], "why": "It is late."}
    assert not list(verify())


def test_what_another_saved_meanwhile_is_not_overwritten() -> None:
    made = draft()
    meanwhile = Edit(SECTION_H.by_uid["one"], replace(SECTION_H.by_uid["one"], body="Mine."))
    says(made, "one", "Theirs.")
    with pytest.raises(Refused, match=r"H3\.1 has been changed since"):
        edit(made, [meanwhile], **told())
    assert made.steps.count() == 1


def test_an_edit_that_changes_nothing_or_cannot_be_kept_is_refused() -> None:
    made = draft()
    with pytest.raises(Refused, match="Nothing is changed"):
        edit(made, [], **told())
    there = SECTION_H.by_uid["one"]
    with pytest.raises(Refused, match="Number"):
        edit(made, [Edit(there, replace(there, number="H" * 41))], **told())


def test_taking_back_undoes_what_was_saved_together() -> None:
    made = draft()
    says(made, "one", "Now.", at=AT - timedelta(hours=1), recorded=AT - timedelta(hours=1))
    write(made, *taken_out(text_of_draft(made), "two"))
    assert take_back(made, **told()) == 2
    assert text_of_draft(made) == apply(SECTION_H, drafted(made).edits)
    assert take_back(made, **told()) == 1
    with pytest.raises(Refused, match="nothing to take back"):
        take_back(made, **told())


def test_a_draft_is_written_by_the_change_team_while_it_is_pending() -> None:
    made = draft()
    there = SECTION_H.by_uid["one"]
    mine = [Edit(there, replace(there, body="Mine."))]
    with pytest.raises(Refused, match="change team"):
        edit(made, mine, **told(by=person(Role.SECRETARIAT, Team.HELPDESK)))
    says(made, "three", "The DCC shall not publish it.")
    DRAFTING.take("approve", made, **told())
    with pytest.raises(Refused, match="this one is approved"):
        edit(made, mine, **told())


def test_a_draft_is_for_a_version_of_its_own_document() -> None:
    other = version(SECTION_H, of=document("section-g"))
    with pytest.raises(Refused, match="its own document"):
        begin(Draft(title="A", document=document(), baseline=other, classification=0), **told())


def test_a_draft_is_read_by_nobody_who_may_not_read_its_document() -> None:
    amber = document("section-x", classification=2, audience="SSC")
    with pytest.raises(Refused, match="nobody who may not read"):
        begin(Draft(title="A", document=amber, classification=0), **told())
    with pytest.raises(Refused, match="nobody who may not read"):
        begin(Draft(title="A", document=amber, classification=2, audience="TABASC"), **told())
    begin(Draft(title="A", document=amber, classification=2, audience="SSC"), **told())


def test_a_file_brought_in_becomes_the_edits_that_make_its_text() -> None:
    made = draft()
    there = SECTION_H.by_uid["three"]
    wanted = apply(SECTION_H, [Edit(there, replace(there, body="The DCC shall print it."))])
    assert [one.uid for one in bring_in(made, wanted, "From the working group.", **told())] == ["three"]
    assert text_of_draft(made) == wanted


# Re-basing


def test_a_draft_is_carried_over_to_a_newer_version_and_keeps_who_and_why() -> None:
    made = draft()
    says(made, "one", "The DCC shall act within 2 Working Days of each request of a party.", why="Faster.")
    newer = version(apply(SECTION_H, [Edit(SECTION_H.by_uid["three"], None)]), "2.0", date(2020, 2, 1))
    assert newest_version(made.document) == newer
    rebase_draft(made, newer, {}, **told())
    made.refresh_from_db()
    assert made.baseline == newer
    assert text_of_draft(made).by_uid.keys() == {"part", "one", "two", "sub"}
    assert [step.why for step in made.steps.all()] == ["Faster."]
    assert history(made).last().name == "draft.rebase"  # type: ignore[union-attr]


def test_what_clashes_with_the_newer_version_waits_for_a_person() -> None:
    made = draft()
    says(made, "three", "The DCC shall print it.")
    there = SECTION_H.by_uid["three"]
    newer = version(apply(SECTION_H, [Edit(there, replace(there, body="The DCC shall send it."))]), "2.0")
    assert [one.uid for one in against(made, newer).conflicts] == ["three"]
    with pytest.raises(Refused, match=r"H3\.3"):
        rebase_draft(made, newer, {}, **told())
    assert made.steps.count() == 1
    rebase_draft(made, newer, {"three": replace(there, body="The DCC shall print and send it.")}, **told())
    assert bodies(text_of_draft(made), ["three"]) == ["The DCC shall print and send it."]


# Conflicts


def test_a_conflict_is_seen_from_both_drafts_and_settled_for_both() -> None:
    one, other = draft("One"), draft("Other")
    says(one, "one", "The DCC shall act within 2 Working Days.")
    says(other, "one", "The DCC shall act within 9 Working Days.")
    assert [(found.other, found.waits) for found in met(one)] == [(other, True)]
    assert [(found.other, found.waits) for found in met(other)] == [(one, True)]
    agreed = replace(SECTION_H.by_uid["one"], body="The DCC shall act within 4 Working Days.")
    settle(met(one)[0].conflict, "one", agreed, "Agreed by both Proposers.", **told())
    assert [found.waits for found in (*met(one), *met(other))] == [False, False]
    for order in ([one, other], [other, one]):
        made = together({"section-h": SECTION_H}, [drafted(each) for each in order], readings_for(order))
        assert made["section-h"].by_uid["one"] == agreed
    says(one, "one", "The DCC shall act within 1 Working Day.")
    assert [found.waits for found in met(other)] == [True]


def test_settled_anew_the_newest_word_holds() -> None:
    one, other = draft("One"), draft("Other")
    says(one, "one", "A.")
    says(other, "one", "B.")
    (found,) = met(one)
    for body in ("C.", "D."):
        settle(found.conflict, "one", replace(SECTION_H.by_uid["one"], body=body), **told())
    assert [reading.clause.body for reading in readings_for([one, other]) if reading.clause] == ["D."]


def test_a_reading_under_which_the_drafts_still_meet_settles_nothing() -> None:
    one, other = draft("One"), draft("Other")
    write(one, put_in(SECTION_H, "three", clause("new", "", "H3.4")))
    write(other, put_in(SECTION_H, "two", clause("newer", "", "H3.4")))
    (found,) = met(one)
    assert found.conflict.kind == Kind.NUMBER
    there = found.conflict.of(str(other.pk)).after
    assert there is not None
    with pytest.raises(Refused, match="still be"):
        settle(found.conflict, "newer", replace(there, body="Other words."), **told())
    settle(found.conflict, "newer", replace(there, number="H3.5"), **told())
    assert [each.waits for each in met(one)] == [False]


def test_a_draft_that_is_dead_meets_no_other() -> None:
    one, other = draft("One"), draft("Other")
    says(one, "one", "A.")
    says(other, "one", "B.")
    DRAFTING.take("drop", other, because="Not wanted.", **told())
    assert met(one) == []
    DRAFTING.take("reopen", other, because="Wanted after all.", **told())
    assert len(met(one)) == 1


def test_a_conflict_with_a_draft_of_a_higher_class_is_told_to_its_readers_only() -> None:
    one = draft("One")
    other = draft("Other", classification=2, audience="SSC")
    says(one, "one", "A.")
    says(other, "one", "B.")
    assert met_by(one, None, AT) == []
    assert len(met_by(one, told()["by"], AT)) == 1


def test_the_number_of_queries_does_not_grow_with_the_drafts(django_assert_num_queries: object) -> None:
    one = draft("One")
    says(one, "one", "A.")
    for number in range(6):
        says(draft(f"Other {number}"), "one", f"B {number}.")
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert len(met(Draft.objects.select_related("document", "baseline").get(pk=one.pk))) == 6


# Approval


def test_a_draft_is_approved_when_it_changes_something() -> None:
    with pytest.raises(Refused, match="changes something"):
        DRAFTING.take("approve", draft(), **told())


def test_a_draft_is_approved_when_its_conflicts_are_settled() -> None:
    one, other = draft("One"), draft("Other")
    says(one, "three", "The DCC shall print it.")
    says(other, "three", "The DCC shall send it.")
    with pytest.raises(Refused, match="A person has said"):
        DRAFTING.take("approve", one, **told())
    settle(met(one)[0].conflict, "three", None, **told())
    DRAFTING.take("approve", one, **told())
    assert one.state == "approved"


def test_a_draft_is_approved_when_the_checks_find_nothing_new() -> None:
    made = draft()
    says(made, "three", "The DCC shall publish it as Section H9.9 says.")
    with pytest.raises(Refused, match="checks find no error"):
        DRAFTING.take("approve", made, **told())
    says(made, "three", "The DCC shall publish it as Section H3.1 says.")
    DRAFTING.take("approve", made, **told())


def test_a_draft_is_reopened_as_long_as_it_is_in_no_version() -> None:
    made = draft()
    says(made, "three", "The DCC shall print it.")
    DRAFTING.take("approve", made, **told())
    DRAFTING.take("reopen", made, because="A word is missing.", **told())
    DRAFTING.take("approve", made, **told())
    published = version(text_of_draft(made), "2.0")
    PlannedItem.objects.create(document=made.document, draft=made, number="2.0", version=published)
    with pytest.raises(Refused, match="stays in the code until another draft changes it"):
        DRAFTING.take("reopen", made, because="Too late.", **told())
    other = draft("Other", published)
    says(other, "three", "The DCC shall send it.")
    assert met(other) == []


def test_what_is_about_something_is_approved_with_it_only() -> None:
    made = draft(about_kind="legaltext.document", about_id=document().pk)
    says(made, "three", "The DCC shall print it.")
    with pytest.raises(Refused, match="with that"):
        DRAFTING.take("approve", made, **told())
    with pytest.raises(Refused, match="Nobody by hand"):
        DRAFTING.take("approve_with", made, **told())
    DRAFTING.take("approve_with", made, because="It was approved.", by=None, at=AT, recorded=AT)
    assert made.state == "approved"
    with pytest.raises(Refused, match="not possible here"):
        DRAFTING.take("drop", made, because="By mistake.", **told())


def test_a_clause_below_one_that_another_draft_takes_out_is_a_conflict_that_a_place_settles() -> None:
    one, other = draft("One"), draft("Other")
    write(one, *taken_out(SECTION_H, "two"))
    write(other, put_below(SECTION_H, "two", clause("new", "", "(b)")))
    (found,) = met(other)
    assert found.conflict.kind == Kind.PLACE
    there = found.conflict.of(str(other.pk)).after
    assert there is not None
    settle(found.conflict, "new", replace(there, parent="three"), **told())
    made = together({"section-h": SECTION_H}, [drafted(one), drafted(other)], readings_for([one, other]))
    assert made["section-h"].by_uid["new"].parent == "three"
