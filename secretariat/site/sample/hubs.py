"""The sample's Communications Hubs, as the Sub-Committee Report of February 2020 tells of them.

Published are: the largest category of exceptions, the workaround of August 2019 that did not work and the rise of the
volumes; that returns are 11 % of decommissions, and 300 returned hubs in which no fault was found; and how the regions
stand with the new Order Management System. The numbers of hubs and exceptions, all other categories, the devices behind
certificates and the stock of a failed supplier are invented so that they agree with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from secretariat.core import journal
from secretariat.oversight.hubs.models import (
    ExceptionCategory,
    HubRequest,
    HubStock,
    HubTransfer,
    Intervention,
    RegionStanding,
    Standing,
    TriageBatch,
)
from secretariat.oversight.hubs.procedure import HUB_TRANSFER
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.products.models import Certificate
from secretariat.register.leaving.models import LastResort
from secretariat.site.sample.crew import RECORDED, Crew, told
from secretariat.site.sample.products import EXPIRING, WITHDRAWN

DCC, ANALYST = "dcc.representative", "technical.analyst"
REPORT = "Sub-Committee Report, February 2020"
FIRST, LAST = Month(2019, 2), Month(2020, 2)
WEIGHTS = {"N": 26, "C": 38, "S": 36}
BACK = date(2020, 2, 5)
ADDRESS = "Incomplete or no address"
CATEGORIES = (
    (ADDRESS, 38), ("No network at installation", 14), ("Incorrect hub variant installed", 12),
    ("Not notified beforehand", 9), ("Device not on the Central Products List", 7),
    ("Duplicate or already commissioned", 6), ("Firmware below the minimum", 5), ("Commissioning timed out", 5),
    ("Certificate missing", 4),
)  # fmt: skip
WOBBLE = (0, 2, -1, 1, -2, 1, 0, 2, -1, -1, 1, 0, 2)
"""By how many per cent a month lies off its line, so that the series is not a ruler's."""


def enter(crew: Crew) -> None:
    """Enters the counts, what was done and asked, and what lies behind two certificates."""
    _categories(crew)
    crew.load("hub-counts", DCC, ("month", "region", "flow", "count", "invented"), _flow())
    crew.load("hub-exceptions", DCC, ("month", "region", "category", "count", "invented"), _exceptions())
    _done_and_asked(crew)
    _deployed(crew)
    _failed(crew)


def _categories(crew: Crew) -> None:
    for position, (name, _) in enumerate(CATEGORIES, start=1):
        named = REPORT if name == ADDRESS else ""
        row = ExceptionCategory(name=name, position=position, named_in=named, confirmed=bool(named))
        journal.enter(row, **told(crew[ANALYST], RECORDED))


def _level(place: int) -> int:
    """How many exceptions in all a month has: rising, with a wobble."""
    return (9000 + 520 * place) * (100 + WOBBLE[place]) // 100


def _flow() -> Iterator[tuple[object, ...]]:
    for place, month in enumerate(Month.range(FIRST, LAST)):
        gone = 4000 + 300 * place
        flow = {"ordered": 260_000, "delivered": 240_000, "installed": 150_000 + 6_000 * place}
        flow |= {"decommissioned": gone, "returned": 11 * gone // 100}
        for name, total in flow.items():
            for region, weight in WEIGHTS.items():
                yield month.iso, region, name, total * weight // 100, "yes"


def _exceptions() -> Iterator[tuple[object, ...]]:
    for place, month in enumerate(Month.range(FIRST, LAST)):
        for name, share in CATEGORIES:
            for region, weight in WEIGHTS.items():
                yield month.iso, region, name, _level(place) * share * weight // 10_000, "yes"


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=LONDON)


def _done_and_asked(crew: Crew) -> None:
    """What the report tells of: the workaround, the triage, and what the Operations Group asked for."""
    by = told(crew[ANALYST], RECORDED)
    address = ExceptionCategory.objects.get(name=ADDRESS)
    said = "Not effective, because the industry's address data is unreliable. The day in August is not told."
    workaround = Intervention(name="Workaround for missing addresses", on_day=date(2019, 8, 1), by="DSP", said=said)
    workaround.category, workaround.source = address, REPORT
    journal.enter(workaround, **by)
    batch = TriageBatch(triaged_on=date(2020, 1, 27), triaged=300, faulty=0)
    batch.source = f"{REPORT}; the day is made up"
    journal.enter(batch, **by)
    asked: tuple[tuple[str, ExceptionCategory | None, dict[str, Standing]], ...] = (
        ("Requirements of the new Order Management System: impact assessment", None,
         {"C": Standing.COMPLETE, "S": Standing.COMPLETE, "N": Standing.UNDER_WAY}),
        ("Audit of the triage of returned hubs", None, {}),
        ("Remediation plan for missing addresses", address, dict.fromkeys(WEIGHTS, Standing.UNDER_WAY)),
    )  # fmt: skip
    for title, category, standings in asked:
        request = HubRequest(title=title, category=category, source=REPORT)
        journal.enter(request, **by)
        for region, standing in standings.items():
            row = RegionStanding(request=request, region=region, standing=standing, since=date(2020, 2, 10))
            row.lead = "CSP North" if region == "N" else "CSP Central and South"
            journal.save_checked(row)


def _deployed(crew: Crew) -> None:
    """Fewer devices from month to month behind the two certificates that the remediations are about."""
    rows: list[tuple[object, ...]] = []
    for number in (EXPIRING, WITHDRAWN):
        for place, entry in enumerate(Certificate.objects.get(number=number).entries.order_by("entry_id")):
            for months, month in enumerate(Month.range(Month(2019, 12), LAST)):
                for region, weight in WEIGHTS.items():
                    left = (48_000 - 9_000 * months) // (place + 1) * weight // 100
                    rows.append((entry.entry_id, region, month.last.isoformat(), left, "yes"))
    crew.load("deployed-population", DCC, ("entry", "region", "as_at", "installed", "invented"), rows)


def _failed(crew: Crew) -> None:
    """The stock of the sample's failed supplier, as the register counts it: a part went back, a part is offered on."""
    appointment = LastResort.objects.select_related("failing").order_by("appointed_on").first()
    if appointment is None:
        return
    day = appointment.appointed_on
    by: Any = told(crew[DCC], _at(day))
    stock: dict[str, Any] = {"party": appointment.failing, "as_at": day, "variant": "Single Band", "invented": True}
    for holder, hubs in (("", 60), ("An asset provider (invented)", 80)):
        journal.enter(HubStock(region="C", held_by=holder, hubs=hubs, recorded=RECORDED, **stock), **by)
    for goes_to, hubs in (("central service", 85), ("appointed", 55)):
        transfer = HubTransfer(appointment=appointment, region="C", variant="Single Band", goes_to=goes_to, hubs=hubs)
        transfer.invented = True
        HUB_TRANSFER.take("propose", transfer, **by)
        if goes_to == "central service":
            for step in ("accept", "transfer"):
                HUB_TRANSFER.take(step, transfer, **told(crew[DCC], _at(BACK)))
