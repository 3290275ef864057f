"""A program reads the API with its person's key, and what that person may not read it is not given."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from secretariat.core import journal
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.post import feed_keys
from secretariat.register.models import Party

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 6, 9, tzinfo=UTC)


@pytest.fixture
def clerk() -> Person:
    person = Person.objects.create_user("clerk@example.org", "Clerk")
    row = Capacity(person=person, role=Role.SECRETARIAT, team=Team.HELPDESK, from_day=date(2020, 1, 1), recorded=AT)
    journal.enter(row, by=None, at=AT, recorded=AT)
    return person


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_opens_what_its_person_may_read(client: Client, clerk: Person) -> None:
    Party.objects.create(name="Hidden", key="hidden", classification=1)
    key = feed_keys.issue(clerk, at=AT, recorded=AT)
    assert client.get("/api/parties").json()["count"] == 0
    assert client.get("/api/parties", headers=bearer(key)).json()["count"] == 1


def test_a_revoked_or_forged_key_opens_nothing(client: Client, clerk: Person) -> None:
    key = feed_keys.issue(clerk, at=AT, recorded=AT)
    feed_keys.revoke(clerk, at=AT, recorded=AT)
    for bad in (key, f"{key}x", "nonsense", ""):
        assert client.get("/api/parties", headers=bearer(bad)).status_code == 401


def test_a_key_never_writes(client: Client, clerk: Person) -> None:
    key = feed_keys.issue(clerk, at=AT, recorded=AT)
    party = Party.objects.create(name="P", key="p", classification=0)
    answer = client.post(
        f"/api/steps/register.party/{party.pk}/accede", "{}", content_type="application/json", headers=bearer(key)
    )
    assert answer.status_code == 403


def test_a_key_opens_the_api_and_no_page(client: Client, clerk: Person) -> None:
    key = feed_keys.issue(clerk, at=AT, recorded=AT)
    assert client.get("/journal/", headers=bearer(key)).status_code == 302
