"""People and their capacities are entered, amended and ended, and every write leaves an event."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from tests.site.people import client_as, person_as

pytestmark = pytest.mark.django_db


def test_a_person_is_added_without_a_password_and_with_an_event() -> None:
    client = client_as("operations")
    client.post("/people/new/", {"name": "New Person", "email": "New@Example.test", "is_active": "on"})
    person = Person.objects.get(email="new@example.test")
    assert not person.has_usable_password()
    assert Event.objects.get(kind="core.person", subject_id=person.pk).name == "person.enter"
    assert client.get(person.get_absolute_url()).status_code == 200


def test_an_address_that_somebody_has_is_refused_and_what_was_typed_is_kept() -> None:
    person_as("party")
    answer = client_as("operations").post("/people/new/", {"name": "Twin", "email": "PARTY@example.test"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody with this address is already here." in page
    assert 'value="Twin"' in page
    assert 'href="#id_email"' in page


def test_the_event_of_an_amendment_names_the_particulars_but_does_not_hold_them() -> None:
    person = person_as("party")
    client_as("operations").post(
        f"/people/{person.pk}/edit/", {"name": "Renamed", "email": person.email, "is_active": "on"}
    )
    event = Event.objects.get(name="person.amend", subject_id=person.pk)
    assert event.facts == {"particulars": ["name"]}
    person.refresh_from_db()
    assert person.name == "Renamed"


def test_a_capacity_is_added_and_opens_what_it_opens() -> None:
    person = person_as("nobody in particular")
    told = {"role": Role.SECRETARIAT, "team": Team.HELPDESK, "from_day": "2020-03-06"}
    client_as("operations").post(f"/people/{person.pk}/capacities/new/", told)
    row = Capacity.objects.get(person=person)
    assert (row.role, row.team, row.from_day) == ("secretariat", "helpdesk", date(2020, 3, 6))
    assert Event.objects.filter(name="capacity.enter", subject_id=row.pk).count() == 1


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ({"role": Role.SECRETARIAT}, "Secretariat needs this."),
        ({"role": Role.COMMITTEE_MEMBER}, "Committee member needs this."),
        ({"role": Role.PARTY_CONTACT}, "Party contact needs this."),
        ({"role": Role.DCC, "to_day": "2020-01-01"}, "The last day is before the first."),
    ],
)
def test_a_capacity_that_lacks_something_is_refused_with_the_sentence(told: dict[str, str], lacking: str) -> None:
    person = person_as("nobody in particular")
    client = client_as("operations")
    answer = client.post(f"/people/{person.pk}/capacities/new/", {"from_day": "2020-03-06", **told})
    assert answer.status_code == 422
    assert lacking in answer.content.decode()
    assert not Capacity.objects.filter(person=person).exists()


def test_a_capacity_ends_on_its_last_day_and_the_event_tells_it() -> None:
    person = person_as("member")
    row = Capacity.objects.get(person=person)
    client = client_as("operations")
    address = f"/people/{person.pk}/capacities/{row.pk}/end/"
    assert client.post(address, {"to_day": "2018-01-01"}).status_code == 422
    assert client.post(address, {"to_day": "2020-03-31"}).status_code == 302
    row.refresh_from_db()
    assert row.to_day == date(2020, 3, 31)
    assert Event.objects.get(name="capacity.amend").facts["to_day"] == {"old": None, "new": "2020-03-31"}


@pytest.mark.parametrize("address", ["/people/0/", "/people/x/capacities/new/", "/people/0/capacities/1/end/"])
def test_a_person_who_is_not_there_is_not_found(address: str) -> None:
    assert client_as("operations").get(address).status_code == 404
