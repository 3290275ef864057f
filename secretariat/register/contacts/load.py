"""The file of licences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secretariat.core.columns import INVENTED, day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.plain.dates import local_day, long_date
from secretariat.register.contacts.licences import Licence, LicenceKind
from secretariat.register.load_events import PARTY_COLUMN, KnownParties, to_come, unknown_party


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """The licences that a file would enter; those that are there already, as told, are only counted."""
    prepared = Prepared()
    parties, today = KnownParties(), local_day(loading.at)
    known: dict[tuple[str, str], list[Licence]] = {}
    for row in Licence.objects.select_related("party"):
        known.setdefault((row.kind, row.number.lower()), []).append(row)
    in_file: dict[tuple[Any, ...], int] = {}
    for line in lines:
        party = parties.find(line["party"])
        if party is None:
            prepared.refused.append(unknown_party(line))
            continue
        licence = Licence(party=party, kind=line["kind"], number=line["number"], from_day=line["from"])
        licence.to_day, licence.invented, licence.recorded = line["until"], line["invented"], loading.recorded
        if _told(licence) in in_file:
            prepared.refused.append(line.refuse("number", f"stands in row {in_file[_told(licence)]} already."))
            continue
        in_file[_told(licence)] = line.row
        there = known.setdefault((licence.kind, licence.number.lower()), [])
        if any(_told(licence) == _told(row) for row in there):
            prepared.repeated.append(line.row)
            continue
        refused = [*to_come(line, ("from",), today), *_wrong(line, licence, there)]
        prepared.refused += refused
        if not refused:
            prepared.accepted.append(licence)
            there.append(licence)
    return prepared


def _told(row: Licence) -> tuple[Any, ...]:
    return (row.party_id, row.kind, row.number, row.from_day, row.to_day, row.invented)


def _wrong(line: Line, licence: Licence, there: list[Licence]) -> Iterator[Refusal]:
    if licence.to_day is not None and licence.to_day < licence.from_day:
        yield line.refuse("until", f"{long_date(licence.to_day)} is before the licence begins.")
    for other in there:
        if (other.party_id, other.from_day) == (licence.party_id, licence.from_day):
            yield line.refuse("from", "This licence is there already with other content. Amend it instead.")
        elif _meet(licence, other):
            yield line.refuse("from", f"overlaps {other}, from {long_date(other.from_day)}.")


def _meet(one: Licence, other: Licence) -> bool:
    before = one.to_day is not None and one.to_day < other.from_day
    after = other.to_day is not None and other.to_day < one.from_day
    return not before and not after


def number(text: str) -> str:
    """Parser of a licence's number. Raises ValueError when it is longer than its place."""
    told = words(text)
    if len(told) > 40:
        raise ValueError("is longer than 40 letters.")
    return told


takes(
    LoadKind(
        "licences",
        "Licences",
        (
            PARTY_COLUMN,
            Column("kind", one_of({kind.value: kind for kind in LicenceKind}), "the kind of licence"),
            Column("number", number, "the licence's number"),
            Column("from", day, "the day from which it is in force"),
            Column("until", day, "its last day; empty until further notice", required=False),
            INVENTED,
        ),
        prepare,
    )
)
