"""The pages of the assurance room: Amber, for the SSC, the secretariat and the party itself."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.assurance import kinds
from secretariat.assurance.models import Assessment, State
from secretariat.core.journal import Event
from secretariat.core.people import Role
from tests.assurance.factories import party, person, prepared, requested, security_person, take
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def contact_of(name: str) -> Client:
    return signed_in(person(Role.PARTY_CONTACT, organisation_id=party(name).pk))


def test_an_assessment_is_read_by_its_party_the_ssc_and_the_secretariat_only() -> None:
    made = prepared("2020-01-20", initial=True)
    own, other = contact_of("Alder Energy Limited"), contact_of("Birch Networks")
    ssc = signed_in(person(Role.COMMITTEE_MEMBER, audience="SSC"))
    panel = signed_in(person(Role.COMMITTEE_MEMBER, audience="SECP"))
    team = signed_in(security_person())
    path = made.get_absolute_url()
    assert {client.get(path).status_code for client in (own, ssc, team)} == {200}
    assert {client.get(path).status_code for client in (Client(), other, panel)} == {404}
    assert "Alder Energy" in own.get("/assessments/").content.decode()
    assert "Alder Energy" not in other.get("/assessments/").content.decode()
    assert "Alder Energy" not in Client().get("/assessments.csv").content.decode()


def test_the_page_shows_how_sure_we_are_of_the_statuses() -> None:
    made = prepared("2020-01-20")
    page = signed_in(security_person()).get(made.get_absolute_url()).content.decode()
    assert "Non-compliant" in page
    assert "General knowledge, unverified; low confidence." in page


@pytest.mark.parametrize("path", ["/assessments/new/", "/assessments/{}/edit/"])
def test_only_the_security_team_enters(path: str) -> None:
    path = path.format(requested("2020-01-06").pk)
    assert Client().get(path).status_code == 302
    assert contact_of("Alder Energy Limited").get(path).status_code == 403
    assert signed_in(security_person()).get(path).status_code == 200


def test_an_assessment_is_requested_by_the_form() -> None:
    told = {"party": party().pk, "kind": "FUSA", "initial": "on", "opened_on": "2020-02-03"}
    client = signed_in(security_person())
    assert client.post("/assessments/new/", told).status_code == 302
    made = Assessment.objects.get()
    assert (made.state, made.initial) == (State.REQUESTED, True)
    assert Event.objects.get().name == "assessment.request"
    answer = client.post("/assessments/new/", told)
    assert answer.status_code == 422
    assert "opened for this party on this day" in answer.content.decode()


def test_an_assessment_is_found_by_its_number_and_not_by_bare_digits() -> None:
    made = requested("2020-01-06")
    assert kinds.assessment(f"assessment {made.pk}") == made
    assert kinds.assessment(str(made.pk)) is None


def test_the_four_sides_of_a_case_take_it_on_by_its_page_from_the_booking_to_the_letter() -> None:
    made = requested("2020-01-06", initial=True)
    sides = {
        "team": signed_in(security_person()),
        "assessor": signed_in(person(Role.ASSESSOR, audience="CIO")),
        "party": contact_of("Alder Energy Limited"),
        "ssc": signed_in(person(Role.COMMITTEE_MEMBER, audience="SSC")),
    }
    way: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("team", "book", {"fieldwork_due": "2031-06-02"}), ("assessor", "validate", {}),
        ("assessor", "complete_fieldwork", {}), ("assessor", "report", {"reference": "R1"}),
        ("party", "respond", {}), ("team", "prepare", {}),
        ("ssc", "set_status", {"status": "Approved, subject to steps"}),
        ("party", "submit_letter", {"reference": "L1"}), ("ssc", "approve_directors_letter", {}), ("team", "close", {}),
    )  # fmt: skip
    for side, step, told in way:
        path = reverse("step", args=["assurance.assessment", made.pk, step])
        assert path in sides[side].get(made.get_absolute_url()).content.decode(), step
        others = ["party", "ssc"] if side == "team" else [name for name in sides if name not in (side, "team")]
        assert {sides[name].post(path, told).status_code for name in others} == {403}, step
        assert sides[side].post(path, told).status_code == 302, step
    made.refresh_from_db()
    assert made.state == State.CLOSED


def test_each_side_finds_what_waits_on_it_in_the_list() -> None:
    waits = requested("2020-01-06", of="Birch Networks")
    prepared("2020-01-20")
    team = signed_in(security_person())
    found = team.get("/assessments/?holder=setter").content.decode()
    assert "Alder Energy" in found
    assert waits.get_absolute_url() not in found
    assert "waiting on The body that sets the status" in found
    assert team.get("/assessments.csv?holder=nobody").content.decode().count("\n") == 1


def test_what_is_assessed_of_whom_and_in_which_kind_is_not_amended_afterwards() -> None:
    made, client = requested("2020-01-06"), signed_in(security_person())
    path = f"{made.get_absolute_url()}edit/"
    told = {"initial": "on", "scope": "Head-end system", "kind": "FPA", "party": party("Birch Networks").pk}
    assert client.post(path, told).status_code == 302
    made.refresh_from_db()
    assert (made.kind, made.party.name, made.scope, made.initial) == (
        "FUSA", "Alder Energy Limited", "Head-end system", True,
    )  # fmt: skip


def test_a_follow_up_is_requested_by_the_form_of_those_only_that_call_for_one() -> None:
    deferred, fine = prepared("2020-01-20", initial=True), prepared("2020-01-20", initial=True, of="Birch Networks")
    take("set_status", deferred, "2020-02-12", status="Deferred")
    take("set_status", fine, "2020-02-12", status="Approved")
    client = signed_in(security_person())
    told = {"party": deferred.party_id, "kind": "follow-up", "opened_on": "2020-03-02"}
    assert client.post("/assessments/new/", {**told, "follows": fine.pk}).status_code == 422
    assert client.post("/assessments/new/", {**told, "follows": deferred.pk}).status_code == 302
    assert Assessment.objects.get(kind="follow-up").follows == deferred
