"""The pages of the change room, for those who may and those who may not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.change.models import Body, Proposal, Release, Stage
from secretariat.core.journal import Event
from secretariat.core.people import Role
from tests.change.factories import change_person, converted, party, person, raised, release, take
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Client:
    return signed_in(change_person())


@pytest.fixture
def contact() -> Client:
    return signed_in(person(Role.PARTY_CONTACT, organisation_id=party().pk))


@pytest.mark.parametrize("path", ["/proposals/", "/proposals.csv", "/proposals/MP079/", "/releases/"])
def test_proposals_are_white_and_anybody_reads_them(path: str, contact: Client, team: Client) -> None:
    converted("2019-07-12", number=79)
    assert {client.get(path).status_code for client in (Client(), contact, team)} == {200}


@pytest.mark.parametrize("label", ["DP079", "MP079", "mp079"])
def test_an_old_address_still_leads_to_the_proposal(label: str) -> None:
    converted("2019-07-12", number=79, title="Withdrawing modifications")
    assert "Withdrawing modifications" in Client().get(f"/proposals/{label}/").content.decode()


@pytest.mark.parametrize("label", ["MP080", "nothing"])
def test_a_proposal_that_is_not_there_is_not_found(label: str) -> None:
    assert Client().get(f"/proposals/{label}/").status_code == 404


def test_a_proposal_above_green_is_not_there_for_the_public(team: Client) -> None:
    made = raised("2019-07-12", number=79)
    Proposal.objects.filter(pk=made.pk).update(classification=2)
    assert Client().get("/proposals/DP079/").status_code == 404
    assert "DP079" not in Client().get("/proposals/").content.decode()
    assert team.get("/proposals/DP079/").status_code == 200


@pytest.mark.parametrize("path", ["/proposals/new/", "/proposals/MP079/edit/", "/releases/new/"])
def test_only_the_change_team_enters(path: str, contact: Client, team: Client) -> None:
    converted("2019-07-12", number=79)
    assert Client().get(path).status_code == 302
    assert contact.get(path).status_code == 403
    assert team.get(path).status_code == 200


def test_a_proposal_is_raised_by_the_form(team: Client) -> None:
    told = {"title": "A change", "proposer": party().pk, "raised_on": "2020-02-03", "number": 110}
    assert team.post("/proposals/new/", told)["Location"] == "/proposals/DP110/"
    made = Proposal.objects.get()
    assert (made.state, made.proposer_name) == (Stage.DEVELOPMENT, "Alder Energy Limited")
    assert Event.objects.get().name == "change.raise"


def test_a_proposal_of_the_old_shape_can_still_be_entered(team: Client) -> None:
    told = {"title": "A change", "proposer_name": "Somebody", "raised_on": "2018-02-05", "number": 46}
    assert team.post("/proposals/new/", told)["Location"] == "/proposals/SECMP0046/"
    assert Event.objects.get().name == "change.submit"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": "A change"}, "Say who proposes it."),
        ({"title": "A change", "proposer_name": "X", "raised_on": "2090-01-01"}, "not before"),
        ({"title": "A change", "proposer_name": "X", "number": 79}, "never used again"),
    ],
)
def test_a_refused_entry_keeps_what_was_typed_and_says_why(told: dict[str, Any], sentence: str, team: Client) -> None:
    raised("2019-07-12", number=79)
    answer = team.post("/proposals/new/", told)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "A change" in answer.content.decode()
    assert Proposal.objects.count() == 1


def test_what_is_told_of_a_proposal_is_amended_with_an_event(team: Client) -> None:
    made = raised("2019-07-12", number=79)
    told = {"title": "A better title", "proposer_name": made.proposer_name, "path": "authority"}
    assert team.post("/proposals/DP079/edit/", told).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.path) == ("A better title", "authority")
    assert Event.objects.latest("pk").facts["title"] == {"old": "A change", "new": "A better title"}


def test_a_step_is_taken_from_the_page(team: Client, contact: Client) -> None:
    made = raised("2019-07-12", number=79)
    path = f"/steps/change.proposal/{made.pk}/convert/"
    told = {"decided_by": Body.PANEL, "took_effect": "2019-09-13 12:00"}
    assert contact.post(path, told).status_code == 403
    assert team.get(path).status_code == 200
    assert team.post(path, told)["Location"] == "/proposals/MP079/"


def test_a_release_is_entered_and_tells_what_it_implemented(team: Client) -> None:
    told = {"name": "June 2020", "go_live_on": "2020-06-25", "kind": "system"}
    assert team.post("/releases/new/", told).status_code == 302
    made = Release.objects.get(name="June 2020")
    assert "June 2020" in Client().get(made.get_absolute_url()).content.decode()


def shown(query: str) -> list[str]:
    return [row["reference"] for row in Client().get(f"/api/proposals?{query}").json()["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["DP090", "MP079", "SECMP0046"]),
        ("text=DP079", ["MP079"]),
        ("text=secmp0046", ["SECMP0046"]),
        ("text=vehicle", ["SECMP0046"]),
        ("stage=refinement", ["MP079"]),
        ("stage=open", ["DP090", "MP079"]),
        ("era=old", ["SECMP0046"]),
        ("era=new", ["DP090", "MP079"]),
        ("raised=2020-02", ["DP090"]),
        ("proposer=birch", ["SECMP0046"]),
    ],
)
def test_proposals_are_chosen_by_text_label_stage_era_month_and_proposer(query: str, expected: list[str]) -> None:
    old = raised("2018-02-05", number=46, title="Charging of vehicles", proposer_name="Birch Networks")
    take("withdraw", old, "2018-03-05")
    converted("2019-07-12", number=79)
    raised("2020-02-03", number=90)
    assert shown(query) == expected


def test_the_list_asks_two_queries(django_assert_max_num_queries: Any) -> None:
    for number in range(1, 8):
        raised("2020-02-03", number=number)
    client = Client()
    client.get("/proposals/")
    with django_assert_max_num_queries(2):
        client.get("/proposals/")


def test_a_release_names_what_it_implemented() -> None:
    made, live = converted("2019-07-12", number=79), release()
    Proposal.objects.filter(pk=made.pk).update(release=live)
    assert "MP079" in Client().get(live.get_absolute_url()).content.decode()
