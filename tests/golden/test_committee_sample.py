"""The record's meetings are in the sample under their numbers on their days, and its Operations Group has its seats."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.committees.models import Committee
from secretariat.committees.seats.composition import composition, groups_on, seats_said
from secretariat.core import kinds
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs.paper_day import paper_day
from secretariat.plain.dates import local_day
from secretariat.site.sample.build import CLOCK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
FEBRUARY_ENDS = date(2020, 2, 29)

NUMBERED = {
    "SECP": (("46", "2017-07-14"), ("57", "2018-06-15"), ("77", "2020-02-14"), ("78", "2020-03-13")),
    "SSC": (("33", "2017-07-12"), ("34", "2017-07-26"), ("56", "2018-06-14"), ("57", "2018-06-27"),
            ("94", "2020-02-12"), ("95", "2020-02-26")),
    "SECPMA": (("37", "2017-07-18"), ("47", "2018-06-19"), ("66", "2020-02-25")),
    "TABASC": (("20", "2017-07-19"), ("31", "2018-06-21"), ("50", "2020-02-06")),
    "SECCB": (("38x", "2020-02-07"), ("39", "2020-02-26")),
    "CSC": (("12", "2020-02-25"),),
    "OPSG": (("09", "2018-06-26"), ("29", "2020-02-04"), ("29x", "2020-02-07"), ("29xx", "2020-02-24")),
}  # fmt: skip
"""What documents number, up to the sample's clock: by body the number as it is printed, and the day."""

PRINTED = {
    "SECP 57 1506": "2018-06-15",
    "SSC Meeting 94_1202": "2020-02-12",
    "TABASC 31 2106": "2018-06-21",
    "SMKI PMA 47 1906": "2018-06-19",
    "SECCB_38x_0702": "2020-02-07",
    "OPSG_29xx_2402": "2020-02-24",
}
"""References in the forms that documents print, and the day of the meeting."""


@pytest.mark.parametrize(("code", "number", "day"), [(code, *told) for code, rows in NUMBERED.items() for told in rows])
def test_a_numbered_meeting_of_the_record_is_in_the_sample_on_its_day(code: str, number: str, day: str) -> None:
    meeting = Meeting.objects.get(committee__code=code, day=day)
    held_on = date.fromisoformat(day)
    assert meeting.reference == f"{code}_{number}_{held_on:%d%m}"
    assert not meeting.invented
    assert [one for one in kinds.find(meeting.reference) if isinstance(one, Meeting)] == [meeting]


@pytest.mark.parametrize(("text", "day"), PRINTED.items())
def test_a_reference_leads_to_its_meeting_as_documents_print_it(text: str, day: str) -> None:
    assert [one.day.isoformat() for one in kinds.find(text) if isinstance(one, Meeting)] == [day]


def test_the_panels_extraordinary_meeting_of_june_2017_has_no_number() -> None:
    assert Meeting.objects.get(committee__code="SECP", day="2017-06-30").reference == ""


@pytest.mark.parametrize(("day", "papers"), [("2020-02-14", "2020-02-07"), ("2020-03-13", "2020-03-06")])
def test_papers_of_the_panels_meetings_are_dated_as_in_the_record(day: str, papers: str) -> None:
    assert paper_day(Meeting.objects.get(committee__code="SECP", day=day)).isoformat() == papers


def test_the_operations_group_has_24_seats_with_the_13_large_supplier_groups_of_february_2020() -> None:
    told = composition(Committee.objects.get(code="OPSG"), local_day(CLOCK))
    assert groups_on(FEBRUARY_ENDS).count() == 13
    assert seats_said(told) == 24
    assert all(line.fits for line in told)
