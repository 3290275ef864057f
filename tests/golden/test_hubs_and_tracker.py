"""What the Sub-Committee Report of February 2020 says of hubs and of spurious alerts comes out of the sample."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.figures import Span
from secretariat.oversight.deployed.models import DeployedCount
from secretariat.oversight.deployed.population import behind, over_time
from secretariat.oversight.hubs.figures import hub_exceptions, hub_flow, hub_triage
from secretariat.oversight.hubs.intervals import wilson
from secretariat.oversight.hubs.models import HubException, HubRequest, Intervention
from secretariat.oversight.hubs.series import effect_of
from secretariat.oversight.tracker.models import PLANNED, TrackerEntry
from secretariat.plain.months import Month
from secretariat.products.models import Certificate
from secretariat.register.leaving.models import LastResort
from secretariat.site.sample.products import EXPIRING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
TODAY = date(2020, 3, 9)
FEBRUARY = Span.of(Month(2020, 2))


def test_returns_are_11_per_cent_of_the_hubs_decommissioned() -> None:
    assert hub_flow.grid(FEBRUARY).cell("share", "total").value == 11


def test_no_fault_was_found_in_any_of_300_returned_hubs() -> None:
    grid = hub_triage.grid(FEBRUARY)
    faulty, triaged = (int(grid.cell(key).value or 0) for key in ("faulty", "triaged"))
    assert (faulty, triaged) == (0, 300)
    assert wilson(triaged - faulty, triaged).low > 0.987


def test_missing_addresses_are_the_largest_exception_and_the_volume_rises() -> None:
    grid = hub_exceptions.grid(FEBRUARY)
    rows = {row.label: int(grid.cell(row.key).value or 0) for row in grid.rows if row.key not in grid.totals}
    assert max(rows, key=lambda name: rows[name]) == "Incomplete or no address"
    totals = [int(grid.cell("total", column.key).value or 0) for column in grid.columns]
    assert totals == sorted(totals)


def test_the_workaround_of_august_2019_shows_no_effect() -> None:
    found = effect_of(Intervention.objects.get(by="DSP"), HubException.objects.all(), TODAY).effect
    assert found is not None
    assert found.verdict.startswith("No effect is shown")


def test_the_north_s_impact_assessment_of_the_order_system_is_outstanding() -> None:
    asked = HubRequest.objects.get(title__contains="Order Management System")
    assert {one.region for one in asked.standings.all() if one.standing != "complete"} == {"N"}


def test_the_dates_of_both_hub_makers_fixes_are_yet_to_be_confirmed() -> None:
    entries = TrackerEntry.objects.filter(device_type="Communications Hub", state=PLANNED)
    assert entries.count() == 2
    assert {part.told for entry in entries for part in entry.plan.all()} == {"to be confirmed"}


def test_the_devices_behind_the_expiring_certificate_grow_fewer() -> None:
    certificate = Certificate.objects.get(number=EXPIRING)
    entries, counts = certificate.entries.all(), DeployedCount.objects.all()
    days = [total for _, total in over_time(entries, counts)]
    assert days == sorted(days, reverse=True)
    assert behind(entries, counts, TODAY).installed == days[-1] > 0


def test_the_stock_told_of_the_failed_supplier_is_what_the_register_counted() -> None:
    appointment = LastResort.objects.get()
    (counted,) = appointment.failing.leavings.exclude(hubs_held=None)
    stock = sum(appointment.failing.hub_stocks.values_list("hubs", flat=True))
    back = sum(appointment.hub_transfers.filter(state="transferred").values_list("hubs", flat=True))
    assert (stock, back) == (counted.hubs_held, counted.hubs_returned)
