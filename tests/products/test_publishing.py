"""Versions of the lists: prepared, published, signed, loaded and compared; and what is told besides them."""

from __future__ import annotations

import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.duties import duties_of
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.core.signing import public_key
from secretariat.plain.dates import LONDON
from secretariat.post.following import follow
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from secretariat.products.models import REMOVED, Certificate, DeviceModel, ListVersion, ProductList
from secretariat.products.publishing import procedure
from secretariat.products.publishing.actions import between, content_of, differences
from secretariat.products.publishing.loading import is_late, load_due
from secretariat.products.publishing.models import (
    CombinationReport,
    ListRow,
    MonthlyReturn,
    PreparedVersion,
    TestingRequest,
)
from secretariat.products.publishing.preparing import prepare
from secretariat.products.publishing.procedure import DETERMINING, PREPARING, REPORTING
from tests.products.factories import LATER, device, person, version
from tests.register.factories import party
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
ELIGIBLE = b"device_models,provider,first_added\n9001,CSP North,2020-02-03\n"


def the_list(code: str) -> ProductList:
    return ProductList.objects.get(code=code)


def told(by: Person | None, at: datetime = LATER) -> journal.Told:
    return {"by": by, "at": at, "recorded": max(at, LATER)}


def listed(entry_id: str, **more: Any) -> DeviceModel:
    """An entry on the Central list that no version held yet."""
    return device(entry_id, None, state="current", accepted_on=date(2020, 2, 3), **more)


def publish(code: str, by: Person, at: datetime = LATER, file: bytes | None = None) -> ListVersion:
    """The next version of a list, prepared and published."""
    prepared = prepare(the_list(code), ("list.csv", file) if file else None, **told(by, at))
    PREPARING.take("publish", prepared, **told(by, at))
    assert prepared.published_as is not None
    return prepared.published_as


def test_a_version_holds_the_entries_as_they_stand_and_stays_so() -> None:
    technical, loaded = person(), version("CPL", 60, "2020-02-03")
    device("9001", loaded, state="current")
    listed("9002")
    device("9003", None, state="submitted", classification=Class.AMBER)
    first = publish("CPL", technical)
    assert (first.number, first.holds, first.published_on) == (61, 2, date(2020, 3, 5))
    assert DeviceModel.objects.get(entry_id="9002").added_in == first
    assert DeviceModel.objects.get(entry_id="9001").added_in == loaded
    DeviceModel.objects.filter(entry_id="9001").update(firmware="00010299")
    DeviceModel.objects.filter(entry_id="9002").update(state=REMOVED)
    listed("9004")
    second = publish("CPL", technical)
    assert {key: row["firmware"] for key, row in content_of(first).items()} == {"9001": "00010203", "9002": "00010203"}
    found = between(first, second)
    assert (list(found.added), list(found.removed)) == (["9004"], ["9002"])
    assert found.altered[0].fields == {"firmware": ("00010203", "00010299")}
    rows = ListRow.objects.values_list("key", "from_number", "to_number").order_by("key", "from_number")
    assert list(rows) == [("9001", 61, 61), ("9001", 62, None), ("9002", 61, 61), ("9004", 62, None)]
    assert differences(first) == differences(second) == []


def test_a_version_names_only_what_is_public_of_certificates_and_predecessors() -> None:
    entry, before = listed("9002"), listed("9001", classification=Class.AMBER)
    for number, named in (("C1", Class.WHITE), ("C2", Class.AMBER)):
        told_of = {"scheme": "CPA", "number": number, "holder": "Larch Meters", "classification": named}
        entry.certificates.add(Certificate.objects.create(**told_of))
    entry.predecessors.add(before)
    row = content_of(publish("CPL", person()))["9002"]
    assert (row["cpa_certificate"], "9001" in str(row)) == ("C1", False)


def test_those_who_follow_a_list_and_the_dcc_hear_of_a_version(mailoutbox: list[Any]) -> None:
    technical, dcc = person(), person(Role.DCC, "")
    follower, other = (Person.objects.create_user(f"{name}@example.org", name) for name in ("follower", "other"))
    assert reverse("list versions")
    for who, query in ((follower, "list=CPL"), (other, "list=DPL")):
        follow("list versions", query, "", person=who, at=LATER, recorded=LATER)
    listed("9001")
    publish("CPL", technical)
    gather(LATER, LATER)
    told_of = Message.objects.filter(subject="CPL version 1 is published").values_list("person", flat=True)
    assert set(told_of) == {follower.pk, dcc.pk}


def test_a_row_that_was_tampered_with_is_found() -> None:
    listed("9001")
    made = publish("CPL", person())
    ListRow.objects.update(content={"entry_id": "9001", "device_type": "GSME"})
    assert "content" in differences(made)
    assert "csv" in differences(made)


def test_a_version_without_a_change_is_refused() -> None:
    technical = person()
    listed("9001")
    publish("CPL", technical)
    with pytest.raises(Refused, match="published for a change only"):
        publish("CPL", technical)
    assert PreparedVersion.objects.count() == 1


def test_what_changed_since_it_was_prepared_is_prepared_again() -> None:
    technical = person()
    listed("9001")
    prepared = prepare(the_list("CPL"), None, **told(technical))
    other = prepare(the_list("CPL"), None, **told(technical))
    listed("9002")
    with pytest.raises(Refused, match="would now hold other rows"):
        PREPARING.take("publish", prepared, **told(technical))
    assert not ListVersion.objects.exists()
    PREPARING.take("withdraw", prepared, **told(technical))
    DeviceModel.objects.filter(entry_id="9002").update(state=REMOVED)
    PREPARING.take("publish", other, **told(technical))


def test_a_second_preparation_of_the_same_is_not_published_twice() -> None:
    technical = person()
    listed("9001")
    first, second = (prepare(the_list("CPL"), None, **told(technical)) for _ in range(2))
    PREPARING.take("publish", first, **told(technical))
    with pytest.raises(Refused, match="published for a change only"):
        PREPARING.take("publish", second, **told(technical))


def test_versions_follow_their_days() -> None:
    technical = person()
    version("CPL", 60, "2020-03-06")
    listed("9001")
    with pytest.raises(Refused, match="on a later day already"):
        publish("CPL", technical)


def test_the_dcc_sends_its_lists_and_the_technical_team_publishes_them() -> None:
    dcc, technical = person(Role.DCC, ""), person()
    listed("9001", origin="SMETS1")
    prepared = prepare(the_list("EPCL"), ("list.csv", ELIGIBLE), **told(dcc))
    assert prepared.findings == [[2, "report", "This combination is new, and no report of the DCC is named (PRD-32)."]]
    with pytest.raises(Refused, match="Publish is for others"):
        PREPARING.take("publish", prepared, **told(dcc))
    PREPARING.take("publish", prepared, **told(technical))
    assert list(content_of(prepared.published_as)) == ["9001 | CSP North"]
    for code, file in (("CPL", None), ("EPCL", None), ("CPL", ("list.csv", ELIGIBLE))):
        with pytest.raises(Refused):
            prepare(the_list(code), file, **told(dcc))
    with pytest.raises(Refused, match="is made of its file"):
        prepare(the_list("EPCL"), None, **told(technical))
    other = ProductList.objects.create(code="XPL", name="Another", position=9)
    with pytest.raises(Refused, match=procedure.its_content_is_kept_here.sentence):
        prepare(other, ("list.csv", ELIGIBLE), **told(technical))


def test_a_file_is_not_published_once_its_model_is_removed() -> None:
    technical = person()
    listed("9001", origin="SMETS1")
    prepared = prepare(the_list("EPCL"), ("list.csv", ELIGIBLE), **told(technical))
    DeviceModel.objects.update(state=REMOVED, removed_on=date(2020, 3, 4))
    with pytest.raises(Refused, match="row 2, device_models: Entry 9001 was removed"):
        PREPARING.take("publish", prepared, **told(technical))


def test_the_page_tells_every_wrong_row_and_prepares_nothing() -> None:
    listed("9001", origin="SMETS1")
    client = signed_in(person(Role.DCC, ""))
    file = SimpleUploadedFile("list.csv", ELIGIBLE + b"9999,CSP North,2020-02-03\n")
    answer = client.post("/products/epcl/prepare/", {"file": file, "note": "x"})
    assert answer.status_code == 422
    assert "There is no entry 9999" in answer.content.decode()
    assert not PreparedVersion.objects.exists()
    answer = client.post("/products/epcl/prepare/", {"file": SimpleUploadedFile("list.csv", ELIGIBLE)})
    assert answer.status_code == 302
    assert "CSP North" in client.get(answer["Location"]).content.decode()
    assert client.get("/products/cpl/prepare/").status_code == 403


def test_openssl_agrees_with_the_signature_over_each_file(tmp_path: Path) -> None:
    listed("9001")
    made = publish("CPL", person())
    (tmp_path / "key").write_bytes(public_key())
    check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin", "-in", "file", "-sigfile", "sig"]
    for ending in ("csv", "xlsx", "xml", "json"):
        base = f"/products/cpl/versions/{made.number}.{ending}"
        for name, address in (("file", base), ("sig", f"{base}.sig")):
            (tmp_path / name).write_bytes(Client().get(address).content)
        subprocess.run(check, cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "file").write_bytes(b"other")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode


def test_addresses_of_a_version_are_made_of_list_and_number() -> None:
    technical = person()
    listed("9001")
    first = publish("CPL", technical)
    listed("9002")
    publish("CPL", technical)
    public = Client()
    assert first.get_absolute_url() == "/products/cpl/versions/1/"
    assert "SHA-256 of its content" in public.get("/products/cpl/versions/1/").content.decode()
    assert public.get("/products/cpl/latest.json")["Location"] == "/products/cpl/versions/2.json"
    for nowhere in ("3.csv", "3/", f"{10**30}.csv", f"{10**30}/"):
        assert public.get(f"/products/cpl/versions/{nowhere}").status_code == 404
    compared = public.get("/products/cpl/compare.json?from=1&to=2").json()
    assert (list(compared["added"]), compared["removed"], compared["changed"]) == (["9002"], {}, {})
    assert b"added,9002,entry_id,,9002" in public.get("/products/cpl/compare.csv").content
    assert "1 added, 0 removed, 0 changed." in public.get("/products/cpl/compare/").content.decode()
    assert "No content is kept here of version 7" in public.get("/products/cpl/compare/?from=7").content.decode()
    assert public.get("/products/firmware.csv").content.decode().count("00010203") == 2
    held = public.get("/api/list-rows?list=CPL&version=1").json()
    assert [row["key"] for row in held["items"]] == ["9001"]
    assert "byte by byte" in public.get("/products/cpl/versions/1/again/").content.decode()


def test_what_was_published_here_is_never_amended() -> None:
    technical = person()
    listed("9001")
    kept, known = publish("CPL", technical), version("DPL", 41, "2020-02-03")
    client = signed_in(technical)
    assert client.get(f"/list-versions/{known.pk}/edit/").status_code == 200
    assert client.get(f"/list-versions/{kept.pk}/edit/").status_code == 403
    page = client.get(f"/list-versions/{known.pk}/").content.decode()
    assert "Its content was not kept here" in page
    with pytest.raises(Refused, match="was not kept here"):
        content_of(known)


def test_a_version_is_loaded_within_a_day_of_its_publication_or_late() -> None:
    technical, dcc = person(), person(Role.DCC, "")
    own = party(category="dcc", is_dcc=True)
    listed("9001")
    early = LATER - timedelta(days=2)
    made = publish("CPL", technical, early)
    assert load_due(made) == early + timedelta(hours=24)
    (duty,) = [one for one in duties_of(own.pk, dcc, LATER) if one.about == made]
    assert duty.is_late(LATER)
    assert not duty.is_late(early)
    prepared = made.prepared
    with pytest.raises(Refused, match="loaded after it is published"):
        PREPARING.take("load", prepared, **told(dcc, early - timedelta(hours=1)))
    PREPARING.take("load", prepared, **told(dcc, early + timedelta(hours=25)))
    made.refresh_from_db()
    assert is_late(made, LATER)
    assert not [one for one in duties_of(own.pk, dcc, LATER) if one.about == made]
    listed("9005", origin="SMETS1")
    others = publish("EPCL", technical, file=ELIGIBLE)
    assert load_due(others) is None
    with pytest.raises(Refused, match="Only the Central Products List is loaded"):
        PREPARING.take("load", others.prepared, **told(dcc))


def test_a_month_without_a_version_is_a_fact_of_its_own() -> None:
    own, dcc = party(category="dcc", is_dcc=True), person(Role.DCC, "")
    version("DPL", 41, "2020-02-03")
    asked = {duty.about.code for duty in duties_of(own.pk, dcc, LATER) if isinstance(duty.about, ProductList)}
    assert asked == {"EPCL", "PPCL"}
    client = signed_in(dcc)
    form = {"list": the_list("EPCL").pk, "month": "2020-02", "note": ""}
    assert client.post("/months-without-a-version/new/", form).status_code == 302
    assert str(MonthlyReturn.objects.get()) == "No new version of the EPCL in February 2020"
    for wrong, sentence in (
        ({"month": "2099-01"}, "The month is not over"),
        ({"list": the_list("DPL").pk}, "DPL version 41 was published in February 2020"),
        ({}, "recorded already"),
    ):
        answer = client.post("/months-without-a-version/new/", form | wrong)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    asked = {duty.about.code for duty in duties_of(own.pk, dcc, LATER) if isinstance(duty.about, ProductList)}
    assert asked == {"PPCL"}


def test_a_report_of_combinations_says_who_endorsed_and_approved_it() -> None:
    technical, dcc = person(), person(Role.DCC, "")
    report = CombinationReport(number=22, received_on=date(2020, 2, 3))
    REPORTING.take("receive", report, **told(dcc))
    made = version("EPCL", 5, "2020-02-03")
    version("EPCL", 6, "2020-02-04")
    REPORTING.take("endorse", report, **told(technical), decision="EPCL version 5")
    assert (report.endorsed_kind, report.endorsed_id) == ("products.listversion", made.pk)
    with pytest.raises(Refused, match="Panel"):
        REPORTING.take("approve", report, **told(dcc), decision="The Panel, 14 February 2020")
    REPORTING.take("approve", report, **told(technical), decision="The Panel, 14 February 2020")
    assert (report.state, report.approved_in, report.approved_id) == ("approved", "The Panel, 14 February 2020", None)
    page = signed_in(technical).get(report.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in page
    other = CombinationReport(number=23, received_on=date(2022, 1, 3))
    REPORTING.take("receive", other, **told(technical))
    REPORTING.take("refuse", other, **told(technical), why="It was not shown to be needed.")
    assert other.refused_because


def test_a_reference_of_two_records_names_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    technical = person()
    report = CombinationReport(number=22, received_on=date(2020, 2, 3))
    REPORTING.take("receive", report, **told(technical))
    monkeypatch.setattr("secretariat.core.kinds.find", lambda text: [report, report])
    with pytest.raises(Refused, match="names more than one record"):
        REPORTING.take("endorse", report, **told(technical), decision="22")


def test_anybody_asks_whether_testing_is_needed_and_the_dcc_determines() -> None:
    maker, dcc = Person.objects.create_user("maker@example.org", "Maker"), person(Role.DCC, "")
    dcc.capacities.update(audience="DCC")
    client = signed_in(maker)
    answer = client.post("/testing-requests/new/", {"models_named": "9005, 9001", "provider": "CSP", "why": "New."})
    assert answer.status_code == 302
    request = TestingRequest.objects.get()
    assert (request.models_named, request.state, request.classification) == ("9001; 9005", "asked", Class.AMBER)
    assert client.get(request.get_absolute_url()).status_code == 200
    assert signed_in(person(Role.PARTY_CONTACT, "")).get(request.get_absolute_url()).status_code == 404
    with pytest.raises(Refused, match="is for others"):
        DETERMINING.take("determine", request, **told(maker, request_at(request)), needed="no", reasons="x")
    DETERMINING.take("determine", request, **told(dcc, request_at(request)), needed="no", reasons="Known already.")
    assert (request.needed, request.state) == (False, "determined")
    again = TestingRequest(models_named="9001", provider="CSP", asked_by=maker)
    DETERMINING.take("ask", again, **told(maker))
    with pytest.raises(Refused, match="Who asked, or the technical team"):
        DETERMINING.take("withdraw", again, **told(dcc))
    DETERMINING.take("withdraw", again, **told(maker))


def request_at(request: TestingRequest) -> datetime:
    """An instant after a request was made through a page, which happens now."""
    return datetime(2090, 1, 1, tzinfo=LONDON)


def test_a_combination_without_an_entry_is_asked_again() -> None:
    answer = signed_in(person()).post("/testing-requests/new/", {"models_named": ";", "provider": "CSP"})
    assert "No CPL Entry ID is told" in answer.content.decode()
