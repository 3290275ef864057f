"""User entry and test notifications."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from secretariat.core.journal import Event
from secretariat.register.models import CompletedRole, UserEntry
from tests.register.factories import heard, party, roles, user_entry, withdraw

pytestmark = pytest.mark.django_db


def test_user_entry_is_completed_role_by_role() -> None:
    one = party()
    user_entry(one, "2020-02-17", "Import Supplier")
    entry = user_entry(one, "2020-03-05", "Gas Supplier", "Export Supplier")
    assert entry.role_names == "Export Supplier, Gas Supplier"
    event = Event.objects.get(name="userentry.complete", subject_id=entry.pk)
    assert event.facts == {"roles": ["Gas Supplier", "Export Supplier"]}


def test_a_second_completion_of_a_role_is_refused() -> None:
    one = party()
    user_entry(one, "2020-02-17", "Import Supplier", "Gas Supplier")
    with pytest.raises(ValidationError, match="has completed user entry before as Gas Supplier"):
        user_entry(one, "2020-02-18", "Gas Supplier", "Export Supplier")
    assert UserEntry.objects.count() == 1


def test_the_database_itself_holds_a_role_to_one_completion() -> None:
    one = party()
    entry = user_entry(one, "2020-02-17", "Import Supplier")
    with pytest.raises(IntegrityError), transaction.atomic():
        CompletedRole.objects.create(entry=entry, party=one, role=roles("Import Supplier")[0])


@pytest.mark.parametrize(
    ("day", "names", "words"),
    [
        ("2020-02-17", (), "name at least one role"),
        ("2020-03-06", ("Other User",), "has not come yet"),
        ("2018-01-09", ("Other User",), "was no party on"),
        ("2020-02-03", ("Other User",), "was no party on"),
    ],
)
def test_a_user_entry_that_cannot_be_is_refused(day: str, names: tuple[str, ...], words: str) -> None:
    one = party(day="2018-01-10")
    withdraw(one, "2020-02-03")
    if not names:
        one = party("Another")
    with pytest.raises(ValidationError, match=words):
        user_entry(one, day, *names)


def test_a_notification_is_told_once_a_day() -> None:
    one = party()
    heard(one, "2020-02-17", "uept", "Other User")
    with pytest.raises(ValidationError, match="told of the party for this day already"):
        heard(one, "2020-02-17", "uept")


def test_a_notification_of_a_day_to_come_is_refused() -> None:
    with pytest.raises(ValidationError, match="has not come yet"):
        heard(party(), "2020-03-06", "srept")
