"""What the planner counts: where cases wait, what assessors have to do, and how much of what is due is booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Q

from secretariat.assurance.cases.models import Stage
from secretariat.assurance.models import ENDED, Assessment, Frame, State
from secretariat.assurance.planning.diaries import days_of_kind, empty_diaries
from secretariat.assurance.planning.due import UserDue, users_due
from secretariat.assurance.planning.models import BookedDay, Reliance
from secretariat.assurance.planning.small_numbers import total_is_told, withheld
from secretariat.assurance.planning.windows import days_to_give
from secretariat.core.calendar import calendar
from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, figure, month_heads
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.months import Month
from secretariat.plain.workdays import OutsideCalendarError
from secretariat.register.models import Party
from secretariat.register.parties import PLURALS, CategoryMembership

YEAR = 12
WAITING = tuple(Head(state.value.replace(" ", "-"), state.label) for state in State if state not in ENDED)
OPEN, OPEN_MEDIAN, OPEN_LONGEST = (
    Head("open", "Standing there"), Head("open-median", "Median, days"), Head("open-longest", "Longest, days"),
)  # fmt: skip
PASSED, PASSED_MEDIAN = Head("passed", "Passed it in 12 months"), Head("passed-median", "Median, days")
TOTAL = Head("total", "All categories")
SMALL = "Withheld: fewer than the small number of the rulebook, or withheld with one that is so that none is found out."


@figure("assessment_ages", title="How long security assessments stand where they stand", unit="assessments and days")
def assessment_ages(span: Span) -> Grid:
    """For each state of a security assessment (SEC-7): how many stand in it at the end of the span's last day, and the
    median and the longest of the days since they came there; then how many left it in the twelve months that end with
    that day, and the median of the days that they had stood in it. A state passed through within a day counts no days.
    """
    standing, passed = _standing(span.last), _passed(span.last)
    cells: dict[tuple[str, str], Cell] = {}
    for row, state in zip(WAITING, (one for one in State if one not in ENDED), strict=True):
        for days, number, reckoned in (
            (standing[state], OPEN, {OPEN_MEDIAN: median, OPEN_LONGEST: max}),
            (passed[state], PASSED, {PASSED_MEDIAN: median}),
        ):
            cells[row.key, number.key] = Cell(len(days), Records(Assessment, {"pk__in": sorted(days)}))
            for column, reckon in reckoned.items():
                cells[row.key, column.key] = _days(days, reckon, (row.key, number.key))
    return Grid(WAITING, (OPEN, OPEN_MEDIAN, OPEN_LONGEST, PASSED, PASSED_MEDIAN), cells)


def _days(days: Mapping[int, int], reckon: Any, of: tuple[str, str]) -> Cell:
    if not days:
        return Cell(None, Unknown("No assessment is counted here."))
    return Cell(round(reckon(days.values())), Sum((of,), how=f"{reckon.__name__} of the days of these"))


def _standing(day: date) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    rows = Stage.objects.on(day).filter(assessment__frame=Frame.SECURITY)
    for state, pk, first in rows.values_list("standing", "assessment_id", "from_day"):
        found[state][pk] = (day - first).days
    return found


def _passed(day: date) -> dict[str, dict[int, int]]:
    """The days that each assessment stood in each state that it left in the year, all its times together."""
    month = Month.of(day).plus(-YEAR)
    begin = month.first.replace(day=min(day.day, month.last.day))
    found: dict[str, dict[int, int]] = defaultdict(dict)
    rows = Stage.objects.filter(assessment__frame=Frame.SECURITY, to_day__gt=begin, to_day__lte=day)
    for state, pk, first, last in rows.values_list("standing", "assessment_id", "from_day", "to_day"):
        found[state][pk] = found[state].get(pk, 0) + (last - first).days + 1
    return found


LOAD = (
    Head("booked", "Days booked"),
    Head("due", "Assessments due and not booked (Users)"),
    Head("due-days", "Days that they need"),
    Head("capacity", "Days that assessors have"),
    Head("short", "Days short"),
)


@figure("assessor_load", title="Load of the assessors in the next twelve months", unit="days of fieldwork")
def assessor_load(span: Span) -> Grid:
    """For each of the twelve months after the span's: the days of fieldwork that are booked; how many Users have a
    security assessment with fieldwork due in it that is not booked, what is late counting in the first; the days that
    the rulebook reckons for these, fewer on a Shared Resource Provider; the days that the assessors have by their days
    a week and absences; and by how many days what is booked and due goes beyond them (SEC-3, SEC-14).
    """
    months = tuple(span.month.plus(step) for step in range(1, YEAR + 1))
    waiting, relies = _waiting(span.last, months), set(_relying(span.last))
    booked, capacity = _booked(months), _capacity(months)
    cells: dict[tuple[str, str], Cell] = {}
    for month in months:
        users = waiting[month]
        need = sum(days_of_kind(one.next.kind, span.last, relies=one.party.pk in relies) for one in users)
        have = capacity.get(month)
        column = month.iso
        cells["booked", column] = Cell(booked[month], Records(BookedDay, {"day__range": (month.first, month.last)}))
        cells["due", column] = Cell(len(users), Records(Party, {"pk__in": sorted(one.party.pk for one in users)}))
        cells["due-days", column] = Cell(need, Sum((("due", column),), how="the rulebook's usual days of each kind"))
        cells["capacity", column] = _or_unknown(have, (), "the assessors' days a week without absences and holidays")
        short = None if have is None else max(0, booked[month] + need - have)
        parts = tuple((row, column) for row in ("booked", "due-days", "capacity"))
        cells["short", column] = _or_unknown(short, parts, "what is booked and due beyond the days there are")
    return Grid(LOAD, month_heads(months), cells)


def _or_unknown(value: int | None, keys: tuple[tuple[str, str], ...], how: str) -> Cell:
    if value is None:
        return Cell(None, Unknown("The bank holidays of that month are not known yet."))
    return Cell(value, Sum(keys, how=how))


def _waiting(day: date, months: tuple[Month, ...]) -> dict[Month, list[UserDue]]:
    """The Users whose next fieldwork is not booked, by the month in which it is due; the late in the first."""
    found: dict[Month, list[UserDue]] = defaultdict(list)
    for one in users_due(day):
        if one.next.due is not None and one.next.kind != "SSA" and not one.is_booked:
            found[max(months[0], Month.of(one.next.due))].append(one)
    return found


def _relying(day: date) -> Iterable[int]:
    return Reliance.objects.on(day).values_list("party_id", flat=True)


def _booked(months: tuple[Month, ...]) -> dict[Month, int]:
    found: dict[Month, int] = defaultdict(int)
    for day in BookedDay.objects.filter(day__range=(months[0].first, months[-1].last)).values_list("day", flat=True):
        found[Month.of(day)] += 1
    return found


def _capacity(months: tuple[Month, ...]) -> dict[Month, int]:
    """The days that all assessors have, by month; months whose bank holidays are not known are left out."""
    known, days = empty_diaries(), calendar()
    found: dict[Month, int] = {}
    for month in months:
        try:
            found[month] = sum(len(days_to_give(one, month.first, month.last, days)) for one in known)
        except OutsideCalendarError:
            break
    return found


DUE, BOOKED, SHARE = Head("due", "Due in 12 months"), Head("booked", "Booked"), Head("share", "Booked, per cent")
CATEGORIES = tuple(Head(category.value, label) for category, label in PLURALS.items())


@figure("assessments_booked", title="Share of the assessments due that are booked", unit="Users and per cent")
def assessments_booked(span: Span) -> Grid:
    """For each Party Category: how many Users have a security assessment due in the twelve months after the span's last
    day or late on it (SEC-3), how many of these have it booked or, of a self-assessment, under way, and the share in
    per cent. A category is withheld where fewer than the rulebook's small number are booked or are not, and with it as
    many others as keep it from being found by subtraction.
    """
    month = span.month.plus(YEAR)
    end = month.first.replace(day=min(span.last.day, month.last.day))
    due: dict[str, list[UserDue]] = {head.key: [] for head in CATEGORIES}
    for one in users_due(span.last):
        if one.next.due is not None and one.next.due <= end:
            due[one.category].append(one)
    booked = {key: [one for one in users if one.is_booked] for key, users in due.items()}
    cells: dict[tuple[str, str], Cell] = {}
    parts = {key: (len(booked[key]), len(users) - len(booked[key])) for key, users in due.items()}
    small = RULEBOOK.number("assessment.small_number", span.last)
    hidden = withheld(parts, small)
    everything = [one for users in due.values() for one in users]
    groups = {**due, TOTAL.key: everything}
    for key, users in groups.items():
        told = total_is_told(parts, hidden, small) if key == TOTAL.key else key not in hidden
        cells |= (
            _share(key, users) if told else {(key, one.key): Cell(None, Unknown(SMALL)) for one in (DUE, BOOKED, SHARE)}
        )
    remarks = (SMALL,) if hidden else ()
    return Grid((*CATEGORIES, TOTAL), (DUE, BOOKED, SHARE), cells, (TOTAL.key,), remarks)


def _share(key: str, users: list[UserDue]) -> dict[tuple[str, str], Cell]:
    booked = [one for one in users if one.is_booked]
    none = Cell(None, Unknown("Nothing is due here."))
    share = (
        Cell(
            round(100 * len(booked) / len(users)),
            Sum(((key, "booked"), (key, "due")), how="booked of due, in per cent"),
        )
        if users
        else none
    )
    return {(key, "due"): _parties(users), (key, "booked"): _parties(booked), (key, "share"): share}


def _parties(users: Iterable[UserDue]) -> Cell:
    ids = sorted(one.party.pk for one in users)
    return Cell(len(ids), Records(Party, {"pk__in": ids}))


@figure("assessed_by_category", title="Parties being assessed, by Party Category", unit="parties")
def assessed_by_category(span: Span) -> Grid:
    """How many different parties of each Party Category have a security assessment open at the end of the span's last
    day (SEC-13). A category with fewer than the rulebook's small number is withheld, and with it as many others as keep
    it from being found by subtraction from the total, which is published every month.
    """
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=span.last)
    rows = Assessment.objects.filter(still_open, frame=Frame.SECURITY, opened_on__lte=span.last)
    assessed = set(rows.values_list("party_id", flat=True))
    found: dict[str, list[int]] = {head.key: [] for head in CATEGORIES}
    held = CategoryMembership.objects.on(span.last).filter(category__in=PLURALS)
    for pk, category in held.values_list("party_id", "category"):
        if pk in assessed:
            found[category].append(pk)
    counts, small = (
        {key: (len(ids),) for key, ids in found.items()},
        RULEBOOK.number("assessment.small_number", span.last),
    )
    hidden = withheld(counts, small)
    cells = {
        (key, "value"): Cell(None, Unknown(SMALL))
        if key in hidden
        else Cell(len(ids), Records(Party, {"pk__in": sorted(ids)}))
        for key, ids in found.items()
    }
    everybody = sorted(pk for ids in found.values() for pk in ids)
    cells[TOTAL.key, "value"] = Cell(len(everybody), Records(Party, {"pk__in": everybody}))
    return Grid((*CATEGORIES, TOTAL), (Head("value", "Parties"),), cells, (TOTAL.key,), (SMALL,) if hidden else ())
