"""What is counted of user entry, its pages and its mail."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.core.figures import Span
from secretariat.core.journal import Event, history
from secretariat.core.people import Role
from secretariat.plain.months import Month
from secretariat.post.notices import NOTICES
from secretariat.register.models import PanelAction, Party, RoleEntry, UserRole
from secretariat.register.panel_action.models import Power, Right
from secretariat.register.panel_action.procedure import PANEL_ACTIONS
from secretariat.register.user_entry import notices
from secretariat.register.user_entry.actions import complete
from secretariat.register.user_entry.figures import role_entries, user_roles_available
from secretariat.register.user_entry.models import Kind
from secretariat.register.user_entry.procedure import ROLE_ENTRIES
from tests.register.entering import (
    FEBRUARY,
    FORM,
    GAS,
    IMPORT,
    OTHER,
    begun,
    contact,
    entered,
    line,
    meet,
    role,
    sent,
    the_dcc,
)
from tests.register.factories import NOON, case, party, person, refused, told, user_entry
from tests.register.factories import withdraw as leave

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier() -> Party:
    return party("Amber Energy Limited")


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
