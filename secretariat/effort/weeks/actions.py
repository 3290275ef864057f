"""Filling in a week: what was typed as a whole is compared with what is booked, and only the difference is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.models import DayEntry, drivers_on, too_much
from secretariat.effort.weeks.grid import DAYS, Cell, Change, Grid, by_day, carried_over, changes, monday_of
from secretariat.effort.weeks.models import CLOSED, WeekSheet
from secretariat.effort.weeks.procedure import WEEKS
from secretariat.effort.who import worker_or_lead
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.rounding import half_up


def booked(worker: Person, monday: date) -> dict[Cell, int]:
    """What a worker has booked in a week."""
    rows = DayEntry.objects.filter(worker=worker, day__range=(monday, monday + timedelta(days=DAYS - 1)))
    return {(driver, day): amount for driver, day, amount in rows.values_list("driver", "day", "hundredths")}


def begins_with(worker: Person, monday: date, today: date) -> tuple[dict[Cell, int], bool]:
    """What the form of a week begins with, and whether that is last week's: only where nothing is booked yet, and only
    on Working Days, since neither a bank holiday nor a Saturday follows from the week before.
    """
    there = booked(worker, monday)
    if there or WeekSheet.objects.filter(worker=worker, monday=monday, state=CLOSED).exists():
        return there, False
    last = booked(worker, monday - timedelta(days=DAYS))
    known = drivers_on(monday + timedelta(days=4)).values_list("pk", flat=True)
    works = calendar().is_working_day
    found = {cell: booked for cell, booked in carried_over(last, today, known).items() if works(cell[1])}
    return found, bool(found)


def fill(worker: Person, monday: date, typed: Grid, **told: Unpack[Told]) -> WeekSheet:
    """Books a week as typed, all of it or nothing, and returns its sheet.

    Raises Refused for another's week, a closed one, a day to come, a part of a day that is no quarter, or too much on
    one day; ValidationError for a driver that is not in force.
    """
    with transaction.atomic():
        sheet = WeekSheet.objects.filter(worker=worker, monday=monday_of(monday)).first()
        if sheet is None:
            sheet = WeekSheet(worker=worker, monday=monday_of(monday))
            WEEKS.take("begin", sheet, **told)
        there = booked(worker, sheet.monday)
        wanted = changes(there, {cell: amount for cell, amount in typed.items() if amount})
        _check(sheet, there, wanted, typed, told)
        for one in wanted:
            _write(worker, one, told)
        if wanted:
            journal.record("weeksheet.fill", sheet, **told, changes=[_words(one) for one in wanted])
    return sheet


def _check(sheet: WeekSheet, there: Grid, wanted: list[Change], typed: Grid, told: Told) -> None:
    if not worker_or_lead(told["by"], sheet, told["at"]):
        raise Refused("A week is filled in by the worker, or by the operations team.")
    if wanted and sheet.state == CLOSED:
        raise Refused("The week is closed: reopen it first, and say why.")
    today, reasons = local_day(told["at"]), list[str]()
    step, limit = RULEBOOK.number("effort.sheet_step", today), RULEBOOK.number("effort.day_limit", today)
    far = sorted({one.cell[1] for one in wanted if monday_of(one.cell[1]) != sheet.monday or one.cell[1] > today})
    reasons += [f"{long_date(day)} is still to come, or not of this week." for day in far]
    if any(one.new % step for one in wanted):
        reasons.append(f"Days are booked in steps of {half_up(step, 2)}.")
    for day, total in by_day(typed).items():
        if total > limit:
            reasons.append(f"{long_date(day)}: {too_much(total, limit)}")
    if reasons:
        raise Refused(*reasons)


def _write(worker: Person, one: Change, told: Told) -> None:
    driver, day = one.cell
    if not one.old:
        entry = DayEntry(worker=worker, driver_id=driver, day=day, hundredths=one.new)
        journal.enter(entry, **told)
        return
    entry = DayEntry.objects.get(worker=worker, driver=driver, day=day)
    if one.new:
        journal.amend(entry, {"hundredths": one.new}, **told)
        return
    journal.record("dayentry.take_out", entry, **told, hundredths=entry.hundredths, day=day)
    entry.delete()


def _words(one: Change) -> dict[str, Any]:
    driver, day = one.cell
    return {"driver": driver, "day": day, "old": one.old, "new": one.new}
