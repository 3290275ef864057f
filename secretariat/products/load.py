"""The files that the products room takes: versions of the lists, and device models of the Central list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from secretariat.core import journal
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, count, day, one_of, takes, words
from secretariat.plain.dates import local_day
from secretariat.products.models import CENTRAL, DeviceModel, DeviceType, ListVersion, ProductList

YES_OR_NO = {"yes": True, "no": False}
INVENTED = Column("invented", one_of(YES_OR_NO), "yes when made up, else no", required=False, default=False)


def code(text: str) -> str:
    """Parser of a list's code, in capitals."""
    return words(text).upper()


def _write(records: list[Any], loading: Loading) -> None:
    journal.enter_all(records, by=loading.by, at=loading.at, recorded=loading.recorded)


def prepare_versions(lines: list[Line], loading: Loading) -> Prepared:
    """Versions to add; the same version on the same day is already there, on another day is refused."""
    lists = {row.code: row for row in ProductList.objects.all()}
    rows = ListVersion.objects.values_list("list__code", "number", "published_on")
    known = {(of, number): on for of, number, on in rows}
    prepared, seen = Prepared(), dict[tuple[str, int], int]()
    for line in lines:
        key = (line["list"], line["number"])
        refusals = list(_wrong_version(line, lists, known, seen, local_day(loading.at)))
        prepared.refused += refusals
        seen.setdefault(key, line.row)
        if refusals:
            continue
        if key in known:
            prepared.repeated.append(line.row)
            continue
        row = ListVersion(number=line["number"], published_on=line["published_on"], invented=line["invented"])
        row.list = lists[line["list"]]
        prepared.accepted.append(row)
    return prepared


def _wrong_version(
    line: Line,
    lists: dict[str, ProductList],
    known: dict[tuple[str, int], date],
    seen: dict[tuple[str, int], int],
    today: date,
) -> Iterator[Refusal]:
    key = (line["list"], line["number"])
    if line["list"] not in lists:
        yield line.refuse("list", f"{line['list']} is not a product list. Known are {', '.join(lists)}.")
    if line["number"] < 1:
        yield line.refuse("number", "Versions are numbered from 1.")
    if line["published_on"] > today:
        yield line.refuse("published_on", "The day is still to come; a version is recorded once it is published.")
    if key in seen:
        yield line.refuse("number", f"{line['list']} version {line['number']} is in row {seen[key]} too.")
    elif known.get(key, line["published_on"]) != line["published_on"]:
        yield line.refuse("published_on", f"This version is already there, published on {known[key].isoformat()}.")


def prepare_models(lines: list[Line], loading: Loading) -> Prepared:
    """Device models to add; the same entry is already there, with other content is refused."""
    versions = {row.number: row for row in ListVersion.objects.filter(list__code=CENTRAL).select_related("list")}
    known = {row.entry_id: row for row in DeviceModel.objects.select_related("added_in")}
    prepared, seen = Prepared(), dict[str, int]()
    for line in lines:
        row = _model(line, versions)
        refusals = list(_wrong_model(line, row, known, seen))
        prepared.refused += refusals
        seen.setdefault(line["entry_id"], line.row)
        if refusals:
            continue
        if line["entry_id"] in known:
            prepared.repeated.append(line.row)
        elif row is not None:
            prepared.accepted.append(row)
    return prepared


MODEL_FIELDS = ("entry_id", "device_type", "technical_specification", "manufacturer", "model", "firmware", "invented")
LIMITS = {"entry_id": 20, "technical_specification": 20, "manufacturer": 120, "model": 60, "firmware": 40}


def _model(line: Line, versions: dict[int, ListVersion]) -> DeviceModel | None:
    version = versions.get(line["cpl_version"])
    if version is None:
        return None
    return DeviceModel(added_in=version, **{name: line[name] for name in MODEL_FIELDS})


def _wrong_model(
    line: Line, row: DeviceModel | None, known: dict[str, DeviceModel], seen: dict[str, int]
) -> Iterator[Refusal]:
    entry = line["entry_id"]
    for name, limit in LIMITS.items():
        if len(line[name]) > limit:
            yield line.refuse(name, f"This is longer than {limit} characters.")
    if row is None:
        wanted = f"{CENTRAL} version {line['cpl_version']}"
        yield line.refuse("cpl_version", f"There is no {wanted}. Load the versions first.")
    if entry in seen:
        yield line.refuse("entry_id", f"The entry {entry} is in row {seen[entry]} too.")
    elif row is not None and entry in known and _content(known[entry]) != _content(row):
        yield line.refuse("entry_id", f"The entry {entry} is already there with other content.")


def _content(model: DeviceModel) -> tuple[Any, ...]:
    return (*(getattr(model, name) for name in MODEL_FIELDS), model.added_in_id)


VERSIONS = takes(
    LoadKind(
        "list-versions",
        "Versions of the product lists",
        (
            Column("list", code, "the list's code: CPL, PPCL, EPCL or DPL"),
            Column("number", count, "the version's number"),
            Column("published_on", day, "the day of publication"),
            INVENTED,
        ),
        prepare_versions,
        _write,
    )
)

MODELS = takes(
    LoadKind(
        "device-models",
        "Device models of the Central Products List",
        (
            Column("entry_id", words, "the CPL Entry ID"),
            Column("device_type", one_of(dict(zip(DeviceType.values, DeviceType.values, strict=True))), "the type"),
            Column("technical_specification", words, "such as SMETS2 v4.2"),
            Column("manufacturer", words, "the manufacturer's name"),
            Column("model", words, "the model"),
            Column("firmware", words, "the firmware version"),
            Column("cpl_version", count, "the number of the CPL version that first held it"),
            INVENTED,
        ),
        prepare_models,
        _write,
    )
)
