"""A register of 5,000 parties with a hundred deliberate faults: each is told by its row, and nothing else is."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.procedure import Refused
from secretariat.register.models import CategoryMembership, GroupMembership, Party, VotingGroup
from tests.register.factories import NOON, expel, party, person

pytestmark = pytest.mark.django_db

COLUMNS = ("key", "name", "company_number", "category", "voting_group", "acceded_on", "invented")
CATEGORIES = ("Large Supplier", "Small Supplier", "Electricity Network", "Gas Network", "Other SEC Party")
Row = dict[str, str]


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def register() -> list[Row]:
    """5,000 good rows; every seventh party has an affiliate in its category."""
    chance = random.Random(5000)
    return [
        {
            "key": "",
            "name": f"Example Company {number:04d} Limited",
            "company_number": f"{number + 1_000_000:08d}" if number % 3 else "",
            "category": CATEGORIES[number % 5],
            "voting_group": f"Family {number // 10}" if number % 10 in (0, 5) else "",
            "acceded_on": (date(2013, 9, 23) + timedelta(days=chance.randrange(2300))).isoformat(),
            "invented": "yes",
        }
        for number in range(5000)
    ]


FAULTS: tuple[tuple[str, str, str], ...] = (
    ("name", "", "name"),
    ("name", "Example Company 0001 Limited", "stands in row 3 already"),
    ("name", "x" * 201, "200"),
    ("name", "Present Example Limited", "is there already with other content"),
    ("company_number", "01000002", "stands in row 4 already"),
    ("company_number", "0" * 30, "20"),
    ("category", "Butcher", "is not a Party Category"),
    ("category", "", "category"),
    ("acceded_on", "31/02/2019", "no 31 February 2019"),
    ("acceded_on", "2031-01-01", "is still to come"),
    ("acceded_on", "yesterday", "yesterday"),
    ("acceded_on", "", "acceded_on"),
    ("invented", "perhaps", "perhaps"),
    ("key", "two words", "key"),
    ("key", "present-example-limited", "there already"),
    ("expelled", "Gone Example Limited", "within 12 months after its expulsion"),
    ("key", "k" * 90, "80"),
    ("category", "DCC", "The DCC is in the register already"),
    ("acceded_on", "2019-13-01", "2019-13-01"),
    ("company_number", "0777777 7" + "7" * 20, "20"),
)


def faulty() -> tuple[list[Row], dict[int, str]]:
    """The register with five of each of twenty faults, and what each row should be told, by its row in the file."""
    rows, chance = register(), random.Random(100)
    places = chance.sample(range(10, 5000), len(FAULTS) * 5)
    told = {}
    for at, (column, value, words) in zip(places, [fault for fault in FAULTS for _ in range(5)], strict=True):
        if column == "expelled":
            rows[at] |= {"name": value, "acceded_on": "2020-02-03", "key": f"gone-{at}"}
        else:
            rows[at][column] = value
        told[at + 2] = words
    return rows, told


def as_csv(rows: list[Row]) -> bytes:
    return "\n".join([",".join(COLUMNS), *(",".join(row[name] for name in COLUMNS) for row in rows), ""]).encode()


def loading() -> Loading:
    return Loading(person(), NOON, NOON)


def test_each_of_a_hundred_faults_is_told_by_its_row_and_nothing_is_loaded() -> None:
    party("Present Example Limited", "2019-01-07")
    party("Smart DCC Limited", "2013-09-23", "dcc", is_dcc=True)
    expel(party("Gone Example Limited", "2018-01-08"), "2020-01-06")
    before = Party.objects.count()
    rows, expected = faulty()
    refused = preview(LOADS["parties"], "register.csv", as_csv(rows), loading()).refused
    told: dict[int, str] = {}
    for refusal in refused:
        told[refusal.row] = f"{told.get(refusal.row, '')} {refusal}"
    missed = {row: words for row, words in expected.items() if words not in told.get(row, "")}
    assert missed == {}
    assert set(told) == set(expected)
    with pytest.raises(Refused):
        load(LOADS["parties"], "register.csv", as_csv(rows), loading())
    assert Party.objects.count() == before


def test_five_thousand_good_rows_are_loaded_with_few_queries_and_loading_again_changes_nothing() -> None:
    who, content = loading(), as_csv(register())
    with CaptureQueriesContext(connection) as asked:
        load(LOADS["parties"], "register.csv", content, who)
    assert len(asked) < 500  # one for ten rows, although five tables and the journal are written
    assert Party.objects.count() == CategoryMembership.objects.count() == GroupMembership.objects.count() == 5000
    assert VotingGroup.objects.count() < 5000
    again = load(LOADS["parties"], "register.csv", content, who)
    assert (len(again.accepted), len(again.repeated)) == (0, 5000)
