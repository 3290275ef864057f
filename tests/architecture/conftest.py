"""A clock that stands still, and sign-in without a second factor, for the tests of all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from secretariat.core.people import Person
from tests.architecture.made import AT, world


@pytest.fixture(autouse=True)
def no_requests_counted() -> None:
    """The API's rates are kept in the cache."""
    cache.clear()


@pytest.fixture(scope="module")
def some_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Six records of every model, made once for a module; what a test changes is rolled back by its own `db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        world(6)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def at_the_clock(settings: Any) -> None:
    settings.CLOCK = AT.isoformat()
    settings.MFA_REQUIRED_ROLES = []


@pytest.fixture
def signed_in(at_the_clock: None) -> Callable[[Person], Client]:
    def sign_in(person: Person) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
