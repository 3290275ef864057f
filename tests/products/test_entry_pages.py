"""The pages of entries: what is typed, uploaded and put right is checked, kept and sent by those who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.journal import Told
from secretariat.core.people import Person, Role
from secretariat.products.entries import actions
from secretariat.products.entries.models import Evidence, Submission
from secretariat.products.entries.procedure import CPL_ENTRY
from secretariat.products.models import DeviceModel, Specification
from tests.products.factories import NOW, TYPED, assured, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
SENT = TYPED | {"submitter": "Larch Meters"}
NEW = "/product-submissions/new/"


@pytest.fixture(autouse=True)
def _at_the_clock(settings: Any) -> None:
    settings.CLOCK = NOW.isoformat()


def maker() -> Person:
    return Person.objects.create_user("maker@example.org", "Maker")


def stopped_row(by: Person) -> Submission:
    told: Told = {"by": by, "at": NOW, "recorded": NOW}
    rows = [(2, TYPED | {"model_identifier": "0A1O", "device_type": "TOASTER"})]
    return actions.submit(Submission(submitter="Larch Meters"), rows, **told)


def test_what_is_typed_is_checked_without_being_sent() -> None:
    assured()
    client = signed_in(maker())
    answer = client.post(NEW, SENT | {"asked": "check", "model_identifier": "0A1O"})
    assert answer.status_code == 422
    assert "Write a nought for the letter O" in answer.content.decode()
    assert 'value="0A1O"' in answer.content.decode()
    assert "Nothing stops it" in client.post(NEW, SENT | {"asked": "check"}).content.decode()
    assert not Submission.objects.exists()


def test_a_device_model_is_sent_by_anybody_signed_in_and_by_nobody_else() -> None:
    assured()
    assert Client().post(NEW, SENT).status_code == 302
    assert not Submission.objects.exists()
    assert signed_in(maker()).post(NEW, SENT | {"asked": "send"}).status_code == 302
    entry = DeviceModel.objects.get()
    assert (entry.state, entry.submitter) == ("submitted", "Larch Meters")
    assert Client().get(entry.get_absolute_url()).status_code == 404


def test_what_is_stopped_is_sent_only_to_be_kept() -> None:
    assured()
    client, wrong = signed_in(maker()), SENT | {"model": ""}
    assert client.post(NEW, wrong | {"asked": "send"}).status_code == 422
    assert not Submission.objects.exists()
    assert client.post(NEW, wrong | {"asked": "keep"}).status_code == 302
    assert (Submission.objects.get().rows.get().stopped, DeviceModel.objects.exists()) == (True, False)


def test_a_file_is_checked_then_sent_and_its_refused_rows_are_put_right_in_place() -> None:
    assured()
    client = signed_in(maker())
    lines = [list(TYPED), list(TYPED.values()), list((TYPED | {"image_hash": "12", "firmware": "01020311"}).values())]
    content = "\n".join(",".join(line) for line in lines).encode()

    def told(asked: str) -> dict[str, object]:
        return {"submitter": "Larch Meters", "asked": asked, "file": SimpleUploadedFile("form.csv", content)}

    checked = client.post("/product-submissions/upload/", told("check")).content.decode()
    assert "2 device models, 1 to be corrected" in checked
    assert not Submission.objects.exists()
    assert client.post("/product-submissions/upload/", told("send")).status_code == 302
    submission = Submission.objects.get()
    assert submission.file is not None
    assert (
        "has 2 digits; 64 are needed"
        in client.get(f"/product-submissions/{submission.pk}/findings.csv").content.decode()
    )
    row = f"/product-submissions/{submission.pk}/rows/3/"
    right = TYPED | {"image_hash": "CD" * 32, "firmware": "01020311", "asked": "send"}
    assert client.post(row, right).status_code == 302
    assert (DeviceModel.objects.count(), submission.rows.filter(stopped=True).count()) == (2, 0)
    assert client.get(row).status_code == 404


def test_a_row_is_shown_as_it_was_typed_and_only_to_who_sent_it_and_staff() -> None:
    assured()
    own = maker()
    row = f"/product-submissions/{stopped_row(own).pk}/rows/2/"
    shown = signed_in(own).get(row)
    assert shown.status_code == 200
    assert "TOASTER (as typed)" in shown.content.decode()
    assert '<option value="" selected>SMETS2+, unless chosen' in shown.content.decode()
    assert signed_in(person()).get(row).status_code == 200
    assert signed_in(Person.objects.create_user("other@example.org", "Other")).get(row).status_code == 404
    again = signed_in(own).post(row, TYPED | {"device_type": "TOASTER", "asked": "send"}, follow=True)
    assert "is not one of these" in again.content.decode()


def test_a_file_that_cannot_be_read_is_refused_with_what_to_do() -> None:
    file = SimpleUploadedFile("form.csv", b"colour\nred\n")
    answer = signed_in(maker()).post("/product-submissions/upload/", {"submitter": "X", "file": file, "asked": "send"})
    assert answer.status_code == 422
    assert "Use the heads of the empty form" in answer.content.decode()


def test_the_technical_team_corrects_and_the_submitter_answers_and_gives_evidence() -> None:
    assured()
    own, staff = maker(), person()
    told: Told = {"by": own, "at": NOW, "recorded": NOW}
    entry = actions.submit(Submission(submitter="Larch Meters"), [(1, TYPED)], **told).rows.get().entry
    assert entry is not None
    base = entry.get_absolute_url()
    for name in ("correct", "certificates"):
        assert signed_in(own).get(f"{base}{name}/").status_code == 403
        assert signed_in(staff).get(f"{base}{name}/").status_code == 200
    assert signed_in(staff).post(f"{base}correct/", TYPED | {"model": "L2", "reason": "Its name."}).status_code == 302
    assert signed_in(staff).post(f"{base}certificates/", {}).status_code == 422
    assert signed_in(own).post(f"{base}evidence/", {"shows": "9.9 is this image"}).status_code == 302
    assert Evidence.objects.get().entry == entry
    assert signed_in(own).get(f"{base}answer/").status_code == 404
    for step, facts in (("check", {}), ("query", {"question": "Sure?"})):
        CPL_ENTRY.take(step, entry, by=staff, at=NOW, recorded=NOW, **facts)
    sent = TYPED | {"model": "L3", "answer": "Call it L3."}
    assert signed_in(own).post(f"{base}answer/", sent).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.model) == ("checking", "L3")


def test_when_a_specification_is_in_force_is_entered_and_ended() -> None:
    row = Specification.objects.create(name="GBCS", version="4.0")
    client, page = signed_in(person()), f"/specifications/{row.pk}/in-force/"
    assert client.post(page, {"from_day": "2020-01-01", "to_day": "2019-01-01"}).status_code == 422
    assert client.post(page, {"from_day": "2020-01-01"}).status_code == 302
    assert client.post(page, {"from_day": "2020-02-01"}).status_code == 422
    assert row.in_force_on(NOW.date())
    assert client.post(page, {"from_day": "2020-01-01", "to_day": "2020-02-29"}).status_code == 302
    assert not row.in_force_on(NOW.date())
    assert signed_in(person(Role.PARTY_CONTACT, "")).get(page).status_code == 403
