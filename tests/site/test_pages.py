"""Every page of the shell for every role, and what only some may open."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from secretariat.core.lists import LISTS
from secretariat.core.procedure import PROCEDURES
from tests.site.people import ROLES, client_as, client_of, person_as

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "/", "/search/", "/lists/", "/api/", "/accessibility/", "/robots.txt", "/health", "/rulebook/", "/procedures/",
    "/publications/", "/workdays/", "/workdays/?start=2017-06-22&days=10", "/account/login/?next=/",
    "/account/password/reset/",
)  # fmt: skip
SIGNED_IN = (
    "/account/2fa/", "/account/sessions/", "/account/password/change/", "/account/logout/", "/account/email/",
    "/account/3rdparty/", "/account/reauthenticate/",
)  # fmt: skip
SECRETARIAT = ("/load/", "/figures/", "/journal/")
OPERATIONS = ("/people/", "/people/new/")
ASK_ALIKE = {"nobody in particular", "helpdesk", "secretary", "dcc", "authority"}
"""Cleared for a class and no more: their queries are those of operations, other numbers in them."""


def asked(role: str) -> object:
    """A role as a parameter; on PostgreSQL one of those who ask alike is enough."""
    return pytest.param(role, marks=pytest.mark.one_database) if role in ASK_ALIKE else role


@pytest.mark.parametrize("role", [asked(role) for role in ("public", "nobody in particular", *ROLES)])
def test_what_anyone_may_open_opens_for_every_role(role: str) -> None:
    client = client_as(role)
    opened = {path: client.get(path).status_code for path in EVERYBODY}
    if role != "public":
        del opened["/account/login/?next=/"]
    assert set(opened.values()) == {200}, opened


def test_pages_of_ones_own_account_open_for_those_signed_in_and_send_others_to_sign_in() -> None:
    member, public = client_as("member"), client_as("public")
    assert {path: member.get(path).status_code for path in SIGNED_IN} == dict.fromkeys(SIGNED_IN, 200)
    assert {path: public.get(path).status_code for path in SIGNED_IN} == dict.fromkeys(SIGNED_IN, 302)


@pytest.mark.parametrize("path", SECRETARIAT)
def test_the_secretariats_pages_are_for_the_secretariat(path: str) -> None:
    assert client_as("helpdesk").get(path).status_code == 200
    assert client_as("party").get(path).status_code == 403
    turned_away = client_as("public").get(path)
    assert (turned_away.status_code, turned_away["Location"]) == (302, f"/account/login/?next={path}")


@pytest.mark.parametrize("path", OPERATIONS)
def test_people_are_kept_by_operations_alone(path: str) -> None:
    assert client_as("operations").get(path).status_code == 200
    assert client_as("helpdesk").get(path).status_code == 403


@pytest.mark.parametrize("role", ["public", "party", "operations"])
def test_every_list_opens_or_is_refused_but_never_breaks(role: str) -> None:
    client, at_worst = client_as(role), {"public": {200, 302}, "party": {200, 403}, "operations": {200}}[role]
    answered = {plural: client.get(reverse(plural)).status_code for plural in LISTS}
    assert set(answered.values()) <= at_worst, answered


def test_a_missing_page_is_told_in_words() -> None:
    answer = client_as("public").get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here that you may read" in answer.content.decode()


def test_a_refused_page_says_that_it_is_for_others() -> None:
    answer = client_as("party").get("/journal/")
    assert answer.status_code == 403
    assert "That page is for others" in answer.content.decode()


def test_health_is_told_as_text_and_as_json() -> None:
    client = client_as("public")
    assert "database: reachable" in client.get("/health").content.decode()
    told = json.loads(client.get("/health", headers={"Accept": "application/json"}).content)
    assert (told["status"], told["journal_events"]) == ("well", 0)


def test_the_api_page_lists_every_endpoint_and_its_description_answers() -> None:
    client = client_as("public")
    page = client.get("/api/").content.decode()
    described = client.get("/api/openapi.json").json()
    assert all(f"{path}" in page for path in described["paths"])
    assert "/api/people" in described["paths"]


def test_the_accounts_address_is_changed_by_the_secretariat_not_by_its_holder() -> None:
    client = client_as("party")
    assert "party@example.test" in client.get("/account/email/").content.decode()
    assert client.post("/account/email/", {"email": "other@example.test", "action_add": ""}).status_code == 405


def test_the_home_page_names_the_persons_capacities() -> None:
    person = person_as("member")
    assert "Committee member (SECP)" in client_of(person).get("/").content.decode()


@pytest.mark.parametrize("role", ["public", "operations", "member", "party"])
def test_the_home_page_asks_a_bounded_number_of_queries(
    role: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, of_everybodys_page = client_as(role), 12
    with django_assert_max_num_queries(len(PROCEDURES) + of_everybodys_page):
        client.get("/")
