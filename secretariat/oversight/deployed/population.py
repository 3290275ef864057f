"""The devices that stand behind a certificate: those installed of the entries that it carries, day by day told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from secretariat.oversight.deployed.models import DeployedCount
from secretariat.oversight.regions import Region
from secretariat.products.models import DeviceModel


@dataclass(frozen=True)
class OfEntry:
    """The devices of one entry as last told: the day, and how many in each region that was told."""

    entry: DeviceModel
    as_at: date | None
    regions: Mapping[str, int]

    @property
    def installed(self) -> int | None:
        """All of them; None where nothing was ever told."""
        return sum(self.regions.values()) if self.as_at else None


def by_entry(entries: Iterable[DeviceModel], counts: QuerySet[DeployedCount], day: date) -> list[OfEntry]:
    """What some counts last told by a day of each entry; entries of which most are installed first."""
    known = {entry.pk: entry for entry in entries}
    rows = counts.filter(superseded_at__isnull=True, entry__in=known, as_at__lte=day)
    told: dict[int, dict[date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for pk, as_at, region, installed in rows.values_list("entry_id", "as_at", "region", "installed"):
        told[pk][as_at][region] = installed
    found = [_last(entry, told.get(pk, {})) for pk, entry in known.items()]
    return sorted(found, key=lambda one: (-(one.installed or 0), one.entry.entry_id))


def _last(entry: DeviceModel, told: Mapping[date, Mapping[str, int]]) -> OfEntry:
    last = max(told, default=None)
    return OfEntry(entry, last, told[last] if last else {})


@dataclass(frozen=True)
class Population:
    """The devices behind one certificate: entry by entry, and all together."""

    entries: tuple[OfEntry, ...]

    @property
    def installed(self) -> int:
        """All devices that were told."""
        return sum(one.installed or 0 for one in self.entries)

    @property
    def untold(self) -> int:
        """The entries of which nothing was ever told: the population may be larger."""
        return sum(1 for one in self.entries if one.installed is None)

    def in_region(self, region: Region) -> int:
        """Those in one region."""
        return sum(one.regions.get(region.value, 0) for one in self.entries)

    @property
    def sentence(self) -> str:
        """How many, and what is not known, in words."""
        if not self.entries:
            return "The certificate carries no entry of the Central Products List."
        said = f"{self.installed:,} devices stand behind this certificate, as last told."
        if self.untold:
            said += f" Of {self.untold} of its {len(self.entries)} entries nothing was told, so there may be more."
        return said


def behind(entries: Iterable[DeviceModel], counts: QuerySet[DeployedCount], day: date) -> Population:
    """The devices behind the certificate that carries these entries, as these counts told by a day.

    Give the entries and the counts that the reader may read.
    """
    return Population(tuple(by_entry(entries, counts, day)))


def over_time(entries: Iterable[DeviceModel], counts: QuerySet[DeployedCount]) -> list[tuple[date, int]]:
    """How many devices of some entries were told as at each day: what a remediation has come to."""
    rows = counts.filter(superseded_at__isnull=True, entry__in=[one.pk for one in entries]).order_by("as_at")
    return [(row["as_at"], row["total"]) for row in rows.values("as_at").annotate(total=Sum("installed"))]
