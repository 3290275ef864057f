"""Pages of enquiries: who sees what, and what a form does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from secretariat.core.people import Person, Role
from secretariat.helpdesk.models import Enquiry
from tests.helpdesk.factories import enquiry, heading, keep, person, two_schemes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Enquiry:
    _, new = two_schemes()
    return enquiry(heading(new, "Modifications"), "2020-02-03 10:00", subject="About a modification")


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "helpdesk")


def form(made: Enquiry, **more: Any) -> dict[str, Any]:
    told = {"channel": "email", "category": made.category_id, "received": "2020-02-03 10:00", "subject": "Anew"}
    return told | more


def test_the_list_shows_each_reader_what_they_may_read(client: Client, made: Enquiry, clerk: Person) -> None:
    assert b"ENQ-000001" not in client.get("/enquiries/").content
    client.force_login(person(Role.PARTY_CONTACT))
    assert b"ENQ-000001" not in client.get("/enquiries/").content
    client.force_login(clerk)
    assert b"About a modification" in client.get("/enquiries/").content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("text=modification", True),
        ("text=nothing", False),
        ("channel=email", True),
        ("channel=telephone", False),
        ("received_in=2020-02", True),
        ("received_in=2020-03", False),
        ("answered=false", True),
        ("answered=true", False),
        ("mailbox=operations", False),
    ],
)
def test_the_list_is_filtered(client: Client, made: Enquiry, clerk: Person, asked: str, found: bool) -> None:
    client.force_login(clerk)
    assert (b"ENQ-000001" in client.get(f"/enquiries.csv?{asked}").content) is found


def test_the_list_is_filtered_by_category(client: Client, made: Enquiry, clerk: Person) -> None:
    client.force_login(clerk)
    other = heading(made.category.scheme, "Accessions")
    assert b"ENQ-000001" in client.get(f"/enquiries.csv?category={made.category_id}").content
    assert b"ENQ-000001" not in client.get(f"/enquiries.csv?category={other.pk}").content


def test_a_record_is_not_there_for_those_who_may_not_read_it(client: Client, made: Enquiry, clerk: Person) -> None:
    assert client.get("/enquiries/ENQ-000001/").status_code == 404
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get("/enquiries/ENQ-000001/").status_code == 404
    client.force_login(clerk)
    assert b"About a modification" in client.get("/enquiries/ENQ-000001/").content
    assert client.get("/enquiries/ENQ-999999/").status_code == 404


def test_the_form_is_for_the_helpdesk_team(client: Client, made: Enquiry, clerk: Person) -> None:
    assert client.get("/enquiries/new/").status_code == 302
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get("/enquiries/new/").status_code == 403
    assert client.post("/enquiries/new/", form(made)).status_code == 403
    client.force_login(clerk)
    page = client.get("/enquiries/new/")
    assert page.status_code == 200
    assert b"Modifications (Categories of 2020)" in page.content


def test_an_entered_enquiry_gets_the_next_number(client: Client, made: Enquiry, clerk: Person) -> None:
    client.force_login(clerk)
    answer = client.post("/enquiries/new/", form(made))
    assert (answer.status_code, answer["Location"]) == (302, "/enquiries/ENQ-000002/")
    assert Enquiry.objects.get(number="ENQ-000002").state == "open"


def test_a_refused_form_keeps_what_was_typed(client: Client, made: Enquiry, clerk: Person) -> None:
    client.force_login(clerk)
    answer = client.post("/enquiries/new/", form(made, follows="ENQ-000001"))
    assert answer.status_code == 422
    assert b"follows only one that was answered" in answer.content
    assert b"Anew" in answer.content
    assert client.post("/enquiries/new/", form(made, follows="ENQ-000777")).status_code == 422
    assert client.post("/enquiries/new/", form(made, received="2099-02-03 10:00")).status_code == 422
    assert Enquiry.objects.count() == 1


def test_recategorising_is_an_amendment_on_the_record(client: Client, made: Enquiry, clerk: Person) -> None:
    client.force_login(clerk)
    other = heading(made.category.scheme, "Accessions")
    assert client.get("/enquiries/ENQ-000001/edit/").status_code == 200
    answer = client.post("/enquiries/ENQ-000001/edit/", form(made, category=other.pk, subject=made.subject))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.category == other


def test_a_number_of_emails_opens_to_the_enquiries_counted(client: Client, made: Enquiry, clerk: Person) -> None:
    keep(date(2020, 2, 1))
    enquiry(made.category, "2020-03-01 00:00")
    client.force_login(clerk)
    page = client.get("/figures/helpdesk_emails/2020-02/cell/?row=modifications&column=2020-02")
    assert b"ENQ-000001" in page.content
    assert b"ENQ-000002" not in page.content
    assert client.get("/figures/helpdesk_emails/2020-02/").status_code == 200
    assert client.get("/figures/helpdesk_channels/2020-02/").status_code == 200
    assert client.get("/api/enquiries?channel=email&received_in=2020-02").json()["count"] == 1
