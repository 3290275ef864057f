"""Pages of meetings: who sees what, and what a form does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.committees.models import Committee
from secretariat.core.people import Role, Team
from secretariat.meetings.models import Meeting, MeetingDocument
from tests.meetings.factories import document, held, planned
from tests.register.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Meeting:
    return held("TAG", "2020-02-12", 60, note="Test completion report")


def form(code: str = "SSC", **more: Any) -> dict[str, Any]:
    return {"committee": Committee.objects.get(code=code).pk, "day": "2020-03-11", "extraordinary": 0} | more


def test_anybody_reads_the_meetings(client: Client, one: Meeting) -> None:
    assert b"TAG_60_1202" in client.get("/meetings/").content
    assert b"Test completion report" in client.get(one.get_absolute_url()).content
    for key in ("999", "none"):
        assert client.get(f"/meetings/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("text=completion", True),
        ("text=TAG_60", True),
        ("text=nothing", False),
        ("month=2020-02", True),
        ("month=2020-01", False),
        ("state=held", True),
        ("state=planned", False),
    ],
)
def test_the_list_is_filtered(client: Client, one: Meeting, asked: str, found: bool) -> None:
    assert (b"TAG_60_1202" in client.get(f"/meetings.csv?{asked}").content) is found


def test_the_list_is_filtered_by_body(client: Client, one: Meeting) -> None:
    assert b"TAG_60_1202" in client.get(f"/meetings.csv?committee={one.committee_id}").content
    other = Committee.objects.get(code="SSC").pk
    assert b"TAG_60_1202" not in client.get(f"/meetings.csv?committee={other}").content


def test_amber_minutes_are_for_the_body_and_the_secretariat(client: Client, one: Meeting) -> None:
    document(one, "minutes", 2, url="https://example.test/minutes")
    document(one, "agenda", 0, url="https://example.test/agenda")
    for who, sees in (
        (None, False),
        (person(Role.PARTY_CONTACT), False),
        (person(Role.COMMITTEE_MEMBER, "ssc", audience="SSC"), False),
        (person(Role.COMMITTEE_MEMBER, "tag", audience="TAG"), True),
        (person(team=Team.HELPDESK), True),
    ):
        if who is not None:
            client.force_login(who)
        page = client.get(one.get_absolute_url()).content
        assert b"https://example.test/agenda" in page
        assert (b"Minutes (Amber)" in page) is sees, who


def test_only_the_committees_team_plans_and_amends(client: Client, one: Meeting) -> None:
    addresses = ("/meetings/new/", "/meeting-documents/new/", f"{one.get_absolute_url()}edit/")
    for address in addresses:
        assert client.get(address).status_code == 302
    client.force_login(person(Role.PARTY_CONTACT))
    for address in addresses:
        assert client.get(address).status_code == 403
        assert client.post(address, form()).status_code == 403
    assert Meeting.objects.count() == 1


def test_the_form_plans_a_meeting_and_refuses_a_second_on_its_day(client: Client) -> None:
    client.force_login(person(team=Team.COMMITTEES))
    assert client.get("/meetings/new/").status_code == 200
    assert client.post("/meetings/new/", {}).status_code == 422
    assert client.post("/meetings/new/", form(number=96)).status_code == 302
    made = Meeting.objects.get()
    assert (made.state, made.reference) == ("planned", "SSC_96_1103")
    assert client.post("/meetings/new/", form(number=97)).status_code == 422
    changed = {"day": "2020-03-12", "number": 96, "extraordinary": 0, "note": "Moved"}
    assert client.post(f"{made.get_absolute_url()}edit/", changed).status_code == 302
    made.refresh_from_db()
    assert (made.reference, made.note, made.committee.code) == ("SSC_96_1203", "Moved", "SSC")


def test_a_document_is_added_from_the_meetings_page(client: Client, one: Meeting) -> None:
    client.force_login(person(team=Team.COMMITTEES))
    add = f"/meeting-documents/new/?meeting={one.pk}"
    assert add.encode() in client.get(one.get_absolute_url()).content
    assert f'value="{one.pk}" selected'.encode() in client.get(add).content
    told = {"meeting": one.pk, "kind": "minutes", "classification": 2, "url": "https://example.test/m"}
    assert client.post(add, told).status_code == 302
    made = MeetingDocument.objects.get()
    assert (made.title, made.audience) == ("Minutes (Amber)", "TAG")
    edit = f"/meeting-documents/{made.pk}/edit/"
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**told, "note": "Corrected"}).status_code == 302
    made.refresh_from_db()
    assert made.note == "Corrected"


def test_a_step_is_taken_on_its_page(client: Client) -> None:
    made = planned("SSC", "2020-02-12", 94)
    client.force_login(person(team=Team.COMMITTEES))
    assert client.post(f"/steps/meetings.meeting/{made.pk}/hold/").status_code == 302
    made.refresh_from_db()
    assert made.state == "held"
