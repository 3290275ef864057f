"""A browser without a screen, in which somebody is signed in."""

from __future__ import annotations

from django.test import Client

from secretariat.core.people import Person


def signed_in(who: Person | None) -> Client:
    """A client in which a person is signed in; nobody where there is none."""
    client = Client()
    if who is not None:
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client
