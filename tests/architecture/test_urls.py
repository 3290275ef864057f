"""Every address is guarded or listed as open, and none breaks."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.architecture.addresses import dummy, every_address, listed_as_open, own_addresses

THIRD_PARTIES = ("allauth.", "ninja.", "django.")
"""Sign-in pages guard themselves; the API's root asks each list and step for its own guard."""
ANSWERS = {200, 302, 403, 404}


def test_every_address_is_a_guarded_page_or_listed_as_open() -> None:
    unguarded = {
        address.name
        for address in every_address()
        if not address.is_page and not address.view.__module__.startswith(THIRD_PARTIES)
    }
    assert unguarded == set(listed_as_open())


def test_every_open_address_says_why() -> None:
    assert all(len(reason) > 20 for reason in listed_as_open().values())


def test_every_address_has_a_name_of_its_own() -> None:
    names = [address.name for address in own_addresses()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.django_db
def test_no_address_breaks_for_nobody(at_the_clock: None) -> None:
    nobody = Client(raise_request_exception=False)
    answers = {address.name: nobody.get(dummy(address)).status_code for address in own_addresses()}
    assert {name: status for name, status in answers.items() if status not in ANSWERS} == {}


@pytest.mark.django_db
def test_no_address_takes_a_form_from_nobody(at_the_clock: None) -> None:
    nobody = Client(raise_request_exception=False)
    answers = {address.name: nobody.post(dummy(address)).status_code for address in own_addresses()}
    assert {name: status for name, status in answers.items() if status not in {*ANSWERS, 405, 422}} == {}
