"""Every address is guarded or listed as open, and none breaks."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.architecture.addresses import Address, dummy, every_address, listed_as_open, own_addresses

THIRD_PARTIES = ("allauth.", "ninja.", "django.")
"""Sign-in pages guard themselves; the API's root asks each list and step for its own guard."""
ANSWERS = {200, 302, 403, 404}
every_own = pytest.mark.parametrize("address", own_addresses(), ids=lambda one: one.name)


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


@every_own
@pytest.mark.django_db
def test_no_address_breaks_for_nobody(address: Address, at_the_clock: None) -> None:
    answer = Client(raise_request_exception=False).get(dummy(address))
    assert answer.status_code in ANSWERS


@every_own
@pytest.mark.django_db
def test_no_address_takes_a_form_from_nobody(address: Address, at_the_clock: None) -> None:
    answer = Client(raise_request_exception=False).post(dummy(address))
    assert answer.status_code in {*ANSWERS, 405, 422}
