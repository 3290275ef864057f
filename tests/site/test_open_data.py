"""Open data: the public's view of the register as files that stay where they are."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from secretariat.core.classification import Class
from secretariat.register.models import Party, UserEntry
from secretariat.site.open_data import DATASETS, MEDIA
from tests.register.factories import case, expel, keep, party, user_entry
from tests.site.own import contact
from tests.site.people import client_as, client_of

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("name", DATASETS)


def rows(name: str, client: Client | None = None) -> list[dict[str, str]]:
    answer = (client or Client()).get(f"/open-data/{name}.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def told(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Client().get(f"/open-data/{name}.json").content)
    return found


@pytest.fixture
def amber() -> Party:
    made = party()
    user_entry(made, "2019-05-01", "Import Supplier", "Gas Supplier")
    return made


def test_parties_are_told_with_category_days_and_roles(amber: Party) -> None:
    (row,) = rows("parties")
    assert row == {
        "key": "amber-energy-limited",
        "name": "Amber Energy Limited",
        "category": "small-supplier",
        "voting_group": "Amber Energy Limited",
        "acceded": "2018-01-10",
        "left": "",
        "roles": "Gas Supplier, Import Supplier",
    }


def test_a_party_that_left_stays_with_its_day(amber: Party) -> None:
    case(amber, "2020-01-06", "2020-01-13")
    expel(amber, "2020-02-10")
    (row,) = rows("parties")
    assert (row["left"], row["category"]) == ("2020-02-10", "")


def test_each_role_completed_is_a_row_with_its_day(amber: Party) -> None:
    assert [(row["party"], row["role"], row["completed"]) for row in rows("user-roles")] == [
        ("amber-energy-limited", "Import Supplier", "2019-05-01"),
        ("amber-energy-limited", "Gas Supplier", "2019-05-01"),
    ]


def test_the_statistics_are_those_of_the_figure_by_month(amber: Party) -> None:
    keep("party events", "2017-01-01")
    party("Blue Energy Limited", "2020-02-12")
    case(amber, "2020-01-06", "2020-01-13")
    found = rows("party-statistics")
    assert [found[0]["month"], found[-1]["month"], len(found)] == ["2019-02", "2020-02", 13]
    assert found[-1] == {
        "month": "2020-02", "accessions": "1", "in_default": "1", "withdrawals": "0", "expulsions": "0",
        "source": "records",
    }  # fmt: skip


def test_what_is_not_white_is_in_no_file_whoever_asks(amber: Party) -> None:
    party("Hidden Energy Limited", classification=Class.GREEN)
    UserEntry.objects.update(classification=Class.GREEN)
    for client in (Client(), client_as("operations"), client_of(contact(amber))):
        assert [row["name"] for row in rows("parties", client)] == ["Amber Energy Limited"]
        assert rows("parties", client)[0]["roles"] == ""
        assert rows("user-roles", client) == []


def test_no_file_holds_anything_of_a_person(amber: Party) -> None:
    person = contact(amber, "Somebody")
    for name in DATASETS:
        for ending in MEDIA:
            content = Client().get(f"/open-data/{name}.{ending}").content.decode()
            assert person.email not in content
            assert person.name not in content


@EVERY
def test_every_column_of_a_file_is_documented_in_its_order(name: str, amber: Party) -> None:
    keep("party events", "2017-01-01")
    names = [column.name for column in DATASETS[name].columns]
    assert list(rows(name)[0]) == names
    assert list(told(name)["rows"][0]) == names
    page = Client().get("/open-data/").content.decode()
    for column in DATASETS[name].columns:
        assert column.meaning in page.replace("&#39;", "'")


@EVERY
def test_both_forms_say_the_same(name: str, amber: Party) -> None:
    keep("party events", "2017-01-01")
    as_json = [{key: "" if value is None else str(value) for key, value in row.items()} for row in told(name)["rows"]]
    assert as_json == rows(name)


def test_json_tells_the_licence_that_this_administration_set(amber: Party) -> None:
    found = told("parties")
    assert (found["as_at"], found["licence"]) == ("2020-03-06", "Creative Commons Attribution 4.0 (CC BY 4.0)")
    assert found["licence"] in Client().get("/open-data/").content.decode()


@EVERY
def test_whoever_asks_again_is_told_when_nothing_changed(name: str, amber: Party) -> None:
    first = Client().get(f"/open-data/{name}.csv")
    assert first["Cache-Control"] == "public, max-age=3600"
    again = Client().get(f"/open-data/{name}.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_mark_changes_with_the_content(amber: Party) -> None:
    before = Client().get("/open-data/parties.csv")["ETag"]
    party("Blue Energy Limited", "2020-02-12")
    assert Client().get("/open-data/parties.csv")["ETag"] != before


@pytest.mark.parametrize("path", ["none-such.csv", "parties.xlsx", "parties.atom"])
def test_what_is_not_given_is_not_found(path: str) -> None:
    assert Client().get(f"/open-data/{path}").status_code == 404


def test_formulas_in_names_are_defused() -> None:
    party("=cmd()", key="formula")
    assert rows("parties")[0]["name"] == "'=cmd()"


def test_the_list_of_parties_has_their_roles_in_as_many_queries_as_ever(
    amber: Party, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        user_entry(party(f"Party {number}", "2018-02-01"), "2019-05-01", "Other User", "Gas Supplier")
    client = Client()
    client.get("/parties/")
    with django_assert_max_num_queries(3):
        page = client.get("/parties/").content.decode()
    assert "Gas Supplier, Import Supplier" in page
    assert page.count("Gas Supplier, Other User") == 12
