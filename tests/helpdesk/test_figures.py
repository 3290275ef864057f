"""Enquiries counted by category and by channel, and as published before they were kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.core.figures import Printed, Records, Span, Sum, Unknown
from secretariat.core.schemes import Scheme
from secretariat.helpdesk.figures import helpdesk_channels, helpdesk_emails
from secretariat.plain.months import Month
from tests.helpdesk.factories import enquiry, heading, keep, printed, scheme, two_schemes

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))
TOTALS_OF_2019 = {
    "2019-02": (1571, 1568), "2019-03": (1677, 1675), "2019-04": (1545, 1544), "2019-05": (1850, 1848),
    "2019-06": (1855, 1853), "2019-07": (1879, 1878), "2019-08": (1537, 1537),
}  # fmt: skip


def test_the_table_shows_thirteen_months_that_end_with_the_report_month() -> None:
    two_schemes()
    columns = helpdesk_emails.grid(FEBRUARY).columns
    assert len(columns) == 13
    assert (columns[0].key, columns[0].label, columns[-1].key) == ("2019-02", "Feb 19", "2020-02")


def test_an_enquiry_counts_in_the_london_month_in_which_it_was_received() -> None:
    _, new = two_schemes()
    keep(date(2019, 7, 1))
    category = heading(new, "Modifications")
    enquiry(category, "2019-07-31 23:59:59")
    first = enquiry(category, "2019-08-01 00:00")
    last = enquiry(category, "2019-08-31 23:30")
    enquiry(category, "2019-09-01 00:00")
    cell = helpdesk_emails.grid(Span.of(Month(2019, 9))).cell("modifications", "2019-08")
    assert cell.value == 2
    assert isinstance(cell.counted, Records)
    assert cell.counted.ids == [first.pk, last.pk]


def test_only_emails_count_in_the_table_of_emails() -> None:
    _, new = two_schemes()
    keep(date(2020, 2, 1))
    made = enquiry(heading(new, "Accessions"), "2020-02-03 10:00")
    enquiry(heading(new, "Accessions"), "2020-02-03 10:00", channel="telephone")
    enquiry(heading(new, "Accessions"), "2020-02-03 10:00", channel="form")
    grid = helpdesk_emails.grid(FEBRUARY)
    assert grid.cell("accessions").value == 1
    assert isinstance(grid.headline.counted, Records)
    assert (grid.headline.value, grid.headline.counted.ids) == (1, [made.pk])
    assert grid.cell("sec-party-contact-detail-changes").value == 0


def test_a_month_before_enquiries_are_kept_stands_as_printed() -> None:
    _, new = two_schemes()
    keep(date(2020, 2, 1))
    enquiry(heading(new, "Accessions"), "2020-02-29 23:59")
    enquiry(heading(new, "Accessions"), "2020-01-31 10:00")
    printed("2020-01", 2053, {"Accessions": 53, "Modifications": 2000})
    printed("2020-02", 2104, {"Accessions": 2104})
    grid = helpdesk_emails.grid(FEBRUARY)
    january = grid.cell("accessions", "2020-01")
    assert (january.value, isinstance(january.counted, Printed)) == (53, True)
    assert grid.cell("total", "2020-01").value == 2053
    assert grid.cell("accessions", "2020-02").value == 1
    assert grid.headline.value == 1
    assert grid.remarks == ()


def test_a_month_counts_from_records_only_when_all_of_it_is_kept() -> None:
    _, new = two_schemes()
    keep(date(2020, 2, 2))
    enquiry(heading(new, "Accessions"), "2020-02-03 10:00")
    assert helpdesk_emails.grid(FEBRUARY).headline.value is None
    assert isinstance(helpdesk_emails.grid(FEBRUARY).headline.counted, Unknown)


def test_a_printed_total_that_its_parts_do_not_make_is_kept_and_said() -> None:
    two_schemes()
    for month, (total, parts) in TOTALS_OF_2019.items():
        printed(month, total, {"Modifications": parts - 8, "Accessions": 8})
    grid = helpdesk_emails.grid(FEBRUARY)
    assert len(grid.remarks) == 6
    assert grid.remarks[0] == "The published total for February 2019 is 1,571; its published parts sum to 1,568."
    assert grid.cell("total", "2019-02").value == 1571
    assert grid.cell("total", "2019-02").remark == grid.remarks[0]
    assert grid.cell("total", "2019-08").remark == ""


def test_the_parts_of_july_2017_make_1459_not_the_published_1439() -> None:
    two_schemes()
    printed("2017-07", 1439, {"Applications": 133, "Modifications": 1322, "Party/RDP Signifiers": 4})
    grid = helpdesk_emails.grid(Span.of(Month(2018, 6)))
    assert grid.remarks == ("The published total for July 2017 is 1,439; its published parts sum to 1,459.",)
    assert grid.cell("total", "2017-07").value == 1439
    assert grid.cell("party-rdp-signifiers", "2017-07").value == 4


def test_printed_parts_without_a_total_are_summed() -> None:
    two_schemes()
    printed("2020-01", None, {"Accessions": 3, "Modifications": 4})
    cell = helpdesk_emails.grid(FEBRUARY).cell("total", "2020-01")
    assert cell.value == 7
    assert cell.counted == Sum((("accessions", "2020-01"), ("modifications", "2020-01")))


def test_a_series_crosses_a_change_of_scheme_and_says_so() -> None:
    two_schemes()
    printed("2018-06", 20, {"Applications": 3, "Contact Info": 5, "Modifications": 6, "Party/RDP Signifiers": 6})
    grid = helpdesk_emails.grid(Span.of(Month(2019, 6)))
    values = {row.key: grid.cell(row.key, "2018-06").value for row in grid.rows}
    assert values == {
        "accessions": 3,
        "modifications": 6,
        "sec-party-contact-detail-changes": 5,
        "earlier-party-rdp-signifiers": 6,
        "total": 20,
    }
    assert grid.remarks == (
        "The enquiry categories changed on Fri 1 Feb 2019: before it, Accessions was Applications, "
        "SEC Party Contact detail changes was Contact Info.",
        "Without a heading in the present scheme, each in a row of its own: Party/RDP Signifiers.",
    )


def test_counted_enquiries_cross_a_change_of_scheme_too() -> None:
    old, new = two_schemes()
    keep(date(2018, 6, 1))
    before = enquiry(heading(old, "Applications"), "2019-01-31 23:00")
    after = enquiry(heading(new, "Accessions"), "2019-02-01 09:00")
    dropped = enquiry(heading(old, "Party/RDP Signifiers"), "2019-01-15 09:00")
    grid = helpdesk_emails.grid(Span.of(Month(2019, 3)))
    cells = [grid.cell("accessions", "2019-01"), grid.cell("accessions", "2019-02")]
    cells.append(grid.cell("earlier-party-rdp-signifiers", "2019-01"))
    assert [cell.counted.ids for cell in cells if isinstance(cell.counted, Records)] == [
        [before.pk], [after.pk], [dropped.pk],
    ]  # fmt: skip
    assert grid.cell("total", "2019-01").value == 2
    assert isinstance(grid.cell("earlier-party-rdp-signifiers", "2019-03").counted, Unknown)


def test_every_total_is_the_sum_of_its_column_when_counted() -> None:
    old, new = two_schemes()
    keep(date(2018, 1, 1))
    for day in range(1, 29):
        enquiry(heading(old, "Party/RDP Signifiers"), f"2018-12-{day:02d} 09:00")
        enquiry(heading(new, "Modifications"), f"2019-03-{day:02d} 09:00")
    grid = helpdesk_emails.grid(Span.of(Month(2019, 3)))
    for column in grid.columns:
        parts = [grid.cell(row.key, column.key).value or 0 for row in grid.rows if row.key != "total"]
        known = [grid.cell(row.key, column.key) for row in grid.rows]
        assert sum(parts) == grid.cell("total", column.key).value, column
        assert all(len(cell.counted.ids) == cell.value for cell in known if isinstance(cell.counted, Records))


def test_two_printed_categories_that_one_heading_continues_are_never_merged_unseen() -> None:
    old = scheme("Old", date(2017, 1, 1), ("Applications", "Accession queries"), date(2019, 12, 31))
    new = scheme("New", date(2020, 1, 1), ("Accessions",))
    heading(new, "Accessions").continues.set([heading(old, "Applications"), heading(old, "Accession queries")])
    printed("2019-12", 7, {"Applications": 3, "Accession queries": 4})
    grid = helpdesk_emails.grid(FEBRUARY)
    assert grid.cell("accessions", "2019-12").value == 3
    assert grid.cell("earlier-accession-queries", "2019-12").value == 4


def test_a_heading_continued_by_two_keeps_a_row_of_its_own() -> None:
    old = scheme("Old", date(2017, 1, 1), ("Modifications",), date(2019, 12, 31))
    new = scheme("New", date(2020, 1, 1), ("Drafts", "Decisions"))
    for name in ("Drafts", "Decisions"):
        heading(new, name).continues.add(heading(old, "Modifications"))
    printed("2019-12", 7, {"Modifications": 7})
    assert helpdesk_emails.grid(FEBRUARY).cell("earlier-modifications", "2019-12").value == 7


def test_a_series_crosses_two_changes_of_scheme() -> None:
    _, middle = two_schemes()
    Scheme.objects.filter(pk=middle.pk).update(to_day=date(2019, 12, 31))
    newest = scheme("Newest", date(2020, 1, 1), ("Joining",))
    heading(newest, "Joining").continues.add(heading(middle, "Accessions"))
    printed("2019-01", 5, {"Applications": 5})
    grid = helpdesk_emails.grid(Span.of(Month(2020, 1)))
    assert grid.cell("joining", "2019-01").value == 5


def test_the_table_takes_the_same_few_queries_however_many_months(django_assert_max_num_queries: Any) -> None:
    old, new = two_schemes()
    keep(date(2018, 9, 1))
    printed("2018-08", 7, {"Modifications": 7})
    for month in range(1, 13):
        enquiry(heading(old if month == 1 else new, "Modifications"), f"2019-{month:02d}-02 10:00")
    with django_assert_max_num_queries(7):
        helpdesk_emails.grid(Span.of(Month(2019, 8)))


def test_channels_are_counted_apart() -> None:
    _, new = two_schemes()
    keep(date(2020, 2, 1))
    category = heading(new, "Accessions")
    enquiry(category, "2020-02-01 00:00")
    called = enquiry(category, "2020-02-29 23:59", channel="telephone")
    enquiry(category, "2020-03-01 00:00", channel="telephone")
    grid = helpdesk_channels.grid(FEBRUARY)
    assert [(row.key, grid.cell(row.key).value) for row in grid.rows] == [("email", 1), ("telephone", 1)]
    counted = grid.cell("telephone").counted
    assert isinstance(counted, Records)
    assert counted.ids == [called.pk]


def test_the_online_form_has_a_row_where_there_is_something_to_tell() -> None:
    _, new = two_schemes()
    keep(date(2020, 2, 1))
    enquiry(heading(new, "Accessions"), "2020-02-05 10:00", channel="form")
    assert helpdesk_channels.grid(FEBRUARY).cell("form").value == 1


def test_channels_before_enquiries_are_kept_stand_as_printed() -> None:
    printed("2018-06", 1328, {"Modifications": 1328})
    printed("2018-06", None, {"telephone": 47}, figure="helpdesk_channels")
    grid = helpdesk_channels.grid(Span.of(Month(2018, 6)))
    assert (grid.cell("telephone").value, grid.cell("email").value) == (47, 1328)
    assert {type(cell.counted) for cell in grid.cells.values()} == {Printed}


def test_nothing_known_is_no_number() -> None:
    grid = helpdesk_channels.grid(FEBRUARY)
    assert {cell.value for cell in grid.cells.values()} == {None}
