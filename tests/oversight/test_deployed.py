"""The devices behind a certificate: as last told, with what was never told said."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.load import Loading, load, preview
from secretariat.core.people import Role
from secretariat.oversight.deployed.load import DEPLOYED
from secretariat.oversight.deployed.models import DeployedCount
from secretariat.oversight.deployed.population import OfEntry, Population, behind, over_time
from secretariat.oversight.regions import Region
from secretariat.plain.dates import LONDON
from secretariat.products.models import Certificate, DeviceModel
from tests.products.factories import device, person

MARCH = datetime(2020, 3, 9, 12, tzinfo=LONDON)
LOADING = Loading(None, MARCH, MARCH)
HEAD = "entry,region,as_at,installed,restated"


def csv(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode()


def test_a_population_says_what_was_not_told() -> None:
    one, other = DeviceModel(entry_id="1"), DeviceModel(entry_id="2")
    told = OfEntry(one, date(2020, 2, 1), {"N": 10, "C": 5})
    assert Population(()).sentence == "The certificate carries no entry of the Central Products List."
    assert Population((told,)).sentence == "15 devices stand behind this certificate, as last told."
    found = Population((told, OfEntry(other, None, {})))
    assert found.sentence.endswith("Of 1 of its 2 entries nothing was told, so there may be more.")
    assert (found.in_region(Region.NORTH), found.in_region(Region.SOUTH)) == (10, 0)


@pytest.fixture
def certificate() -> Certificate:
    made: Certificate = Certificate.objects.create(scheme="CPA", number="CPA-1", holder="Larch Meters")
    for entry_id in ("5001", "5002"):
        device(entry_id, None).certificates.add(made)
    device("5003", None)
    return made


@pytest.mark.django_db
def test_the_last_count_of_each_entry_is_told_and_the_earlier_ones_show_the_way(certificate: Certificate) -> None:
    rows = csv(
        "5001,N,2020-01-31,900,", "5001,C,2020-01-31,100,", "5001,N,2020-02-29,400,", "5002,S,2020-01-31,50,",
        "5003,N,2020-02-29,7777,",
    )  # fmt: skip
    load(DEPLOYED, "d.csv", rows, LOADING)
    entries, told = certificate.entries.all(), DeployedCount.objects.all()
    found = behind(entries, told, date(2020, 3, 9))
    assert [(one.entry.entry_id, one.installed) for one in found.entries] == [("5001", 400), ("5002", 50)]
    assert behind(entries, told, date(2020, 2, 1)).installed == 1050
    assert over_time(entries, told) == [(date(2020, 1, 31), 1050), (date(2020, 2, 29), 400)]


@pytest.mark.django_db
def test_wrong_rows_are_told_and_a_restatement_supersedes(certificate: Certificate) -> None:
    load(DEPLOYED, "d.csv", csv("5001,N,2020-01-31,900,"), LOADING)
    wrong = csv("9999,N,2020-01-31,1,", "5001,N,2020-03-31,1,", "5001,N,2020-01-31,901,", "5002,N,2020-01-31,1,yes")
    found = preview(DEPLOYED, "d.csv", wrong, LOADING)
    assert [(one.row, one.column) for one in found.refused] == [
        (2, "entry"), (3, "as_at"), (4, "installed"), (5, "restated"),
    ]  # fmt: skip
    load(DEPLOYED, "d.csv", csv("5001,N,2020-01-31,901,yes"), LOADING)
    assert behind(certificate.entries.all(), DeployedCount.objects.all(), date(2020, 3, 9)).installed == 901


@pytest.mark.django_db
def test_the_page_of_a_certificate_s_devices_is_for_those_who_act_here(
    certificate: Certificate, client: Client
) -> None:
    load(DEPLOYED, "d.csv", csv("5001,N,2020-01-31,900,"), LOADING)
    address = f"/certificates/{certificate.pk}/population/"
    assert client.get(address).status_code == 302
    client.force_login(person(Role.SECRETARIAT))
    assert "900 devices stand behind" in client.get(address).content.decode()


@pytest.mark.django_db
def test_entries_and_counts_that_a_party_may_not_read_add_nothing(certificate: Certificate, client: Client) -> None:
    load(DEPLOYED, "d.csv", csv("5001,N,2020-01-31,900,", "5001,C,2020-01-31,70,", "5002,S,2020-01-31,50,"), LOADING)
    DeployedCount.objects.filter(region="C").update(classification=Class.AMBER)
    DeviceModel.objects.filter(entry_id="5002").update(classification=Class.AMBER)
    client.force_login(person(Role.PARTY_CONTACT, ""))
    page = client.get(f"/certificates/{certificate.pk}/population/").content.decode()
    assert "900 devices stand behind" in page
    assert "5002" not in page
