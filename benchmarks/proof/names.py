"""Invented names that the papers draw on; none is a company, a person or a place that exists to our knowledge."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from secretariat.plain.dates import MONTH_NAMES, WEEKDAY_NAMES
from secretariat.plain.months import Month
from secretariat.plain.workdays import default_calendar

COMPANIES: Final = (
    "Quillane Energy Limited", "Osterfell Supply Limited", "Brackmoor Networks Limited", "Tavenhythe Power Limited",
    "Wexcombe Metering Limited", "Larkfold Heat Limited", "Dunnerby Utilities Limited", "Pellworth Grid Limited",
    "Ivenmarsh Services Limited", "Corrowdale Gas Limited", "Hathersedge Data Limited", "Sallowfield Trading Limited",
)  # fmt: skip
CATEGORIES: Final = ("Large Suppliers", "Small Suppliers", "Electricity Networks", "Gas Networks", "Other Parties")
MATTERS: Final = (
    "Registrations", "Access Requests", "Data Quality", "Invoices", "Change Proposals", "Training", "Accounts",
    "Performance Reports", "Contact Details", "General Queries", "Certificates", "Complaints",
)  # fmt: skip
TITLES: Final = (
    "Clarifying the notice period for withdrawals", "Publishing meter readings each quarter",
    "Removing duplicate registration fields", "Aligning credit cover with invoices",
    "Allowing electronic signatures on accession agreements", "Updating the disputes timetable",
    "Sharing outage plans with network operators", "Correcting references in the settlement annex",
    "Extending the audit of data transfers", "Simplifying nomination of committee members",
    "Recording the reasons for late payments", "Reviewing the security controls for portals",
)  # fmt: skip


def some(draw: Random, pool: tuple[str, ...], count: int) -> list[str]:
    """So many of them, in the order of the pool."""
    return sorted(draw.sample(pool, count), key=pool.index)


def written(day: date, *, ordinal: bool = False) -> str:
    """As prose has it: "6 March 2020" or "6th March 2020"."""
    mark = ("th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")) if ordinal else ""
    return f"{day.day}{mark} {MONTH_NAMES[day.month - 1]} {day.year}"


def short(day: date) -> str:
    """Without its year: "6 March"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]}"


def slashed(day: date) -> str:
    """As tables have it: "06/03/2020"."""
    return f"{day:%d/%m/%Y}"


def weekday(day: date) -> str:
    """The name of its weekday."""
    return WEEKDAY_NAMES[day.weekday()]


def working_days(month: Month) -> list[date]:
    """The Working Days of the month."""
    return [day for day in month.days() if default_calendar().is_working_day(day)]


def workday_after(day: date, count: int) -> date:
    """The Working Day so many after the day."""
    return default_calendar().add(day, count)


def some_days(draw: Random, month: Month, count: int) -> list[date]:
    """So many different Working Days of the month, in order."""
    return sorted(draw.sample(working_days(month), count))


def later(day: date, days: int) -> date:
    """The Working Day on or after the day so many calendar days later."""
    return workday_after(day + timedelta(days=days - 1), 1)
