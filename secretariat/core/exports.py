"""Lists as files: CSV and XLSX, with formulas defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.styles import Font

from secretariat.plain.dates import LONDON

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: Any) -> Any:
    """A value that no spreadsheet runs: text that would be read as a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value


def as_text(value: Any) -> str:
    """A value as a CSV cell: ISO dates, instants on the London clock, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(LONDON).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(defused(value))


def csv_file(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """UTF-8 CSV with a head row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([as_text(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8")


def xlsx_file(title: str, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A workbook of one sheet with a frozen bold head row; dates and numbers stay dates and numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("A new workbook has no sheet.")
    sheet.title = "".join(letter for letter in title if letter not in "[]:*?/\\")[:31]
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_sheet_value(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(LONDON).replace(tzinfo=None)
    if isinstance(value, int | float | Decimal | date | bool) or value is None:
        return value
    return defused(str(value))
