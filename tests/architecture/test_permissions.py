"""Who may do what, over every address and every call of the API: the answers are those of the table checked in."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from secretariat.core.lists import LISTS
from secretariat.core.procedure import PROCEDURES
from tests.architecture.addresses import own_addresses
from tests.architecture.permissions import ROLES, answers, read

WRITE = "Look at each difference; where it is meant: .venv/bin/python -m tests.architecture.permissions --write"
INSIDE = {"party support", "security", "operations"}
OUTSIDE = [role for role in ROLES if role not in INSIDE]
Table = dict[str, dict[str, str]]


ONCE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="who may is decided in Python, the same on every database: asked once"
)


@pytest.fixture(scope="module")
def found(django_db_setup: None, django_db_blocker: Any) -> Table:
    """What is answered now."""
    with django_db_blocker.unblock():
        return answers()


@pytest.fixture(scope="module")
def table() -> Table:
    """What is checked in."""
    return read()


@ONCE
@pytest.mark.django_db
def test_every_answer_is_as_the_table_says(found: Table, table: Table) -> None:
    different = {
        (call, role): (table[call].get(role), answer)
        for call, row in found.items()
        if call in table
        for role, answer in row.items()
        if table[call].get(role) != answer
    }
    assert different == {}, WRITE


@ONCE
@pytest.mark.django_db
def test_every_call_is_in_the_table_and_nothing_else(found: Table, table: Table) -> None:
    assert sorted(found.keys() ^ table.keys()) == [], WRITE


def test_the_table_names_every_address_list_and_step(table: Table) -> None:
    named = {call.split(" ")[1] for call in table}
    assert {address.pattern for address in own_addresses()} <= named
    assert {f"/api/{plural.replace(' ', '-')}" for plural in LISTS} <= named
    assert {f"/api/steps/{kind}/<id>/{step}" for kind, one in PROCEDURES.items() for step in one.steps} <= named


def test_nothing_breaks(table: Table) -> None:
    assert {call for call, row in table.items() if any(cell.startswith("5") for cell in row.values())} == set()


def test_red_opens_to_nobody_who_is_not_named(table: Table) -> None:
    red = {call: row for call, row in table.items() if call.endswith("(Red)")}
    assert len(red) > 80
    assert {call for call, row in red.items() if not set(row.values()) <= {"401", "403", "404", "sign in"}} == set()
    assert {call for call, row in table.items() if "200 RED" in row.values()} == set()


def test_nobody_signed_out_writes_but_to_apply_to_check_something_or_to_tell_a_problem(table: Table) -> None:
    writes = {call.split(" ")[1] for call, row in table.items() if call.startswith("POST")
              and row["nobody"] not in ("sign in", "401", "403", "404")}  # fmt: skip
    asked = ("/becoming-a-party/", "/raise-a-proposal/", "/ask/", "/newsletter/")
    by_a_private_link = ("/engagement-events/own/", "/surveys/own/")
    assert {path for path in writes if not path.startswith((*asked, *by_a_private_link))} == {
        "/proof/", "/device-check/", "/ask-for-an-account/", "/engagement-events/<key>/register/"
    }  # fmt: skip


def test_a_partys_private_record_is_not_another_partys(table: Table) -> None:
    """What the party reads and the public does not is hidden from another party, unless all parties read it."""
    private = {call: row for call, row in table.items() if row["own party"] == "200" and row["nobody"] != "200"}
    shared = {call.split(" ")[1] for call, row in private.items() if row["other party"] == "200"}
    assert shared == SHARED


SHARED = {
    "/account/email/", "/actions/<key>/", "/adoptions/new/", "/aged-incident-categories/<key>/",
    "/agenda-items/<key>/note/", "/agenda-requests/<key>/", "/agenda-requests/new/",
    "/agreed-interpretations/<key>/", "/allocations/<key>/", "/appointments/<key>/", "/assessment-cycle.<ending>",
    "/assessment-cycle/", "/ballots/<key>/", "/ballots/<key>/journal.json", "/ballots/<key>/receipt/",
    "/bookings/new/", "/certificates/<key>/population/", "/checklist-items/<key>/", "/combination-reports/<key>/",
    "/comments-on-drafts/<key>/", "/communications-hubs/", "/consultations/<key>/clarify/",
    "/consultations/<key>/respond/", "/decisions/<key>/refer/", "/deployed-counts/<key>/",
    "/device-model-combinations/<key>/", "/drafts-for-comment/<key>/", "/drafts-for-comment/<key>/comment/",
    "/drafts-of-legal-text/<key>/", "/drafts-of-legal-text/<key>/<form>.docx",
    "/drafts-of-legal-text/<key>/checks/", "/drafts-of-legal-text/<key>/text/", "/exits/new/",
    "/expenses-claims/new/", "/expressions-of-interest/new/", "/files/<pk>/<name>", "/hub-counts/<key>/",
    "/hub-exceptions/<key>/", "/hub-interventions/<key>/", "/hub-requests/<key>/", "/identifier-lists/<key>/",
    "/incentive-milestones/<key>/", "/maintenance-windows/<key>/", "/meeting-papers/<key>/",
    "/meeting-papers/<key>/compare/", "/meeting-papers/<key>/read/", "/meeting-papers/<key>/receipt/",
    "/methodology-versions/<key>/", "/migration-returns/<key>/", "/my-party/", "/nominations/new/",
    "/obligations/<key>/", "/operations-contacts/<key>/", "/operations-contacts/addresses/",
    "/operations-contacts/new/", "/oversight/alerts/codes.<ending>", "/oversight/alerts/codes/",
    "/oversight/alerts/days.<ending>", "/oversight/alerts/days/", "/oversight/alerts/maintenance.<ending>",
    "/oversight/alerts/maintenance/", "/oversight/alerts/storms.<ending>", "/oversight/alerts/storms/",
    "/oversight/alerts/throttling.<ending>", "/oversight/alerts/throttling/", "/oversight/alerts/volumes.<ending>",
    "/oversight/alerts/volumes/", "/panel-scores/<key>/", "/party-differences/new/",
    "/performance-commitments/<key>/", "/performance-returns/<key>/", "/planned-changes/<key>/",
    "/planned-code-versions/<key>/", "/policy-authority-documents/<key>/", "/prepared-list-versions/<key>/",
    "/privacy-changes/new/", "/privacy-of-other-users/", "/proclaimed-holidays/<key>/", "/product-submissions/new/",
    "/product-submissions/upload/", "/projects/<key>/", "/publications/<slug>/", "/recommendations/<key>/",
    "/referrals/<key>/", "/refusals/<key>/", "/removal-notices/<key>/", "/reviews-of-documents/<key>/",
    "/role-entries/new/", "/security-advisories/<key>/", "/security-notices/new/", "/security-plan/<key>/",
    "/service-levels/<key>/", "/shortened-bars/<key>/", "/subscriptions/", "/subscriptions/key/",
    "/supply-measures/new/", "/surveys/<key>/", "/surveys/<key>/results.<ending>", "/surveys/<key>/results/",
    "/surveys/<key>/take-part/", "/systems-reports/new/", "/test-dependencies/<key>/", "/test-phases/<key>/",
    "/test-programmes/<key>/", "/test-traffic-months/<key>/", "/testing-requests/<key>/", "/testing-requests/new/",
    "/tracker-entries/<key>/", "/tracker-entries/new/", "/triage-batches/<key>/", "/urgencies/new/",
}  # fmt: skip
"""Green records, which all parties read, and the pages that each party has of its own."""


def test_the_api_and_the_files_list_what_the_page_lists(table: Table) -> None:
    for plural in LISTS:
        base = plural.replace(" ", "-")
        page = {role: _rows(cell) for role, cell in table[f"GET /{base}/"].items()}
        for other in (f"GET /api/{base}", f"GET /{base}.<ending>"):
            assert {role: _rows(cell) for role, cell in table[other].items()} == page, other


def _rows(cell: str) -> str:
    return cell if cell.startswith("200") else ""


def test_the_api_lets_take_a_step_whom_the_page_lets(table: Table) -> None:
    for kind, procedure in PROCEDURES.items():
        for step in procedure.steps:
            page = table[f"POST /steps/<kind>/<pk>/<name>/ {kind} {step}"]
            api = table[f"POST /api/steps/{kind}/<id>/{step}"]
            assert {role: cell in ("sign in", "403", "404") for role, cell in page.items()} == {
                role: cell in ("401", "403", "404") for role, cell in api.items()
            }, (kind, step)
