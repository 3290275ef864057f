"""The evidence form, completion, and disputes about a User Role."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.journal import Event, history
from secretariat.register.models import CompletedRole, Party, RoleEntry, UserEntry
from secretariat.register.user_entry import notices
from secretariat.register.user_entry.actions import adopt, complete, paragraph
from secretariat.register.user_entry.confirming import withdraw
from secretariat.register.user_entry.ending import end_all
from secretariat.register.user_entry.figures import user_entry_information
from secretariat.register.user_entry.models import BASE, STANDINGS, Kind
from secretariat.register.user_entry.procedure import ROLE_ENTRIES
from tests.register.entering import (
    FEBRUARY,
    FORM,
    GAS,
    IMPORT,
    begun,
    contact,
    entered,
    meet,
    role,
    sent,
    the_dcc,
)
from tests.register.factories import NOON, party, person, refused, told, user_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier() -> Party:
    return party("Amber Energy Limited")


def test_base_requirements_are_met_before_evidence_is_sent_smets1_apart(supplier: Party) -> None:
    entry = meet(begun(supplier), *[kind for kind in BASE if kind != Kind.SECURITY])
    with refused(r"SMETS1 eligibility is not one. \(UEP-3, UEP-4, Section H1.10\)"):
        ROLE_ENTRIES.take("submit", entry, **FORM, **told(by=contact(supplier)))
    meet(entry, Kind.SECURITY)
    ROLE_ENTRIES.take("submit", entry, **FORM, **told(by=contact(supplier)))
    assert (entry.state, entry.submitted_on, entry.evidence) == ("evidence submitted", date(2020, 3, 5), "UEF-1")


def test_only_the_partys_own_contact_sends_the_form_and_party_support_records_one_that_came_by_mail(
    supplier: Party,
) -> None:
    entry = meet(begun(supplier))
    for other in (contact(party("Other Limited")), person(), the_dcc()):
        with refused("is for others"):
            ROLE_ENTRIES.take("submit", entry, **FORM, **told(by=other))
    with refused("is for others"):
        ROLE_ENTRIES.take("receive", entry, day="2020-02-03", reference="x", note="", **told(by=contact(supplier)))
    assert sent(entry).submitted_on == date(2020, 2, 3)


def test_a_form_that_nobody_declares_true_is_refused(supplier: Party) -> None:
    with refused("Declared"):
        ROLE_ENTRIES.take("submit", meet(begun(supplier)), **{**FORM, "declared": False}, **told(by=contact(supplier)))


def test_a_queried_form_is_sent_in_again_before_entry_is_complete(supplier: Party) -> None:
    entry = sent(begun(supplier))
    ROLE_ENTRIES.take("query", entry, day="2020-02-05", query="Whose signature is this?", **told())
    with refused("queried form is sent in again"):
        complete([entry], day=date(2020, 2, 10), **told())
    assert not UserEntry.objects.exists()
    ROLE_ENTRIES.take("submit", entry, **FORM, **told(by=contact(supplier)))
    complete([entry], day=date(2020, 3, 5), **told())
    assert entry.state == "complete"


def test_the_states_stand_in_their_order() -> None:
    assert ROLE_ENTRIES.states == list(STANDINGS)


def test_in_order(supplier: Party) -> None:
    entry = sent(begun(supplier))
    for day in ("2020-02-02", "2020-03-06"):
        with refused("not one before the last step"):
            ROLE_ENTRIES.take("query", entry, day=day, query="?", **told())


def test_roles_completed_on_one_day_are_one_user_entry_and_the_dcc_and_the_party_are_told(supplier: Party) -> None:
    one, two = sent(begun(supplier)), sent(begun(supplier, GAS))
    made = complete([one, two], day=date(2020, 2, 10), **told())
    assert (made.role_names, made.completed_on) == ("Import Supplier, Gas Supplier", date(2020, 2, 10))
    assert UserEntry.objects.count() == 1
    for entry in (one, two):
        assert (entry.state, entry.completion, entry.completed_on) == ("complete", made, date(2020, 2, 10))
    said = history(made).get(name="userentry.confirm")
    assert said.facts == {"roles": ["Import Supplier", "Gas Supplier"]}
    own, other, central = contact(supplier), contact(party("Other Limited")), the_dcc()
    told_to = set(notices.the_dcc_and_the_party(said, made, NOON))
    assert told_to == {own, central}
    assert other not in told_to


def test_a_role_completed_later_on_the_same_day_joins_the_user_entry(supplier: Party) -> None:
    first = entered(begun(supplier)).completion
    second = entered(begun(supplier, GAS)).completion
    assert first == second
    assert CompletedRole.objects.filter(entry=first).count() == 2


def test_the_completion_is_written_first(supplier: Party) -> None:
    entry = sent(begun(supplier))
    with refused("complete it on the party's completion form"):
        ROLE_ENTRIES.take("complete", entry, day="2020-02-10", **told())


def test_a_completion_entered_without_the_form_is_linked(supplier: Party) -> None:
    entry = sent(begun(supplier))
    written = user_entry(supplier, "2020-02-10", IMPORT)
    complete([entry], day=date(2020, 2, 10), **told())
    assert (entry.completion, UserEntry.objects.count()) == (written, 1)


def test_a_completion_that_is_refused_leaves_nothing(supplier: Party) -> None:
    ready, unready = sent(begun(supplier)), begun(supplier, GAS)
    before = Event.objects.count()
    with refused("is not possible here"):
        complete([ready, unready], day=date(2020, 2, 10), **told())
    with refused("all of one party"):
        complete([], day=date(2020, 2, 10), **told())
    with pytest.raises(ValidationError, match="has not come yet"):
        complete([ready], day=date(2020, 3, 6), **told())
    assert (Event.objects.count(), UserEntry.objects.count()) == (before, 0)


def test_met_or_found_complete(supplier: Party) -> None:
    entry = sent(begun(supplier))
    withdraw(supplier, Kind.SECURITY, day="2020-02-04", reason="deferred", **told())
    with refused("or when the Panel or the Authority found it complete"):
        complete([entry], day=date(2020, 2, 10), **told())
    assert not UserEntry.objects.exists()


def test_the_information_paper_tells_who_completed_what_and_when(supplier: Party) -> None:
    one, two = sent(begun(supplier)), sent(begun(supplier, GAS))
    made = complete([one, two], day=date(2020, 2, 10), **told())
    assert paragraph(made).startswith(
        "Amber Energy Limited, Small Supplier, completed the User Entry Process on 10 February 2020 "
        "for the User Roles of Import Supplier and Gas Supplier."
    )
    user_entry(party("Other Limited"), "2020-02-11", GAS)
    listing = user_entry_information.listing(FEBRUARY)
    assert [row.values for row in listing.rows] == [
        ("Amber Energy Limited", "Import Supplier, Gas Supplier", "03/02/2020", "10/02/2020", "5")
    ]


def test_only_a_completion_that_the_register_holds_is_taken_over(supplier: Party) -> None:
    with refused("a completion that the register holds is taken over"):
        adopt(supplier, role(), **told())
    user_entry(supplier, "2019-02-10", IMPORT)
    taken = adopt(supplier, role(), **told())
    assert (taken.state, taken.completed_on) == ("complete", date(2019, 2, 10))


def test_a_role_goes_live_is_suspended_resumes_and_ends(supplier: Party) -> None:
    entry = entered(begun(supplier))
    ROLE_ENTRIES.take("go_live", entry, day="2020-02-17", **told())
    ROLE_ENTRIES.take("suspend", entry, day="2020-02-20", reason="the Panel's resolution", **told())
    assert (entry.state, entry.suspended_on) == ("suspended", date(2020, 2, 20))
    ROLE_ENTRIES.take("resume", entry, day="2020-02-24", **told())
    assert (entry.state, entry.live_on, entry.suspended_on) == ("live", date(2020, 2, 17), None)
    ended = end_all(supplier, day="2020-03-02", reason="leaves", **told())
    assert [(one.state, one.ended_on) for one in ended] == [("ended", date(2020, 3, 2))]


def dispute(entry: RoleEntry, *steps: str, finding: str = "incomplete") -> RoleEntry:
    """Takes steps of a dispute."""
    for step in steps:
        facts: dict[str, Any] = (
            {"finding": finding, "meeting": "SECP"} if step.endswith("finds") else {"reason": "we differ"}
        )
        ROLE_ENTRIES.take(step, entry, day="2020-02-10", **facts, **told())
    return entry


def test_a_dispute_goes_to_the_panel_then_to_the_authority_and_its_finding_decides(supplier: Party) -> None:
    entry = sent(begun(supplier))
    ROLE_ENTRIES.take("query", entry, day="2020-02-05", query="No report is enclosed.", **told())
    withdraw(supplier, Kind.SECURITY, day="2020-02-05", reason="no report", **told())
    dispute(entry, "refer", "panel_finds", "appeal")
    assert (entry.state, entry.get_dispute_display()) == ("evidence queried", "before the Authority")
    dispute(entry, "authority_finds", finding="complete")
    complete([entry], day=date(2020, 2, 17), **told())
    assert (entry.state, entry.finding) == ("complete", "complete")


def test_no_dispute_is_open_when_an_entry_is_completed(supplier: Party) -> None:
    entry = dispute(sent(begun(supplier)), "refer")
    with refused("Nothing is completed while the entry is in dispute"):
        complete([entry], day=date(2020, 2, 17), **told())


def test_not_in_dispute_yet_before_the_panel_the_panel_has_decided_before_the_authority(supplier: Party) -> None:
    entry = sent(begun(supplier))
    for step, words in (
        ("panel_finds", "The Panel decides a dispute that was referred to it"),
        ("appeal", "after the Panel has decided it"),
        ("authority_finds", "The Authority decides a dispute that was referred to it"),
    ):
        with refused(words):
            dispute(entry, step)
    dispute(entry, "refer")
    with refused("goes to the Panel once"):
        dispute(entry, "refer")
