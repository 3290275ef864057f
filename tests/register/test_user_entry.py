"""The User Entry Process role by role: eligibility, the grid, the evidence form, completion, and what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from secretariat.core.figures import Span
from secretariat.core.journal import Event, history
from secretariat.core.people import Role, Team
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from secretariat.post.notices import NOTICES
from secretariat.register.contacts.licences import Licence
from secretariat.register.identifiers.models import Allocation, UserId
from secretariat.register.models import CompletedRole, PanelAction, Party, Requirement, RoleEntry, UserEntry, UserRole
from secretariat.register.panel_action.models import Power, Right
from secretariat.register.panel_action.procedure import PANEL_ACTIONS
from secretariat.register.user_entry import notices
from secretariat.register.user_entry.actions import adopt, complete, open_entry, paragraph
from secretariat.register.user_entry.confirming import confirm, withdraw
from secretariat.register.user_entry.eligibility import may_hold
from secretariat.register.user_entry.ending import end_all
from secretariat.register.user_entry.figures import role_entries, user_entry_information, user_roles_available
from secretariat.register.user_entry.models import BASE, STANDINGS, Kind, lacking
from secretariat.register.user_entry.procedure import REQUIREMENTS, ROLE_ENTRIES
from tests.register.factories import NOON, case, dcc, heard, party, person, roles, told, user_entry
from tests.register.factories import withdraw as leave

pytestmark = pytest.mark.django_db

IMPORT, GAS, OTHER = "Import Supplier", "Gas Supplier", "Other User"
FEBRUARY = Span.of(Month(2020, 2))


def refused(words: str) -> Any:
    """That a step is refused with these words."""
    return pytest.raises(Refused, match=words)


def role(name: str = IMPORT) -> UserRole:
    return roles(name)[0]


def contact(of: Party) -> Any:
    """The party's own contact."""
    return person(Role.PARTY_CONTACT, of.key, organisation_id=of.pk)


def the_dcc() -> Any:
    """Somebody of the DCC."""
    return person(Role.DCC, "dcc", audience="DCC")


def begun(of: Party, name: str = IMPORT, day: str = "2020-01-06", step: str = "begin", **more: Any) -> RoleEntry:
    """A party's entry into a role."""
    return open_entry(RoleEntry(party=of, role=role(name)), day=day, step=step, **told(**more))


def line(of: RoleEntry, kind: str) -> Requirement:
    """One requirement of an entry."""
    found: Requirement = Requirement.objects.get(entry=of, kind=kind)
    return found


def meet(of: RoleEntry, *kinds: str, day: str = "2020-01-20") -> RoleEntry:
    """Confirms requirements of an entry by the bodies that confirm them; without any named, all of the base."""
    for kind in kinds or BASE:
        row = line(of, kind)
        if row.state == "open":
            by = the_dcc() if row.confirmer == "DCC" else person()
            confirm(of.party, kind, day=day, evidence="letter", role=of.role, **told(by=by))
    return of


def sent(of: RoleEntry, day: str = "2020-02-03") -> RoleEntry:
    """Sends the evidence form by mail."""
    meet(of)
    of.refresh_from_db()
    ROLE_ENTRIES.take("receive", of, day=day, reference="UEF-1", note="", **told())
    return of


def entered(of: RoleEntry, day: str = "2020-02-10") -> RoleEntry:
    """A complete entry."""
    complete([sent(of)], day=date.fromisoformat(day), **told())
    of.refresh_from_db()
    return of


@pytest.fixture
def supplier() -> Party:
    return party("Amber Energy Limited")


# Eligibility (UEP-1, UEP-2)


@pytest.mark.parametrize(
    ("category", "may"),
    [
        ("large-supplier", {"Import Supplier", "Export Supplier", "Gas Supplier"}),
        ("small-supplier", {"Import Supplier", "Export Supplier", "Gas Supplier"}),
        ("electricity-network", {"Electricity Distributor"}),
        ("gas-network", {"Gas Transporter"}),
        ("other-sec-party", set()),
    ],
)
def test_a_category_may_hold_the_roles_of_its_licence_and_anybody_the_others(category: str, may: set[str]) -> None:
    one = party(category=category)
    held = {each.name for each in UserRole.objects.all() if may_hold(one, each, date(2020, 1, 6))}
    assert held == may | {"Registered Supplier Agent", "Other User"}


def test_where_licences_are_recorded_they_tell_the_fuel(supplier: Party) -> None:
    Licence.objects.create(party=supplier, kind="gas supply", number="G1", from_day=date(2019, 1, 1), recorded=NOON)
    day = date(2020, 1, 6)
    assert may_hold(supplier, role(GAS), day)
    assert not may_hold(supplier, role(IMPORT), day)
    assert not may_hold(supplier, role(GAS), date(2018, 12, 31))


def test_a_role_of_which_the_rulebook_says_nothing_is_held_by_nobody(supplier: Party) -> None:
    new = UserRole.objects.create(name="Load Controller", position=8)
    assert not may_hold(supplier, new, date(2020, 1, 6))


def test_may_hold_the_role() -> None:
    with refused("only roles that its licence"):
        begun(party(category="gas-network"), IMPORT)


def test_only_a_party_enters(supplier: Party) -> None:
    with refused("while it is one; the DCC does not"):
        begun(dcc(), OTHER)
    with refused("while it is one; the DCC does not"):
        begun(supplier, day="2018-01-09")
    leave(supplier, "2020-01-05")
    with refused("while it is one; the DCC does not"):
        begun(supplier)


def test_the_role_exists(supplier: Party) -> None:
    UserRole.objects.filter(name=GAS).update(from_day=date(2020, 1, 7))
    UserRole.objects.filter(name=IMPORT).update(to_day=date(2020, 1, 5))
    for name in (GAS, IMPORT):
        with refused("not begin before the role exists"):
            begun(supplier, name)
    planned = begun(supplier, GAS, step="plan")
    assert planned.state == "not started"
    ROLE_ENTRIES.take("begin", planned, day="2020-01-07", **told())
    assert (planned.state, planned.begun_on) == ("in progress", date(2020, 1, 7))


def test_a_role_is_entered_once_at_a_time_and_not_completed_before(supplier: Party) -> None:
    begun(supplier)
    with refused("an entry for this role already"):
        begun(supplier)
    user_entry(supplier, "2020-02-17", GAS)
    with refused("take that completion over instead"):
        begun(supplier, GAS)
    assert RoleEntry.objects.count() == 1


# The grid (UEP-3)


def test_a_grid_has_its_nine_lines_each_with_who_confirms_it(supplier: Party) -> None:
    entry = begun(supplier)
    assert {row.kind: (row.confirmer, row.state) for row in entry.requirements.all()} == {
        "party details": ("SECAS", "open"),
        "user id": ("DCC", "open"),
        "srept": ("DCC", "open"),
        "uept": ("DCC", "open"),
        "smki": ("DCC", "open"),
        "security": ("SSC", "open"),
        "privacy": ("SECP", "not needed"),
        "credit": ("DCC", "open"),
        "smets1": ("DCC", "open"),
    }
    assert Kind.SMETS1 not in lacking(entry)
    assert Event.objects.filter(kind="register.requirement").count() == 9


def test_an_other_users_privacy_is_assessed(supplier: Party) -> None:
    assert line(begun(supplier, OTHER), Kind.PRIVACY).state == "open"


def test_no_privacy_is_assessed_of_another_role_and_nothing_else_is_left_out_from_the_start(supplier: Party) -> None:
    with refused("Left out from the start is only the privacy assessment"):
        REQUIREMENTS.take("exempt", Requirement(entry=begun(supplier), kind="credit", confirmer="DCC"), **told())


def test_before_august_2017_the_panel_confirmed_the_security_assessment(supplier: Party) -> None:
    early = party("Early Limited", "2016-01-04")
    assert line(begun(early, day="2017-07-31"), Kind.SECURITY).confirmer == "SECP"
    assert line(begun(early, GAS, day="2017-08-01"), Kind.SECURITY).confirmer == "SSC"


@pytest.mark.parametrize(
    ("kind", "who"),
    [("srept", "dcc"), ("party details", "party support"), ("security", "security"), ("security", "ssc")],
)
def test_a_requirement_is_confirmed_by_the_body_that_confirms_it(supplier: Party, kind: str, who: str) -> None:
    people = {
        "dcc": the_dcc(),
        "party support": person(),
        "security": person(team=Team.SECURITY),
        "ssc": person(Role.COMMITTEE_MEMBER, "ssc", audience="SSC"),
        "own": contact(supplier),
        "helpdesk": person(team=Team.HELPDESK),
    }
    row = line(begun(supplier), kind)
    wrong = {"dcc": ("party support", "own"), "party support": ("dcc", "own")}.get(who, ("dcc", "own", "helpdesk"))
    for other in wrong:
        with refused("is for others"):
            REQUIREMENTS.take("confirm", row, day="2020-01-20", evidence="letter", **told(by=people[other]))
    REQUIREMENTS.take("confirm", row, day="2020-01-20", evidence="letter", **told(by=people[who]))
    assert (row.state, row.day, row.evidence) == ("confirmed", date(2020, 1, 20), "letter")


@pytest.mark.parametrize("day", ["2018-01-09", "2020-03-06"])
def test_confirmed_on_a_day_that_has_come(supplier: Party, day: str) -> None:
    row = line(begun(supplier), Kind.DETAILS)
    with refused("confirmed on a day that has come"):
        REQUIREMENTS.take("confirm", row, day=day, evidence="letter", **told())


def test_what_is_confirmed_for_the_party_holds_for_all_its_roles_and_what_is_of_a_role_for_that_one(
    supplier: Party,
) -> None:
    one, two = begun(supplier), begun(supplier, GAS)
    assert len(confirm(supplier, Kind.SREPT, day="2020-01-20", evidence="letter", **told(by=the_dcc()))) == 2
    with refused("name the role"):
        confirm(supplier, Kind.UEPT, day="2020-01-20", evidence="letter", **told(by=the_dcc()))
    confirm(supplier, Kind.UEPT, day="2020-01-20", evidence="letter", role=role(GAS), **told(by=the_dcc()))
    assert [line(entry, Kind.UEPT).state for entry in (one, two)] == ["open", "confirmed"]
    assert confirm(supplier, Kind.SREPT, day="2020-01-20", evidence="letter", **told(by=the_dcc())) == []


def test_a_confirmation_of_a_party_that_is_refused_for_one_role_is_given_for_none(supplier: Party) -> None:
    begun(supplier)
    begun(supplier, GAS)
    before = Event.objects.count()
    with refused("has come"):
        confirm(supplier, Kind.SREPT, day="2031-01-20", evidence="letter", **told(by=the_dcc()))
    assert Event.objects.count() == before
    assert not Requirement.objects.filter(state="confirmed").exists()


def test_a_role_opened_later_takes_over_what_is_confirmed_for_the_party(supplier: Party) -> None:
    meet(begun(supplier), Kind.SREPT, Kind.UEPT)
    second = begun(supplier, GAS, by=contact(supplier))
    assert line(second, Kind.SREPT).state == "confirmed"
    assert line(second, Kind.UEPT).state == "open"


def test_the_dccs_word_on_tests_confirms_srept_for_the_party_and_uept_for_the_role(supplier: Party) -> None:
    one, two = begun(supplier), begun(supplier, GAS)
    heard(supplier, "2020-02-03", "srept")
    heard(supplier, "2020-02-10", "uept", IMPORT)
    heard(supplier, "2020-02-12", "smets1")
    found = {(row.entry.role.name, row.kind): row.day for row in Requirement.objects.filter(state="confirmed")}
    assert found == {
        (IMPORT, "srept"): date(2020, 2, 3),
        (GAS, "srept"): date(2020, 2, 3),
        (IMPORT, "uept"): date(2020, 2, 10),
        (IMPORT, "smets1"): date(2020, 2, 12),
        (GAS, "smets1"): date(2020, 2, 12),
    }
    assert line(one, Kind.UEPT).evidence == "The DCC's notification of Mon 10 Feb 2020"
    assert Kind.UEPT in lacking(two)


def test_a_word_that_names_no_role_confirms_no_uept(supplier: Party) -> None:
    entry = begun(supplier)
    heard(supplier, "2020-02-10", "uept")
    assert line(entry, Kind.UEPT).state == "open"


def test_tests_that_were_notified_before_are_confirmed_when_the_grid_is_opened(supplier: Party) -> None:
    heard(supplier, "2019-12-02", "srept")
    heard(party("Other Limited"), "2019-12-02", "uept", IMPORT)
    entry = begun(supplier)
    assert (line(entry, Kind.SREPT).state, line(entry, Kind.SREPT).day) == ("confirmed", date(2019, 12, 2))
    assert line(entry, Kind.UEPT).state == "open"


def test_an_identifier_that_the_dcc_accepted_for_the_role_is_confirmed(supplier: Party) -> None:
    held = Allocation.objects.create(
        party=supplier, number=1, signifier="AMB", first="90B3D51F30010000", last="90B3D51F3001FFFF",
        allocated_on=date(2018, 1, 10),
    )  # fmt: skip
    used = UserId.objects.create(
        allocation=held, identifier="90B3D51F30010001", from_day=date(2019, 1, 1), accepted_on=date(2019, 1, 7),
        recorded=NOON,
    )  # fmt: skip
    used.roles.set(roles(IMPORT))
    assert line(begun(supplier), Kind.USER_ID).day == date(2019, 1, 7)
    assert line(begun(supplier, GAS), Kind.USER_ID).state == "open"


def test_the_register_shows_it(supplier: Party) -> None:
    with refused("no notification of the DCC for the role"):
        REQUIREMENTS.take("match", line(begun(supplier), Kind.UEPT), **told())


def test_a_withdrawn_confirmation_stands_open_again_until_newer_words_come(supplier: Party) -> None:
    entry = begun(supplier)
    heard(supplier, "2020-02-03", "srept")
    withdraw(supplier, Kind.SREPT, day="2020-02-05", reason="tests to be repeated", **told(by=the_dcc()))
    assert line(entry, Kind.SREPT).state == "withdrawn"
    with refused("The register shows nothing"):
        REQUIREMENTS.take("match", line(entry, Kind.SREPT), **told())
    heard(supplier, "2020-02-10", "srept")
    assert (line(entry, Kind.SREPT).state, line(entry, Kind.SREPT).day) == ("confirmed", date(2020, 2, 10))


def test_withdrawn_after_it_was_confirmed(supplier: Party) -> None:
    entry = meet(begun(supplier), Kind.DETAILS)
    with refused("not before it was given"):
        withdraw(supplier, Kind.DETAILS, day="2020-01-19", reason="why", **told())
    assert line(entry, Kind.DETAILS).state == "confirmed"


def test_may_be_not_needed(supplier: Party) -> None:
    entry = begun(supplier)
    with refused("Only Credit Support and SMETS1 eligibility"):
        REQUIREMENTS.take("dispense", line(entry, Kind.SREPT), reason="why", **told(by=the_dcc()))
    with refused("is for others"):
        REQUIREMENTS.take("dispense", line(entry, Kind.CREDIT), reason="why", **told())
    credit = line(entry, Kind.CREDIT)
    REQUIREMENTS.take("dispense", credit, reason="none is required", **told(by=the_dcc()))
    assert Kind.CREDIT not in lacking(entry)
    REQUIREMENTS.take("require", credit, **told())
    assert Kind.CREDIT in lacking(entry)


def test_the_entry_has_not_ended(supplier: Party) -> None:
    entry = begun(supplier)
    ROLE_ENTRIES.take("end", entry, day="2020-02-03", reason="no longer wanted", **told())
    with refused("grid of an entry that has ended"):
        REQUIREMENTS.take("confirm", line(entry, Kind.DETAILS), day="2020-02-03", evidence="letter", **told())
    assert confirm(supplier, Kind.DETAILS, day="2020-02-03", evidence="letter", **told()) == []


# The evidence form (UEP-4)

FORM: dict[str, Any] = {"reference": "UEF-1", "note": "", "declared": True}


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


# Completion


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


# Disputes (UEP-6)


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


# Figures


def test_entries_are_counted_by_where_they_stood_at_the_end_of_a_day(supplier: Party) -> None:
    entry = entered(begun(supplier, day="2020-01-31"), "2020-02-10")
    begun(supplier, GAS, day="2020-02-01")
    pk = entry.role_id

    def stood(day: str) -> set[tuple[str, str]]:
        grid = role_entries.grid(Span(date(2020, 1, 1), date.fromisoformat(day)))
        plain = {key: cell.value for key, cell in grid.cells.items() if "total" not in key}
        assert grid.cells["total", "total"].value == sum(int(value or 0) for value in plain.values())
        return {(key[0], "import" if key[1] == f"role-{pk}" else "gas") for key, value in plain.items() if value}

    assert stood("2020-01-30") == set()
    assert stood("2020-01-31") == {("in-progress", "import")}
    assert stood("2020-02-03") == {("evidence-submitted", "import"), ("in-progress", "gas")}
    assert stood("2020-02-09") == {("evidence-submitted", "import"), ("in-progress", "gas")}
    assert stood("2020-02-10") == {("complete", "import"), ("in-progress", "gas")}


def test_a_standing_passed_through_within_a_day_is_counted_on_no_day(supplier: Party) -> None:
    entry = begun(supplier, day="2020-02-03", step="plan")
    ROLE_ENTRIES.take("begin", entry, day="2020-02-03", **told())
    grid = role_entries.grid(FEBRUARY)
    assert (grid.cells["not-started", "total"].value, grid.cells["in-progress", "total"].value) == (0, 1)


def test_the_roles_that_exist_on_a_day_with_the_parties_that_completed_them(supplier: Party) -> None:
    UserRole.objects.create(name="Load Controller", position=8, from_day=date(2020, 3, 1))
    user_entry(supplier, "2020-02-29", IMPORT)
    rows = {row.values[0]: row.values[1:] for row in user_roles_available.listing(FEBRUARY).rows}
    assert len(rows) == 7
    assert rows["Import Supplier"] == ("Electricity supply", "23/09/2013", "1")
    assert "Load Controller" in {row.values[0] for row in user_roles_available.listing(Span.of(Month(2020, 3))).rows}


# Pages and mail


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person())
    return client


def test_party_support_or_the_party_begins_an_entry_on_its_form(client: Client, supplier: Party) -> None:
    form = {"party": supplier.pk, "role": role().pk, "day": "2020-01-06"}
    address = reverse("role entry-new")
    assert client.post(address, form).status_code == 302
    assert not RoleEntry.objects.exists()
    client.force_login(contact(party("Other Limited")))
    assert client.post(address, form).status_code == 422
    client.force_login(contact(supplier))
    answer = client.post(address, form)
    assert answer.headers["Location"] == RoleEntry.objects.get().get_absolute_url()
    refused_again = client.post(address, form)
    assert (refused_again.status_code, b"an entry for this role already" in refused_again.content) == (422, True)


def test_an_entry_is_read_by_the_secretariat_the_panel_and_the_party_itself(client: Client, supplier: Party) -> None:
    entry = meet(begun(supplier), Kind.DETAILS)
    for who, status in (
        (None, 404),
        (contact(party("Other Limited")), 404),
        (the_dcc(), 404),
        (contact(supplier), 200),
        (person(Role.COMMITTEE_MEMBER, "panel", audience="SECP"), 200),
        (person(), 200),
    ):
        if who is not None:
            client.force_login(who)
        assert client.get(entry.get_absolute_url()).status_code == status, who
        assert client.get(reverse("role entry-evidence", args=[entry.pk])).status_code == status, who


def test_the_dcc_finds_and_confirms_the_lines_that_are_its_own(client: Client, supplier: Party) -> None:
    entry = begun(supplier)
    client.force_login(the_dcc())
    found = client.get("/entry-requirements.csv?state=open").content.decode()
    assert found.count("Amber Energy Limited") == 6
    row = line(entry, Kind.SMKI)
    assert client.get(row.get_absolute_url()).status_code == 200
    step = reverse("step", args=["register.requirement", row.pk, "confirm"])
    assert client.post(step, {"day": "2020-02-03", "evidence": "certificate 7"}).status_code == 302
    assert line(entry, Kind.SMKI).state == "confirmed"
    assert client.get(line(entry, Kind.SECURITY).get_absolute_url()).status_code == 404


def test_the_grid_shows_each_reader_the_lines_that_are_for_them(client: Client, supplier: Party) -> None:
    begun(supplier, OTHER)
    address = reverse("party user entry", args=[supplier.key])
    labels = ("Full Privacy Assessment", "Initial Full User Security Assessment", "User Entry Process Tests")
    for who, seen in (
        (None, (False, False, False)),
        (the_dcc(), (False, False, True)),
        (person(Role.COMMITTEE_MEMBER, "ssc", audience="SSC"), (False, True, False)),
        (contact(supplier), (True, True, True)),
        (person(), (True, True, True)),
    ):
        if who is not None:
            client.force_login(who)
        page = client.get(address)
        assert page.status_code == 200
        assert tuple(label in page.content.decode() for label in labels) == seen, who
    assert client.get(reverse("party user entry", args=["nobody"])).status_code == 404


def test_the_evidence_form_says_what_is_missing_keeps_what_was_typed_and_takes_the_step(
    client: Client, supplier: Party
) -> None:
    entry = begun(supplier)
    address = reverse("role entry-evidence", args=[entry.pk])
    client.force_login(contact(supplier))
    assert "It cannot be sent in yet" in client.get(address).content.decode()
    answer = client.post(address, {"reference": "My form 7", "note": "", "declared": "on"})
    assert (answer.status_code, b"My form 7" in answer.content) == (422, True)
    assert client.post(address, {"reference": "My form 7"}).status_code == 422
    meet(entry)
    assert client.post(address, {"reference": "My form 7", "note": "hello", "declared": "on"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.evidence, entry.note) == ("evidence submitted", "My form 7", "hello")
    client.force_login(person())
    assert "sent in by the party" in client.get(address).content.decode()
    assert client.post(address, {"reference": "x", "declared": "on"}).status_code == 403
    assert client.get(reverse("role entry-evidence", args=["x"])).status_code == 404


def test_party_support_completes_roles_on_the_partys_completion_form(desk: Client, supplier: Party) -> None:
    one, two = sent(begun(supplier)), begun(supplier, GAS)
    address = reverse("party user entry-complete", args=[supplier.key])
    page = desk.get(address).content.decode()
    assert IMPORT in page
    assert GAS not in page
    early = desk.post(address, {"day": "2020-02-01", "entries": [one.pk]})
    assert (early.status_code, b"not one before the last step" in early.content) == (422, True)
    assert desk.post(address, {"day": "2020-02-10"}).status_code == 422
    assert desk.post(address, {"day": "2020-02-10", "entries": [one.pk]}).status_code == 302
    one.refresh_from_db()
    assert (one.state, two.state) == ("complete", "in progress")
    assert b"For the information paper" in desk.get(one.get_absolute_url()).content
    desk.force_login(contact(supplier))
    assert desk.get(address).status_code == 403


def test_steps_with_a_page_of_their_own_are_offered_there(client: Client, supplier: Party) -> None:
    entry = meet(begun(supplier))
    client.force_login(contact(supplier))
    page = client.get(entry.get_absolute_url()).content.decode()
    assert reverse("role entry-evidence", args=[entry.pk]) in page
    assert reverse("step", args=["register.roleentry", entry.pk, "submit"]) not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("text=amber", True), ("text=blue", False), ("state=in progress", True), ("state=live", False),
        ("begun_in=2020-01", True), ("begun_in=2020-02", False), ("completed_in=2020-01", False),
        ("dispute=panel", False),
    ],
)  # fmt: skip
def test_role_entries_are_filtered(desk: Client, supplier: Party, asked: str, found: bool) -> None:
    begun(supplier)
    assert (b"Amber Energy Limited" in desk.get(f"/role-entries.csv?{asked}").content) is found


def test_user_roles_are_public_and_party_support_adds_one(client: Client) -> None:
    assert b"Gas Transporter" in client.get("/user-roles/").content
    assert b"gas transporter" in client.get(role("Gas Transporter").get_absolute_url()).content
    form = {"name": "Load Controller", "position": 8, "from_day": "2024-01-01"}
    assert client.post("/user-roles/new/", form).status_code == 302
    assert not UserRole.objects.filter(name="Load Controller").exists()
    client.force_login(person())
    client.post("/user-roles/new/", form)
    made = UserRole.objects.get(name="Load Controller")
    assert client.post(f"/user-roles/{made.pk}/edit/", {**form, "to_day": "2023-01-01"}).status_code == 422
    assert client.post(f"/user-roles/{made.pk}/edit/", {**form, "to_day": "2030-01-01"}).status_code == 302


@pytest.mark.parametrize("name", ["userentry.confirm", "role_entry.submit", "role_entry.query"])
def test_the_words_of_each_notice_can_be_written(supplier: Party, name: str) -> None:
    entry = sent(begun(supplier))
    ROLE_ENTRIES.take("query", entry, day="2020-02-05", query="Who signed?", **told())
    ROLE_ENTRIES.take("submit", entry, **FORM, **told(by=contact(supplier)))
    complete([entry], day=date(2020, 3, 5), **told())
    event = Event.objects.filter(name=name).latest("pk")
    record = entry.completion if name == "userentry.confirm" else entry
    notice = next(one for one in NOTICES[name] if one in notices.NOTICES)
    reader = next(iter(notice.to(event, record, NOON)))
    subject, body = notice.written(event, record, reader, NOON)
    assert "Amber Energy Limited" in subject
    assert "/role-entries/" in body or "/user-entries/" in body


def test_a_party_that_leaves_is_no_user_any_longer(supplier: Party) -> None:
    """Its role entries end with its leaving, on the same day and by nobody's act of their own."""
    entry = begun(supplier)
    leave(supplier, "2020-02-20")
    entry.refresh_from_db()
    assert (entry.state, entry.ended_on) == ("ended", date(2020, 2, 20))
    ended = history(entry).get(name="role_entry.end")
    assert (ended.by_id, ended.facts["reason"]) == (None, "The party left.")


@pytest.mark.parametrize(("right", "resumes"), [(Right.GATEWAY, True), (Right.LICENCE_SERVICES, False)])
def test_no_suspension_of_its_services_lasts(supplier: Party, right: str, resumes: bool) -> None:
    """Only a suspension of the services of the role's own kind keeps it from being taken up again."""
    entry = entered(begun(supplier))
    ROLE_ENTRIES.take("go_live", entry, day="2020-02-17", **told())
    ROLE_ENTRIES.take("suspend", entry, day="2020-02-20", reason="the Panel's resolution", **told())
    action = PanelAction(case=case(supplier, "2020-02-03", "2020-02-07"), power=Power.SUSPEND, meeting="SECP_77_1402")
    action.right = right
    for step, due in (("resolve", {"due_on": None}), ("approve", {}), ("suspend", {})):
        PANEL_ACTIONS.take(step, action, day="2020-02-20", **due, **told())
    if resumes:
        ROLE_ENTRIES.take("resume", entry, day="2020-02-21", **told())
        return
    with refused("has suspended the services"):
        ROLE_ENTRIES.take("resume", entry, day="2020-02-21", **told())
    PANEL_ACTIONS.take("lift", action, day="2020-02-21", **told())
    ROLE_ENTRIES.take("resume", entry, day="2020-02-21", **told())
    assert entry.state == "live"
