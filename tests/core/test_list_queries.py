"""A list takes the same few queries whatever its length."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from secretariat.change.models import Proposal, Stage, label
from secretariat.core.people import Person
from tests.change.factories import change_person

pytestmark = pytest.mark.django_db
RAISED = date(2019, 6, 3)
FORMS = ["/proposals/", "/proposals/?page=2", "/proposals/?stage=open&sort=title", "/api/proposals", "/proposals.csv"]


def raised(first: int, last: int) -> None:
    """Proposals with the numbers from `first` to `last`, as one load leaves them."""
    rows = [
        Proposal(number=n, reference=label(n, "", RAISED, None), title=f"Change {n}", raised_on=RAISED,
                 state=Stage.DEVELOPMENT)
        for n in range(first, last + 1)
    ]  # fmt: skip
    Proposal.objects.bulk_create(rows, batch_size=1_000)


def queries(path: str, someone: Person | None = None) -> int:
    """How many queries a page takes, once what a process reads only once is read."""
    client = Client()
    if someone:
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("signed_in", [False, True], ids=["signed out", "signed in"])
def test_a_list_of_five_thousand_takes_the_queries_of_a_list_of_a_hundred(path: str, signed_in: bool) -> None:
    someone = change_person() if signed_in else None
    raised(1, 100)
    of_a_hundred = queries(path, someone)
    raised(101, 5_000)
    assert queries(path, someone) == of_a_hundred


@pytest.mark.parametrize("path", ["/proposals/", "/api/proposals"])
def test_a_list_takes_one_query_for_its_rows_and_one_for_their_number(path: str) -> None:
    raised(1, 100)
    assert queries(path) == 2
