"""The file of versions that were published before the record was kept here: their numbers and days (PRD-30)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from secretariat.core import journal
from secretariat.core.columns import INVENTED, count, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.plain.dates import local_day
from secretariat.products.models import ListVersion, ProductList


def code(text: str) -> str:
    """Parser of a list's code, in capitals."""
    return words(text).upper()


def _write(records: list[ListVersion], loading: Loading) -> None:
    journal.enter_all(records, **loading.told)


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
