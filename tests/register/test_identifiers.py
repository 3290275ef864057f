"""Identifiers are allocated once, used inside their range, and published in a signed list."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from secretariat.core.people import Role
from secretariat.core.signing import public_key
from secretariat.register.identifiers.actions import allocate, issue_list, next_number, take_into_use
from secretariat.register.models import Allocation, FormerName, IdList, Participant, Party, UserId
from tests.register.factories import party, person, roles, told, withdraw

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 3)


def allocated(holder: Any, signifier: str = "AMBR") -> Allocation:
    """An allocation."""
    return allocate(holder, signifier, day=DAY, **told())


def used(of: Allocation, identifier: str, *names: str) -> UserId:
    """An identifier taken into use."""
    row = UserId(allocation=of, identifier=identifier, from_day=DAY)
    return take_into_use(row, roles(*(names or ("Gas Supplier",))), **told())


def test_a_party_gets_a_number_a_signifier_and_a_range_of_its_own() -> None:
    one, other = allocated(party()), allocated(party("Other Example Limited"), "OTHR")
    assert (one.number, other.number) == (1, 2)
    assert str(one.range) == "90-B3-D5-1F-30-01-00-00 to 90-B3-D5-1F-30-01-FF-FF"
    assert not one.range.meets(other.range)
    assert Party.objects.get(pk=one.party_id).signifier == "AMBR"


def test_a_signifier_is_unique_over_parties_and_all_other_holders() -> None:
    allocated(party())
    provider = Participant.objects.create(key="provider", kind="rdp", name="Provider Example Limited")
    with pytest.raises(ValidationError, match="Another organisation has this signifier"):
        allocated(provider, "ambr")


def test_a_number_is_never_given_again_even_after_its_holder_left() -> None:
    gone = party()
    allocated(gone)
    withdraw(gone, "2020-02-10")
    assert next_number() == 2


def test_an_organisation_is_allocated_once_and_not_in_the_future() -> None:
    one = party()
    allocated(one)
    with pytest.raises(ValidationError):
        allocated(one, "ELSE")
    with pytest.raises(ValidationError, match="has not come yet"):
        allocate(party("Other Example Limited"), "OTHR", day=date(2021, 1, 1), **told())


def test_a_range_that_meets_anothers_is_refused_with_whose() -> None:
    one = allocated(party())
    clash = Allocation(party=party("Other Example Limited"), number=9, signifier="OTHR", allocated_on=DAY)
    clash.first, clash.last = "90-B3-D5-1F-30-01-FF-FF", "90-B3-D5-1F-30-03-00-00"
    with pytest.raises(ValidationError, match=f"meets that of {one.holder}"):
        clash.full_clean()


def test_one_identifier_serves_several_roles_inside_its_holders_range() -> None:
    one = allocated(party())
    row = used(one, "90-b3-d5-1f-30-01-00-07", "Import Supplier", "Gas Supplier")
    assert str(row) == "90-B3-D5-1F-30-01-00-07"
    assert sorted(role.name for role in row.roles.all()) == ["Gas Supplier", "Import Supplier"]
    with pytest.raises(ValidationError, match="outside the range"):
        used(one, "90-B3-D5-1F-30-02-00-00")
    with pytest.raises(ValidationError, match="in use already"):
        used(one, "90-B3-D5-1F-30-01-00-07")
    with pytest.raises(ValidationError, match="not an EUI-64"):
        used(one, "seven")


def test_the_list_is_signed_and_openssl_agrees(tmp_path: Path) -> None:
    one = allocated(party())
    FormerName.objects.create(party=one.party, name="Old Example Limited", until=date(2019, 5, 1))
    issue = issue_list(**told())
    rows = list(openpyxl.load_workbook(io.BytesIO(issue.file.read())).active.values)
    assert rows[1][:5] == (1, "Amber Energy Limited", "Party", "AMBR", "90-B3-D5-1F-30-01-00-00")
    assert rows[1][7] == "Old Example Limited"
    for name, content in (("list", issue.file.read()), ("sig", issue.signature.read()), ("key", public_key())):
        (tmp_path / name).write_bytes(content)
    check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin", "-in", "list", "-sigfile", "sig"]
    assert subprocess.run(check, check=False, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "list").write_bytes(issue.file.read() + b" ")
    assert subprocess.run(check, check=False, cwd=tmp_path, capture_output=True).returncode != 0


def test_the_list_is_read_after_signing_in(client: Any) -> None:
    allocated(party())
    issue = issue_list(**told())
    addresses = [issue.get_absolute_url(), "/allocations/", "/identifier-lists/"]
    assert {client.get(address).status_code for address in addresses} <= {302, 404}
    assert client.get(issue.file.get_absolute_url()).status_code == 404
    assert client.get("/signing-key.pem").content.startswith(b"-----BEGIN PUBLIC KEY")
    client.force_login(person(Role.PARTY_CONTACT, "some"))
    assert {client.get(address).status_code for address in addresses} == {200}
    assert b"".join(client.get(issue.file.get_absolute_url())) == issue.file.read()
    assert client.post(reverse("identifier-list-issue")).status_code == 403


def test_pages_allocate_use_and_issue(client: Any) -> None:
    one = party()
    client.force_login(person())
    form = {"party": one.pk, "participant": "", "signifier": "AMBR", "allocated_on": "2020-02-03"}
    assert client.post(reverse("allocation-new"), form | {"party": ""}).status_code == 422
    assert client.post(reverse("allocation-new"), form).status_code == 302
    made = Allocation.objects.get()
    used_ = {
        "allocation": made.pk,
        "identifier": "90-B3-D5-1F-30-01-00-01",
        "from_day": "2020-02-03",
        "accepted_on": "",
    }
    gas = roles("Gas Supplier")[0].pk
    assert client.post(reverse("user ID-new"), used_ | {"roles": [gas]}).status_code == 302
    page = client.get(made.get_absolute_url()).content.decode()
    assert "90-B3-D5-1F-30-01-00-01" in page
    assert "1 organisation" in client.get(reverse("identifier-list-issue")).content.decode()
    assert client.post(reverse("identifier-list-issue")).status_code == 302
    assert "openssl pkeyutl" in client.get(IdList.objects.get().get_absolute_url()).content.decode()
    provider = {"name": "Provider Example Limited", "key": "provider", "kind": "srp", "company_number": ""}
    assert client.post(reverse("participant-new"), provider).status_code == 302
    assert client.get("/participants/provider/").status_code == 200
