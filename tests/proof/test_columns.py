from __future__ import annotations

from collections.abc import Sequence

import pytest

from secretariat.plain.months import Month
from secretariat.proof import RULES
from secretariat.proof.paper import Cell, Form, Paper, Paragraph, Reading, Row, Table
from tests.proof.asking import asked, severities

YEAR = [month.short for month in Month(2020, 2).back(13)]


def table(heads: Sequence[str]) -> str:
    rows = [["Item", *heads], ["---"] * (len(heads) + 1), ["Calls", *("5" for _ in heads)]]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def down(labels: Sequence[str]) -> str:
    return "| Month | Calls |\n|---|---|\n" + "".join(f"| {label} | 5 |\n" for label in labels)


@pytest.mark.parametrize(
    ("lead", "heads", "suggestion"),
    [
        ("Emails are grouped, with the total over the last 12 months shown:", YEAR, "last 13 months"),
        ("The table below shows the past six months.", YEAR[-5:], "past 5 months"),
        ("The table below shows the previous twelve months.", YEAR[-11:], "previous 11 months"),
        ("The last four quarters are shown below:", ["Q1 19/20", "Q2 19/20", "Q3 19/20"], "last 3 quarters"),
    ],
)
def test_a_span_that_the_columns_do_not_have_is_an_error(lead: str, heads: list[str], suggestion: str) -> None:
    (found,) = asked("columns-span", f"{lead}\n\n{table(heads)}")
    assert (str(found.severity), found.suggestion) == ("error", suggestion)


def test_a_span_over_months_told_in_rows_is_counted_by_rows() -> None:
    lead = "The last 12 months are shown below:\n\n"
    assert severities("columns-span", lead + down(YEAR)) == ["error"]
    assert asked("columns-span", lead + down(YEAR[-12:])) == []


@pytest.mark.parametrize(
    ("lead", "heads"),
    [
        ("The total over the last 12 months is shown:", YEAR[-12:]),
        ("The total over the last 13 months is shown:", YEAR),
        ("This measure was missed in 11 out of the last 12 months.", YEAR),
        ("The last 12 months are compared below:", ["Feb 19", "Jan 20", "Feb 20"]),
        ("The last four quarters are shown below:", ["Q1", "Q2", "Q3", "Q4"]),
        ("The last 12 months are shown below:", ["Party", "Category"]),
    ],
)
def test_a_span_that_the_columns_have_or_do_not_tell_is_none(lead: str, heads: list[str]) -> None:
    assert asked("columns-span", f"{lead}\n\n{table(heads)}") == []


def test_a_month_outside_the_financial_year_is_a_query() -> None:
    lead = "The financial year 2019/20 is shown below:\n\n"
    assert severities("columns-span", lead + table(YEAR[-12:])) == ["query"]
    assert asked("columns-span", lead + table(YEAR[-11:])) == []


def flattened(width: int, head: str) -> Paper:
    rows = tuple(Row(tuple(Cell(text) for text in ["Item", *["5"] * width])) for _ in range(4))
    grid = Table(rows, (Row((Cell(""), Cell(head))),), rebuilt=True)
    lead = Paragraph("Statistics over the last 12 months are detailed below:")
    return Paper("x.txt", Reading(Form.TEXT, (lead, grid)))


def test_a_rebuilt_table_with_a_broken_head_is_counted_by_its_numbers() -> None:
    assert [str(found.severity) for found in RULES["columns-span"].on(flattened(13, "Oct- Nov"))] == ["query"]
    assert list(RULES["columns-span"].on(flattened(12, "Oct- Nov"))) == []
    assert list(RULES["columns-span"].on(flattened(13, "Party"))) == []


@pytest.mark.parametrize(
    ("heads", "suggestion"),
    [
        (["Oct 19", "Nov 19", "Dec 19", "Jan 19", "Feb 20"], "January 2020"),
        (["Sep 19", "Oct 19", "Dec 19", "Jan 20", "Feb 20", "Mar 20"], "November 2019"),
        (["Sep 19", "Oct 19", "Oct 19", "Nov 19", "Dec 19", "Jan 20"], "November 2019"),
        (["January", "February", "April", "May", "June", "July"], "March"),
        (["Mar 19", "Jun 19", "Sep 19", "Nov 19", "Mar 20", "Jun 20"], "December 2019"),
    ],
)
def test_months_out_of_step_are_an_error(heads: list[str], suggestion: str) -> None:
    (found,) = asked("month-sequence", table(heads))
    assert (str(found.severity), found.suggestion) == ("error", suggestion)


def test_months_out_of_step_down_the_rows_are_an_error() -> None:
    assert severities("month-sequence", down(["Oct 19", "Nov 19", "Jan 20", "Feb 20", "Mar 20", "Apr 20"])) == ["error"]


@pytest.mark.parametrize(
    "heads",
    [
        YEAR,
        YEAR[::-1],
        [*YEAR, "Total"],
        ["Feb 19", "Jan 20", "Feb 20"],
        ["Mar 19", "Jun 19", "Sep 19", "Dec 19", "Mar 20"],
        ["Nov", "Dec", "Jan", "Feb", "Mar"],
        ["Jan 19", "Jan 20", "Feb 19", "Feb 20", "Mar 19", "Mar 20"],
        ["Sep 19", "Change", "Oct 19", "Change", "Nov 19", "Change", "Dec 19", "Jan 20"],
    ],
)
def test_months_in_step_or_compared_are_none(heads: list[str]) -> None:
    assert asked("month-sequence", table(heads)) == []
