"""Pages of portal users and of the months of the website."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from secretariat.core.people import Person, Role
from secretariat.core.schemes import Heading
from secretariat.engagement.models import PortalUser, WebsiteMonth
from tests.engagement.factories import categories, keep, person, user, website

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> dict[str, Heading]:
    return categories()


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "party support")


def test_portal_users_are_listed_and_shown_to_the_secretariat_only(
    client: Client, known: dict[str, Heading], clerk: Person
) -> None:
    user(known["DCC"], date(2019, 2, 3))
    for reader in (None, person(Role.PARTY_CONTACT)):
        if reader:
            client.force_login(reader)
        assert b"/portal-users/U1/" not in client.get("/portal-users/").content
        assert client.get("/portal-users/U1/").status_code == 404
    client.force_login(clerk)
    assert b"/portal-users/U1/" in client.get("/portal-users/").content
    assert b"DCC" in client.get("/portal-users/U1/").content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("text=dcc", True),
        ("text=large", False),
        ("registered_in=2019-02", True),
        ("registered_in=2019-03", False),
        ("open_on=2019-02-03", True),
        ("open_on=2019-02-02", False),
        ("open_on=2020-01-31", True),
        ("open_on=2020-02-01", False),
    ],
)
def test_portal_users_are_filtered(
    client: Client, known: dict[str, Heading], clerk: Person, asked: str, found: bool
) -> None:
    user(known["DCC"], date(2019, 2, 3), closed=date(2020, 2, 1))
    client.force_login(clerk)
    assert (b"U1" in client.get(f"/portal-users.csv?{asked}").content) is found


def test_months_of_the_website_are_public(client: Client) -> None:
    website("2020-02", 6099, 22712)
    assert b"February 2020" in client.get("/website-months/").content
    assert b"22,712" in client.get("/website-months/2020-02-01/").content
    assert client.get("/website-months/february/").status_code == 404
    assert b"6099" in client.get("/website-months.csv?month=2020-02").content
    assert b"6099" not in client.get("/website-months.csv?month=2020-01").content
    assert b"6099" not in client.get("/website-months.csv?from_month=2020-03-01").content


@pytest.mark.parametrize("address", ["/portal-users/new/", "/website-months/new/"])
def test_the_forms_are_for_the_party_support_team(client: Client, clerk: Person, address: str) -> None:
    assert client.get(address).status_code == 302
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403
    client.force_login(clerk)
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422


def test_an_account_is_entered_and_closed(client: Client, known: dict[str, Heading], clerk: Person) -> None:
    client.force_login(clerk)
    told = {"code": "A1", "category": known["DCC"].pk, "registered_on": "2019-02-03"}
    assert client.post("/portal-users/new/", told).status_code == 302
    assert client.post("/portal-users/A1/edit/", told | {"closed_on": "2020-02-01"}).status_code == 302
    assert PortalUser.objects.get().closed_on == date(2020, 2, 1)


def test_a_month_is_typed_as_a_month(client: Client, clerk: Person) -> None:
    client.force_login(clerk)
    told = {"month": "2020-02", "visits": "1", "page_views": "2"}
    assert client.post("/website-months/new/", told).status_code == 302
    assert b'value="2020-02"' in client.get("/website-months/2020-02-01/edit/").content
    assert client.post("/website-months/2020-02-01/edit/", told | {"visits": "3"}).status_code == 302
    made = WebsiteMonth.objects.get()
    assert (made.month, made.visits) == (date(2020, 2, 1), 3)
    assert client.post("/website-months/new/", told).status_code == 422


def test_a_number_of_portal_users_opens_to_the_accounts_counted(
    client: Client, known: dict[str, Heading], clerk: Person
) -> None:
    keep(date(2020, 1, 1))
    user(known["DCC"], date(2019, 2, 3))
    user(known["DCC"], date(2020, 3, 3))
    client.force_login(clerk)
    page = client.get("/figures/portal_users/2020-02/cell/?row=dcc&column=2020-02")
    assert page.status_code == 200
    assert b"/portal-users/U1/" in page.content
    assert b"/portal-users/U2/" not in page.content
    assert client.get("/figures/website_statistics/2020-02/").status_code == 200
    assert client.get("/api/portal-users").json()["count"] == 2
