"""The status of a proposal: on hold, withdrawn and adopted, urgent, related, aimed at a release."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.change.models import Body, Path, Proposal, Raiser, Stage
from secretariat.change.procedure import CHANGE
from secretariat.change.standing import page
from secretariat.change.standing.actions import adopt
from secretariat.change.standing.models import (
    NOT_URGENT,
    URGENT,
    Adoption,
    Hold,
    ProposerSpell,
    Relation,
    Urgency,
    urgent_dates,
)
from secretariat.change.standing.procedure import URGENCIES
from secretariat.core.duties import duties_of
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from secretariat.register.models import Party
from tests.change.factories import (
    LATER,
    before_the_panel,
    change_person,
    converted,
    in_decision,
    in_report,
    london,
    party,
    person,
    raised,
    release,
    take,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def contact_of(made: Party) -> Person:
    return person(Role.PARTY_CONTACT, organisation_id=made.pk)


def test_a_proposal_on_hold_goes_no_further_until_it_is_resumed() -> None:
    made = converted("2019-07-12")
    take("hold", made, "2019-08-01", held_by="Panel", reason="Awaits a review")
    with pytest.raises(Refused, match="goes no further until it is resumed"):
        take("report", made, "2019-08-12")
    with pytest.raises(Refused, match="goes no further"):
        take("hold", made, "2019-08-12", held_by="Panel", reason="Again")
    assert (made.state, made.on_hold) == (Stage.REFINEMENT, True)
    take("resume", made, "2019-09-02", reason="The review is done")
    hold = Hold.objects.get()
    assert (hold.from_day, hold.to_day, hold.held_by) == (date(2019, 8, 1), date(2019, 9, 1), "Panel")
    take("report", made, "2019-09-02")


def test_only_a_proposal_on_hold_is_resumed() -> None:
    with pytest.raises(Refused, match="Only a proposal on hold is resumed"):
        take("resume", converted("2019-07-12"), "2019-08-01", reason="None")


def withdrawn(on: str = "2019-08-01 10:00", make: Any = None, **more: Any) -> Proposal:
    made: Proposal = make() if make else converted("2019-07-12", **more)
    take("withdraw", made, on, reason="No longer needed")
    return made


def test_the_proposers_own_contact_withdraws_it() -> None:
    alder = party()
    made = converted("2019-07-12", proposer=alder)
    CHANGE.take("withdraw", made, by=contact_of(alder), at=london("2019-08-01"), recorded=LATER)
    assert made.state == Stage.WITHDRAWN
    assert Adoption.objects.get().closes_on == date(2019, 8, 15)


def test_a_proposal_on_path_1_is_withdrawn_with_the_authoritys_consent_only() -> None:
    made = converted("2019-07-12", path=Path.AUTHORITY_LED)
    with pytest.raises(Refused, match="with the Authority's consent only"):
        take("withdraw", made, "2019-08-01")
    take("withdraw", made, "2019-08-01", authority_consents=True)


@pytest.mark.parametrize(
    ("make", "stage"),
    [
        (lambda: raised("2019-06-03"), Stage.DEVELOPMENT),
        (lambda: converted("2019-06-12"), Stage.REFINEMENT),
        (in_report, Stage.REPORT),
        (lambda: in_decision("2019-09-19"), Stage.DECISION),
    ],
)
def test_whoever_adopts_becomes_the_proposer_and_it_goes_on_where_it_was_withdrawn(make: Any, stage: str) -> None:
    made, birch = make(), party("Birch Networks")
    take("withdraw", made, "2019-10-01")
    adopt(made, birch, by=contact_of(birch), at=london("2019-10-08"), recorded=LATER)
    assert (made.state, made.proposer, made.proposer_name) == (stage, birch, "Birch Networks")
    told = ProposerSpell.objects.values_list("name", "how", "to_day")
    assert list(told) == [
        ("Alder Energy Limited", "raised", date(2019, 10, 7)),
        ("Birch Networks", "adopted", None),
    ]
    window = Adoption.objects.get()
    assert window.ended_on == date(2019, 10, 8)
    assert window.adopted_by is not None


def test_a_withdrawn_proposal_is_adopted_within_ten_working_days_until_17_00() -> None:
    made, birch = withdrawn(), party("Birch Networks")
    contact = contact_of(birch)
    with pytest.raises(Refused, match="until 17:00 on the last"):
        adopt(made, birch, by=contact, at=london("2019-08-15 17:01"), recorded=LATER)
    assert not ProposerSpell.objects.filter(how="adopted").exists()
    adopt(made, birch, by=contact, at=london("2019-08-15 17:00"), recorded=LATER)
    assert made.state == Stage.REFINEMENT


def test_nobody_adopts_in_the_name_of_another_party() -> None:
    made, birch = withdrawn(), party("Birch Networks")
    with pytest.raises(Refused, match="A party adopts by its own contact"):
        adopt(made, party("Cedar Metering"), by=contact_of(birch), at=london("2019-08-08"), recorded=LATER)


def test_a_proposal_goes_on_when_a_party_has_said_that_it_adopts_it() -> None:
    made = withdrawn()
    with pytest.raises(Refused, match="has said that it adopts it"):
        take("adopt_in_refinement", made, "2019-08-08")


@pytest.mark.parametrize(
    "name", ["withdrawn_in_development", "withdrawn_in_report", "withdrawn_in_decision", "withdrawn_in_refinement"]
)
def test_it_goes_on_in_no_other_stage_than_that_in_which_it_was_withdrawn(name: str) -> None:
    made = withdrawn() if name != "withdrawn_in_refinement" else withdrawn(make=lambda: raised("2019-06-03"))
    with pytest.raises(Refused, match="in the stage in which it was withdrawn"):
        take(name.replace("withdrawn", "adopt"), made, "2019-08-08")


def test_a_party_that_has_left_does_not_become_the_proposer() -> None:
    made, birch = withdrawn(), party("Birch Networks")
    Party.objects.filter(pk=birch.pk).update(left_on=date(2019, 8, 2), state="left")
    with pytest.raises(Refused, match="not suspended becomes the Proposer"):
        adopt(made, birch, by=change_person(), at=london("2019-08-08"), recorded=LATER)


def test_what_nobody_adopts_closes_by_the_clock_after_its_window() -> None:
    made = withdrawn()
    assert take_due(london("2019-08-15 17:00"), LATER).taken == 0
    assert take_due(london("2019-08-15 17:01"), LATER).taken == 1
    assert take_due(london("2019-08-16"), LATER).taken == 0
    made.refresh_from_db()
    assert (made.state, Adoption.objects.get().ended_on) == (Stage.WITHDRAWN, date(2019, 8, 15))
    with pytest.raises(Refused, match="within ten Working Days"):
        adopt(made, party("Birch Networks"), by=change_person(), at=london("2019-08-16"), recorded=LATER)


def test_a_withdrawn_proposal_closes_when_its_adoption_window_has_run_out() -> None:
    made = withdrawn()
    with pytest.raises(Refused, match="closes when its adoption window has run out"):
        CHANGE.take("close_withdrawn", made, by=None, at=london("2019-08-15"), recorded=LATER)


def test_an_adopted_proposal_can_be_withdrawn_again_and_after_a_decision_stage_too() -> None:
    made, birch = withdrawn("2019-10-01", lambda: in_decision("2019-09-19")), party("Birch Networks")
    adopt(made, birch, by=change_person(), at=london("2019-10-08"), recorded=LATER)
    take("withdraw", made, "2019-11-01")
    assert made.state == Stage.WITHDRAWN


def test_the_proposer_changes_and_the_one_before_is_kept() -> None:
    made, birch = converted("2019-07-12"), party("Birch Networks")
    take("change_proposer", made, "2019-09-02", party=birch.pk, reason="Sold")
    assert (made.proposer, made.proposer_name) == (birch, "Birch Networks")
    titles = {table.title: table.rows for table in page.related(made, None, LATER)}
    assert [row[2:4] for row in titles["Proposers"]] == [("Alder Energy Limited", "Raised it"), (birch, "Took it over")]


def test_the_target_release_moves_and_its_history_is_kept() -> None:
    made, one, two = converted("2019-07-12"), release("November 2019", "2019-11-29"), release()
    take("target", made, "2019-08-01", release=one.pk, set_by="Proposer")
    take("target", made, "2019-09-02", release=two.pk, set_by="SECP", reason="The assessment is late")
    assert [(row.release, row.to_day) for row in made.targets.all()] == [(one, date(2019, 9, 1)), (two, None)]
    fact = next(fact for fact in page.facts(made, None, LATER) if fact.label == "Target release")
    assert fact.value == "February 2020"


def test_a_proposal_aims_at_a_release_that_has_not_gone_live() -> None:
    with pytest.raises(Refused, match="has not gone live"):
        take("target", converted("2019-07-12"), "2020-02-28", release=release().pk, set_by="SECP")


def test_after_approval_only_the_authority_moves_the_release() -> None:
    made, live = in_decision("2019-09-19"), release()
    take("approve", made, "2019-09-25", decided_by=Body.CHANGE_BOARD)
    with pytest.raises(Refused, match="only the Authority moves the release"):
        take("target", made, "2019-10-01", release=live.pk, set_by="SECP")
    take("target", made, "2019-10-08", release=live.pk, set_by="Authority")


def asked(made: Proposal, by: Person | None = None, on: str = "2019-08-01") -> Urgency:
    urgency = Urgency(proposal=made, statement="Meters stop")
    URGENCIES.take("ask", urgency, by=by or change_person(), at=london(on), recorded=LATER)
    return urgency


def step(name: str, urgency: Urgency, on: str, by: Person | None = None, **facts: Any) -> None:
    URGENCIES.take(name, urgency, by=by or change_person(), at=london(on), recorded=LATER, **facts)


def test_the_proposer_asks_the_panel_recommends_and_the_authority_determines_urgency() -> None:
    alder = party()
    made, contact = converted("2019-07-12", proposer=alder), contact_of(alder)
    urgency = asked(made, contact)
    with pytest.raises(Refused, match="for others"):
        step("recommend", urgency, "2019-08-09", contact, panel_says="urgent")
    step("recommend", urgency, "2019-08-09", panel_says="urgent")
    with pytest.raises(Refused, match="for others"):
        step("determine", urgency, "2019-08-12", contact)
    step("determine", urgency, "2019-08-12", person(Role.AUTHORITY))
    assert (urgency.state, urgency.panel_says, urgency.determined_on) == (URGENT, True, date(2019, 8, 12))


def test_the_urgent_timetable_replaces_the_standard_dates_and_is_for_the_urgent_only() -> None:
    made = converted("2019-07-12")
    urgency = asked(made)
    step("recommend", urgency, "2019-08-09", panel_says="not urgent")
    step("determine", urgency, "2019-08-12")
    with pytest.raises(Refused, match="dates after the Authority's determination"):
        step("schedule", urgency, "2019-08-12", milestone="vote", due_on=date(2019, 8, 12))
    step("schedule", urgency, "2019-08-12", milestone="vote", due_on=date(2019, 8, 28))
    step("schedule", urgency, "2019-08-13", milestone="vote", due_on=date(2019, 8, 30))
    assert urgent_dates(made) == {"vote": date(2019, 8, 30)}
    coming = [(one.what, one.due, one.who) for one in page.coming(made, None, london("2019-08-14"))]
    assert coming == [("Change Board votes", date(2019, 8, 30), "Change Board")]


def test_what_the_authority_does_not_find_urgent_has_no_timetable_and_can_be_asked_again() -> None:
    made = converted("2019-07-12")
    urgency = asked(made)
    with pytest.raises(Refused, match="asked for already"):
        asked(made)
    step("recommend", urgency, "2019-08-09", panel_says="urgent")
    step("decline", urgency, "2019-08-12", reason="It can wait")
    assert (urgency.state, urgent_dates(made)) == (NOT_URGENT, {})
    asked(made, on="2019-09-02")


def test_urgency_is_asked_for_while_a_proposal_is_open() -> None:
    made = withdrawn()
    with pytest.raises(Refused, match="while a proposal is open"):
        asked(made, on="2019-08-02")


def test_the_panel_recommends_on_urgency_after_it_was_asked_for() -> None:
    urgency = asked(converted("2019-07-12"))
    with pytest.raises(Refused, match="after it was asked for"):
        step("recommend", urgency, "2019-07-31", panel_says="urgent")


def test_no_proposal_is_overtaken_by_itself_nor_each_by_the_other() -> None:
    one, two = raised("2019-06-03"), raised("2019-06-04")
    told = {"kind": Relation.Kind.OVERTAKEN, "from_day": date(2019, 7, 1), "recorded": LATER}
    Relation.objects.create(proposal=one, other=two, **told)
    for proposal, other in ((two, one), (one, one)):
        with pytest.raises(ValidationError):
            Relation(proposal=proposal, other=other, **told).full_clean()
    rows = [table.rows for table in page.related(two, None, LATER) if table.title == "How it stands to others"]
    assert rows[0][0][:2] == ("overtakes", one)


def test_a_relation_to_a_proposal_that_a_person_may_not_read_is_not_told_to_them() -> None:
    one, two = raised("2019-06-03"), raised("2019-06-04")
    Relation.objects.create(proposal=one, other=two, kind="superseded", from_day=date(2019, 7, 1), recorded=LATER)
    assert any(fact.label == "Superseded by" for fact in page.facts(one, None, LATER))
    Proposal.objects.filter(pk=two.pk).update(classification=2)
    assert not any(fact.label == "Superseded by" for fact in page.facts(one, None, LATER))
    assert any(fact.label == "Superseded by" for fact in page.facts(one, change_person(), LATER))


def needed(made: Proposal, on: str) -> list[tuple[str, str]]:
    return [(need.what, need.who) for need in page.needs(made, None, london(on))]


def test_it_is_told_what_the_next_stage_still_lacks_and_who_has_the_ball() -> None:
    draft = raised("2020-01-06")
    assert needed(draft, "2020-01-07") == [("It is converted to a Modification Proposal.", "Panel")]
    made = in_report(path="")
    whats = [what for what, _ in needed(made, "2019-08-13")]
    assert whats == [
        "Nobody can decide before the proposal's path is recorded.",
        "Its Modification Report Consultation has closed.",
        "It is put to decision.",
    ]
    board = in_decision("2019-09-19", path=Path.AUTHORITY)
    assert [who for _, who in needed(board, "2019-09-20")][:1] == ["Change Board"]
    assert ("It is approved or rejected.", "Authority") in needed(board, "2019-09-20")


def test_the_old_shape_needs_its_initial_report_and_tells_its_dates_with_working() -> None:
    made = raised("2018-05-01", 50)
    assert "Its Initial Modification Report is put to the Panel." in dict(needed(made, "2018-05-02"))
    before_the_panel(made, "2018-07-13")
    coming = page.coming(made, None, london("2018-06-01"))
    assert [one.due for one in coming] == [date(2018, 6, 29), date(2018, 7, 6), date(2018, 7, 13)]
    assert "5 Working Days before" in coming[0].working


def test_a_withdrawn_proposal_tells_when_its_adoption_window_closes() -> None:
    made = withdrawn()
    window = page.coming(made, None, london("2019-08-02"))[0]
    assert (window.due, window.who) == (london("2019-08-15 17:00"), "Any party")
    assert "10 Working Days after" in window.working
    assert ("A party adopts it.", "Any party") in needed(made, "2019-08-02")


def test_a_finished_proposal_needs_nothing() -> None:
    made = in_decision("2019-09-19")
    take("reject", made, "2019-09-25", decided_by=Body.CHANGE_BOARD)
    assert needed(made, "2019-09-26") == []


@pytest.mark.parametrize("plural", ["urgencies", "relations", "parts"])
def test_anybody_reads_the_lists_and_the_change_team_enters(plural: str) -> None:
    contact, team = signed_in(contact_of(party())), signed_in(change_person())
    assert {client.get(f"/{plural}/").status_code for client in (Client(), contact, team)} == {200}
    assert Client().get(f"/{plural}/new/").status_code == 302
    assert contact.get(f"/{plural}/new/").status_code == (200 if plural == "urgencies" else 403)
    assert team.get(f"/{plural}/new/").status_code == 200
    assert team.get(f"/{plural}/999/").status_code == 404


def test_relation_urgency_and_part_are_entered_by_their_forms() -> None:
    team, one, two = signed_in(change_person()), converted("2019-07-12", number=79), raised("2019-06-04", number=80)
    told = {"proposal": one.reference, "other": two.reference, "kind": "depends", "from_day": "2019-08-01"}
    assert team.post("/relations/new/", told).status_code == 302
    assert Relation.objects.get().other == two
    assert team.post("/urgencies/new/", {"proposal": "MP079", "statement": "Meters stop"}).status_code == 302
    assert Urgency.objects.get().state == "asked"
    assert team.post("/parts/new/", {"proposal": "MP079", "name": "part 1"}).status_code == 302
    assert team.get(one.parts.get().get_absolute_url()).status_code == 200
    wrong = team.post("/parts/new/", {"proposal": "MP999", "name": "part 2"})
    assert (wrong.status_code, "There is no proposal of this label now." in wrong.content.decode()) == (422, True)


def test_a_record_of_an_amber_proposal_is_as_closed_as_the_proposal() -> None:
    team, made = signed_in(change_person()), converted("2019-07-12", number=79)
    Proposal.objects.filter(pk=made.pk).update(classification=2)
    team.post("/parts/new/", {"proposal": "MP079", "name": "part 1"})
    assert "MP079" not in Client().get("/parts/").content.decode()
    assert "MP079" in team.get("/parts/").content.decode()


def test_a_party_adopts_on_the_page_and_is_told_why_not() -> None:
    birch = party("Birch Networks")
    made = raised("2019-06-03", number=79, raised_as=Raiser.PANEL)
    contact = signed_in(contact_of(birch))
    assert Client().get("/adoptions/new/").status_code == 302
    assert contact.get("/adoptions/new/?proposal=DP079").status_code == 200
    late = contact.post("/adoptions/new/", {"proposal": made.reference, "party": birch.pk})
    assert (late.status_code, "within ten Working Days" in late.content.decode()) == (422, True)


def test_every_party_is_told_of_a_withdrawal_and_may_adopt_while_the_window_is_open() -> None:
    alder, birch = party(), party("Birch Networks")
    contact = contact_of(birch)
    made = converted("2019-07-12", proposer=alder, number=79)
    gather(LATER, LATER)
    take("withdraw", made, "2019-08-01", reason="No longer needed")
    gather(LATER, LATER)
    assert [message.subject for message in Message.objects.filter(person=contact)] == ["MP079 is withdrawn"]
    duty = next(duty for duty in duties_of(birch.pk, contact, london("2019-08-02")) if duty.name == "adopt")
    assert (duty.end, duty.href) == (london("2019-08-15 17:00"), "/adoptions/new/?proposal=MP079")
    assert not [duty for duty in duties_of(birch.pk, contact, london("2019-08-16")) if duty.name == "adopt"]
