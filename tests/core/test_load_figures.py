"""Loading published figures, and from when records are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.procedure import Refused
from secretariat.core.published import Keeping, Printed, Publication, PublishedFigure, kept_since
from secretariat.plain.months import Month

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 3, 5, 12, tzinfo=UTC)
LOADING = Loading(None, NOON, NOON)
JULY = Month(2017, 7)
HEADS = {
    "figures": "publication,title,published_on,figure,month,row,value,total,note\n",
    "keeping": "matter,since\n",
}
REPORT = "report-2018-06,Report of June 2018,2018-07-06"
PARTS = f"{REPORT},helpdesk_emails,2017-07,Modifications,165,no,\n{REPORT},helpdesk_emails,2017-07,Other,206,no,\n"
TOTAL = f'{REPORT},helpdesk_emails,2017-07,Total,"1,439",yes,as printed\n'


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def content(kind: str, rows: str) -> bytes:
    return (HEADS[kind] + rows).encode()


def loaded(rows: str, kind: str = "figures") -> str:
    return load(LOADS[kind], f"{kind}.csv", content(kind, rows), LOADING).sentence


def refusals(rows: str, kind: str = "figures") -> list[str]:
    return [str(one) for one in preview(LOADS[kind], f"{kind}.csv", content(kind, rows), LOADING).refused]


def test_a_total_is_kept_beside_parts_that_it_is_not_the_sum_of() -> None:
    loaded(PARTS + TOTAL)
    printed = Printed("helpdesk_emails", [JULY])
    assert printed.sum_of_parts(JULY) == 371
    assert printed.totals[JULY].value == 1439
    assert printed.totals[JULY].note == "as printed"


def test_a_publication_is_made_once_open_to_all_with_an_event_for_everything() -> None:
    loaded(PARTS + TOTAL)
    publication = Publication.objects.get()
    assert (publication.slug, publication.title) == ("report-2018-06", "Report of June 2018")
    assert publication.day == date(2018, 7, 6)
    assert {publication.classification, *PublishedFigure.objects.values_list("classification", flat=True)} == {
        Class.WHITE
    }
    assert Event.objects.filter(name="publication.load", imported=True).count() == 1
    assert Event.objects.filter(name="publishedfigure.load", imported=True).count() == 3


def test_a_preview_writes_nothing() -> None:
    assert refusals(PARTS + TOTAL) == []
    assert not Publication.objects.exists()


def test_a_file_is_loaded_once_however_often_it_is_given() -> None:
    assert loaded(PARTS) == "2 accepted, 0 already there, 0 refused."
    assert loaded(PARTS + TOTAL) == "1 accepted, 2 already there, 0 refused."
    assert PublishedFigure.objects.count() == 3


def test_one_refused_row_keeps_the_whole_file_out() -> None:
    with pytest.raises(Refused):
        loaded(PARTS + f"{REPORT},helpdesk_emails,2017-13,Other,5,no,\n")
    assert not Publication.objects.exists()


def test_the_same_number_printed_otherwise_in_the_same_document_is_refused() -> None:
    loaded(PARTS)
    assert refusals(f"{REPORT},helpdesk_emails,2017-07,Other,207,no,\n") == [
        "row 2, value: is already there as 206, or with another note."
    ]


def test_a_part_and_a_total_of_one_name_are_two_numbers() -> None:
    row = f"{REPORT},helpdesk_emails,2017-07,Total,1439"
    assert refusals(f"{row},yes,\n{row},no,\n") == []


def test_another_document_may_print_the_same_number_otherwise() -> None:
    loaded(PARTS)
    loaded("report-2019-01,Report of January 2019,2019-02-01,helpdesk_emails,2017-07,Other,207,no,\n")
    assert Printed("helpdesk_emails", [JULY]).parts["Other", JULY].value == 207


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"{REPORT},helpdesk_emails,2017-07,Other,-1,no,", "row 2, value: -1 is below nought."),
        (f"{REPORT},days_by_driver,2018-06,Other,1.234,no,", "row 2, value: 1.234 has more than two decimals."),
        (f"{REPORT},helpdesk_emails,2017-07,Other,about 40,no,", "row 2, value: “about 40” is not a number"),
        (f"{REPORT},helpdesk_emails,2017-07,Other,9999999999999,no,", "row 2, value: “9999999999999” is not a number"),
        (
            f'{REPORT},helpdesk_emails,2017-07,Other,"9,999,999,999,999",no,',
            "row 2, value: 9,999,999,999,999 is larger",
        ),
        (f"{REPORT},helpdesk_emails,July,Other,1,no,", "row 2, month: “July” is not a month."),
        (f"{REPORT},Helpdesk e-mails,2017-07,Other,1,no,", "row 2, figure: “Helpdesk e-mails” is not a figure's name"),
        (f"{REPORT},helpdesk_emails,2018-08,Other,1,no,", "row 2, month: August 2018 had not begun when the document"),
        (f"{REPORT},helpdesk_emails,2017-07,Other,1,perhaps,", "row 2, total: “perhaps” is not one of yes, no."),
        (f"{REPORT},helpdesk_emails,2017-07,{'x' * 121},1,no,", "row 2, row: is longer than 120 characters."),
        ("a b,T,2018-07-06,helpdesk_emails,2017-07,Other,1,no,", "row 2, publication: “a b” is not a short name"),
        ("r,T,06/07/18,helpdesk_emails,2017-07,Other,1,no,", "row 2, published_on: The year"),
        ("r,T,2020-03-06,helpdesk_emails,2017-07,Other,1,no,", "row 2, published_on: Fri 6 Mar 2020 is still to come."),
        ("r,T,,helpdesk_emails,2020-04,Other,1,no,", "row 2, month: April 2020 had not begun"),
    ],
)
def test_a_wrong_row_is_refused_with_the_reason(row: str, why: str) -> None:
    found = refusals(f"{row}\n")
    assert len(found) == 1
    assert found[0].startswith(why)


def test_a_number_twice_in_a_file_is_refused() -> None:
    row = f"{REPORT},helpdesk_emails,2017-07,Other,206,no,\n"
    assert refusals(row + row) == ["row 3, row: this number is printed in row 2 too."]


def test_a_document_has_one_title_and_day_in_the_file_and_in_the_record() -> None:
    other = "report-2018-06,Another title,2018-07-06,helpdesk_emails,2017-08,Other,265,no,\n"
    told = "publication: {} tells another title or day of report-2018-06."
    assert refusals(PARTS + other) == [f"row 4, {told.format('row 2')}"]
    loaded(PARTS)
    assert refusals(other) == [f"row 2, {told.format('the record')}"]


def test_decimals_are_kept_as_printed() -> None:
    row = f"{REPORT},days_by_driver,2018-06"
    loaded(f"{row},Technical Effectiveness,0.00,no,\n{row},Committees,59.11,no,\n")
    assert list(PublishedFigure.objects.order_by("row").values_list("value", flat=True)) == [
        Decimal("59.11"), Decimal("0.00"),
    ]  # fmt: skip


def test_a_long_file_takes_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    rows = "".join(f"{REPORT},helpdesk_emails,2017-07,Row {number},{number},no,\n" for number in range(400))
    with django_assert_max_num_queries(40):
        loaded(rows)
    with django_assert_max_num_queries(8):
        assert refusals(rows) == []


def test_what_is_kept_is_known_from_its_first_day() -> None:
    assert (
        loaded("enquiries,2020-02-01\nproposals,2019-02-01\n", "keeping") == "2 accepted, 0 already there, 0 refused."
    )
    assert loaded("enquiries,2020-02-01\n", "keeping") == "0 accepted, 1 already there, 0 refused."
    assert kept_since("enquiries") == date(2020, 2, 1)
    assert Event.objects.filter(name="keeping.load").count() == 2


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("enquiries,2020-04-01\n", "row 2, since: Wed 1 Apr 2020 is still to come."),
        ("parties,2020-02-01\nparties,2020-03-01\n", "row 3, matter: “parties” stands in row 2 too."),
        ("timesheets,2020-03-01\n", "row 2, since: “timesheets” is kept since Sat 1 Feb 2020 already."),
        ("enquiries,\n", "row 2, since: is empty; it holds the first day of which every record is here."),
    ],
)
def test_what_cannot_be_kept_so_is_refused_with_the_reason(rows: str, why: str) -> None:
    Keeping.objects.create(matter="timesheets", since=date(2020, 2, 1))
    assert refusals(rows, "keeping") == [why]
