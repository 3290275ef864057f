"""An Assurance Status meets the security requirement of user entry, whichever of the two came first."""

from __future__ import annotations

import pytest

from secretariat.assurance.models import Assessment
from secretariat.assurance.models import Kind as Assessed
from secretariat.register.models import Party, Requirement, RoleEntry
from secretariat.register.user_entry.actions import open_entry
from secretariat.register.user_entry.confirming import confirm, match
from secretariat.register.user_entry.models import Kind
from tests.assurance.factories import TO_PREPARED, prepared, requested, take
from tests.register.factories import party, roles, told

pytestmark = pytest.mark.django_db


def assessed(of: Party, status: str) -> Assessment:
    """An initial assessment of a party whose status was set on 13 January 2020."""
    made = requested("2019-11-04", initial=True, of=of.name)
    take("book", made, "2019-11-05", fieldwork_due="2019-12-02")
    for step in TO_PREPARED:
        take(step, made, "2019-12-16")
    take("set_status", made, "2020-01-13", status=status)
    return made


def security_of(of: Party, day: str = "2020-01-20") -> Requirement:
    """The security requirement of a party that begins entry as an Import Supplier."""
    entry = open_entry(RoleEntry(party=of, role=roles("Import Supplier")[0]), day=day, **told())
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


@pytest.mark.parametrize(
    ("status", "state"),
    [("Approved", "confirmed"), ("Approved, subject to steps", "confirmed"), ("Deferred", "open")],
)
def test_setting_a_status_while_the_party_enters_confirms_the_requirement(status: str, state: str) -> None:
    of = party("Alder Energy Limited", "2015-01-01", "small-supplier")
    requirement = security_of(of, "2020-01-06")
    assert requirement.state == "open"
    assessed(of, status)
    requirement.refresh_from_db()
    assert requirement.state == state


def test_a_withdrawn_status_takes_its_confirmation_back_and_confirms_nothing_any_more() -> None:
    of = party("Alder Energy Limited", "2015-01-01", "small-supplier")
    requirement = security_of(of, "2020-01-06")
    take("withdraw_status", assessed(of, "Approved"), "2020-02-03", reason="A new system.")
    requirement.refresh_from_db()
    assert (requirement.state, requirement.reason) == ("withdrawn", "A new system.")
    assert match(of, **told()) == []


def test_a_confirmation_that_rests_on_something_else_outlives_the_status() -> None:
    of = party("Alder Energy Limited", "2015-01-01", "small-supplier")
    requirement = security_of(of, "2020-01-06")
    confirm(of, Kind.SECURITY, day="2020-01-07", evidence="A letter of the SSC", **told())
    take("withdraw_status", assessed(of, "Approved"), "2020-02-03", reason="A new system.")
    requirement.refresh_from_db()
    assert (requirement.state, requirement.evidence) == ("confirmed", "A letter of the SSC")


def test_a_privacy_status_confirms_the_privacy_requirement_of_an_other_user_alone() -> None:
    of = party("Alder Data Limited", "2015-01-01", "other-sec-party")
    entry = open_entry(RoleEntry(party=of, role=roles("Other User")[0]), day="2020-01-06", **told())
    made = prepared("2020-01-20", kind=Assessed.FPA, of=of.name)
    take("set_status", made, "2020-02-14", status="Approved subject to")
    found = dict(Requirement.objects.filter(entry=entry).values_list("kind", "state"))
    assert (found[Kind.PRIVACY], found[Kind.SECURITY]) == ("confirmed", "open")


def test_the_status_of_another_party_shows_nothing() -> None:
    assessed(party("Birch Energy Limited", "2015-01-01", "small-supplier"), "Approved")
    assert security_of(party("Alder Energy Limited", "2015-01-01", "small-supplier")).state == "open"
