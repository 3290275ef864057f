"""Faults of time: periods, dates, deadlines."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from random import Random

from benchmarks.proof.content import Content, Grid
from benchmarks.proof.sites import (
    Fault,
    around,
    before,
    following,
    grids,
    pick,
    printed_date,
    sites,
)
from secretariat.plain.dates import MONTH_NAMES, WEEKDAY_NAMES
from secretariat.plain.workdays import default_calendar


def other_period(content: Content, draw: Random) -> Fault | None:
    """Last month's name was left standing."""
    site = pick(draw, sites(content, "month"))
    if site is None:
        return None
    now = content.month.plus(draw.choice([-1, -1, -1, 1])).label
    site.write(now)
    after = following(content, site.block)
    return Fault(
        "other-period",
        (around(site, now),),
        (site.block, *([after] if isinstance(after, Grid) else [])),
        mild=site.key != "hard",
        also=("prose-table-number",),
    )


def columns_span(content: Content, draw: Random) -> Fault | None:
    """A month was added to, or dropped from, a table whose span prose tells; or the span was left from before."""
    site = pick(draw, sites(content, "span"))
    if site is None:
        return None
    at = next(at for at, block in enumerate(content.blocks) if block is site.block)
    grid = next(block for block in content.blocks[at:] if isinstance(block, Grid))
    if draw.random() < 0.5:
        grid.head.pop(1)
        for row in grid.rows:
            row.pop(1)
        grid.sums = [(row, column - 1, way) for row, column, way in grid.sums if column > 1]
        now = site.words
    else:
        now = {"13": "12", "twelve": "13"}[site.words]
        site.write(now)
    return Fault("columns-span", (f"last {now} months", f"over {now} months"), (site.block, grid))


def impossible_year(content: Content, draw: Random) -> Fault | None:
    """A year was mistyped: a decade off, or a year off where that turns past into future."""
    site = pick(draw, sites(content, "year"))
    if site is None:
        return None
    year = re.search(r"[0-9]{4}(?![0-9])", site.words)
    if year is None:
        return None
    step = draw.choice({"past": [1, 10, -10], "future": [-1, -10]}.get(site.key, [1, 10, -10]))
    now = site.words[: year.start()] + str(int(year[0]) + step) + site.words[year.end() :]
    site.write(now)
    return Fault("impossible-year", (now,), (site.block,), mild=site.key == "in" or (site.key == "past" and step < 0))


def impossible_date(content: Content, draw: Random) -> Fault | None:
    """A day that its month does not have."""
    site = pick(
        draw, [each for each in sites(content, "date") if not any(name in each.words for name in WEEKDAY_NAMES)]
    )
    when = printed_date(site.words, content.dated.year) if site else None
    if site is None or when is None:
        return None
    month = when.day.month if when.day.month in {2, 4, 6, 9, 11} else when.day.month % 12 + 1
    month = month if month in {2, 4, 6, 9, 11} else 6
    day = draw.choice([30, 31]) if month == 2 else 31
    if when.style == "slash":
        now = f"{day}/{month:02d}/{when.day.year}"
    else:
        nth = {31: "st"}.get(day, "th") if re.search(r"[0-9](st|nd|rd|th) ", site.words) else ""
        year = f" {when.day.year}" if re.search(r"[0-9]{4}", site.words) else ""
        now = f"{day}{nth} {MONTH_NAMES[month - 1]}{year}"
    site.write(now)
    return Fault("impossible-date", (now,), (site.block,))


def already_past(content: Content, draw: Random) -> Fault | None:
    """An event that is said to come has a date from an earlier draft, before the paper's own."""
    site = pick(draw, sites(content, "future"))
    when = printed_date(site.words, content.dated.year) if site else None
    if site is None or when is None:
        return None
    now = when.as_printed(before(draw, content.dated))
    site.write(now)
    return Fault("already-past", (now,), (site.block,), mild=True)


def deadline_before_paper(content: Content, draw: Random) -> Fault | None:
    """A date by which readers must act lies before the paper."""
    site = pick(draw, sites(content, "deadline"))
    when = printed_date(site.words, content.dated.year) if site else None
    if site is None or when is None:
        return None
    now = when.as_printed(before(draw, content.dated))
    site.write(now)
    return Fault("deadline-before-paper", (now,), (site.block,))


def weekday_date(content: Content, draw: Random) -> Fault | None:
    """The weekday is that of the day before, of the day after, or of another week's meeting."""
    site = pick(draw, sites(content, "weekday"))
    if site is None:
        return None
    named, _, rest = site.words.partition(" ")
    now = f"{WEEKDAY_NAMES[(WEEKDAY_NAMES.index(named) + draw.choice([-1, 1, 2])) % 5]} {rest}"
    if now == site.words:
        now = f"{WEEKDAY_NAMES[(WEEKDAY_NAMES.index(named) + 1) % 5]} {rest}"
    site.write(now)
    return Fault("weekday-date", (now,), (site.block,))


def two_dates_one_meeting(content: Content, draw: Random) -> Fault | None:
    """A meeting moved by a few days, and one of the places that tell it was not brought up to date."""
    told = [each for each in sites(content, "meeting") if not any(name in each.words for name in WEEKDAY_NAMES)]
    many = Counter(each.key for each in sites(content, "meeting"))
    site = pick(draw, [each for each in told if many[each.key] > 1])
    when = printed_date(site.words, content.dated.year) if site else None
    if site is None or when is None:
        return None
    day = when.day + timedelta(days=draw.choice([1, 7, -1, 2]))
    day = day if day > content.dated else when.day + timedelta(days=1)
    now = when.as_printed(day)
    site.write(now)
    return Fault(
        "two-dates-one-meeting",
        (now,),
        (site.block, *(each.block for each in sites(content, "meeting") if each.key == site.key)),
        also=("reference-date",),
    )


def month_sequence(content: Content, draw: Random) -> Fault | None:
    """A month's head repeats its neighbour, or skips one, or has last year's year."""
    tables = [grid for grid in grids(content) if grid.months]
    if not tables:
        return None
    grid = draw.choice(tables)
    at = draw.randrange(2, len(grid.head) - 1)
    month = content.month.plus(at - len(grid.head) + 1)
    now = draw.choice([month.plus(-1), month.plus(1), month.plus(-12)])
    grid.head[at] = now.short
    return Fault("month-sequence", (now.short, now.label), (grid,))


def working_days_off(content: Content, draw: Random) -> Fault | None:
    """A count of Working Days is off by one, or passed over no bank holiday.

    A day too early is also what counting the first day gives, so it is worth a question and no more.
    """
    site = pick(draw, sites(content, "wd"))
    when = printed_date(site.words, content.dated.year) if site else None
    if site is None or when is None:
        return None
    calendar = default_calendar()
    other = calendar.add(when.day, draw.choice([-1, 1]))
    holidays = [each.day for each in calendar.holidays if when.day - timedelta(days=30) < each.day <= when.day]
    if holidays and draw.random() < 0.5:
        other = calendar.add(when.day, -1)
    now = when.as_printed(other)
    site.write(site.words.replace(when.words, now) if when.style == "prose" else now)
    return Fault("working-days", (now,), (site.block,), mild=other < when.day or site.key == "before")
