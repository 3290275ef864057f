"""What both published Operations Reports print of parties comes out of individual cases.

The record names few cases: two accessions, two withdrawals, three expulsions, four completions of user entry and one
applicant. Of everything else it prints totals; the sample's invented cases are made to agree with them, and these
tests take everything printed away and count the cases alone. What cannot be rebuilt is said in
docs/published-differences.md.
"""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.figures import FIGURES, Cell, Grid, Printed, Records, Span
from secretariat.core.published import Keeping, PublishedFigure
from secretariat.plain.dates import slash_date
from secretariat.plain.months import Month
from secretariat.register import actions
from secretariat.register.accession.actions import execute, return_agreement
from secretariat.register.accession.actions import start as start_application
from secretariat.register.accession.models import Application
from secretariat.register.accession.procedure import APPLICATIONS
from secretariat.register.figures import EVENTS, PARTIES
from secretariat.register.models import DefaultCase, Departure, Party, TestNotification, UserRole
from secretariat.site.sample.facts import facts, facts_of
from tests.register.applying import ANSWERS, PDF, on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
PUBLISHED = {Month.parse(row["month"]): row for row in facts("party_statistics")}
REPORTS = (Month(2018, 6), Month(2020, 2))
FIRST, LAST = min(PUBLISHED), max(PUBLISHED)
EVERY_MONTH = Month.range(FIRST, LAST)
OUT_OF_NOWHERE = (Month(2017, 6), Month(2018, 2))
"""Months with an expulsion and nobody in default before or after: the papers print no default that led to it."""


@pytest.fixture
def from_cases() -> None:
    """Nothing printed of parties is at hand, and cases count from the first published month on."""
    PublishedFigure.objects.filter(figure__in=("party_statistics", "party_totals", "voting_groups")).delete()
    assert Keeping.objects.filter(matter__in=(EVENTS, PARTIES)).update(since=FIRST.first) == 2


def grid(name: str, month: Month) -> Grid:
    return FIGURES[name].grid(Span.of(month))


def column(name: str, month: Month) -> dict[str, int]:
    """The numbers of a figure with one column, by the keys of its rows."""
    found = grid(name, month)
    return {row.key: int(found.cell(row.key).value or 0) for row in found.rows}


def opened(cell: Cell) -> list[int]:
    """The cases behind a number."""
    assert isinstance(cell.counted, Records)
    return cell.counted.ids


def named(event: str, source: Month) -> list[dict[str, str]]:
    """The cases of a kind that the report for a month names."""
    return [row for row in facts("market_entry")
            if row["event"] == event and row["source"] == f"operations-report-{source}"]  # fmt: skip


@pytest.mark.usefixtures("from_cases")
@pytest.mark.parametrize("report", REPORTS, ids=str)
def test_every_number_of_the_party_statistics_is_a_count_of_cases_and_opens_to_them(report: Month) -> None:
    found = grid("party_statistics", report)
    assert len(found.columns) == 13
    for head in found.columns:
        published = PUBLISHED[Month.parse(head.key)]
        for row in found.rows:
            cell = found.cell(row.key, head.key)
            assert cell.value == int(published[row.key]) == len(opened(cell)), (row.key, head.key)


@pytest.mark.usefixtures("from_cases")
@pytest.mark.parametrize("month", sorted(PUBLISHED), ids=str)
def test_as_many_parties_are_listed_as_acceded_as_the_table_prints(month: Month) -> None:
    listing = FIGURES["accessions"].listing(Span.of(month))
    assert len(listing.rows) == int(PUBLISHED[month]["accessions"])
    told = [[row["party"], row["party_category"]] for row in named("acceded", LAST) if row["date"] == month.iso]
    assert [row for row in told if row not in [list(one.values) for one in listing.rows]] == []
    assert len(told) == (2 if month == LAST else 0)


@pytest.mark.usefixtures("from_cases")
@pytest.mark.parametrize("event", ["withdrawn", "expelled"])
def test_each_departure_that_a_report_names_is_one_case_in_its_month_and_a_footnote(event: str) -> None:
    rows = [(report, row) for report in REPORTS for row in named(event, report)]
    assert len(rows) == {"withdrawn": 2, "expelled": 3}[event]
    key = {"withdrawn": "withdrawals", "expelled": "expulsions"}[event]
    for report, row in rows:
        cell = grid("party_statistics", report).cell(key, row["date"])
        (gone,) = Departure.objects.filter(pk__in=opened(cell))
        assert (gone.party.name, gone.how) == (row["party"], event)
        assert row["party"] in cell.remark
        assert gone.reason in cell.remark


@pytest.mark.usefixtures("from_cases")
def test_the_departures_that_no_report_names_are_invented_ones() -> None:
    """The report for 2020 prints nine expulsions and names one; the sample's other cases are marked as invented."""
    names = {row["party"] for report in REPORTS for event in ("withdrawn", "expelled") for row in named(event, report)}
    assert set(Departure.objects.filter(party__invented=False).values_list("party__name", flat=True)) == names
    printed = sum(int(row["expulsions"]) for month, row in PUBLISHED.items() if month in LAST.back(13))
    assert printed == 9
    assert Departure.objects.filter(how="expelled", party__invented=True, day__range=_year(LAST)).count() == printed - 1


def _year(month: Month) -> tuple[date, date]:
    return month.back(13)[0].first, month.last


@pytest.mark.usefixtures("from_cases")
@pytest.mark.parametrize("month", sorted(PUBLISHED), ids=str)
def test_events_of_default_reconcile_from_month_to_month_though_only_their_stock_is_printed(month: Month) -> None:
    """The papers print who is in default at each month's end; that so many entered and were cured is invented."""
    told = column("default_reconciliation", month)
    assert told["end"] == int(PUBLISHED[month]["in_default"])
    assert told["expelled"] == int(PUBLISHED[month]["expulsions"])
    before = PUBLISHED.get(month.plus(-1))
    assert before is None or told["start"] == int(before["in_default"])
    remarks = grid("default_reconciliation", month).remarks
    assert bool(remarks) == (month in OUT_OF_NOWHERE)
    if not remarks:
        assert told["end"] == told["start"] + told["entered"] - told["cured"] - told["expelled"]


@pytest.mark.parametrize("month", OUT_OF_NOWHERE, ids=str)
def test_two_published_expulsions_follow_no_published_default(month: Month) -> None:
    """What is printed of these months does not say whether a default began and ended within the month."""
    assert int(PUBLISHED[month]["expulsions"]) == 1
    assert PUBLISHED[month]["in_default"] == "0"
    assert PUBLISHED.get(month.plus(-1), {"in_default": "0"})["in_default"] == "0"


@pytest.mark.usefixtures("from_cases")
def test_the_party_in_default_in_may_and_june_2018_is_one_and_the_same() -> None:
    may, june = (set(DefaultCase.objects.in_default_on(month.last).values_list("party", flat=True))
                 for month in (Month(2018, 5), Month(2018, 6)))  # fmt: skip
    assert len(may) == 1
    assert may == june


@pytest.mark.usefixtures("from_cases")
def test_february_2020_reconciles_as_its_paper_says() -> None:
    assert column("default_reconciliation", LAST) == {"start": 2, "entered": 2, "cured": 1, "expelled": 1, "end": 2}
    toto = DefaultCase.objects.get(party__name="Toto Energy Limited")
    start = grid("default_reconciliation", LAST).cell("start")
    assert toto.pk in opened(start)


@pytest.mark.usefixtures("from_cases")
def test_parties_reconcile_in_each_of_thirty_three_months_and_each_begins_where_the_last_one_ended() -> None:
    told = [(month, grid("party_reconciliation", month)) for month in EVERY_MONTH]
    assert len(told) == 33
    for month, found in told:
        assert found.remarks == (), month
        numbers = {row.key: found.cell(row.key).value for row in found.rows}
        assert all(len(opened(found.cell(key))) == value for key, value in numbers.items()), month
    ends = [found.cell("end").value for _, found in told]
    assert [found.cell("start").value for _, found in told[1:]] == ends[:-1]


@pytest.mark.usefixtures("from_cases")
@pytest.mark.parametrize("month", sorted(PUBLISHED), ids=str)
def test_the_flows_of_the_reconciliation_are_those_of_the_published_table(month: Month) -> None:
    told = column("party_reconciliation", month)
    published = [int(PUBLISHED[month][key]) for key in ("accessions", "withdrawals", "expulsions")]
    assert [told[key] for key in ("acceded", "withdrawn", "expelled")] == published


@pytest.mark.usefixtures("from_cases")
@pytest.mark.parametrize("report", REPORTS, ids=str)
def test_the_published_number_of_parties_is_a_count_of_them(report: Month) -> None:
    (published,) = facts_of("party_totals", report.iso)
    cell = grid("parties", report).cell("parties")
    assert cell.value == int(published["parties"]) == len(opened(cell))
    assert column("party_reconciliation", report)["end"] == int(published["parties"])


@pytest.mark.usefixtures("from_cases")
def test_the_newsletters_245_parties_of_june_2017_are_not_what_the_reports_lead_to() -> None:
    """309 parties less a year's accessions, with the departures back, are 255: the two publications disagree by ten."""
    (newsletter,) = facts_of("party_totals", "2017-06")
    year = Month.range(Month(2017, 7), Month(2018, 6))
    flows = sum(int(PUBLISHED[month]["accessions"]) for month in year)
    gone = sum(int(PUBLISHED[month][key]) for month in year for key in ("withdrawals", "expulsions"))
    assert 309 - flows + gone == 255
    assert column("parties", Month(2017, 6))["parties"] == 255
    assert int(newsletter["parties"]) == 245


@pytest.mark.usefixtures("from_cases")
def test_voting_groups_of_february_2020_by_category_are_counts_of_groups() -> None:
    found = grid("voting_groups", LAST)
    published = {row["party_category"]: int(row["voting_groups"]) for row in facts_of("voting_groups", LAST.iso)}
    assert {row.label: len(opened(found.cell(row.key))) for row in found.rows[:-1]} == published
    assert column("parties", LAST)["voting_groups"] == sum(published.values()) + 1


def test_voting_groups_of_june_2018_stand_as_printed_since_no_document_says_who_was_in_them() -> None:
    found = grid("voting_groups", Month(2018, 6))
    assert all(isinstance(found.cell(row.key).counted, Printed) for row in found.rows)
    assert found.cell("total").value == 242


@pytest.mark.parametrize("report", REPORTS, ids=str)
def test_completions_of_user_entry_are_the_cases_that_the_report_lists(report: Month) -> None:
    listing = FIGURES["user_entry_completions"].listing(Span.of(report))
    told = [(name, category, set(roles.split(", ")), day) for name, category, roles, day in
            (row.values for row in listing.rows)]  # fmt: skip
    published = [
        (row["party"], row["party_category"], set(row["user_roles"].split("; ")),
         slash_date(date.fromisoformat(row["date"])))
        for row in sorted(named("user entry completed", report), key=lambda row: row["date"])
    ]  # fmt: skip
    assert told == published
    assert len(told) == 2


def test_uept_of_june_2018_counts_three_parties_and_five_roles_when_cases_are_told() -> None:
    """The paper names nobody and the sample holds no such cases: three invented ones count as it prints."""
    span, key = Span.of(Month(2018, 6)), "uept"
    roles = {role.name: role for role in UserRole.objects.all()}
    told = (("Import Supplier", "Gas Supplier"), ("Import Supplier", "Gas Supplier"), ("Other User",))
    for party, names in zip(Party.objects.on(span.first).filter(is_dcc=False).order_by("pk"), told, strict=False):
        word = TestNotification(party=party, kind=key, notified_on=date(2018, 6, 20), invented=True)
        actions.notify_test(word, [roles[name] for name in names], **on("2018-06-20"))
    found = FIGURES["testing_notifications"].grid(span)
    published = [int(row["value"]) for row in facts_of("activity_counts", "2018-06") if row["subject"] == "testing"]
    assert [found.cell(key, "parties").value, found.cell(key, "roles").value] == published


def test_the_applicant_of_june_2018_is_told_before_its_execution_and_as_a_party_after_it() -> None:
    """One case leads to both tables: "will accede", subject to execution, in June; "acceded" in July."""
    (row,) = named("admission agreed", Month(2018, 6))
    assert Party.objects.filter(name=row["party"]).update(name="Set aside Limited") == 1
    application = _before_the_board(row["party"])
    coming = FIGURES["applicants_that_will_accede"]
    june, july = (Span.of(month) for month in (Month(2018, 6), Month(2018, 7)))
    listing = coming.listing(june)
    assert [one.values for one in listing.rows] == [(row["party"], row["party_category"])]
    assert listing.remarks[0].startswith("To be admitted, subject to execution")
    admitted = execute(application, day=date(2018, 7, 13), voting_group=None, **on("2018-07-13"))
    assert coming.listing(july).rows == ()
    assert admitted.pk in [one.record.pk for one in FIGURES["accessions"].listing(july).rows]
    assert [one.values for one in coming.listing(june).rows] == [(row["party"], row["party_category"])]


def _before_the_board(name: str) -> Application:
    application = Application(**{**ANSWERS, "legal_name": name, "company_number": "90000099"}, invented=True)
    start_application(application, **on("2018-05-14", by=None))
    for step, day, given in (
        ("submit", "2018-05-14", {"by": None}), ("review", "2018-05-15", {}),
        ("accept", "2018-05-16", {"invoice": "GOLDEN-1"}), ("pay", "2018-05-25", {"amount": 540}),
        ("issue", "2018-05-29", {}),
    ):  # fmt: skip
        APPLICATIONS.take(step, application, **on(day, **given))
    return_agreement(application, "signed.pdf", PDF, undated=True, **on("2018-06-12", by=None))
    APPLICATIONS.take("refer", application, **on("2018-06-13", board_day="2018-07-13"))
    return application
