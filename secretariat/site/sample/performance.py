"""The sample's performance measures: thirteen monthly returns of the DCC, and what it promised.

Published are, in the Sub-Committee Report of February 2020: that Code Performance Measure 1 was below its minimum and
missed in 11 of 12 months, that the delivery of firmware payloads was the constant factor, that plans for all regions
aim at March, and the days of the drafts of the methodology. Of what the measure is composed is published too. Every
level is invented; so are the targets, which general knowledge gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from secretariat.core import journal
from secretariat.oversight.measures.actions import receive
from secretariat.oversight.measures.levels import rounded
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.models import Commitment, Measure, PerformanceReturn, TestTraffic
from secretariat.oversight.measures.procedure import COMMITTING, RETURNING, every_missed_level_is_explained
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.plain.workdays import default_calendar
from secretariat.site.sample.crew import OPERATIONS_MEMBER, Crew, told
from secretariat.site.sample.facts import table

TECHNICAL, DCC = "technical.analyst", "dcc.representative"
REPORT = "Sub-Committee Report, February 2020"
UNSEEN = "Targets by general knowledge of Section H13.1; to be confirmed"
METHOD = "Composition: Performance Measurement Methodology, 29 March 2018. Targets: general knowledge, to be confirmed"
NEWEST = Month(2020, 1)
QUIET = Month(2019, 5)
"""The month without a firmware payload, in which the measure was met."""
RESTATED = Month(2019, 11)
REGIONS = ("N", "C", "S")
FIRST = "DSP1.1; DSP1.4; PM2 N; PM2 C; PM2 S; PM4.3 N; PM4.3 C; PM4.3 S"
SECOND = "DSP1.2; DSP1.3; PM3.1 N; PM3.1 C; PM3.1 S; PM4.1 N; PM4.1 C; PM4.1 S; PM4.2 N; PM4.2 C; PM4.2 S"
CODE: dict[str, tuple[str, str, int | str, int | str, str]] = {
    "CPM1": ("On-demand service responses within their target response time", "events", 99, 96, FIRST),
    "CPM2": ("Future-dated service responses within their target response time", "events", 99, 96, SECOND),
    "CPM3": ("Alerts delivered within their target response time", "events", 99, 96, ""),
    "CPM4": ("Category 1 and 2 incidents resolved within their target resolution time", "events", 100, 85, ""),
    "CPM5": ("Category 3 to 5 incidents resolved within their target resolution time", "events", 90, 80, ""),
    "CPM6": ("Availability of the self-service interface", "availability", "99.5", 98, ""),
    "CPM7": ("Certificates of the key infrastructure within their target response time", "events", 99, 96, ""),
    "CPM8": ("Documents of the key infrastructure's repository within their target response time", "events", 99, 96,
             ""),
}  # fmt: skip
PROVIDERS = {
    "DSP1.1": ("Service responses in time", "events"),
    "DSP1.2": ("Future-dated responses in time", "events"),
    "DSP1.3": ("Scheduled responses in time", "events"),
    "DSP1.4": ("The DCC's own service responses in time", "events"),
    "PM2": ("Firmware payloads delivered in time", "events"),
    "PM3.1": ("Commands to the gateway of the home network in time", "events"),
    "PM4.1": ("Round trips of the second kind within 22 hours", "sample"),
    "PM4.2": ("Round trips of the third kind within 2 hours", "sample"),
    "PM4.3": ("Round trips of the fourth kind within 25 seconds", "sample"),
}
WHY = "Firmware payloads were delivered late (invented)."
PLAN = "Each region's plan of remediation (invented)."


def enter(crew: Crew) -> None:
    """Enters definitions and documents, the returns to January 2020, and what is promised."""
    columns = ("code", "name", "family", "basis", "version", "from_day", "target", "minimum", "composition", "rule",
               "source", "mark", "invented")  # fmt: skip
    crew.load("measure-definitions", TECHNICAL, columns, _definitions())
    _documents(crew)
    for month in NEWEST.back(13):
        _return(crew, month)
    better = [row for row in rows_of_month(RESTATED, better=2) if row[0] in ("CPM1", "PM2")]
    receive(RESTATED, "performance-2019-11-restated.csv", table(HEAD, better),
            "Late reports of firmware payloads have come (invented).", invented=True,
            **told(crew[DCC], _due(RESTATED, 40)))  # fmt: skip
    _promises(crew)
    _traffic(crew)


def _definitions() -> Iterator[tuple[object, ...]]:
    since, sure = date(2018, 3, 29), "general knowledge, medium"
    for code, (name, basis) in PROVIDERS.items():
        yield code, name, "provider", basis, "1", since, 99, 96, "", "", UNSEEN, sure, "yes"
    for code, (name, basis, target, minimum, parts) in CODE.items():
        source, rule = (METHOD, "mean") if parts else (UNSEEN, "")
        yield code, name, "code", basis, "1", since, target, minimum, parts, rule, source, sure, "no"


def _documents(crew: Crew) -> None:
    changes = "The review of the operational metrics; the final report is planned for the end of April 2020."
    rows: tuple[dict[str, Any], ...] = (
        {"document": "PMM", "version": "March 2018", "from_day": date(2018, 3, 29)},
        {"document": "PMM", "version": "draft 2020", "drafted_on": date(2020, 2, 17), "changes": changes},
        {"document": "PMEL", "version": "draft 2020", "drafted_on": date(2020, 2, 17), "changes": changes},
    )
    for row in rows:
        journal.enter(MethodVersion(**row), **told(crew[TECHNICAL], _at(row.get("drafted_on", date(2018, 4, 3)))))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=LONDON)


def _due(month: Month, days: int) -> datetime:
    return _at(default_calendar().add(month.last, days))


HEAD = ("measure_id", "period_end", "provider", "region", "numerator", "denominator", "exclusions_n", "level_pct",
        "narrative", "plan", "plan_date")  # fmt: skip


def _return(crew: Crew, month: Month) -> None:
    content = table(HEAD, list(rows_of_month(month)))
    kept = receive(month, f"performance-{month.iso}.csv", content, invented=True, **told(crew[DCC], _due(month, 25)))
    if every_missed_level_is_explained(kept, _due(month, 25)):
        _note(crew, kept, _due(month, 29))


def _note(crew: Crew, kept: PerformanceReturn, at: datetime) -> None:
    RETURNING.take("note", kept, **told(crew[OPERATIONS_MEMBER], at))


def rows_of_month(month: Month, better: int = 0) -> Iterator[tuple[object, ...]]:
    """The invented levels of a month under `HEAD`; `better` takes so many of a thousand from what was late."""
    step = 12 * (month.year - 2019) + month.month
    levels: dict[tuple[str, str], Fraction | None] = {}
    for place, code in enumerate(PROVIDERS):
        for at, region in enumerate(("",) if code.startswith("DSP") else REGIONS):
            events = _events(code, month, step + at)
            within = events - events * _lost(code, at, step, better) // 1000
            levels[code, region] = Fraction(100 * within, events) if events else None
            provider = f"CSP{region}" if region else "DSP"
            yield (
                code,
                month.iso,
                provider,
                region,
                within,
                events,
                place + at,
                "",
                *_told(levels[code, region], month),
            )
    for code, (_, _, target, _, parts) in CODE.items():
        level = _mean(parts, levels) if parts else None
        if level is None:
            events = 1000 + 17 * step
            yield code, month.iso, "DCC", "", events - (step % 2 if target != 100 else 0), events, 0, "", "", "", ""
        else:
            yield code, month.iso, "DCC", "", "", "", "", rounded(level), *_told(level, month)


def _events(code: str, month: Month, step: int) -> int:
    if code == "PM2":
        return 0 if month == QUIET else 40_000 + 900 * step
    return 600_000 + 11_000 * step if code.startswith("DSP") else 9_000 + 120 * step


def _lost(code: str, region: int, step: int, better: int) -> int:
    """How many of a thousand were late: many firmware payloads, in the North most, and a little fewer each month."""
    if code != "PM2":
        return (step + region) % 4
    return (260, 140, 120)[region] - 3 * step - (step * (region + 3)) % 7 - better


def _mean(parts: str, levels: dict[tuple[str, str], Fraction | None]) -> Fraction:
    named = [part.strip().partition(" ") for part in parts.split(";")]
    found = [level for code, _, region in named if (level := levels[code, region]) is not None]
    return sum(found, Fraction(0)) / len(found)


def _told(level: Fraction | None, month: Month) -> tuple[object, ...]:
    """Why a level was missed; of the newest month it is still to be told."""
    if level is None or level >= 99 or month == NEWEST:
        return "", "", ""
    return WHY, PLAN if level < 96 else "", month.plus(4).last if level < 96 else ""


def _promises(crew: Crew) -> None:
    promise = Commitment(
        measure=Measure.objects.get(code="PM2"), what="Deliver firmware payloads in time in every region", owner="DCC",
        made_in=REPORT, made_on=date(2020, 2, 4), due_on=date(2020, 3, 31),
    )  # fmt: skip
    COMMITTING.take("make", promise, **told(crew[DCC], _at(date(2020, 2, 4))))


def _traffic(crew: Crew) -> None:
    measure, days = Measure.objects.get(code="PM4.3"), len(NEWEST.days())
    for region, hubs, crowd in (("N", 70_000, 0), ("S", 90_000, 2000)):
        daily = [hubs // 2 // days + 1] * (days - 1) + [hubs // 2 // days + 40 + crowd]
        row = TestTraffic(measure=measure, region=region, month=NEWEST.first, hubs=hubs, daily=daily, invented=True)
        journal.enter(row, **told(crew[DCC], _due(NEWEST, 25)))
