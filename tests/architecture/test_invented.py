"""Sample data is never passed off as real: whatever is marked as invented says so on its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from secretariat.core.kinds import kind_of
from secretariat.core.pages import INVENTED, RecordPage
from secretariat.core.people import Person
from tests.architecture.addresses import live, own_addresses
from tests.architecture.made import made, staff

MARKED = [
    one
    for one in own_addresses()
    if isinstance(one.view, type)
    and issubclass(one.view, RecordPage)
    and any(field.name == "invented" for field in one.view.model._meta.fields)
]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("some_world", "at_the_clock"),
    pytest.mark.one_database,  # what a page says of its record is decided in Python
]


def test_records_are_marked_in_many_rooms() -> None:
    assert len({one.view.model._meta.app_label for one in MARKED}) > 8


@pytest.mark.parametrize("number", range(len(MARKED)), ids=[one.name for one in MARKED])
def test_an_invented_record_says_so_on_its_page(number: int, signed_in: Callable[[Person], Client]) -> None:
    address, client = MARKED[number], signed_in(staff())
    record = made(kind_of(address.view.model), 2)
    rows = type(record)._base_manager.filter(pk=record.pk)
    path = live(address)[0]
    open_to_all = {"classification": 0} if hasattr(record, "classification") else {}
    for invented in (True, False):
        rows.update(invented=invented, **open_to_all)
        page = client.get(path)
        assert page.status_code == 200
        assert (INVENTED.label in page.content.decode().split("</nav>")[-1]) is invented
