"""Loading enquiries."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, Prepared, load, preview
from secretariat.core.procedure import Refused
from secretariat.helpdesk.models import Enquiry
from secretariat.register.models import Party
from tests.helpdesk.factories import NOON, enquiry, heading, london, two_schemes

pytestmark = pytest.mark.django_db
LOADING = Loading(None, NOON, NOON)
HEAD = "number,channel,category,received,answered,subject,party,follows\n"
FIRST = "ENQ-000001,email,Accessions,2020-02-03 09:15,2020-02-04 10:00,How to accede,,\n"
SECOND = "ENQ-000002,telephone,modifications,2020-02-05 09:15,,,,ENQ-000001\n"


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def prepared(rows: str) -> Prepared:
    return preview(LOADS["enquiries"], "e.csv", (HEAD + rows).encode(), LOADING)


def loaded(rows: str) -> Prepared:
    return load(LOADS["enquiries"], "e.csv", (HEAD + rows).encode(), LOADING)


def test_a_preview_writes_nothing() -> None:
    two_schemes()
    assert prepared(FIRST + SECOND).sentence == "2 accepted, 0 already there, 0 refused."
    assert not Enquiry.objects.exists()
    assert not Event.objects.exists()


def test_a_file_is_loaded_once_however_often_it_is_given() -> None:
    two_schemes()
    assert loaded(SECOND + FIRST).sentence.startswith("2 accepted")
    first, second = Enquiry.objects.order_by("number")
    assert (first.state, first.received, first.subject) == ("answered", london("2020-02-03 09:15"), "How to accede")
    assert (second.state, second.follows, second.channel) == ("open", first, "telephone")
    assert loaded(SECOND + FIRST).sentence.startswith("0 accepted, 2 already there, 0 refused")
    assert Enquiry.objects.count() == 2
    assert Event.objects.filter(name="enquiry.load", imported=True).count() == 2


def test_one_refused_row_refuses_the_file() -> None:
    two_schemes()
    with pytest.raises(Refused, match="row 3, category"):
        loaded(FIRST + "ENQ-000003,email,Unheard of,2020-02-03 09:15,,,,\n")
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ENQ-1,email,Accessions,2020-02-03 09:15,,,,", "Type it as ENQ-000123"),
        ("ENQ-000001,letter,Accessions,2020-02-03 09:15,,,,", "“letter” is not one of email, telephone, form"),
        ("ENQ-000001,email,Accessions,3 Feb,,,,", "Type it as 2020-02-17 14:30"),
        ("ENQ-000001,email,Accessions,2019-03-31 01:30,,,,", "The London clock skips 2019-03-31 01:30"),
        ("ENQ-000001,email,Accessions,2020-03-05 12:01,,,,", "received: Thu 5 Mar 2020, 12:01 is still to come"),
        ("ENQ-000001,email,Accessions,2020-02-03 09:15,2020-03-06,,,", "answered: Fri 6 Mar 2020, 00:00 is still"),
        ("ENQ-000001,email,Accessions,2020-02-03 09:15,2020-02-03 09:14,,,", "before the enquiry was received"),
        ("ENQ-000001,email,Applications,2020-02-03 09:15,,,,", "not a category on Mon 3 Feb 2020. In force are Acc"),
        ("ENQ-000001,email,Accessions,2019-01-31 23:59,,,,", "not a category on Thu 31 Jan 2019"),
        ("ENQ-000001,email,Accessions,2016-01-31 23:59,,,,", "No categories are in force then"),
        ("ENQ-000001,email,Accessions,2020-02-03 09:15,,,nobody,", "no party has the key “nobody”"),
        ("ENQ-000001,email,Accessions,2020-02-03 09:15,,,,ENQ-000009", "neither in the record nor received earlier"),
    ],
)
def test_a_row_is_refused_with_its_reason(row: str, said: str) -> None:
    two_schemes()
    [refusal] = prepared(row).refused
    assert said in str(refusal)


def test_a_number_twice_in_a_file_is_refused() -> None:
    two_schemes()
    assert [str(one) for one in prepared(FIRST + FIRST).refused] == [
        "row 3, number: ENQ-000001 stands in row 2 already."
    ]


def test_the_same_number_with_other_content_is_refused() -> None:
    two_schemes()
    loaded(FIRST)
    [refusal] = prepared(FIRST.replace("How to", "Where to")).refused
    assert "already there with other content" in str(refusal)


def test_an_enquiry_follows_only_an_answered_one() -> None:
    _, new = two_schemes()
    enquiry(heading(new, "Accessions"), "2020-02-03 09:15", 1)
    [refusal] = prepared(SECOND).refused
    assert "was not answered when this enquiry came in" in str(refusal)


def test_a_party_is_known_by_its_key() -> None:
    two_schemes()
    party = Party.objects.create(key="example-energy", name="Example Energy", acceded_on=date(2018, 1, 1))
    loaded("ENQ-000001,email,Accessions,2020-02-03 09:15,,,example-energy,\n")
    made = Enquiry.objects.get()
    assert (made.party, made.organisation) == (party, "Example Energy")


def test_two_thousand_enquiries_take_few_queries(django_assert_max_num_queries: Any) -> None:
    two_schemes()
    start = london("2020-02-01 00:00")
    rows = "".join(
        f"ENQ-{number:06d},email,Modifications,{(start + timedelta(minutes=number)):%Y-%m-%d %H:%M},,,,\n"
        for number in range(1, 2131)
    )
    with django_assert_max_num_queries(100):
        assert loaded(rows).sentence.startswith("2130 accepted")
    with django_assert_max_num_queries(10):
        assert loaded(rows).sentence.startswith("0 accepted, 2130 already")
