"""The Operations Report for February 2020: its published tables come out of the records cell for cell.

What is expected stands in the facts of the sample, transcribed from the published paper; what differs from that
paper, and why, stands in docs/published-differences.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from secretariat.core import journal
from secretariat.core.figures import FIGURES, Span
from secretariat.papers.document import Document, Number, Section, Table
from secretariat.papers.frozen import differences
from secretariat.papers.issuing import frozen_document, issued_figures
from secretariat.papers.models import Paper
from secretariat.plain.months import Month
from secretariat.site.sample.facts import facts, facts_of
from tests.golden.tables import notes, rows, tables, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
FEBRUARY = Month(2020, 2)
THIRTEEN = FEBRUARY.back(13)


@pytest.fixture
def document() -> Document:
    """The paper as it was issued."""
    return frozen_document(Paper.objects.get(key="operations-2020-02").issue)


def test_front_matter(document: Document) -> None:
    front = document.front
    assert (front.reference, front.action, front.classification) == ("SECP_78_1303_30", "For Information", "White")
    assert front.day.isoformat() == "2020-03-06"
    assert [(row.label, row.classification) for row in front.attachments] == [("Appendix A", "Amber")]


def test_table_of_accessions(document: Document) -> None:
    published = [[row["party"], row["party_category"]] for row in facts("market_entry") if row["event"] == "acceded"]
    assert sorted(rows(tables(document)["Parties who have acceded to the SEC"])) == sorted(published)


def test_table_of_user_entry(document: Document) -> None:
    table = rows(tables(document)["UEP completion since the last Panel meeting"])
    assert [[name, category, set(roles.split(", ")), day] for name, category, roles, day in table] == [
        ["Green Supplier Limited", "Small Supplier", {"Import Supplier", "Gas Supplier"}, "17/02/2020"],
        ["N3rgy Limited", "Other SEC Party", {"Other User"}, "19/02/2020"],
    ]


def test_table_of_party_statistics(document: Document) -> None:
    table = tables(document)["SEC Party statistics, by month"]
    assert list(table.head[1:]) == [month.short for month in THIRTEEN]
    published = {row["month"]: row for row in facts("party_statistics")}
    labels = {
        "Accessions": "accessions",
        "In Default": "in_default",
        "Withdrawals": "withdrawals",
        "Expulsions": "expulsions",
    }
    expected = [[label, *(published[month.iso][key] for month in THIRTEEN)] for label, key in labels.items()]
    assert rows(table) == expected
    assert "Expulsions, Feb 20: Toto Energy Limited: ceased trading" in notes(table)


def test_parties_and_voting_groups(document: Document) -> None:
    assert "330 Parties in 261 Voting Groups" in " ".join(words(document, "membership"))
    table = tables(document)["Voting groups by Party Category (excluding the DCC)"]
    published = [[row["party_category"], row["voting_groups"]] for row in facts_of("voting_groups", "2020-02")]
    assert rows(table)[:-1] == published
    assert rows(table)[-1][1] == "260"


def test_open_proposals(document: Document) -> None:
    (first, *_) = words(document, "change")
    assert first.startswith("50 proposals are open: 30 in the Refinement Process, 17 in the Development Stage")
    grid = FIGURES["open_proposals"].grid(Span.of(FEBRUARY))
    assert sum(grid.cell(row.key).value or 0 for row in grid.rows if row.key != "total") == 50


def test_table_of_product_lists(document: Document) -> None:
    updates = [row[2] for row in rows(tables(document)["The SEC product lists"])]
    assert updates == [
        "Seven new versions in February 2020, adding 20 new Device Models.",
        "No new version was provided in February 2020.",
        "No new version was provided in February 2020.",
        "Seven new versions in February 2020.",
    ]


def test_security_counters(document: Document) -> None:
    published = [
        int(row["value"]) for row in facts_of("activity_counts", "2020-02") if row["subject"] == "user assessments"
    ]
    printed = [line.rpartition(": ")[2] for line in words(document, "security") if line.rpartition(": ")[2].isdigit()]
    assert [int(number) for number in printed] == published


def test_table_of_effort_prints_the_published_days_and_says_why_they_do_not_sum(document: Document) -> None:
    table = tables(document)["Division of effort by driver (days worked)"]
    printed = [row[-2:] for row in rows(table)]
    published = [[row["driver"], row["days"]] for row in facts_of("effort_days", "2020-02")]
    assert printed[:-1] == published
    assert printed[-1][-1] == "627"
    assert sum(int(days) for _, days in printed[:-1]) == 628
    assert notes(table) == [
        "Printed days sum to 628; the total of 627 is taken from the stored values before rounding."
    ]


def test_table_of_helpdesk_emails(document: Document) -> None:
    table = tables(document)["Helpdesk e-mails by category over 13 months"]
    published: dict[str, dict[str, str]] = {}
    for row in facts("helpdesk_emails"):
        published.setdefault(row["category"], {})[row["month"]] = f"{int(row['emails']):,}"
    totals = {row["month"]: f"{int(row['emails_published_total']):,}" for row in facts("helpdesk_published_totals")}
    printed = {row[0]: row[1:] for row in rows(table)}
    assert printed.pop("Total") == [totals[month.iso] for month in THIRTEEN]
    assert list(printed) == [row["category"] for row in facts_of("helpdesk_emails", "2020-02")]
    for category, values in printed.items():
        assert values == [published[category][month.iso] for month in THIRTEEN], category


def test_the_six_months_whose_published_parts_do_not_sum_are_said(document: Document) -> None:
    table = tables(document)["Helpdesk e-mails by category over 13 months"]
    said = " ".join(notes(table))
    for row in facts("helpdesk_published_totals"):
        month = Month.parse(row["month"])
        disagrees = row["emails_published_total"] != row["emails_sum_of_categories"]
        assert (f"published total for {month.label}" in said) == (disagrees and month in THIRTEEN), row["month"]


def test_telephone_and_email_enquiries(document: Document) -> None:
    text = " ".join(words(document, "helpdesk"))
    assert "In February 2020" in text
    assert "26 enquiries by telephone and 2,104 by e-mail" in text


def test_table_of_portal_users(document: Document) -> None:
    table = rows(tables(document)["Number of CodeWorks users by category"])
    published = [[row["user_category"], row["users"]] for row in facts_of("training_portal_users", "2020-02")]
    assert table[:-1] == published
    assert table[-1][1] == "232"


def test_table_of_meetings(document: Document) -> None:
    table = tables(document)["Meetings hosted and attended by the administrator"]
    printed = {row[-3]: row[-2].split(" / ") for row in rows(table)}
    expected: dict[str, list[str]] = {}
    for row in facts("meetings"):
        if row["date"].startswith("2020-02-"):
            year, month, day = row["date"].split("-")
            expected.setdefault(row["body"], []).append(f"{day}/{month}/{year}")
    assert sorted(printed.values()) == sorted(expected.values())
    text = " ".join(row[-1] for row in rows(table))
    for reference in ("SECCB_38x_0702", "SECCB_39_2602", "CSC_12_2502", "SSC_94_1202", "SSC_95_2602", "SECPMA_66_2502",
                      "OPSG_29_0402", "OPSG_29x_0702", "OPSG_29xx_2402"):  # fmt: skip
        assert reference in text


def test_captions_rise_and_no_section_repeats(document: Document) -> None:
    numbered = [table.number for section in document.sections for table in _own_tables(section)]
    assert numbered == list(range(1, len(numbered) + 1))


def _own_tables(section: Section) -> Iterator[Table]:
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _own_tables(block)
        elif isinstance(block, Table):
            yield block


def test_every_number_of_the_paper_opens(document: Document, client: Client) -> None:
    hrefs = {run.href for table in tables(document).values() for row in table.rows for cell in row
             for line in cell.lines for run in line if isinstance(run, Number)}  # fmt: skip
    assert len(hrefs) > 200
    for href in sorted(hrefs)[::17]:
        assert client.get(href).status_code == 200, href


def test_an_opened_number_counts_exactly_its_records(document: Document) -> None:
    grid = FIGURES["helpdesk_emails"].grid(Span.of(FEBRUARY))
    for (row, column), cell in grid.cells.items():
        if column == FEBRUARY.iso and row not in grid.totals:
            assert len(cell.counted.ids) == cell.value, row


def test_nothing_of_the_issued_paper_would_be_different_today() -> None:
    assert differences(issued_figures(Paper.objects.get(key="operations-2020-02").issue)) == []


def test_the_journal_of_the_sample_holds() -> None:
    assert list(journal.verify()) == []
