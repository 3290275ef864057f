"""The file of entries that were on the Central Products List before the record was kept here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, count, day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.plain.dates import local_day
from secretariat.products.entries.checks import FIELDS, LIMITS, parsers
from secretariat.products.entries.columns import CERTIFICATE_COLUMNS, COLUMNS, NOT_APPLICABLE, TYPED, as_row
from secretariat.products.entries.known import Widths
from secretariat.products.entries.models import EntryVersion
from secretariat.products.models import (
    CENTRAL,
    CURRENT,
    REMOVED,
    Certificate,
    DeviceModel,
    FirmwareForm,
    ListVersion,
    Origin,
    RemovalGround,
)

NEEDED = ("device_type", "technical_specification", "manufacturer", "model", "firmware")
"""What the load of an old entry must tell; a new one is submitted, and must tell more."""
LEFT_EMPTY = {"origin": str(Origin.SMETS2), "firmware_form": str(FirmwareForm.HEX)}
ENTRY_ID_LIMIT = 20


@dataclass
class Loaded:
    """One entry to write, with the certificates and the predecessors that it names."""

    entry: DeviceModel
    certificates: list[Certificate]
    predecessors: list[str]


class Before:
    """What was there before the file: asked once for all its rows."""

    def __init__(self, loading: Loading) -> None:
        versions = ListVersion.objects.filter(list__code=CENTRAL).select_related("list")
        self.versions: dict[int, ListVersion] = {row.number: row for row in versions}
        rows: Any = DeviceModel.objects.select_related("added_in").prefetch_related("certificates", "predecessors")
        self.entries: dict[str, DeviceModel] = {row.entry_id: row for row in rows}
        certificates: Any = Certificate.objects.all()
        self.certificates = {(one.scheme, one.number.casefold()): one for one in certificates}
        self.widths = Widths.on(local_day(loading.at))


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """Entries to add; the same entry is already there, with other content is refused."""
    before, prepared, seen = Before(loading), Prepared(), dict[str, int]()
    given = {line["entry_id"] for line in lines}
    for line in lines:
        values, refused = _values(line, before)
        refusals = [*refused, *_wrong(line, before, seen, given)]
        prepared.refused += refusals
        seen.setdefault(line["entry_id"], line.row)
        if refusals:
            continue
        loaded = _loaded(line, values, before)
        there = before.entries.get(line["entry_id"])
        if there is None:
            prepared.accepted.append(loaded)
        elif _says_the_same(loaded, there):
            prepared.repeated.append(line.row)
        else:
            reason = f"The entry {line['entry_id']} is already there with other content. Correct it on its page."
            prepared.refused.append(line.refuse("entry_id", reason))
    return prepared


def _values(line: Line, before: Before) -> tuple[dict[str, Any], list[Refusal]]:
    values, refused = dict[str, Any](), list[Refusal]()
    texts = {column.name: line[column.name] or "" for column in TYPED}
    for name, parse in parsers(texts, before.widths).items():
        values[name] = LEFT_EMPTY.get(name, None if name.startswith("signer_valid") else "")
        try:
            values[name] = parse(texts[name]) if texts[name] else values[name]
        except ValueError as error:
            refused.append(line.refuse(name, str(error)))
            continue
        if isinstance(values[name], str) and len(values[name]) > LIMITS.get(name, ENTRY_ID_LIMIT):
            refused.append(line.refuse(name, f"This is longer than {LIMITS[name]} characters."))
    return values, refused


def _wrong(line: Line, before: Before, seen: dict[str, int], given: set[str]) -> Iterator[Refusal]:
    entry_id = line["entry_id"]
    if len(entry_id) > ENTRY_ID_LIMIT:
        yield line.refuse("entry_id", f"This is longer than {ENTRY_ID_LIMIT} characters.")
    if entry_id in seen:
        yield line.refuse("entry_id", f"The entry {entry_id} is in row {seen[entry_id]} too.")
    if line["cpl_version"] not in before.versions:
        yield line.refuse(
            "cpl_version", f"There is no {CENTRAL} version {line['cpl_version']}. Load the versions first."
        )
    if bool(line["removed_on"]) != bool(line["removal_ground"]):
        yield line.refuse("removed_on", "An entry that was removed has both a day and a ground of its removal.")
    for scheme, name in CERTIFICATE_COLUMNS.items():
        for number in _numbers(line[name]):
            if (scheme, number.casefold()) not in before.certificates:
                yield line.refuse(name, f"No {scheme} certificate {number} is recorded. Load the certificates first.")
    for other in _numbers(line["predecessors"]):
        if other not in before.entries and other not in given:
            yield line.refuse("predecessors", f"There is no entry {other}.")


def _numbers(text: str | None) -> list[str]:
    parts = [part.strip() for part in (text or "").split(",")]
    return [part for part in parts if part and part.upper() != NOT_APPLICABLE]


def _loaded(line: Line, values: dict[str, Any], before: Before) -> Loaded:
    version, removed = before.versions[line["cpl_version"]], line["removed_on"]
    entry = DeviceModel(
        entry_id=line["entry_id"],
        added_in=version,
        accepted_on=line["accepted_on"] or version.published_on,
        removed_on=removed,
        removal_on=removed,
        removal_ground=line["removal_ground"] or "",
        invented=line["invented"],
        state=REMOVED if removed else CURRENT,
        **{name: values[name] for name in FIELDS if name in values},
    )
    named = [(scheme, number) for scheme, name in CERTIFICATE_COLUMNS.items() for number in _numbers(line[name])]
    held = [before.certificates[(scheme, number.casefold())] for scheme, number in named]
    return Loaded(entry, held, _numbers(line["predecessors"]))


def _says_the_same(loaded: Loaded, there: DeviceModel) -> bool:
    fields = ("entry_id", *FIELDS, "added_in_id", "removed_on", "invented")
    same = all(getattr(loaded.entry, name) == getattr(there, name) for name in fields)
    held = {one.pk for one in loaded.certificates} == {one.pk for one in there.certificates.all()}
    return same and held and set(loaded.predecessors) == {one.entry_id for one in there.predecessors.all()}


def write(records: list[Any], loading: Loading) -> None:
    """Writes the entries with what they name, and what each says from its first day on."""
    entries = [one.entry for one in records]
    journal.enter_all(entries, **loading.told)
    named = {one.entry_id: one.pk for one in entries}
    others = {other for one in records for other in one.predecessors} - named.keys()
    named |= dict(DeviceModel.objects.filter(entry_id__in=others).values_list("entry_id", "pk"))
    holds, follows = DeviceModel.certificates.through, DeviceModel.predecessors.through
    holds.objects.bulk_create(
        holds(devicemodel_id=one.entry.pk, certificate_id=held.pk) for one in records for held in one.certificates
    )
    follows.objects.bulk_create(
        follows(from_devicemodel_id=one.entry.pk, to_devicemodel_id=named[other])
        for one in records
        for other in one.predecessors
    )
    _keep_versions(entries, loading)


def _keep_versions(entries: list[DeviceModel], loading: Loading) -> None:
    rows: Any = DeviceModel.objects.filter(pk__in=[one.pk for one in entries])
    EntryVersion.objects.bulk_create(
        (
            EntryVersion(
                entry=one, from_day=_first(one), to_day=_last(one), content=as_row(one), recorded=loading.recorded
            )
            for one in rows.prefetch_related("certificates", "predecessors")
        ),
        batch_size=500,
    )


def _last(entry: DeviceModel) -> date | None:
    return entry.removed_on - timedelta(days=1) if entry.removed_on else None


def _first(entry: DeviceModel) -> date:
    first = entry.accepted_on
    if first is None:
        raise ValueError(f"{entry} has no first day.")
    return first


MODELS = takes(
    LoadKind(
        "device-models",
        "Device models of the Central Products List",
        (
            *(
                Column(column.name, words, column.help, column.name in (*NEEDED, "entry_id"))
                for column in COLUMNS
            ),
            Column("cpl_version", count, "the number of the CPL version that first held it"),
            Column("accepted_on", day, "the day from which it is listed; empty: that of the version", required=False),
            Column("removed_on", day, "the first day on which it was no longer listed", required=False),
            Column("removal_ground", one_of({value: value for value in RemovalGround.values}),
                   "why it was removed", required=False),
            INVENTED,
        ),
        prepare,
        write,
    )
)  # fmt: skip
