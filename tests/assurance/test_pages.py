"""The pages of the assurance room: Amber, for the SSC, the secretariat and the party itself."""

from __future__ import annotations

import pytest
from django.test import Client

from secretariat.assurance import kinds
from secretariat.assurance.models import Assessment, State
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role
from tests.assurance.factories import party, person, prepared, requested, security_person

pytestmark = pytest.mark.django_db


def signed_in(someone: Person) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


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
