"""Counts of installed devices, and the devices that stand behind each certificate."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.capacities import in_a_capacity
from secretariat.core.form_page import found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, reader
from secretariat.core.procedure import Who
from secretariat.oversight.deployed.filters import DeployedFilter
from secretariat.oversight.deployed.models import DeployedCount
from secretariat.oversight.deployed.population import OfEntry, behind, over_time
from secretariat.oversight.regions import Region
from secretariat.plain.dates import day_words, instant, local_day, long_date
from secretariat.products.certificates.life import told
from secretariat.products.models import Certificate


class DeployedCounts(ListPage):
    """Every count of installed devices that holds."""

    model = DeployedCount
    word, plural = "deployed count", "deployed counts"
    who: ClassVar[Who] = staticmethod(in_a_capacity)
    columns = (
        Column("as_at", "As at", "as_at"),
        Column("entry", "CPL Entry ID", "entry__entry_id"),
        Column("manufacturer", "Manufacturer", "entry__manufacturer"),
        Column("model", "Model", "entry__model"),
        Column("firmware", "Firmware", "entry__firmware"),
        Column("region", "Region", "region", lambda value: str(Region(value).label)),
        Column("installed", "Installed", "installed", numeric=True),
        class_column(),
    )
    filters = DeployedFilter
    order = "-as_at"
    day = "as_at"
    about = "How many devices of each listed device model are installed, as the central service told."
    empty = "The central service has told no installed devices yet."
    loads = "deployed-population"

    def rows(self) -> Any:
        """Those that hold."""
        rows: Any = super().rows()
        return rows.current()


class DeployedCountPage(RecordPage):
    """One count."""

    model = DeployedCount
    word, plural = "deployed count", "deployed counts"

    def facts(self, record: DeployedCount) -> list[Fact]:
        """Of what, where, when, and whether it still holds."""
        facts = [
            Fact("Device model", str(record.entry), record.entry.get_absolute_url()),
            Fact("Region", str(Region(record.region).label)),
            Fact("Installed", f"{record.installed:,}", note=f"As at {long_date(record.as_at)}."),
        ]
        if record.superseded_at is not None:
            facts.append(Fact("Superseded", instant(record.superseded_at), note="A restated count took its place."))
        return facts


class CertificatePopulation(Page):
    """The devices that stand behind one certificate: how many lose their assurance when it ends."""

    template = "oversight/deployed/population.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The population as last told, entry by entry, and over time."""
        certificate: Certificate = found(Certificate, key, self)
        day = local_day(self.request.at)
        person, at = reader(self.request), self.request.at
        entries: Any = certificate.entries.visible_to(person, at)
        counts: Any = DeployedCount.objects.visible_to(person, at)
        population = behind(entries, counts, day)
        of = Crumb(str(certificate), certificate.get_absolute_url())
        return self.shown(
            {
                "crumbs": (Crumb("Certificates", reverse("certificates")), of, Crumb("Installed devices")),
                "certificate": certificate,
                "standing": told(certificate, day),
                "population": population,
                "heads": HEADS,
                "rows": [entry_row(one) for one in population.entries],
                "days": [(long_date(when), f"{total:,}") for when, total in over_time(entries, counts)],
            }
        )


HEADS = ("CPL Entry ID", "Model", "Firmware", "State", *(str(one.label) for one in Region), "All", "As at")


def entry_row(one: OfEntry) -> tuple[Any, ...]:
    """One entry with its devices, as a row; what was not told is a dash."""
    regions = (f"{one.regions[region.value]:,}" if region.value in one.regions else "–" for region in Region)
    total = "not told" if one.installed is None else f"{one.installed:,}"
    as_at = day_words(one.as_at)
    return (
        Crumb(one.entry.entry_id, one.entry.get_absolute_url()),
        one.entry.model,
        one.entry.firmware,
        one.entry.state,
        *regions,
        total,
        as_at,
    )
