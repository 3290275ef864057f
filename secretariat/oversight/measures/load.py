"""The files of measures: their definitions, with measures that are new, and the test commands of a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.columns import INVENTED, count, day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import MARKS
from secretariat.oversight.measures.cells import code, region
from secretariat.oversight.measures.composition import Rule
from secretariat.oversight.measures.models import Measure, MeasureDefinition, TestTraffic
from secretariat.oversight.measures.terms import Basis, Family, Period
from secretariat.plain.months import Month

OF_MEASURE = ("code", "name", "family", "basis", "period", "lag", "invented")
OF_DEFINITION = (
    "version", "from_day", "to_day", "target", "minimum", "composition", "rule", "meaning", "source", "mark",
    "invented",
)  # fmt: skip


@dataclass(frozen=True)
class Defining:
    """A definition to be entered with its measure, which may be new."""

    measure: Measure
    definition: MeasureDefinition


def percent(text: str) -> Decimal:
    """Parser of a target or minimum. Raises ValueError."""
    try:
        found = Decimal(text.removesuffix("%").strip())
    except InvalidOperation as error:
        raise ValueError(f"“{text}” is not a percentage.") from error
    if not found.is_finite() or not 0 <= found <= 100:
        raise ValueError(f"{text} is not between 0 and 100.")
    return found


def choice(choices: Any) -> Any:
    """Parser of one of some values."""
    return one_of({value: value for value in choices})


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """Definitions to add; one with the same measure and version is already there, with other content is refused."""
    measures = {one.code: one for one in Measure.objects.all()}
    known = {(one.measure.code, one.version): one for one in MeasureDefinition.objects.select_related("measure")}
    coming = {line["code"] for line in lines}
    prepared, seen = Prepared(), dict[tuple[str, str], int]()
    for line in lines:
        measure = measures.setdefault(line["code"], Measure(**{name: line[name] for name in OF_MEASURE}))
        told = {name: line[name] for name in OF_DEFINITION}
        row = MeasureDefinition(measure=measure, recorded=loading.recorded, **told)
        key = (measure.code, row.version)
        refused = list(_wrong(line, row, known.get(key), measures.keys() | coming))
        refused += [line.refuse("version", f"The same is in row {seen[key]} too.")] if key in seen else []
        seen.setdefault(key, line.row)
        prepared.refused += refused
        if not refused and key in known:
            prepared.repeated.append(line.row)
        elif not refused:
            prepared.accepted.append(Defining(measure, row))
    return prepared


def _wrong(line: Line, row: MeasureDefinition, known: MeasureDefinition | None, codes: set[str]) -> Iterator[Refusal]:
    if known and any(getattr(known, name) != getattr(row, name) for name in OF_DEFINITION):
        yield line.refuse("version", f"{known} is already there with other content.")
    if unknown := sorted({part for part, _ in row.parts} - codes):
        yield line.refuse("composition", f"There is no measure {', '.join(unknown)}, here or in the file.")
    if row.target is not None and row.minimum is not None and row.minimum > row.target:
        yield line.refuse("minimum", "The minimum is above the target.")
    if bool(row.composition) != bool(row.rule):
        yield line.refuse("rule", "A composed measure has a rule by which it is combined, and no other has one.")


def write(rows: list[Any], loading: Loading) -> None:
    """Enters new measures first, then the definitions. Raises Refused, and then nothing is entered."""
    told = loading.told
    new = list({one.measure.code: one.measure for one in rows if one.measure.pk is None}.values())
    for measure in new:
        measure.full_clean()
    journal.enter_all(new, **told)
    codes = dict(Measure.objects.values_list("code", "pk"))
    for one in rows:
        one.definition.measure_id = codes[one.measure.code]
        try:
            journal.enter(one.definition, **told)
        except ValidationError as error:
            raise Refused(*(f"{one.definition}: {message}" for message in error.messages)) from error


DEFINITIONS = takes(
    LoadKind(
        "measure-definitions",
        "Definitions of performance measures",
        (
            Column("code", code, "the measure's code, such as CPM1"),
            Column("name", words, "what it measures"),
            Column("family", choice(Family.values), "code or provider"),
            Column("basis", choice(Basis.values), "events, availability or sample", required=False, default="events"),
            Column("period", choice(Period.values), "month or quarter", required=False, default="month"),
            Column("lag", count, "how many periods behind it is reported", required=False, default=0),
            Column("version", words, "the definition's version"),
            Column("from_day", day, "the day from which it is in force"),
            Column("to_day", day, "its last day in force", required=False),
            Column("target", percent, "the target in percent", required=False),
            Column("minimum", percent, "the minimum in percent", required=False),
            Column("composition", words, "the measures it is composed of, such as DSP1.1; PM2 N", required=False,
                   default=""),
            Column("rule", choice(Rule.values), "pooled or mean, of a composed measure", required=False, default=""),
            Column("meaning", words, "what is measured, in words", required=False, default=""),
            Column("source", words, "where the numbers are taken from"),
            Column("mark", choice(MARKS), "how sure they are"),
            INVENTED,
        ),
        prepare,
        write,
    )
)  # fmt: skip

Sampled = tuple[str, str, Month]


def prepare_traffic(lines: list[Line], loading: Loading) -> Prepared:
    """Months of test commands to add: every day of each told once, with one number of hubs."""
    measures = {one.code: one for one in Measure.objects.all()}
    there = {(one.measure.code, one.region, Month.of(one.month)) for one in
             TestTraffic.objects.select_related("measure")}  # fmt: skip
    months: dict[Sampled, list[Line]] = {}
    for line in lines:
        months.setdefault((line["measure"], line["region"], Month.of(line["day"])), []).append(line)
    prepared = Prepared()
    for key, rows in months.items():
        refused = list(_wrong_traffic(key, rows, measures.keys()))
        prepared.refused += refused
        if not refused and key in there:
            prepared.repeated += [row.row for row in rows]
        elif not refused:
            daily = [row["commands"] for row in sorted(rows, key=lambda row: row["day"])]
            told = {"hubs": rows[0]["hubs"], "invented": rows[0]["invented"], "daily": daily}
            row = TestTraffic(measure=measures[key[0]], region=key[1], month=key[2].first, **told)
            prepared.accepted.append(row)
    return prepared


def _wrong_traffic(key: Sampled, rows: list[Line], codes: Any) -> Iterator[Refusal]:
    measure, where, month = key
    first = rows[0]
    if measure not in codes:
        yield first.refuse("measure", f"There is no measure {measure}.")
    if not where:
        yield first.refuse("region", "Round trips are measured in a region: N, C or S.")
    seen: dict[Any, int] = {}
    for row in rows:
        if row["day"] in seen:
            yield row.refuse("day", f"The same day is in row {seen[row['day']]} too.")
        seen.setdefault(row["day"], row.row)
        if row["hubs"] != first["hubs"]:
            yield row.refuse("hubs", f"Row {first.row} says {first['hubs']:,} hubs of the same month.")
    if lacking := [day_ for day_ in month.days() if day_ not in seen]:
        days = ", ".join(str(day_.day) for day_ in lacking[:5])
        said = f"{month.label} lacks {len(lacking)} of its days: {days}{' and more' if len(lacking) > 5 else ''}."
        yield first.refuse("day", f"{said} Tell 0 for a day without commands.")


def write_traffic(rows: list[Any], loading: Loading) -> None:
    """Enters the months."""
    for row in rows:
        row.full_clean()
    journal.enter_all(rows, **loading.told)


TRAFFIC = takes(
    LoadKind(
        "test-traffic",
        "Test commands by which round trips are measured",
        (
            Column("measure", code, "the measure's code, such as PM4.3"),
            Column("region", region, "N, C, S or SMETS1"),
            Column("day", day, "the day"),
            Column("commands", count, "how many test commands were sent on it"),
            Column("hubs", count, "how many hubs were commissioned in the region that month"),
            INVENTED,
        ),
        prepare_traffic,
        write_traffic,
    )
)
