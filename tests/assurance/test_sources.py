"""An Assurance Status meets the security requirement of user entry, whichever of the two came first."""

from __future__ import annotations

import pytest

from secretariat.register.models import Party, Requirement, RoleEntry
from secretariat.register.user_entry.actions import open_entry
from secretariat.register.user_entry.confirming import match
from secretariat.register.user_entry.models import Kind
from tests.assurance.factories import TO_PREPARED, requested, take
from tests.register.factories import party, roles, told

pytestmark = pytest.mark.django_db


def assessed(of: Party, status: str) -> None:
    """An initial assessment of a party whose status was set on 13 January 2020."""
    made = requested("2019-11-04", initial=True, of=of.name)
    take("book", made, "2019-11-05", fieldwork_due="2019-12-02")
    for step in TO_PREPARED:
        take(step, made, "2019-12-16")
    take("set_status", made, "2020-01-13", status=status)


def security_of(of: Party) -> Requirement:
    """The security requirement of a party that begins entry as an Import Supplier."""
    entry = open_entry(RoleEntry(party=of, role=roles("Import Supplier")[0]), day="2020-01-20", **told())
    found: Requirement = Requirement.objects.get(entry=entry, kind=Kind.SECURITY)
    return found


@pytest.mark.parametrize(
    ("status", "state"),
    [("Approved", "confirmed"), ("Approved, subject to steps", "confirmed"), ("Deferred", "open")],
)
def test_a_status_set_before_the_entry_began_counts_as_far_as_the_rulebook_says(status: str, state: str) -> None:
    of = party("Alder Energy Limited", "2015-01-01", "small-supplier")
    assessed(of, status)
    requirement = security_of(of)
    assert requirement.state == state
    assert requirement.evidence == (f"Assurance Status of Mon 13 Jan 2020: {status}" if state == "confirmed" else "")


def test_a_status_set_while_the_party_enters_is_confirmed_from_the_record() -> None:
    of = party("Alder Energy Limited", "2015-01-01", "small-supplier")
    requirement = security_of(of)
    assert requirement.state == "open"
    assessed(of, "Approved")
    match(of, **told())
    requirement.refresh_from_db()
    assert requirement.state == "confirmed"


def test_the_status_of_another_party_shows_nothing() -> None:
    assessed(party("Birch Energy Limited", "2015-01-01", "small-supplier"), "Approved")
    assert security_of(party("Alder Energy Limited", "2015-01-01", "small-supplier")).state == "open"
