"""The pages of judging, for those who may and those who may not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from secretariat.change.judging.cross_code import CodeListing, CrossCode, Steering
from secretariat.change.judging.interest import Interest, SubCommitteeView
from secretariat.change.judging.models import Cost, Impact, Judgement, Priority, Summary, SystemImpact
from secretariat.change.models import Proposal
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.people import Role
from tests.change.factories import LATER, change_person, converted, london, party, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

LISTS = (
    "judgements", "impacts", "system-impacts", "costs", "priorities", "summaries", "cross-code-references",
    "cross-code-references-that-do-not-agree", "code-listings", "steering-choices", "forum-issues", "interests",
    "sub-committee-views",
)  # fmt: skip
ENTRIES = [name for name in LISTS if not name.endswith("agree")]


@pytest.fixture
def team() -> Client:
    return signed_in(change_person())


@pytest.fixture
def contact() -> Client:
    return signed_in(person(Role.PARTY_CONTACT, organisation_id=party().pk))


def entered(record: Any) -> Any:
    record.recorded = LATER
    journal.enter(record, by=change_person(), at=london("2020-03-05"), recorded=LATER)
    return record


def judged(**more: Any) -> dict[str, Any]:
    values = {"proposal": "MP079", "source": "proposer", "by_whom": "Alder", "judged_on": "2020-03-02"}
    return values | {"classification": "0", "verdict_a": "better", "reason_a": "Sooner."} | more


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_open_to_anybody_and_given_as_a_file(name: str, contact: Client) -> None:
    for client in (Client(), contact):
        assert client.get(f"/{name}/").status_code == 200
    assert Client().get(f"/{name}.csv").status_code == 200


@pytest.mark.parametrize("name", ENTRIES)
def test_only_the_change_team_enters(name: str, contact: Client, team: Client) -> None:
    path = f"/{name}/new/"
    assert [client.get(path).status_code for client in (Client(), contact, team)] == [302, 403, 200]


@pytest.mark.parametrize("name", ENTRIES)
def test_what_is_not_there_is_not_found(name: str) -> None:
    assert Client().get(f"/{name}/999/").status_code == 404


def test_the_objectives_are_shown_with_source_and_doubt() -> None:
    text = Client().get("/objectives/").content.decode()
    assert "Alternative HAN" in text
    assert "General knowledge, medium" in text


def test_a_source_s_form_is_kept_whole_and_amended_later(team: Client) -> None:
    converted("2019-07-12", number=79)
    answer = team.post("/judgements/new/", judged(verdict_b="not applicable"))
    kept = Judgement.objects.get(objective="a")
    assert answer["Location"] == kept.get_absolute_url()
    form = team.get(f"{kept.get_absolute_url()}edit/").content.decode()
    assert "Sooner." in form
    team.post(f"{kept.get_absolute_url()}edit/", judged(verdict_a="worse", reason_a="Later.", by_whom="Somebody else"))
    kept.refresh_from_db()
    assert (kept.verdict, kept.reason, kept.by_whom) == ("worse", "Later.", "Alder")
    assert Judgement.objects.count() == 2
    page = Client().get(kept.get_absolute_url()).content.decode()
    assert "Judged against the objectives" in page


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reason_a": ""}, "Give the reason"),
        ({"verdict_a": ""}, "Choose the verdict"),
        ({"verdict_a": "", "reason_a": ""}, "one objective at least"),
        ({"verdict_cost_reflective": "better", "reason_cost_reflective": "Fair."}, "only to a change of Section K"),
        ({"proposal": "MP999"}, "no proposal of this label"),
    ],
)
def test_a_form_that_may_not_be_keeps_what_was_typed(team: Client, more: dict[str, str], says: str) -> None:
    converted("2019-07-12", number=79)
    answer = team.post("/judgements/new/", judged(**more))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Alder" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_the_form_is_filled_with_the_proposal_that_the_address_names(team: Client) -> None:
    converted("2019-07-12", number=79)
    assert 'value="MP079"' in team.get("/judgements/new/?proposal=MP079").content.decode()


def test_an_amber_judgement_is_not_there_for_the_public(team: Client) -> None:
    converted("2019-07-12", number=79)
    team.post("/judgements/new/", judged(classification="2", audience="SECCB"))
    path = Judgement.objects.get().get_absolute_url()
    assert (Client().get(path).status_code, team.get(path).status_code) == (404, 200)
    assert "Sooner." not in Client().get("/judgements.csv").content.decode()


def test_what_is_entered_has_the_class_of_its_proposal(team: Client) -> None:
    made = converted("2019-07-12", number=79)
    Proposal.objects.filter(pk=made.pk).update(classification=Class.GREEN)
    team.post("/summaries/new/", {"proposal": "MP079", "problem": "Slow."})
    assert Summary.objects.get().classification == Class.GREEN


def test_a_priority_is_given_by_the_form_and_ends_the_one_before(team: Client) -> None:
    converted("2019-07-12", number=79)
    told = {"proposal": "MP079", "level": "low", "reason": "Small.", "from_day": "2020-01-06"}
    assert team.post("/priorities/new/", told).status_code == 302
    assert team.post("/priorities/new/", told).status_code == 422
    assert team.post("/priorities/new/", told | {"from_day": "2020-02-03"}).status_code == 302
    assert Priority.objects.filter(to_day=date(2020, 2, 2)).count() == 1


def test_a_reference_to_another_code_is_checked_when_it_is_entered_and_when_it_is_corrected(team: Client) -> None:
    converted("2019-07-12", number=79)
    entered(CodeListing(code="BSC", number="P379", title="Several suppliers", printed_on=date(2020, 3, 2)))
    told = {"proposal": "MP079", "code": "BSC", "number": "P379", "title": "Wrong", "relation": "lead"}
    team.post("/cross-code-references/new/", told | {"since": "2020-02-03"})
    made = CrossCode.objects.get()
    path = made.get_absolute_url()
    assert "Several suppliers" in Client().get(path).content.decode()
    disagreeing = Client().get("/cross-code-references-that-do-not-agree/").content.decode()
    assert "Several suppliers" in disagreeing
    assert f'href="{path}"' in disagreeing
    team.post(f"{path}edit/", told | {"title": "Several Suppliers", "since": "2020-02-03"})
    made.refresh_from_db()
    assert made.state == "agreed"
    assert "Several" not in Client().get("/cross-code-references-that-do-not-agree/").content.decode()


def test_a_forum_issue_names_proposals_by_label(team: Client) -> None:
    converted("2019-07-12", number=79)
    told = {"number": "CF012", "title": "Registers differ", "raised_on": "2020-02-11", "touches": "mp079, MP080"}
    assert "label MP080" in team.post("/forum-issues/new/", told).content.decode()
    path = team.post("/forum-issues/new/", told | {"touches": "mp079"})["Location"]
    assert "MP079" in Client().get(path).content.decode()
    team.post(f"{path}edit/", told | {"touches": "", "title": "Registers differ still"})
    text = Client().get(path).content.decode()
    assert "Registers differ still" in text
    assert "None that you may read." in text


def test_superseded_costs_are_found_by_the_filter() -> None:
    made = converted("2019-07-12", number=79)
    for on, low in (("2020-01-06", 111), ("2020-02-03", 222)):
        entered(Cost(proposal=made, borne_by="central", low=low, source="DCC PA", dated_on=date.fromisoformat(on)))
    current = Client().get("/costs.csv?current=true").content.decode()
    assert ("222" in current, "111" in current) == (True, False)
    superseded = Client().get("/costs.csv?current=false").content.decode()
    assert ("222" in superseded, "111" in superseded) == (False, True)


def test_the_matrix_shows_open_proposals_who_asked_and_who_said_something(team: Client) -> None:
    one, other = converted("2019-07-12", number=79), converted("2019-07-12", number=80, title="Nobody asked")
    entered(Interest(proposal=one, body="TAG", asked_on=date(2020, 1, 6)))
    said = SubCommitteeView(proposal=one, body="SSC", said_on=date(2020, 2, 12), words="Keys.")
    said.classification, said.audience = Class.AMBER, "SSC"
    entered(said)
    public, staff = (client.get("/interest-matrix/").content.decode() for client in (Client(), team))
    assert "asked Mon 6 Jan 2020" in public
    assert ("said Wed 12 Feb 2020" in public, "said Wed 12 Feb 2020" in staff) == (False, True)
    assert other.reference not in public
    assert "Nobody asked" in Client().get("/interest-matrix/?all=1").content.decode()


def test_the_matrix_asks_the_database_as_often_for_many_proposals_as_for_few(
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(100, 112):
        entered(Interest(proposal=converted("2019-07-12", number=number), body="SSC", asked_on=date(2020, 1, 6)))
    with django_assert_max_num_queries(8):
        assert Client().get("/interest-matrix/").status_code == 200


def test_every_record_has_a_page_for_anybody_and_a_form_for_the_team(team: Client) -> None:
    of = {"proposal": converted("2019-07-12", number=79)}
    day = date(2020, 1, 6)
    records = (
        Impact(**of, kind="device", subject="PPMID"),
        SystemImpact(**of, answer="yes", told_on=day),
        Cost(**of, borne_by="central", low=5, source="proposer", dated_on=day),
        Priority(**of, level="low", reason="Small.", from_day=day),
        Summary(**of, problem="Slow."),
        Steering(**of, decided_on=date(2021, 9, 6), lead_code="SEC"),
        Interest(**of, body="SSC", asked_on=day),
        SubCommitteeView(**of, body="SSC", said_on=day, words="Keys."),
    )
    for record in records:
        path = entered(record).get_absolute_url()
        assert (Client().get(path).status_code, team.get(f"{path}edit/").status_code) == (200, 200), path
