"""The User Entry Process role by role: who may hold a role, and the grid of requirements."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.journal import Event
from secretariat.core.people import Role, Team
from secretariat.register.contacts.licences import Licence
from secretariat.register.identifiers.models import Allocation, UserId
from secretariat.register.models import Party, Requirement, RoleEntry, UserRole
from secretariat.register.user_entry.confirming import confirm, withdraw
from secretariat.register.user_entry.eligibility import may_hold
from secretariat.register.user_entry.models import Kind, lacking
from secretariat.register.user_entry.procedure import REQUIREMENTS, ROLE_ENTRIES
from tests.register.entering import GAS, IMPORT, OTHER, begun, contact, line, meet, role, the_dcc
from tests.register.factories import NOON, dcc, heard, party, person, refused, roles, told, user_entry
from tests.register.factories import withdraw as leave

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier() -> Party:
    return party("Amber Energy Limited")


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
