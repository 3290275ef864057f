"""The Operations Report for June 2018: its published tables come out of the published baseline cell for cell."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from secretariat.committees.models import Committee
from secretariat.core.people import Person
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from secretariat.papers.actions import begin
from secretariat.papers.assembly import Assembly
from secretariat.papers.document import Document
from secretariat.plain.months import Month
from secretariat.reports.operations import OPERATIONS
from secretariat.site.sample.facts import facts, facts_of
from tests.golden.tables import notes, rows, tables, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
JUNE = Month(2018, 6)
THIRTEEN = JUNE.back(13)
UNKNOWN = "–"


@pytest.fixture
def document() -> Document:
    """June's paper as it would be put together from the baseline, for Panel 58."""
    at = datetime(2018, 7, 2, 10, tzinfo=UTC)
    lead = Person.objects.get(email="operations.lead@example.org")
    panel = Committee.objects.get(code="SECP")
    meeting = Meeting.objects.filter(committee=panel, number=58).first()
    if meeting is None:
        meeting = Meeting(committee=panel, day=date(2018, 7, 13), number=58)
        MEETINGS.take("plan", meeting, by=lead, at=at, recorded=at)
    paper = begin(OPERATIONS, JUNE, meeting, author="Operations team", by=lead, at=at, recorded=at)
    return Assembly(paper).document()


def test_the_papers_date_is_five_working_days_before_panel_58(document: Document) -> None:
    assert document.front.day == date(2018, 7, 6)


def test_sections_that_came_later_are_not_in_the_paper(document: Document) -> None:
    titles = [section.title for section in document.sections]
    assert "SEC Website statistics" in titles
    assert "CodeWorks statistics" not in titles


def test_table_of_user_entry(document: Document) -> None:
    table = rows(tables(document)["UEP completion since the last Panel meeting"])
    assert [(name, category, set(roles.split(", ")), day) for name, category, roles, day in table] == [
        ("Foxglove Energy Supply Limited", "Small Supplier", {"Gas Supplier", "Export Supplier", "Import Supplier"},
         "18/06/2018"),
        ("IMServ Europe Limited", "Other SEC Party", {"Registered Supplier Agent"}, "21/06/2018"),
    ]  # fmt: skip


def test_table_of_party_statistics_with_the_cases_named(document: Document) -> None:
    table = tables(document)["SEC Party statistics, by month"]
    published = {row["month"]: row for row in facts("party_statistics")}
    keys = ("accessions", "in_default", "withdrawals", "expulsions")
    assert [row[1:] for row in rows(table)] == [[published[month.iso][key] for month in THIRTEEN] for key in keys]
    said = " ".join(notes(table))
    for company in ("CNG (Group) Limited", "Wingas UK Limited", "Enterprise Gas Ltd", "Future Energy (Supply) Ltd"):
        assert company in said


def test_voting_groups(document: Document) -> None:
    table = rows(tables(document)["Voting groups by Party Category (excluding the DCC)"])
    assert table[:-1] == [[row["party_category"], row["voting_groups"]] for row in facts_of("voting_groups", "2018-06")]
    assert table[-1][1] == "242"


def test_parties_and_voting_groups_in_the_words_of_the_convention_then_in_force(document: Document) -> None:
    assert "309 Parties in 242 Voting Groups, plus the DCC." in " ".join(words(document, "membership"))


def test_table_of_effort_keeps_the_published_total_beside_the_sum_of_its_parts(document: Document) -> None:
    table = tables(document)["Division of effort by driver (days worked)"]
    printed = [row[-2:] for row in rows(table)]
    assert printed[:-1] == [[row["driver"], row["days"]] for row in facts_of("effort_days", "2018-06")]
    assert printed[-1][-1] == "500.87"
    assert sum(Decimal(days) for _, days in printed[:-1]) == Decimal("500.88")
    assert any("500.88" in note for note in notes(table))


def test_table_of_helpdesk_emails(document: Document) -> None:
    table = tables(document)["Helpdesk e-mails by category over 13 months"]
    published: dict[str, dict[str, str]] = {}
    for row in facts("helpdesk_emails"):
        published.setdefault(row["category"], {})[row["month"]] = f"{int(row['emails']):,}"
    totals = {row["month"]: f"{int(row['emails_published_total']):,}" for row in facts("helpdesk_published_totals")}
    printed = {row[0]: row[1:] for row in rows(table)}
    assert printed.pop("Total") == [totals.get(month.iso, UNKNOWN) for month in THIRTEEN]
    assert list(printed) == [row["category"] for row in facts_of("helpdesk_emails", "2018-06")]
    for category, values in printed.items():
        assert values == [published[category].get(month.iso, UNKNOWN) for month in THIRTEEN], category
    assert any("1,439" in note and "1,459" in note for note in notes(table))


def test_table_of_website_statistics(document: Document) -> None:
    table = tables(document)["SEC Website statistics"]
    published = {row["month"]: row for row in facts("website_statistics")}
    expected = [
        [f"{int(published[month.iso][key]):,}" if month.iso in published else UNKNOWN for month in THIRTEEN]
        for key in ("visits", "page_views")
    ]
    assert [row[1:] for row in rows(table)] == expected


def test_table_of_meetings(document: Document) -> None:
    table = rows(tables(document)["Meetings hosted and attended by the administrator"])
    printed = sorted(day for row in table for day in row[-2].split(" / "))
    expected = sorted(
        "/".join(reversed(row["date"].split("-"))) for row in facts("meetings") if row["date"].startswith("2018-06-")
    )
    assert printed == expected
