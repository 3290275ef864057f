"""Headers, signing in, locking out, forged forms and the second factor."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from secretariat.core.people import Person
from tests.site.people import PASSWORD, client_of, person_as

pytestmark = pytest.mark.django_db

WRONG = {"login": "operations@example.test", "password": "not the password"}


@pytest.mark.parametrize("path", ["/", "/account/login/", "/nowhere/", "/health"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/account/login/", "/search/?q=x", "/rulebook/", "/nowhere/"])
def test_no_page_has_inline_styles_or_scripts(path: str) -> None:
    page = Client().get(path).content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_signing_in_takes_the_address_in_any_case_and_the_password() -> None:
    person_as("operations")
    client = Client()
    answer = client.post("/account/login/", {"login": "Operations@Example.test", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Operations" in client.get("/").content.decode()


def test_a_wrong_password_is_refused_without_saying_whether_the_person_exists() -> None:
    person_as("operations")
    client = Client()
    wrong = client.post("/account/login/", WRONG).content.decode()
    unknown = client.post("/account/login/", {**WRONG, "login": "nobody-here@example.test"}).content.decode()
    told = "not correct"
    assert told in wrong
    assert told in unknown


def test_somebody_who_may_not_sign_in_does_not() -> None:
    person = person_as("operations")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_repeated_wrong_passwords_close_signing_in_even_for_the_right_one(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    settings.AXES_FAILURE_LIMIT = 3
    person_as("operations")
    client = Client()
    answers = [client.post("/account/login/", WRONG).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    right = client.post("/account/login/", {**WRONG, "password": PASSWORD})
    assert right.status_code == 429
    assert "Signing in is closed for a while" in right.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_form_without_the_sites_token_changes_nothing() -> None:
    client = client_of(person_as("operations"), enforce_csrf_checks=True)
    answer = client.post("/people/new/", {"name": "Forged", "email": "forged@example.test", "is_active": "on"})
    assert answer.status_code == 403
    assert "came from elsewhere" in answer.content.decode()
    assert not Person.objects.filter(name="Forged").exists()


def test_a_role_that_needs_a_second_factor_must_set_one_up_first(settings: Settings) -> None:
    settings.MFA_REQUIRED_ROLES = ["secretariat"]
    client = client_of(person_as("operations"))
    answer = client.get("/journal/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")
    assert "Your role needs a second factor" in client.get("/account/2fa/").content.decode()


def test_a_role_that_needs_no_second_factor_goes_on_without(settings: Settings) -> None:
    settings.MFA_REQUIRED_ROLES = ["secretariat"]
    assert client_of(person_as("party")).get("/").status_code == 200


def test_nobody_signs_up() -> None:
    page = Client().get("/account/signup/")
    assert "closed" in page.content.decode().lower()
    Client().post("/account/signup/", {"email": "new@example.test", "password1": PASSWORD, "password2": PASSWORD})
    assert not Person.objects.exists()


def test_signing_out_takes_a_posted_form() -> None:
    client = client_of(person_as("party"))
    client.get("/account/logout/")
    assert "_auth_user_id" in client.session
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session
