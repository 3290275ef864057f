"""The sample administration adds up to the published February 2020 paper, and says what is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction

from secretariat.assurance.models import Assessment, AssessmentMilestone
from secretariat.change.models import Proposal
from secretariat.core import journal
from secretariat.core.figures import FIGURES, Grid, Printed, Records, Span
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.published import PublishedFigure
from secretariat.effort.models import DayEntry
from secretariat.engagement.models import PortalUser
from secretariat.helpdesk.models import Enquiry
from secretariat.meetings.models import HELD, Meeting
from secretariat.papers.models import Paper
from secretariat.plain.months import Month
from secretariat.plain.rounding import half_up, printed
from secretariat.products.models import DeviceModel, ListVersion
from secretariat.register.models import DefaultCase, Departure, Party
from secretariat.site.sample.build import build
from secretariat.site.sample.crew import OTHERS, PASSWORD, SECRETARIAT, address
from secretariat.site.sample.facts import facts, facts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
FEBRUARY = Month(2020, 2)
SINCE_THE_PANEL = Span(date(2020, 2, 15), date(2020, 3, 6))
YEAR = FEBRUARY.back(13)


@pytest.fixture(autouse=True)
def at_home(home: Path, settings: Any) -> None:
    settings.HOME, settings.FILES_ROOT = home, home / "files"


def grid(name: str, month: Month = FEBRUARY) -> Grid:
    return FIGURES[name].grid(Span.of(month))


def column(name: str, month: Month = FEBRUARY) -> dict[str, Any]:
    """The newest column of a figure by the labels of its rows."""
    found = grid(name, month)
    return {row.label: found.cell(row.key).value for row in found.rows}


def test_february_has_2104_emails_in_the_published_categories() -> None:
    published = {row["category"]: int(row["emails"]) for row in facts_of("helpdesk_emails", "2020-02")}
    assert column("helpdesk_emails") == {**published, "Total": 2104}
    assert sum(published.values()) == 2104


def test_february_has_26_telephone_calls() -> None:
    assert column("helpdesk_channels") == {"E-mail enquiries": 2104, "Telephone enquiries": 26}


@pytest.mark.parametrize("month", [FEBRUARY, Month(2018, 6)], ids=str)
def test_helpdesk_emails_stand_as_published_month_by_month(month: Month) -> None:
    found = grid("helpdesk_emails", month)
    published = {(row["month"], row["category"]): int(row["emails"]) for row in facts("helpdesk_emails")}
    totals = {row["month"]: int(row["emails_published_total"]) for row in facts("helpdesk_published_totals")}
    months = [one.key for one in found.columns if one.key in totals]
    assert len(months) == (13 if month == FEBRUARY else 12)
    for key in months:
        assert found.cell("total", key).value == totals[key]
        for row in found.rows[:-1]:
            assert found.cell(row.key, key).value == published[key, row.label]


def test_where_a_published_total_and_its_parts_disagree_both_are_kept_and_told() -> None:
    assert len(grid("helpdesk_emails").remarks) == 6
    assert "The published total for July 2017 is 1,439; its published parts sum to 1,459." in (
        grid("helpdesk_emails", Month(2018, 6)).remarks
    )
    assert grid("days_by_driver", Month(2018, 6)).remarks == (
        "The published total for June 2018 is 500.87; its published parts sum to 500.88.",
    )


def test_there_are_330_parties_in_261_voting_groups_with_the_dcc() -> None:
    assert column("parties") == {"Parties": 330, "Voting Groups": 261}
    published = {row["party_category"]: int(row["voting_groups"]) for row in facts_of("voting_groups", "2020-02")}
    assert column("voting_groups") == {**published, "Total": 260}


def test_a_year_and_a_half_before_there_were_309_in_242() -> None:
    assert column("parties", Month(2018, 6)) == {"Parties": 309, "Voting Groups": 242}
    assert column("voting_groups", Month(2018, 6))["Total"] == 242


@pytest.mark.parametrize("month", [FEBRUARY, Month(2018, 6)], ids=str)
def test_party_statistics_stand_as_published_month_by_month(month: Month) -> None:
    found = grid("party_statistics", month)
    published = {row["month"]: row for row in facts("party_statistics")}
    for one in found.columns:
        for row in found.rows:
            assert found.cell(row.key, one.key).value == int(published[one.key][row.key]), (row.key, one.key)


def test_only_february_is_counted_from_records_of_parties() -> None:
    found = grid("party_statistics")
    for one in found.columns:
        kind = Records if one.key == "2020-02" else Printed
        assert all(isinstance(found.cell(row.key, one.key).counted, kind) for row in found.rows)
    assert "Toto Energy Limited" in found.cell("expulsions").remark


def test_the_records_agree_with_the_months_that_are_taken_as_printed() -> None:
    acceded = Counter(str(Month.of(day)) for day in Party.objects.values_list("acceded_on", flat=True) if day)
    left = Counter((how, str(Month.of(day))) for how, day in Departure.objects.values_list("how", "day"))
    for row in facts("party_statistics"):
        month = Month.parse(row["month"])
        assert acceded[row["month"]] == int(row["accessions"]), month
        assert left["withdrawn", row["month"]] == int(row["withdrawals"]), month
        assert left["expelled", row["month"]] == int(row["expulsions"]), month
        assert DefaultCase.objects.in_default_on(month.last).count() == int(row["in_default"]), month


def test_defaults_reconcile_from_the_start_to_the_end_of_february() -> None:
    found = grid("default_reconciliation")
    assert [found.cell(row.key).value for row in found.rows] == [2, 2, 1, 1, 2]
    assert found.remarks == ()


def test_the_two_companies_that_the_paper_names_acceded() -> None:
    listing = FIGURES["accessions"].listing(Span.of(FEBRUARY))
    assert [row.values for row in listing.rows] == [
        ("Neon Reef Limited", "Small Supplier"),
        ("Smart Appliances Design Services Limited", "Other SEC Party"),
    ]


def test_user_entry_and_tests_since_the_panel_are_as_published() -> None:
    listing = FIGURES["user_entry_completions"].listing(SINCE_THE_PANEL)
    assert [row.values for row in listing.rows] == [
        ("Green Supplier Limited", "Small Supplier", "Import Supplier, Gas Supplier", "17/02/2020"),
        ("N3rgy Limited", "Other SEC Party", "Other User", "19/02/2020"),
    ]
    tests = FIGURES["testing_notifications"].grid(SINCE_THE_PANEL)
    assert [tests.cell(row.key, "parties").value for row in tests.rows] == [3, 0, 0]


def test_days_print_as_published_though_they_do_not_add_up() -> None:
    published = {row["driver"]: int(row["days"]) for row in facts_of("effort_days", "2020-02")}
    found = grid("days_by_driver")
    parts = {row.label: printed(Decimal(found.cell(row.key).value or 0), 0) for row in found.rows}
    assert parts.pop("Grand Total") == 627
    assert parts == published
    assert sum(parts.values()) == 628


def test_nobody_booked_more_than_a_day_on_a_day() -> None:
    booked: Counter[tuple[int | None, date]] = Counter()
    for worker, day, hundredths in DayEntry.objects.values_list("worker", "day", "hundredths"):
        booked[worker, day] += hundredths
    assert max(booked.values()) <= 100
    assert half_up(sum(booked.values()), 2) == Decimal("627.32")


def test_fifty_proposals_are_open_where_the_paper_says() -> None:
    found = column("open_proposals")
    assert (found["Open"], found["Refinement Process"], found["Development Stage"]) == (50, 30, 17)
    series = grid("proposals_by_month")
    assert [one.key for one in series.columns] == [str(month) for month in YEAR]
    assert all(isinstance(cell.counted, Records) for cell in series.cells.values())
    open_ = [int(series.cell("open", month.iso).value or 0) for month in YEAR]
    raised = [int(series.cell("raised", month.iso).value or 0) for month in YEAR]
    assert open_[-1] == 50
    assert min(raised) > 0


@pytest.mark.parametrize(
    ("reference", "stage"),
    [
        ("SECMP0046", "refinement"), ("DP098", "development"), ("MP099", "refinement"), ("DP100", "development"),
        ("MP102", "refinement"), ("MP105", "refinement"), ("DP106", "development"), ("DP110", "development"),
        ("MP079", "rejected"), ("SECMP0052", "approved"), ("SECMP0049", "implemented"),
    ],
)  # fmt: skip
def test_a_named_proposal_is_where_the_documents_leave_it(reference: str, stage: str) -> None:
    assert Proposal.objects.get(reference=reference, invented=False).state == stage


def test_every_proposal_that_a_document_of_the_time_names_is_there_and_none_of_later_ones() -> None:
    numbers = set(Proposal.objects.values_list("number", flat=True))
    for row in facts("modifications"):
        number = int("".join(letter for letter in row["reference"] if letter.isdigit()))
        assert (number in numbers) == (row["source"] != "newsletter-2022-01"), row["reference"]


def test_mp079_was_with_the_authority_at_the_end_of_february() -> None:
    spells: Any = Proposal.objects.get(number=79).spells
    assert spells.on(FEBRUARY.last).get().stage == "decision"
    assert spells.get(stage="rejected").from_day == date(2020, 3, 2)


def test_three_modifications_were_implemented_by_the_release_of_february() -> None:
    listing = FIGURES["implemented"].listing(Span.of(FEBRUARY))
    assert [row.values[2:] for row in listing.rows] == [("February 2020 SEC Release", "27 February 2020")] * 3


def test_product_lists_are_as_published() -> None:
    found = grid("product_lists")
    assert {row.key: found.cell(row.key, "versions").value for row in found.rows} == {
        "cpl": 7, "dpl": 7, "ppcl": 0, "epcl": 0,
    }  # fmt: skip
    assert found.cell("cpl", "models_added").value == 20


def test_assessment_counters_are_as_published() -> None:
    found = grid("assessment_counters")
    published = [
        int(row["value"]) for row in facts_of("activity_counts", "2020-02") if row["subject"] == "user assessments"
    ]
    assert [found.cell(row.key).value for row in found.rows] == [10, 1, 3, 4, 2, 9, 2, 5, 23, 73] == published


def test_the_portal_has_232_users_in_the_published_categories() -> None:
    published = {row["user_category"]: int(row["users"]) for row in facts_of("training_portal_users", "2020-02")}
    assert column("portal_users") == {**published, "Total number of users": 232}


def test_the_website_stands_as_published_in_june_2018() -> None:
    found = grid("website_statistics", Month(2018, 6))
    for row in facts("website_statistics"):
        assert found.cell("visits", row["month"]).value == int(row["visits"])
        assert found.cell("page_views", row["month"]).value == int(row["page_views"])
    assert list(column("website_visitors", Month(2018, 6)).values()) == [2118, 1254]


def test_the_meetings_of_february_are_as_published() -> None:
    published = sorted(
        (date.fromisoformat(row["date"]), row["reference"])
        for row in facts("meetings")
        if row["date"][:8] == "2020-02-"
    )
    held = Meeting.objects.filter(day__range=(FEBRUARY.first, FEBRUARY.last), state=HELD)
    assert sorted(held.values_list("day", "reference")) == published
    listing = FIGURES["meetings_held"].listing(Span.of(FEBRUARY))
    assert len(listing.rows) == 19
    assert listing.remarks == (
        "Working Group: no meeting in February 2020.",
        "Modifications Question Hour: no meeting in February 2020.",
    )


def test_nothing_printed_of_february_stands_beside_what_is_counted_of_it() -> None:
    assert not PublishedFigure.objects.filter(month__gte=FEBRUARY.first).exists()


def test_what_is_made_up_is_marked() -> None:
    for model in (Enquiry, DayEntry, PortalUser, ListVersion, DeviceModel, Assessment, DefaultCase):
        assert model.objects.exists()
        assert not model.objects.filter(invented=False).exists(), model
    named = {row["party"] for row in facts("market_entry")} | {"EDF Energy", "Smart DCC Limited"}
    assert set(Party.objects.filter(invented=False).values_list("name", flat=True)) == named
    assert not Person.objects.filter(invented=False).exists()


def test_every_event_is_in_the_chain_and_loads_are_marked_as_imported() -> None:
    assert list(journal.verify()) == []
    assert journal.Event.objects.filter(name="enquiry.load", imported=False).count() == 0
    for model in (Enquiry, DayEntry, Party, Proposal, Meeting, AssessmentMilestone, PublishedFigure):
        events = journal.Event.objects.filter(kind=model._meta.label_lower)
        assert set(events.values_list("subject_id", flat=True)) == set(model.objects.values_list("pk", flat=True))


def test_some_enquiries_of_march_still_wait_and_some_follow_others() -> None:
    assert Enquiry.objects.filter(answered=None, received__gte=Month(2020, 3).bounds()[0]).exists()
    assert Enquiry.objects.exclude(follows=None).count() > 20


def test_the_paper_for_february_is_issued_and_that_for_march_waits_to_be_affirmed() -> None:
    february, march = Paper.objects.get(key="operations-2020-02"), Paper.objects.get(key="operations-2020-03")
    assert (february.state, february.reference) == ("issued", "SECP_78_1303_30")
    assert february.issue.pdf.read().startswith(b"%PDF")
    assert march.state == "draft"
    assert set(march.passages.values_list("state", flat=True)) == {"carried"}
    assert march.passages.count() == february.passages.count() > 40


@pytest.mark.parametrize("one", [*SECRETARIAT, *OTHERS], ids=lambda one: one.address)
def test_there_is_a_sign_in_for_every_role(one: Any, home: Path) -> None:
    person = Person.objects.get(email=address(one.address))
    assert check_password(PASSWORD, person.password)
    assert {row.role for row in person.capacities_on(date(2020, 3, 9))} == {one.role}
    told = (home / "demo").read_text(encoding="utf-8")
    assert address(one.address) in told
    assert PASSWORD in told


def test_a_contact_speaks_for_the_party_that_is_told() -> None:
    for name, party in (("large.supplier", "edf-energy"), ("small.supplier", "green-supplier-limited")):
        row = Person.objects.get(email=address(name)).capacities.get()
        assert row.organisation_id == Party.objects.get(key=party).pk


def test_workers_of_the_timesheets_cannot_sign_in() -> None:
    workers = Person.objects.filter(name__startswith="Sample Analyst")
    assert workers.count() == 40
    assert not any(worker.has_usable_password() for worker in workers)


def test_a_build_that_lost_only_its_mark_writes_it_again_and_no_record(home: Path) -> None:
    before, told = journal.head(), (home / "demo").read_text(encoding="utf-8")
    (home / "demo").unlink()
    build(lambda line: None)
    assert journal.head() == before
    assert (home / "demo").read_text(encoding="utf-8") == told
    assert (home / "clock").read_text(encoding="ascii") == "2020-03-09T10:00:00+00:00"


def test_a_database_with_other_records_is_refused(home: Path) -> None:
    lead = Person.objects.get(email=address("operations.lead"))
    with transaction.atomic():
        Person.objects.filter(pk=lead.pk).update(email="somebody@example.org")
        with pytest.raises(Refused, match="not the sample's"):
            build(lambda line: None)
        transaction.set_rollback(True)
