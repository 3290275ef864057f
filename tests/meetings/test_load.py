"""Loading meetings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, Prepared, load, preview
from secretariat.core.procedure import Refused
from secretariat.meetings.models import Meeting
from tests.meetings.factories import held
from tests.register.factories import NOON

pytestmark = pytest.mark.django_db
LOADING = Loading(None, NOON, NOON)
HEAD = "body,date,number,extraordinary,reference,published,note,invented\n"
ROWS = """SEC Panel,2020-02-14,77,,SECP 77 1402,minutes,,
SECCo Board,2020-02-14,,,,none,proceedings and minutes confidential,
Change Board,2020-02-07,38,,SECCB_38x_0702,documents,MP0062,
SMKI PMA,2020-02-25,,,SMKI PMA 66_2502,headlines,,
TAG,2020-02-12,,,,minutes (Amber); agenda,,yes
SSC,2020-03-11,96,1,,,,
"""


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def prepared(rows: str) -> Prepared:
    return preview(LOADS["meetings"], "m.csv", (HEAD + rows).encode(), LOADING)


def loaded(rows: str) -> Prepared:
    return load(LOADS["meetings"], "m.csv", (HEAD + rows).encode(), LOADING)


def test_a_preview_writes_nothing() -> None:
    assert prepared(ROWS).sentence == "6 accepted, 0 already there, 0 refused."
    assert not Meeting.objects.exists()
    assert not Event.objects.exists()


def test_meetings_are_loaded_once_however_often_the_file_is_given() -> None:
    loaded(ROWS)
    known = {row.committee.code: row for row in Meeting.objects.select_related("committee")}
    assert {code: row.reference for code, row in known.items()} == {
        "SECP": "SECP_77_1402",
        "SECCO": "",
        "SECCB": "SECCB_38x_0702",
        "SECPMA": "SECPMA_66_2502",
        "TAG": "",
        "SSC": "SSC_96x_1103",
    }
    assert (known["SECP"].state, known["SSC"].state) == ("held", "planned")
    assert (known["SECCO"].cause_of_none, known["SECCO"].note) == ("proceedings and minutes confidential", "")
    assert sorted(row.title for row in known["TAG"].documents.all()) == ["Agenda", "Minutes (Amber)"]
    assert known["TAG"].invented
    events = Event.objects.count()
    assert loaded(ROWS).sentence == "0 accepted, 6 already there, 0 refused."
    assert (Meeting.objects.count(), Event.objects.count()) == (6, events)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Nobody,2020-02-14,,,,,,", "“Nobody” is not a body: BD"),
        ("SSC,2020-02-30,,,,,,", "There is no 30 February 2020"),
        ("SSC,2020-02,,,,,,", "“2020-02” is not a date"),
        ("SSC,2020-02-13,,,SSC_94_1202,,,", "SSC_94_1202 is of 12/02, and the date is Thu 13 Feb 2020."),
        ("SSC,2020-02-12,,,OPSG_94_1202,,,", "OPSG_94_1202 is not of SSC, whose code is SSC."),
        ("SSC,2020-02-12,95,,SSC_94_1202,,,", "number: is 95, and the reference says 94."),
        ("SSC,2020-02-12,,2,SSC_94x_1202,,,", "extraordinary: is 2, and the reference says 1."),
        ("SSC,2020-02-12,,,SSC 94,,,", "is not a meeting's reference"),
        ("SSC,2020-02-12,-1,,,,,", "-1 is below nought"),
        ("SSC,2020-02-12,1000,,,,,", "number: A meeting's number runs from 1 to 999."),
        ("SSC,2020-02-12,,,,leaflet,,", "“leaflet” is not one of agenda, papers"),
        ("SSC,2020-02-12,,,,minutes (blue),,", "“minutes (blue)” is not one of"),
        ("SSC,2020-02-12,,,,minutes; minutes,,", "names a document twice"),
        ("CSC,2018-10-31,,,,,,", "date: CSC did not exist on Wed 31 Oct 2018."),
        ("SSC,2020-02-12,93,,,,,", "Meeting 93 of the body is on Wed 29 Jan 2020."),
        ("SSC,2020-01-29,93,,,minutes,,", "SSC_93_2901 is there already with other content"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(row: str, reason: str) -> None:
    held("SSC", "2020-01-29", 93)
    found = "\n".join(str(one) for one in prepared(row).refused)
    assert reason.replace("BD", "CACoP Forum") in found
    before = Event.objects.count()
    with pytest.raises(Refused):
        loaded(ROWS + row)
    assert (Meeting.objects.count(), Event.objects.count()) == (1, before)


def test_a_meeting_twice_in_a_file_is_refused() -> None:
    found = prepared("SSC,2020-02-12,94,,,,,\nSSC,12/02/2020,95,,,,,\nSSC,2020-02-26,94,,,,,\n")
    assert [str(one) for one in found.refused] == [
        "row 3, date: SSC meets on that day in row 2 already.",
        "row 4, number: Meeting 94 of the body is on Wed 12 Feb 2020.",
    ]


def test_many_meetings_are_checked_with_few_queries(django_assert_max_num_queries: Any) -> None:
    rows = "".join(f"SSC,20{10 + number // 28:02d}-02-{number % 28 + 1:02d},,,,,,\n" for number in range(280))
    with django_assert_max_num_queries(3):
        assert len(prepared(rows).accepted) == 280
