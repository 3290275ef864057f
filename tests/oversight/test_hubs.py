"""Communications Hubs: monthly counts from files, what is reckoned of them, interventions, a failed supplier."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from secretariat.core.figures import Span, Sum, Unknown
from secretariat.core.load import Loading, load, preview
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.oversight.hubs.figures import hub_exceptions, hub_exceptions_by_region, hub_flow, hub_triage
from secretariat.oversight.hubs.load import HUB_COUNTS, HUB_EXCEPTIONS, month
from secretariat.oversight.hubs.models import (
    ACCEPTED,
    DECLINED,
    DONE,
    Destination,
    ExceptionCategory,
    HubCount,
    HubException,
    HubRequest,
    HubStock,
    HubTransfer,
    Intervention,
    TriageBatch,
    held,
)
from secretariat.oversight.hubs.procedure import HUB_TRANSFER, the_appointment_has_begun, the_stock_holds_so_many
from secretariat.oversight.hubs.series import effect_of, reckoned
from secretariat.oversight.regions import Region
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.register.leaving.models import LastResort
from tests.register.factories import party

MARCH = datetime(2020, 3, 9, 12, tzinfo=LONDON)
LOADING = Loading(None, MARCH, MARCH)
FEBRUARY = Span.of(Month(2020, 2))
ADDRESS = "Incomplete or no address"


@pytest.mark.parametrize("typed", ["2020-02", "Feb-20", "Feb 2020", "February-2020", "feb 20"])
def test_a_month_is_read_as_spreadsheets_write_it(typed: str) -> None:
    assert month(typed) == date(2020, 2, 1)


def test_september_has_four_letters_too() -> None:
    assert month("Sept-19") == date(2019, 9, 1)


@pytest.mark.parametrize("typed", ["", "13/2020", "Smarch-20", "2020-13"])
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"month|Month|year"):
        month(typed)


def counts(values: list[int], first: Month) -> dict[Month, int]:
    return {first.plus(place): value for place, value in enumerate(values)}


def test_a_workaround_that_did_nothing_shows_no_effect() -> None:
    series = counts([100, 118, 121, 141, 152, 158, 182, 188, 201, 219, 221, 243], Month(2019, 2))
    found = reckoned(series, Month(2019, 8), 4)
    assert found.effect is not None
    assert found.first == 6
    assert found.effect.verdict.startswith("No effect is shown")


def test_a_gap_is_not_filled_and_what_lies_beyond_it_is_left_out() -> None:
    series = counts([1] * 6, Month(2018, 6)) | counts([10, 20, 30, 40, 50, 60, 70, 80], Month(2019, 2))
    found = reckoned(series, Month(2019, 6), 4)
    assert (found.months[0], len(found.months)) == (Month(2019, 2), 8)
    assert reckoned(series, Month(2019, 8), 4).why_not.startswith("6 months before and 2 from it on")
    assert reckoned({}, Month(2019, 8), 4).months == ()


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


@pytest.fixture
def category() -> ExceptionCategory:
    return ExceptionCategory.objects.create(name=ADDRESS, named_in="Sub-Committee Report, February 2020")


@pytest.mark.django_db
def test_a_file_of_counts_tells_every_wrong_cell_and_keeps_none_of_it() -> None:
    rows = csv(
        "month,region,flow,count", "Feb-20,N,installed,\"1,200\"", "2020-04,N,installed,5", "2020-02,East,installed,5",
        "2020-02,N,lost,5", "2020-02,N,installed,7", "2020-02,C,installed,many",
    )  # fmt: skip
    found = preview(HUB_COUNTS, "hubs.csv", rows, LOADING)
    assert [(one.row, one.column) for one in found.refused] == [
        (3, "month"), (4, "region"), (5, "flow"), (6, "count"), (7, "count"),
    ]  # fmt: skip
    assert [change.new.count for change in found.accepted] == [1200]
    with pytest.raises(Refused):
        load(HUB_COUNTS, "hubs.csv", rows, LOADING)
    assert not HubCount.objects.exists()


@pytest.mark.django_db
def test_a_restated_count_supersedes_and_the_earlier_one_stays() -> None:
    head = "month,region,flow,count,restated"
    load(HUB_COUNTS, "a.csv", csv(head, "2020-01,North,returned,100,"), LOADING)
    assert preview(HUB_COUNTS, "a.csv", csv(head, "2020-01,N,returned,100,"), LOADING).repeated == [2]
    (refused,) = preview(HUB_COUNTS, "b.csv", csv(head, "2020-01,N,returned,110,"), LOADING).refused
    assert "There are 100 already" in refused.reason
    (nothing,) = preview(HUB_COUNTS, "b.csv", csv(head, "2020-02,N,returned,110,yes"), LOADING).refused
    assert "no earlier count" in nothing.reason
    load(HUB_COUNTS, "b.csv", csv(head, "2020-01,N,returned,110,yes"), LOADING)
    assert list(HubCount.objects.current().values_list("count", flat=True)) == [110]
    assert sorted(HubCount.objects.values_list("count", flat=True)) == [100, 110]


@pytest.mark.django_db
def test_an_unknown_category_is_refused_with_those_that_there_are(category: ExceptionCategory) -> None:
    head = "month,region,category,cause,count"
    found = preview(HUB_EXCEPTIONS, "e.csv", csv(head, "2020-01,N,Bad weather,,3", f"2020-01,N,{ADDRESS},,4"), LOADING)
    assert len(found.accepted) == 1
    assert found.refused[0].reason == f"There is no such category; there are: {ADDRESS}."


def enter(flow: str, region: str, count: int, when: date = date(2020, 2, 1)) -> None:
    HubCount.objects.create(month=when, region=region, flow=flow, count=count, recorded=MARCH)


@pytest.mark.django_db
def test_returns_are_11_per_cent_of_decommissions_and_unknown_without_any(category: ExceptionCategory) -> None:
    for region, gone, back in (("N", 1000, 90), ("C", 2000, 240), ("S", 0, 0)):
        enter("decommissioned", region, gone)
        enter("returned", region, back)
    enter("installed", "N", 4000)
    category.counts.create(month=date(2020, 2, 1), region="N", count=100, recorded=MARCH)
    grid = hub_flow.grid(FEBRUARY)
    assert grid.cell("share", "total").value == Decimal(11)
    assert grid.cell("share", "N").value == Decimal(9)
    assert isinstance(grid.cell("share", "S").counted, Unknown)
    assert grid.cell("share", "SMETS1").value is None
    assert grid.cell("rate", "N").value == Decimal(25)
    assert isinstance(grid.cell("rate", "N").counted, Sum)


@pytest.mark.django_db
def test_exceptions_are_counted_by_category_and_region_and_months_without_returns_are_unknown(
    category: ExceptionCategory,
) -> None:
    other = ExceptionCategory.objects.create(name="Wrong variant")
    for of, region, count in ((category, "N", 5), (category, "C", 7), (other, "C", 2)):
        of.counts.create(month=date(2020, 2, 1), region=region, count=count, recorded=MARCH)
    category.counts.create(month=date(2020, 2, 1), region="S", count=99, recorded=MARCH, superseded_at=MARCH)
    grid = hub_exceptions.grid(FEBRUARY)
    assert grid.cell(str(category.pk), "2020-02").value == 12
    assert grid.cell("total", "2020-02").value == 14
    assert grid.cell("total", "2020-01").value is None
    assert hub_exceptions_by_region.grid(FEBRUARY).cell("C", "2020-02").value == 9


@pytest.mark.django_db
def test_300_returned_hubs_without_a_fault_are_told_with_their_interval(client: Client) -> None:
    TriageBatch.objects.create(triaged_on=date(2020, 2, 10), triaged=300, faulty=0)
    assert [hub_triage.grid(FEBRUARY).cell(key).value for key in ("triaged", "faulty")] == [300, 0]
    client.force_login(somebody(Role.DCC, audience="DCC"))
    page = client.get("/communications-hubs/?month=2020-02").content.decode()
    assert "0 of 300 are faulty" in page
    assert "would often go unseen" in page


def somebody(role: str, **told: Any) -> Person:
    made = Person.objects.create_user(f"{role}-{Person.objects.count()}@example.org".replace(" ", "-"), role)
    Capacity.objects.create(person=made, role=role, from_day=date(2013, 9, 23), recorded=MARCH, **told)
    return made


@pytest.mark.django_db
def test_an_intervention_is_tested_on_the_series_that_it_is_meant_for(
    category: ExceptionCategory, client: Client
) -> None:
    other = ExceptionCategory.objects.create(name="Wrong variant")
    for place, count in enumerate([60, 55, 61, 57, 62, 58, 20, 23, 19, 22, 21, 20]):
        when = Month(2019, 3).plus(place).first
        category.counts.create(month=when, region="N", count=count, recorded=MARCH)
        category.counts.create(month=when, region="C", count=100 + place, recorded=MARCH)
        other.counts.create(month=when, region="N", count=7, recorded=MARCH)
    done = Intervention.objects.create(
        name="Address check", on_day=date(2019, 9, 12), by="DSP", category=category, region="N"
    )
    found = effect_of(done, HubException.objects.all(), MARCH.date())
    assert found.values[:3] == (60, 55, 61)
    assert found.effect is not None
    assert found.effect.level.high < 0
    client.force_login(somebody(Role.DCC, audience="DCC"))
    page = client.get(done.get_absolute_url()).content.decode()
    assert "The level fell" in page
    assert "<svg" in page


@pytest.mark.django_db
def test_a_region_that_told_nothing_is_shown_and_what_is_told_replaces(client: Client) -> None:
    asked = HubRequest.objects.create(title="Requirements of the new Order Management System")
    client.force_login(somebody(Role.DCC, audience="DCC"))
    for standing in ("under way", "complete"):
        typed = {"region": "C", "lead": "CSP C&S", "standing": standing, "since": "2020-02-01"}
        assert client.post(f"/hub-requests/{asked.pk}/stands/", typed).status_code == 302
    assert [(one.region, one.standing) for one in asked.standings.all()] == [("C", "complete")]
    page = client.get(asked.get_absolute_url()).content.decode()
    assert page.count("nothing told") == len(Region) - 1


@pytest.fixture
def appointment() -> LastResort:
    failing, appointed = party("Failed Supply Limited"), party("Last Resort Limited")
    made: LastResort = LastResort.objects.create(failing=failing, appointed=appointed, appointed_on=date(2020, 2, 3))
    return made


def transfer(appointment: LastResort, hubs: int, goes_to: str = Destination.APPOINTED) -> HubTransfer:
    return HubTransfer(appointment=appointment, region="N", hubs=hubs, goes_to=goes_to)


@pytest.mark.django_db
def test_the_stock_of_a_failed_supplier_goes_on_or_back_and_never_more_than_there_is(appointment: LastResort) -> None:
    dcc = somebody(Role.DCC, audience="DCC")
    contact = somebody(Role.PARTY_CONTACT, organisation_id=appointment.appointed_id)
    by_dcc: dict[str, Any] = {"by": dcc, "at": MARCH, "recorded": MARCH}
    by_contact: dict[str, Any] = {**by_dcc, "by": contact}
    first = transfer(appointment, 30)
    assert not the_stock_holds_so_many(first, MARCH)
    for holder, hubs in (("", 40), ("An asset provider", 20)):
        HubStock.objects.create(
            party=appointment.failing, region="N", held_by=holder, as_at=date(2020, 2, 3), hubs=hubs, recorded=MARCH
        )
    assert held(appointment, "N", "", MARCH.date()) == 60
    assert not the_appointment_has_begun(first, datetime(2020, 2, 2, 12, tzinfo=LONDON))
    HUB_TRANSFER.take("propose", first, **by_dcc)
    with pytest.raises(Refused, match="is for others"):
        HUB_TRANSFER.take("accept", first, **by_dcc)
    HUB_TRANSFER.take("accept", first, **by_contact)
    assert first.state == ACCEPTED
    HUB_TRANSFER.take("transfer", first, **by_dcc)
    assert (first.state, first.transferred_on) == (DONE, MARCH.date())
    with pytest.raises(Refused, match="still holds so many"):
        HUB_TRANSFER.take("propose", transfer(appointment, 31), **by_dcc)
    second = transfer(appointment, 30)
    HUB_TRANSFER.take("propose", second, **by_dcc)
    HUB_TRANSFER.take("decline", second, reason="We have enough.", **by_contact)
    assert (second.state, held(appointment, "N", "", MARCH.date())) == (DECLINED, 30)
    back = transfer(appointment, 30, Destination.BACK)
    HUB_TRANSFER.take("propose", back, **by_dcc)
    with pytest.raises(Refused, match="is for others"):
        HUB_TRANSFER.take("accept", back, **by_contact)
    HUB_TRANSFER.take("accept", back, **by_dcc)


@pytest.mark.django_db
def test_a_stock_is_read_by_its_party_and_by_the_dcc_and_not_by_other_parties(appointment: LastResort) -> None:
    HubStock.objects.create(party=appointment.failing, region="N", as_at=date(2020, 2, 3), hubs=1, recorded=MARCH)
    readers = [
        somebody(Role.PARTY_CONTACT, organisation_id=appointment.failing_id), somebody(Role.DCC, audience="DCC"),
        somebody(Role.PARTY_CONTACT, organisation_id=appointment.appointed_id), None,
        somebody(Role.SECRETARIAT, team=Team.TECHNICAL),
    ]  # fmt: skip
    seen = [HubStock.objects.visible_to(reader, MARCH).count() for reader in readers]
    assert seen == [1, 1, 0, 0, 1]
