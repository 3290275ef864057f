"""Lists as files: values stay what they are, and no spreadsheet runs any of them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from secretariat.core.exports import as_text, csv_file, defused, xlsx_file

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


def in_csv(value: Any) -> str:
    return next(csv.reader(io.StringIO(csv_file(["a"], [[value]]).decode().split("\r\n", 1)[1], newline="")))[0]


def in_xlsx(value: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_file("T", ["a"], [[value]]))).active["A2"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_would_be_run_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert in_csv(text).startswith("'")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_workbook_holds_no_formula(text: str) -> None:
    cell = in_xlsx(text)
    assert cell.data_type == "s"
    assert cell.value == f"'{text}"


@pytest.mark.parametrize("text", ["", "1=1", "a@example.org", "A - B", "O'Neill"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_a_number_below_nought_stays_a_number() -> None:
    assert in_csv(-5) == "-5"
    assert in_csv(Decimal("-1.50")) == "-1.50"
    assert in_xlsx(-5).value == -5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (date(2020, 2, 29), "2020-02-29"),
        (datetime(2020, 6, 30, 23, 30, tzinfo=UTC), "2020-07-01 00:30+01:00"),
        (datetime(2020, 1, 1, tzinfo=UTC), "2020-01-01 00:00+00:00"),
        (True, "True"),
        (0, "0"),
        ("Zoë", "Zoë"),
    ],
)
def test_a_value_is_written_as_a_program_reads_it(value: Any, text: str) -> None:
    assert as_text(value) == text


def test_a_csv_file_is_utf_8_with_a_head() -> None:
    assert csv_file(["name", "day"], [["Zoë, Ltd", date(2020, 2, 1)]]) == (
        'name,day\r\n"Zoë, Ltd",2020-02-01\r\n'.encode()
    )


def test_a_workbook_has_a_frozen_head_and_keeps_dates_and_numbers() -> None:
    content = xlsx_file("Parties: a/b [all]", ["Name", "Day"], [["A", date(2020, 2, 1)]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.title == "Parties ab all"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["B2"].value == datetime(2020, 2, 1)  # noqa: DTZ001 - a workbook knows no zones


def test_an_instant_in_a_workbook_is_on_the_london_clock() -> None:
    assert in_xlsx(datetime(2020, 6, 30, 23, 30, tzinfo=UTC)).value == datetime(2020, 7, 1, 0, 30)  # noqa: DTZ001
