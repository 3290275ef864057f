"""The register's pages: who sees what, and what a form does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.core.people import Role, Team
from secretariat.register.models import DefaultCase, Party, TestNotification, UserEntry, UserRole, VotingGroup
from tests.register.factories import case, dcc, expel, heard, party, person, user_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Party:
    return party("Amber Energy Limited", company_number="01234567")


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which party support is signed in."""
    client.force_login(person())
    return client


def names(content: bytes) -> set[str]:
    """The first column of a list as CSV."""
    return {line.split(",")[0] for line in content.decode().splitlines()[1:]}


def test_anybody_reads_the_register(client: Client, one: Party) -> None:
    user_entry(one, "2020-02-17", "Other User", "Gas Supplier")
    assert names(client.get("/parties.csv").content) == {"Amber Energy Limited"}
    for address in ("/parties/", "/voting-groups/", "/user-entries/", one.get_absolute_url()):
        page = client.get(address)
        assert (page.status_code, b"Amber Energy Limited" in page.content) == (200, True)
    assert b"Other User" in client.get("/user-entries/").content
    assert client.get("/parties/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("text=amber", True),
        ("text=0123", True),
        ("text=blue", False),
        ("category=small-supplier", True),
        ("category=gas-network", False),
        ("state=party", True),
        ("state=left", False),
        ("acceded_in=2018-01", True),
        ("acceded_in=2018-02", False),
        ("left_in=2018-01", False),
    ],
)
def test_the_list_of_parties_is_filtered(client: Client, one: Party, asked: str, found: bool) -> None:
    assert ("Amber Energy Limited" in names(client.get(f"/parties.csv?{asked}").content)) is found


def test_a_default_case_is_for_those_cleared_and_the_party_itself(client: Client, one: Party) -> None:
    address = case(one, "2020-01-06", "2020-01-10").get_absolute_url()
    other = party("Other Limited")
    for who, status in (
        (None, 404),
        (person(Role.PARTY_CONTACT, "other", organisation_id=other.pk), 404),
        (person(Role.PARTY_CONTACT, "own", organisation_id=one.pk), 200),
        (person(Role.COMMITTEE_MEMBER, "panel", audience="SECP"), 200),
        (person(Role.COMMITTEE_MEMBER, "csc", audience="CSC"), 404),
        (person(), 200),
    ):
        if who is not None:
            client.force_login(who)
        assert client.get(address).status_code == status, who
        assert (b"limb (c)" in client.get(one.get_absolute_url()).content) is (status == 200), who
        assert ("Amber Energy Limited" in names(client.get("/default-cases.csv").content)) is (status == 200), who


def test_a_test_notification_is_amber(client: Client, one: Party) -> None:
    word = heard(one, "2020-02-17", "uept", "Other User")
    assert client.get(word.get_absolute_url()).status_code == 404
    client.force_login(person())
    for address in (word.get_absolute_url(), "/test-notifications/"):
        assert b"Other User" in client.get(address).content


@pytest.mark.parametrize("base", ["parties", "voting-groups", "default-cases", "user-entries", "test-notifications"])
def test_only_party_support_enters(client: Client, base: str) -> None:
    address = f"/{base}/new/"
    assert client.get(address).status_code == 302
    for who in (person(Role.PARTY_CONTACT), person(team=Team.HELPDESK)):
        client.force_login(who)
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    client.force_login(person())
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 422


def form(**more: Any) -> dict[str, Any]:
    told = {"name": "New Limited", "key": "new-limited", "day": "2020-01-10", "category": "gas-network"}
    return told | more


def test_the_form_of_a_party_takes_the_step_of_accession(desk: Client) -> None:
    assert desk.post("/parties/new/", form()).headers["Location"] == "/parties/new-limited/"
    made = Party.objects.get()
    assert (made.state, str(made.group_on(made.acceded_on))) == ("party", "New Limited")
    refused = desk.post("/parties/new/", form(key="again"))
    assert (refused.status_code, b"does not accede again" in refused.content) == (422, True)


def test_what_a_step_writes_is_not_amended_by_a_form(desk: Client, one: Party) -> None:
    address = f"{one.get_absolute_url()}edit/"
    assert b'name="category"' not in desk.get(address).content
    assert desk.post(address, {"name": "Amber Energy plc", "category": "gas-network"}).status_code == 302
    one.refresh_from_db()
    assert (one.name, one.category_on(one.acceded_on)) == ("Amber Energy plc", "small-supplier")


def test_a_voting_group_is_entered_and_its_name_amended(desk: Client) -> None:
    desk.post("/voting-groups/new/", {"name": "Family", "key": "family", "category": "gas-network"})
    desk.post("/voting-groups/family/edit/", {"name": "The Family"})
    made = VotingGroup.objects.get()
    assert (made.name, made.category) == ("The Family", "gas-network")
    assert b"The Family" in desk.get("/voting-groups/family/").content


def test_the_form_of_a_default_case_serves_a_notice_or_enters_the_default(desk: Client, one: Party) -> None:
    desk.post("/default-cases/new/", {"party": one.pk, "limb": "c", "day": "2020-01-06", "cites": "J2.1"})
    desk.post("/default-cases/new/", {"party": one.pk, "limb": "h", "day": "2020-01-07"})
    assert set(DefaultCase.objects.values_list("limb", "state")) == {("c", "notice served"), ("h", "in default")}
    page = desk.get(DefaultCase.objects.get(limb="c").get_absolute_url()).content.decode()
    assert "Thu 9 Jan 2020" in page
    assert "3 Working Days after the notice" in page


def test_user_entries_and_notifications_are_entered_with_their_roles(desk: Client, one: Party) -> None:
    role = UserRole.objects.get(name="Other User").pk
    told = {"party": one.pk, "roles": [role]}
    desk.post("/user-entries/new/", {**told, "completed_on": "2020-02-17"})
    desk.post("/test-notifications/new/", {**told, "notified_on": "2020-02-17", "kind": "uept"})
    assert UserEntry.objects.get().role_names == "Other User"
    assert [row.name for row in TestNotification.objects.get().roles.all()] == ["Other User"]
    again = desk.post("/user-entries/new/", {**told, "completed_on": "2020-02-18"})
    assert (again.status_code, b"has completed user entry before" in again.content) == (422, True)


def test_the_lists_of_events_are_filtered(desk: Client, one: Party) -> None:
    case(one, "2020-01-06", "2020-01-10")
    user_entry(one, "2020-02-17", "Other User", "Gas Supplier")
    heard(one, "2020-02-17", "uept")
    role = UserRole.objects.get(name="Other User").pk
    for asked, found in (
        ("default-cases.csv?limb=c&state=in default&entered_in=2020-01&text=amber", True),
        ("default-cases.csv?limb=d", False),
        ("default-cases.csv?ended_in=2020-01", False),
        (f"user-entries.csv?role={role}&completed_in=2020-02&text=amber", True),
        ("user-entries.csv?completed_in=2020-03", False),
        ("test-notifications.csv?kind=uept&notified_in=2020-02&text=amber", True),
        ("test-notifications.csv?kind=srept", False),
        ("voting-groups.csv?category=small-supplier&text=amber", True),
        ("voting-groups.csv?category=gas-network", False),
    ):
        assert ("Amber Energy Limited" in names(desk.get(f"/{asked}").content)) is found, asked


def test_a_step_is_taken_on_its_page(desk: Client, one: Party) -> None:
    address = f"/steps/register.party/{one.pk}/withdraw/"
    assert desk.post(address, {"day": "2020-03-01", "reason": "its own wish"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "left"
    page = desk.get(one.get_absolute_url()).content
    assert b"Withdrawn: its own wish" in page


def test_a_case_whose_party_is_gone_is_closed_from_its_page(desk: Client, one: Party) -> None:
    found = case(one, "2020-01-06", "2020-01-10")
    desk.post(f"/steps/register.party/{one.pk}/expel/", {"day": "2020-03-01", "reason": "ceased trading"})
    assert desk.post(f"/steps/register.defaultcase/{found.pk}/expel/").status_code == 302
    found.refresh_from_db()
    assert found.state == "expelled"


def test_the_page_of_the_dcc_and_of_one_that_left_can_be_read(client: Client, one: Party) -> None:
    central = dcc()
    expel(one, "2020-02-12")
    assert b"DCC" in client.get(central.get_absolute_url()).content
    assert b"Expelled: ceased trading" in client.get(one.get_absolute_url()).content
