"""Reading a monthly return of the DCC: every cell that is wrong is told, and nothing of a wrong file is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from secretariat.core.load import Column, Line, Refusal
from secretariat.oversight.measures import cells
from secretariat.oversight.measures.levels import Level, Status, level_of, printed, status_of
from secretariat.oversight.measures.models import MeasureDefinition
from secretariat.oversight.measures.sheet import read
from secretariat.oversight.measures.terms import OF_REGION, Period, Provider
from secretariat.oversight.regions import Region
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month

COLUMNS = (
    Column("measure_id", cells.code, "the code of a measure, such as CPM1 or PM4.3"),
    Column("period_start", cells.first_day, "the first day of the period, or its month", required=False),
    Column("period_end", cells.last_day, "the last day of the period, or its month"),
    Column("measure_version", cells.words, "the version of the measure's definition", required=False, default=""),
    Column("provider", cells.provider, "who reports: DCC, DSP, CSPN, CSPC, CSPS, S1SP or TSP", required=False,
           default=""),
    Column("region", cells.region, "N, C, S or SMETS1; – for all", required=False, default=""),
    Column("numerator", cells.count, "how many events were within", required=False),
    Column("denominator", cells.count, "how many events there were", required=False),
    Column("exclusions_n", cells.count, "how many were excluded by the exception list", required=False),
    Column("level_pct", cells.percent, "the level in percent; empty where there was no event", required=False),
    Column("target_pct", cells.percent, "the target in percent", required=False),
    Column("minimum_pct", cells.percent, "the minimum in percent", required=False),
    Column("status", cells.words, "met, below target, below minimum or not applicable", required=False, default=""),
    Column("narrative", cells.words, "why it is below target", required=False, default=""),
    Column("plan", cells.words, "what is done where it is below minimum", required=False, default=""),
    Column("plan_date", cells.last_day, "the day by which it is met again", required=False),
    Column("pmm_version", cells.words, "the version of the methodology", required=False, default=""),
    Column("pmel_version", cells.words, "the version of the exception list", required=False, default=""),
    Column("source_file_sha256", cells.words, "the hash of the file it comes from", required=False, default=""),
)  # fmt: skip
"""The long form: one row for each measure, region and period."""

ALSO = {
    "measure": "measure_id", "performance measure": "measure_id", "measure code": "measure_id", "id": "measure_id",
    "period": "period_end", "month": "period_end", "reporting period": "period_end", "period from": "period_start",
    "period to": "period_end", "period start": "period_start", "period end": "period_end",
    "version": "measure_version", "service provider": "provider", "csp region": "region",
    "within": "numerator", "events within": "numerator", "events met": "numerator", "events": "denominator",
    "events total": "denominator", "total events": "denominator", "exclusions": "exclusions_n",
    "excluded": "exclusions_n", "events excluded": "exclusions_n", "level": "level_pct", "level %": "level_pct",
    "service level": "level_pct", "service level achieved": "level_pct", "achieved": "level_pct",
    "target": "target_pct", "target %": "target_pct", "service level target": "target_pct",
    "minimum": "minimum_pct", "minimum %": "minimum_pct", "service level minimum": "minimum_pct",
    "commentary": "narrative", "reason": "narrative", "remediation plan": "plan", "plan by": "plan_date",
    "pmm": "pmm_version", "pmel": "pmel_version",
}  # fmt: skip
"""Other heads by which the columns are known."""

DOWN = {"measure_id", "period_start", "period_end"}
_STATUS = {
    "met": Status.MET, "below target": Status.BELOW_TARGET, "below minimum": Status.BELOW_MINIMUM,
    "not applicable": Status.NOT_APPLICABLE, "no events": Status.NOT_APPLICABLE,
}  # fmt: skip
Key = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """One level that a file tells, found right."""

    definition: MeasureDefinition
    region: str
    provider: str
    period_start: date
    period_end: date
    numerator: int | None
    denominator: int | None
    exclusions: int | None
    stated: Decimal | None
    level: Level
    status: Status
    narrative: str
    plan: str
    plan_date: date | None

    @property
    def key(self) -> Key:
        """What it tells the level of, in a month."""
        return self.definition.measure.code, self.region


@dataclass
class Reading:
    """What a file tells of a month: levels, why it may not be taken, and what is to note without stopping it."""

    month: Month
    told: list[Told] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    methods: set[tuple[str, str]] = field(default_factory=set)

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return (
            f"{len(self.told):,} levels read, {len(self.refused):,} things to put right, {len(self.notes):,} to note."
        )


@dataclass(frozen=True)
class Before:
    """What is known besides the file: the definitions in force, and the levels of the month reported already."""

    definitions: dict[str, MeasureDefinition]
    reported: frozenset[Key] = frozenset()
    restates: bool = False


def read_return(name: str, content: bytes, month: Month, before: Before) -> Reading:
    """What a file tells of a month. Nothing is written. Raises Refused when the file itself cannot be read."""
    table = read(name, content, COLUMNS, ALSO, DOWN)
    reading = Reading(month, refused=table.refused)
    seen: dict[Key, int] = {}
    for line in table.lines:
        wrong = list(_wrong(line, month, before, seen))
        reading.refused += wrong
        if not wrong:
            told = _told(line, before.definitions[line["measure_id"]], month)
            seen[told.key] = line.row
            reading.told.append(told)
            _note(reading, told)
        named = (("PMM", line["pmm_version"]), ("PMEL", line["pmel_version"]))
        reading.methods |= {(document, version) for document, version in named if version}
    reading.notes += [f"These columns are not read: {', '.join(table.unknown)}."] if table.unknown else []
    reading.notes += _absent(reading, before)
    reading.refused.sort(key=lambda one: one.row)
    return reading


def _wrong(line: Line, month: Month, before: Before, seen: dict[Key, int]) -> Iterator[Refusal]:
    definition = before.definitions.get(line["measure_id"])
    if definition is None:
        code = line["measure_id"]
        yield line.refuse("measure_id", f"No definition of {code} is in force on {long_date(month.last)}.")
        return
    yield from _wrong_period(line, definition, month)
    yield from _wrong_region(line)
    yield from _wrong_numbers(line)
    yield from _wrong_standing(line, definition)
    key = (line["measure_id"], line["region"])
    if key in seen:
        yield line.refuse("measure_id", f"The same measure and region is in row {seen[key]} too.")
    elif key in before.reported and not before.restates:
        yield line.refuse("measure_id", f"It is reported already for {month.label}. Say why it is restated.")


def span_of(period: str, lag: int, month: Month) -> tuple[date, date]:
    """The first and last day of what a measure reports with a month: its month or quarter, so many periods before."""
    length = 3 if period == Period.QUARTER else 1
    end = month.plus(-lag * length)
    return end.plus(1 - length).first, end.last


def is_due(period: str, month: Month) -> bool:
    """Whether a measure is reported with a month: one that is reported for a quarter, with the last of its months."""
    return period != Period.QUARTER or month.month % 3 == 0


def _wrong_period(line: Line, definition: MeasureDefinition, month: Month) -> Iterator[Refusal]:
    measure = definition.measure
    first, last = span_of(measure.period, measure.lag, month)
    said = f"{measure.code} of {month.label} is reported for {long_date(first)} to {long_date(last)}."
    if line["period_end"] != last:
        yield line.refuse("period_end", f"{long_date(line['period_end'])} is the wrong period. {said}")
    elif line["period_start"] not in (None, first):
        yield line.refuse("period_start", f"{long_date(line['period_start'])} is the wrong day. {said}")


def _wrong_region(line: Line) -> Iterator[Refusal]:
    served = OF_REGION.get(Provider(line["provider"])) if line["provider"] else None
    if served and line["region"] != served:
        yield line.refuse("region", f"{line['provider']} serves {Region(served).label}, not “{line['region'] or '–'}”.")


def _wrong_numbers(line: Line) -> Iterator[Refusal]:
    within, events, stated = line["numerator"], line["denominator"], line["level_pct"]
    if (within is None) != (events is None):
        yield line.refuse("numerator", "Give both how many events were within and how many there were, or neither.")
        return
    if within is None:
        if stated is not None and 0 < stated <= 1:
            yield line.refuse("level_pct", f"{stated.normalize():f} reads as a share of one; give it in percent.")
        return
    if within > events:
        yield line.refuse("numerator", f"{within:,} within is more than the {events:,} events.")
        return
    level = level_of(within, events)
    if stated is not None and (level is None or abs(Fraction(stated) - level) > _unsure(stated)):
        what = f"{within:,} of {events:,} is {printed(level)}"
        yield line.refuse("level_pct", f"{stated.normalize():f} % is not what the events give: {what}.")


def _unsure(stated: Decimal) -> Fraction:
    """How far a stated level may lie from its events: half of its last decimal, two at most."""
    told = stated.normalize().as_tuple().exponent
    places = min(max(0, -told if isinstance(told, int) else 0), 2)
    return Fraction(1, 2 * 10**places)


def _level(line: Line) -> Level:
    within, events = line["numerator"], line["denominator"]
    if within is not None and events is not None and within <= events:
        return level_of(within, events)
    return Fraction(line["level_pct"]) if line["level_pct"] is not None else None


def _wrong_standing(line: Line, definition: MeasureDefinition) -> Iterator[Refusal]:
    for column, own in (("target_pct", definition.target), ("minimum_pct", definition.minimum)):
        if line[column] is not None and line[column] != own:
            ours = "none" if own is None else f"{own.normalize():f} %"
            yield line.refuse(column, f"{line[column].normalize():f} % is not that of {definition}: {ours}.")
    if line["measure_version"] and line["measure_version"] != definition.version:
        yield line.refuse("measure_version", f"{line['measure_version']} is not the version in force: {definition}.")
    stated = line["status"].lower().replace("_", " ")
    if stated and stated not in _STATUS:
        yield line.refuse("status", f"“{line['status']}” is none of {', '.join(_STATUS)}.")
    elif stated:
        found = status_of(_level(line), definition.target, definition.minimum)
        if _STATUS[stated] is not found:
            yield line.refuse("status", f"It is {found.label.lower()} by its level, not {stated}.")


def _told(line: Line, definition: MeasureDefinition, month: Month) -> Told:
    level = _level(line)
    first, last = span_of(definition.measure.period, definition.measure.lag, month)
    return Told(
        definition, line["region"], line["provider"], first, last, line["numerator"], line["denominator"],
        line["exclusions_n"], line["level_pct"], level, status_of(level, definition.target, definition.minimum),
        line["narrative"], line["plan"], line["plan_date"],
    )  # fmt: skip


def _note(reading: Reading, told: Told) -> None:
    name = " ".join(told.key).strip()
    if told.status is Status.BELOW_MINIMUM and not (told.narrative and told.plan and told.plan_date):
        reading.notes.append(f"{name} is below its minimum: it needs a narrative and a plan with its day.")
    elif told.status is Status.BELOW_TARGET and not told.narrative:
        reading.notes.append(f"{name} is below its target: it needs a narrative.")
    elif told.status is Status.NOT_APPLICABLE:
        reading.notes.append(f"{name} had no event, and is not applicable.")


def _absent(reading: Reading, before: Before) -> list[str]:
    """A whole return tells every measure in force; one that restates may tell some."""
    if before.restates or reading.refused:
        return []
    told = {code for code, _ in (one.key for one in reading.told)}
    due = {code for code, one in before.definitions.items() if is_due(one.measure.period, reading.month)}
    absent = sorted(due - told)
    return [f"Nothing is told of {', '.join(absent)}."] if absent else []
