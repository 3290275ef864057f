"""Loading parties, defaults, departures and user entries."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, Prepared, load, preview
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.register.models import DefaultCase, Departure, Party, UserEntry, VotingGroup
from tests.register.factories import NOON, case, expel, party, person, withdraw

pytestmark = pytest.mark.django_db
HEADS = {
    "parties": "key,name,company_number,category,voting_group,acceded_on,invented\n",
    "defaults": "party,limb,notice_on,entered_on,ended_on,outcome,invented\n",
    "departures": "party,day,how,reason,note\n",
    "user-entries": "party,roles,completed_on,invented\n",
}


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def prepared(kind: str, rows: str) -> Prepared:
    return preview(LOADS[kind], "f.csv", (HEADS[kind] + rows).encode(), Loading(person(), NOON, NOON))


def loaded(kind: str, rows: str) -> Prepared:
    return load(LOADS[kind], "f.csv", (HEADS[kind] + rows).encode(), Loading(person(), NOON, NOON))


def reasons(kind: str, rows: str) -> str:
    """Why the rows of a file are refused; nothing is."""
    before = Event.objects.count()
    found = prepared(kind, rows)
    assert not found.accepted
    with pytest.raises(Refused):
        loaded(kind, rows)
    assert Event.objects.count() == before
    return "\n".join(str(refusal) for refusal in found.refused)


PARTIES = """,Amber Gas Limited,01234567,Small Supplier,Amber Family,2018-01-10,
,Amber Power Limited,,small suppliers,amber family,10/01/2018,yes
dcc,Smart DCC Limited,,DCC,,2013-09-23,
"""


def test_a_preview_of_parties_writes_nothing() -> None:
    person()
    assert prepared("parties", PARTIES).sentence == "3 accepted, 0 already there, 0 refused."
    assert not Party.objects.exists()
    assert not Event.objects.exists()


def test_parties_are_loaded_once_however_often_the_file_is_given() -> None:
    loaded("parties", PARTIES)
    gas, power, dcc = Party.objects.order_by("name")
    assert (gas.key, gas.state, gas.acceded_on) == ("amber-gas-limited", "party", date(2018, 1, 10))
    assert gas.group_on(date(2020, 1, 1)) == power.group_on(date(2020, 1, 1))
    assert (power.invented, dcc.is_dcc, dcc.category_on(date(2014, 1, 1))) == (True, True, "dcc")
    events = Event.objects.count()
    assert Event.objects.filter(name="party.load", imported=True).count() == 3
    assert loaded("parties", PARTIES).sentence == "0 accepted, 3 already there, 0 refused."
    assert (Party.objects.count(), VotingGroup.objects.count(), Event.objects.count()) == (3, 2, events)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",A,,Medium Supplier,,2018-01-10,", "row 2, category: “Medium Supplier” is not a Party Category: Large"),
        (",A,,Gas Network,,2020-03-06,", "row 2, acceded_on: Fri 6 Mar 2020 is still to come."),
        (",A,,Gas Network,,31/02/2019,", "There is no 31 February 2019"),
        (",,,Gas Network,,2018-01-10,", "row 2, name: is empty"),
        ("no key,A,,Gas Network,,2018-01-10,", "row 2, key: Enter a valid “slug”"),
        ("other,Known Limited,,Gas Network,,2018-01-10,", "Known Limited is a party already"),
        ("other,A,777,Gas Network,,2018-01-10,", "Known Limited is a party already"),
        (",Known Limited,777,Gas Network,,2018-01-11,", "is there already with other content"),
        ("new,Expelled Limited,,Gas Network,,2019-12-31,", "within 12 months after its expulsion"),
    ],
)
def test_a_party_that_cannot_be_is_refused(row: str, reason: str) -> None:
    party("Known Limited", "2018-01-10", "gas-network", company_number="777")
    expel(party("Expelled Limited", "2018-01-10"), "2019-01-01")
    assert reason in reasons("parties", row)


def test_an_organisation_twice_in_a_file_is_refused() -> None:
    found = prepared("parties", "one,A,5,Gas Network,,2018-01-10,\ntwo,B,5,Gas Network,,2018-01-10,\n")
    assert [str(one) for one in found.refused] == ["row 3, company_number: stands in row 2 already."]


def test_one_bad_row_refuses_the_whole_file() -> None:
    with pytest.raises(Refused):
        loaded("parties", PARTIES + ",C,,none,,2018-01-10,\n")
    assert not Party.objects.exists()


def questions(rows: int) -> int:
    """How many questions loading so many parties asks of the database, the inserts in batches apart."""
    text = "".join(f",Party {rows} {number},,Gas Network,,2018-01-10,yes\n" for number in range(rows))
    who = person()
    with CaptureQueriesContext(connection) as queries:
        load(LOADS["parties"], "f.csv", (HEADS["parties"] + text).encode(), Loading(who, NOON, NOON))
    return sum(not query["sql"].startswith("INSERT") for query in queries)


def test_many_parties_take_as_few_questions_as_few() -> None:
    assert questions(300) <= questions(3)
    assert Party.objects.count() == 303


DEFAULTS = """Amber Energy Limited,c,2020-01-06,2020-01-09,2020-01-20,cured,
amber-energy-limited,c,2020-01-20,2020-01-23,,,yes
"""


def test_defaults_are_loaded_once_however_often_the_file_is_given() -> None:
    party()
    assert loaded("defaults", DEFAULTS).sentence.startswith("2 accepted")
    cured, running = DefaultCase.objects.order_by("entered_on")
    assert (cured.state, cured.outcome, running.state, running.invented) == ("cured", "cured", "in default", True)
    assert loaded("defaults", DEFAULTS).sentence.startswith("0 accepted, 2 already there")
    assert DefaultCase.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Nobody,c,2020-01-06,,,,", "no party has the key or the name “Nobody”"),
        ("Amber Energy Limited,z,2020-01-06,,,,", "“z” is not one of a, b"),
        ("Smart DCC Limited,h,,2020-01-06,,,", "The DCC is never in default"),
        ("Amber Energy Limited,c,,2020-01-06,,,", "follows a notice"),
        ("Amber Energy Limited,h,2020-01-06,2020-01-07,,,", "takes no notice"),
        ("Amber Energy Limited,c,2020-01-06,2020-01-08,,,", "is before Thu 9 Jan 2020, 3 Working Days after"),
        ("Amber Energy Limited,h,,2020-03-06,,,", "is still to come"),
        ("Amber Energy Limited,h,,2020-01-06,2020-01-05,cured,", "come in this order"),
        ("Amber Energy Limited,h,,2020-01-06,2020-01-07,,", "has an outcome"),
        ("Amber Energy Limited,h,,2020-01-06,,cured,", "has an outcome"),
        ("Amber Energy Limited,c,2020-01-06,2020-01-09,2020-01-10,cured in time,", "was never a default"),
        ("Amber Energy Limited,c,2020-01-06,,2020-01-07,cured,", "has the day on which it began"),
        ("Amber Energy Limited,h,,2020-01-06,2020-01-07,expelled,", "was not expelled on that day"),
        ("Amber Energy Limited,h,,,2020-01-07,cured,", "day of its notice or that of the default"),
        ("Amber Energy Limited,h,,2018-01-09,,,", "was no party on Tue 9 Jan 2018"),
        ("Amber Energy Limited,h,,2020-02-10,,,", "overlaps another default"),
        ("Amber Energy Limited,c,2020-01-27,2020-02-03,2020-02-04,cured,", "there already with other content"),
        ("Amber Energy Limited,c,2020-02-27,,,,", "There is an open case under limb (c)"),
    ],
)
def test_a_default_that_cannot_be_is_refused(row: str, reason: str) -> None:
    party("Smart DCC Limited", "2013-09-23", "dcc", is_dcc=True)
    case(party(day="2018-01-10"), "2020-01-27", "2020-02-03")
    assert reason in reasons("defaults", row)


def test_a_default_that_ended_by_expulsion_follows_the_departure() -> None:
    one = party()
    expel(one, "2020-02-12")
    loaded("defaults", "Amber Energy Limited,c,2020-01-06,2020-01-09,2020-02-12,expelled,\n")
    assert DefaultCase.objects.get().state == "expelled"


DEPARTURES = """Amber Energy Limited,2020-02-12,expelled,ceased trading,EDF Energy was appointed
Wingas UK Limited,2017-11-20,withdrawn,at its own request,
"""


def test_departures_are_recorded_once_and_end_open_defaults() -> None:
    case(party(), "2020-01-06", "2020-01-10")
    party("Wingas UK Limited", "2016-01-01")
    loaded("departures", DEPARTURES)
    assert set(Party.objects.values_list("state", flat=True)) == {"left"}
    assert DefaultCase.objects.get().outcome == "expelled"
    assert loaded("departures", DEPARTURES).sentence.startswith("0 accepted, 2 already there")
    assert Departure.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Nobody,2020-01-06,withdrawn,why,", "no party has the key"),
        ("Amber Energy Limited,2020-03-06,withdrawn,why,", "is still to come"),
        ("Amber Energy Limited,2018-01-09,withdrawn,why,", "was no party on"),
        ("Amber Energy Limited,2019-01-09,fled,why,", "“fled” is not one of withdrawn, expelled"),
        ("Gone Limited,2019-01-09,expelled,why,", "Gone Limited has left already, as told otherwise"),
    ],
)
def test_a_departure_that_cannot_be_is_refused(row: str, reason: str) -> None:
    party(day="2018-01-10")
    withdraw(party("Gone Limited", "2018-01-10"), "2019-01-09")
    assert reason in reasons("departures", row)


def test_departures_are_recorded_by_party_support_only() -> None:
    party()
    loading = Loading(person(Role.PARTY_CONTACT), NOON, NOON)
    rows = (HEADS["departures"] + "Amber Energy Limited,2019-01-09,withdrawn,why,\n").encode()
    found = preview(LOADS["departures"], "f.csv", rows, loading)
    assert "party support team" in str(found.refused[0])


def test_a_withdrawal_with_an_open_default_refuses_the_file_when_it_is_loaded() -> None:
    case(party(), "2020-01-06", "2020-01-10")
    with pytest.raises(Refused, match="does not withdraw while"):
        loaded("departures", "Amber Energy Limited,2020-02-12,withdrawn,why,\n")
    assert Party.objects.get().state == "party"


ENTRIES = "Amber Energy Limited,Import Supplier; gas supplier,2020-02-17,\n"


def test_user_entries_are_loaded_once_however_often_the_file_is_given() -> None:
    party()
    loaded("user-entries", ENTRIES)
    assert UserEntry.objects.get().role_names == "Import Supplier, Gas Supplier"
    assert loaded("user-entries", ENTRIES).sentence.startswith("0 accepted, 1 already there")
    assert UserEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Nobody,Other User,2020-02-17,", "no party has the key"),
        ("Amber Energy Limited,Butcher,2020-02-17,", "“butcher” is not a DCC User Role: Import Supplier"),
        ("Amber Energy Limited,Other User; other user,2020-02-18,", "names a role twice"),
        ("Amber Energy Limited,Other User,2020-03-06,", "is still to come"),
        ("Amber Energy Limited,Other User,2018-01-09,", "was no party on"),
        ("Amber Energy Limited,Gas Supplier,2020-02-18,", "has completed user entry as Gas Supplier before"),
        ("Amber Energy Limited,Other User,2020-02-17,", "has a user entry of that day with other roles"),
    ],
)
def test_a_user_entry_that_cannot_be_is_refused(row: str, reason: str) -> None:
    party(day="2018-01-10")
    loaded("user-entries", ENTRIES)
    assert reason in reasons("user-entries", row)
