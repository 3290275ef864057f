"""The desk under load: how many queries a page takes does not hang on how many enquiries are open."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from secretariat.core.people import Role
from secretariat.core.schemes import Heading
from secretariat.helpdesk.models import OPEN, Enquiry, Message, Sort
from tests.helpdesk.factories import NOON, enquiry, heading, person, two_schemes

pytestmark = pytest.mark.django_db
PAGES = ("/queue/", "/queue/?text=fee&hand=nobody&overdue=true", "/queue/ENQ-000001/", "/queue/repeated/")


def many(category: Heading, first: int, count: int) -> None:
    told: dict[str, Any] = {"category": category, "channel": "email", "received": NOON, "state": OPEN, "subject": "Fee"}
    rows = [
        Enquiry(number=f"ENQ-{n:06d}", address=f"a{n}@example.org", running_since=NOON, due=NOON, **told)
        for n in range(first, first + count)
    ]
    Enquiry.objects.bulk_create(rows)
    Message.objects.bulk_create(
        Message(enquiry=one, sort=Sort.IN, at=NOON, body="How much is the fee?", recorded=NOON) for one in rows
    )


def taken(desk: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(page).status_code == 200
    return len(queries)


def test_pages_take_as_many_queries_with_two_thousand_open_enquiries_as_with_a_few(
    client: Client, settings: Any
) -> None:
    settings.CLOCK = NOON.isoformat()
    _, new = two_schemes()
    category = heading(new, "Accessions")
    client.force_login(person(Role.SECRETARIAT, "helpdesk"))
    first = enquiry(category, "2020-03-03 10:00", 1, subject="Fee", address="ann@example.org")
    Message.objects.create(enquiry=first, sort=Sort.IN, at=NOON, body="How much?", recorded=NOON)
    many(category, 10, 8)
    for page in PAGES:
        client.get(page)
    few = {page: taken(client, page) for page in PAGES}
    many(category, 1000, 2000)
    assert {page: taken(client, page) for page in PAGES} == few
