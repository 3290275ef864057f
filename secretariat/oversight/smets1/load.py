"""SMETS1 migration from the DCC's file: a row a combination and span of days, with the reasons of what failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, count, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.oversight.smets1.models import Combination, MigrationFailure, MigrationReturn, Reason
from secretariat.plain.dates import local_day, long_date

FAILURES = {reason: f"failed_{reason.value.replace(' ', '_')}" for reason in Reason}
"""The column of each reason."""


@dataclass
class Told:
    """One return to be entered, the numbers by reason, and the return that it restates."""

    made: MigrationReturn
    failures: dict[Reason, int] = field(default_factory=dict)
    restates: MigrationReturn | None = None


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """Returns to add. One that is there with the same numbers is counted; one with other numbers restates it."""
    prepared, seen = Prepared(), list[tuple[int, date, date, int]]()
    known = {one.name.lower(): one for one in Combination.objects.all()}
    rows = MigrationReturn.objects.current().prefetch_related("failures")
    there: dict[int, list[MigrationReturn]] = {}
    for one in rows:
        there.setdefault(one.combination_id, []).append(one)
    for line in lines:
        of = known.get(line["combination"].lower())
        refusals = list(_wrong(line, of, there, seen, loading))
        prepared.refused += refusals
        if refusals or of is None:
            continue
        seen.append((of.pk, line["first_day"], line["last_day"], line.row))
        told = _told(line, of, there.get(of.pk, []))
        if told.restates is not None and _same(told, told.restates):
            prepared.repeated.append(line.row)
        else:
            prepared.accepted.append(told)
    return prepared


def _told(line: Line, of: Combination, there: list[MigrationReturn]) -> Told:
    same = {name: line[name] for name in ("first_day", "last_day", "attempted", "migrated", "source", "invented")}
    days = (line["first_day"], line["last_day"])
    earlier = next((one for one in there if (one.first_day, one.last_day) == days), None)
    made = MigrationReturn(combination=of, revision=earlier.revision + 1 if earlier else 1, **same)
    return Told(made, {reason: line[name] for reason, name in FAILURES.items() if line[name]}, earlier)


def _same(told: Told, earlier: MigrationReturn) -> bool:
    numbers = {Reason(one.reason): one.number for one in earlier.failures.all()}
    made = told.made
    return (made.attempted, made.migrated, told.failures) == (earlier.attempted, earlier.migrated, numbers)


def _wrong(
    line: Line,
    of: Combination | None,
    there: dict[int, list[MigrationReturn]],
    seen: list[tuple[int, date, date, int]],
    loading: Loading,
) -> Iterator[Refusal]:
    first, last = line["first_day"], line["last_day"]
    if of is None:
        yield line.refuse("combination", f"There is no combination “{line['combination']}”. Enter it first.")
    if last < first:
        yield line.refuse("last_day", "The days end before they begin.")
    if last > local_day(loading.at):
        yield line.refuse("last_day", "The days are not over yet.")
    yield from _wrong_numbers(line)
    if of is None:
        return
    for number, begun, ended, row in seen:
        if number == of.pk and begun <= last and first <= ended:
            yield line.refuse("first_day", f"Row {row} tells of some of these days too.")
    for one in there.get(of.pk, []):
        if (one.first_day, one.last_day) != (first, last) and one.first_day <= last and first <= one.last_day:
            span = f"{long_date(one.first_day)} to {long_date(one.last_day)}"
            yield line.refuse("first_day", f"A return of {span} tells of some of these days already.")


def _wrong_numbers(line: Line) -> Iterator[Refusal]:
    failed = sum(line[name] for name in FAILURES.values())
    if line["migrated"] > line["attempted"]:
        yield line.refuse("migrated", "No more are migrated than were tried.")
    elif line["migrated"] + failed > line["attempted"]:
        yield line.refuse("attempted", f"{line['migrated']:,} migrated and {failed:,} failed are more than were tried.")
    if len(line["source"]) > 300:
        yield line.refuse("source", "This is longer than 300 characters.")


def write(rows: list[Any], loading: Loading) -> None:
    """Enters the returns with their failures; an earlier one of the same days stays, as restated."""
    for told in rows:
        told.made.recorded = loading.recorded
        if told.restates is not None:
            journal.amend(told.restates, {"restated": True}, **loading.told)
    saved = journal.enter_all([one.made for one in rows], **loading.told)
    MigrationFailure.objects.bulk_create(
        MigrationFailure(of=made, reason=reason, number=number)
        for made, told in zip(saved, rows, strict=True)
        for reason, number in told.failures.items()
    )


SMETS1_MIGRATIONS = takes(
    LoadKind(
        "smets1-migrations",
        "SMETS1 installations migrated",
        (
            Column("combination", words, "the combination's name, such as Elster Active"),
            Column("first_day", day, "the first of the days that it tells of"),
            Column("last_day", day, "the last of them"),
            Column("attempted", count, "how many installations were tried"),
            Column("migrated", count, "how many were migrated"),
            *(
                Column(name, count, f"not migrated: {str(reason.label).lower()}", required=False, default=0)
                for reason, name in FAILURES.items()
            ),
            Column("source", words, "where it is told", required=False, default=""),
            INVENTED,
        ),
        prepare,
        write,
    )
)
