"""Counts of installed devices from the central service's file; a restated count supersedes."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.core.columns import INVENTED, count, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.oversight.deployed.models import DeployedCount
from secretariat.oversight.hubs.load import REGION, RESTATED, Change, write
from secretariat.plain.dates import local_day
from secretariat.products.models import DeviceModel


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """What a file would do: counts that are new, there already, restated or refused."""
    entries = {one.entry_id: one for one in DeviceModel.objects.all()}
    days = {line["as_at"] for line in lines}
    current = DeployedCount.objects.current().filter(as_at__in=days)
    known = {(one.entry_id, one.region, one.as_at): one for one in current}
    prepared, seen = Prepared(), dict[tuple[object, ...], int]()
    for line in lines:
        entry = entries.get(line["entry"])
        key = (entry.pk if entry else line["entry"], line["region"], line["as_at"])
        there = known.get(key)
        refusals = list(_wrong(line, entry, there, seen.get(key), loading))
        prepared.refused += refusals
        seen.setdefault(key, line.row)
        if refusals or entry is None:
            continue
        if there is not None and there.installed == line["installed"]:
            prepared.repeated.append(line.row)
        else:
            names = ("region", "as_at", "installed", "invented")
            prepared.accepted.append(Change(DeployedCount(entry=entry, **{name: line[name] for name in names}), there))
    return prepared


def _wrong(
    line: Line, entry: DeviceModel | None, there: DeployedCount | None, before: int | None, loading: Loading
) -> Iterator[Refusal]:
    if entry is None:
        yield line.refuse("entry", f"The Central Products List has no entry {line['entry']}.")
    if line["as_at"] > local_day(loading.at):
        yield line.refuse("as_at", "This day is still to come.")
    if before is not None:
        yield line.refuse("entry", f"The same entry, region and day is in row {before} too.")
    elif there is not None and there.installed != line["installed"] and not line["restated"]:
        yield line.refuse(
            "installed", f"There are {there.installed:,} already. Say yes under restated to replace this."
        )
    elif there is None and line["restated"]:
        yield line.refuse("restated", "There is no earlier count that this could take the place of.")


DEPLOYED = takes(
    LoadKind(
        "deployed-population",
        "Installed devices by device model",
        (
            Column("entry", words, "the CPL Entry ID"),
            REGION,
            Column("as_at", day, "the day as at which they were counted"),
            Column("installed", count, "how many are installed"),
            RESTATED,
            INVENTED,
        ),
        prepare,
        write,
    )
)
