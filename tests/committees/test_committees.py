"""The bodies: those entered at the start, their pages, and how prose finds them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.committees.models import Committee
from secretariat.core.journal import Event
from secretariat.core.kinds import by_word
from secretariat.core.people import Role, Team
from tests.register.factories import person

pytestmark = pytest.mark.django_db


def test_the_bodies_of_the_code_are_there_from_the_start() -> None:
    codes = list(Committee.objects.values_list("code", flat=True))
    assert codes[:5] == ["SECP", "SECCO", "TABASC", "SECCB", "CSC"]
    assert {"SSC", "SECPMA", "OPSG", "TAG", "WG", "IMF", "SMDG", "TBDG", "TDEG", "MQH"} <= set(codes)
    for body in Committee.objects.all():
        body.full_clean()


def test_a_body_is_asked_for_by_the_days_on_which_it_existed() -> None:
    before = Committee.objects.between(date(2018, 10, 1), date(2018, 10, 31))
    assert not before.filter(code="CSC").exists()
    assert Committee.objects.between(date(2018, 10, 1), date(2018, 11, 1)).filter(code="CSC").exists()
    Committee.objects.filter(code="CSC").update(to_day=date(2020, 1, 31))
    assert Committee.objects.between(date(2020, 1, 31), date(2020, 2, 1)).filter(code="CSC").exists()
    assert not Committee.objects.between(date(2020, 2, 1), date(2020, 2, 29)).filter(code="CSC").exists()


@pytest.mark.parametrize("text", ["SECPMA", "secpma", "SMKI PMA", "SMKI Policy Management Authority"])
def test_a_body_is_found_by_code_short_name_and_name(text: str) -> None:
    kind = by_word("committee")
    assert kind is not None
    assert kind.find(text).code == "SECPMA"
    assert kind.find("PMA of SMKI") is None


@pytest.mark.parametrize("code", ["A", "TOOLONGACODEX", "SEC P", "secp"])
def test_a_code_that_no_reference_can_carry_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="two to twelve capital letters"):
        Committee(code=code, name="A", short_name="A", position=1).full_clean()


def test_anybody_reads_the_bodies(client: Client) -> None:
    assert b"Security Sub-Committee" in client.get("/committees/").content
    assert b"OPSG" not in client.get("/committees.csv?text=security").content
    assert b"SSC" not in client.get("/committees.csv?group=Transitional meetings").content
    assert b"Twice a month" in client.get("/committees/SSC/").content
    assert client.get("/committees/NONE/").status_code == 404


def test_only_the_committees_team_enters_and_amends(client: Client) -> None:
    told = {
        "name": "New Body",
        "short_name": "New Body",
        "group": "Other meetings",
        "position": 900,
        "minutes_class": 0,
    }
    assert client.post("/committees/new/", told).status_code == 302
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get("/committees/new/").status_code == 403
    client.force_login(person(team=Team.COMMITTEES))
    assert client.get("/committees/new/").status_code == 200
    assert client.post("/committees/new/", {**told, "code": "new"}).status_code == 422
    assert client.post("/committees/new/", {**told, "code": "NEWB"}).status_code == 302
    assert client.post("/committees/NEWB/edit/", {**told, "meets": "Never"}).status_code == 302
    assert Committee.objects.get(code="NEWB").meets == "Never"
    assert list(Event.objects.values_list("name", flat=True)) == ["committee.enter", "committee.amend"]
