"""The documents of proposals, their names and versions (NEW-11), and what a split inherits (MOD-3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.change.documents import page
from secretariat.change.documents.actions import keep_document
from secretariat.change.documents.kinds import document
from secretariat.change.documents.models import Document, documents_of, latest_of
from secretariat.change.documents.naming import FINAL, DocumentKind, Named, document_name, parse_name, version_order
from secretariat.change.models import Proposal
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from tests.change.factories import LATER, change_person, converted, london, raised

REPORT = DocumentKind.REPORT


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("MP099 Modification Report v1.0", Named("MP099", REPORT, "1.0")),
        ("MP099_Modification_Report_v1.0.pdf", Named("MP099", REPORT, "1.0")),
        ("SECMP0046 - Modification Report v0.2.docx", Named("SECMP0046", REPORT, "0.2")),
        ("secmp0046 modification report (final).pdf", Named("SECMP0046", REPORT, FINAL)),
        ("MP 112 Modification Report v1.0 Final", Named("MP112", REPORT, FINAL)),
        ("MP102A-Legal-Text-v1.0.docx", Named("MP102A", DocumentKind.LEGAL_TEXT, "1.0")),
        ("DP107 Problem Statement v0.1", Named("DP107", DocumentKind.PROBLEM, "0.1")),
        ("MP076 DP Problem Statement v1", Named("MP076", DocumentKind.PROBLEM, "1.0")),
        ("MP099 Modification Report Consultation v1.0", Named("MP099", DocumentKind.CONSULTATION, "1.0")),
        ("MP099 MRC Responses v1.0", Named("MP099", DocumentKind.RESPONSES, "1.0")),
        ("MP099 DCC Preliminary Assessment", Named("MP099", DocumentKind.PRELIMINARY, "1.0")),
        ("MP099 Impact Assessment version 2.1", Named("MP099", DocumentKind.IMPACT, "2.1")),
        ("MP099 Working Group Summary 3 Feb 2020 v1.0", Named("MP099", DocumentKind.SUMMARY, "1.0", "3 Feb 2020")),
        ("SECMP62 Conclusions Report v1.0", Named("SECMP0062", DocumentKind.CONCLUSIONS, "1.0")),
        ("Minutes of the Panel v1.0", None),
        ("MP099 Picnic v1.0", None),
    ],
)
def test_names_are_recognised_as_they_were_written(name: str, named: Named | None) -> None:
    assert parse_name(name) == named


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind != DocumentKind.OTHER])
@pytest.mark.parametrize("version", ["0.1", "1.0", "12.3", FINAL])
@pytest.mark.parametrize("detail", ["", "3 Feb 2020"])
def test_what_is_generated_is_recognised_again(kind: DocumentKind, version: str, detail: str) -> None:
    assert parse_name(document_name("MP099", kind, version, detail)) == Named("MP099", kind, version, detail)


def test_a_name_has_the_shape_that_was_published() -> None:
    assert document_name("MP099", REPORT, "1.0") == "MP099 Modification Report v1.0"


def test_versions_stand_in_the_order_of_their_numbers_and_final_is_last() -> None:
    told = [FINAL, "1.0", "0.10", "0.2"]
    assert sorted(told, key=version_order) == ["0.2", "0.10", "1.0", FINAL]


def kept(
    proposal: Proposal, version: str = "1.0", kind: str = REPORT, day: str = "2020-02-03", **more: Any
) -> Document:
    made = Document(proposal=proposal, kind=kind, version=version, dated_on=date.fromisoformat(day), **more)
    return keep_document(made, "x.txt", b"text\n", by=change_person(), at=london(day), recorded=LATER)


@pytest.mark.django_db
def test_a_document_is_kept_under_its_generated_name_with_its_class() -> None:
    made = kept(converted("2019-07-12", number=99), classification=2, audience="CSC")
    assert made.name == "MP099 Modification Report v1.0"
    assert made.file is not None
    assert (made.file.name, made.file.read()) == ("MP099 Modification Report v1.0.txt", b"text\n")
    assert (made.file.classification, made.file.audience) == (2, "CSC")
    assert Event.objects.filter(name="document.enter").count() == 1


@pytest.mark.django_db
def test_a_document_keeps_the_label_of_its_day() -> None:
    made = kept(converted("2019-07-12", number=99), kind=DocumentKind.PROBLEM, day="2019-06-10")
    assert made.name == "DP099 Problem Statement v1.0"
    assert document("MP099 Problem Statement v1.0") == document("DP099 Problem Statement v1.0.pdf") == made
    assert document("MP099 Problem Statement v2.0") is None
    assert document("MP098 Problem Statement v1.0") is None


@pytest.mark.django_db
def test_a_version_is_kept_once() -> None:
    proposal = converted("2019-07-12")
    kept(proposal)
    with pytest.raises(ValidationError, match="in this version"):
        kept(proposal)
    assert StoredFile.objects.count() == 1
    kept(proposal, FINAL)
    kept(proposal, "0.9")
    latest = latest_of(proposal, REPORT)
    assert latest is not None
    assert latest.version == FINAL


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["v1.0", "1", "01.0", "final", ""])
def test_a_version_is_two_numbers_or_final(version: str) -> None:
    with pytest.raises(ValidationError):
        kept(converted("2019-07-12"), version)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content"), [("x.exe", b"x"), ("x.pdf", b"not a PDF"), ("x.txt", b"\xff\xfe")])
def test_a_file_that_is_not_taken_leaves_nothing(name: str, content: bytes) -> None:
    made = Document(proposal=converted("2019-07-12"), kind=REPORT, version="1.0", dated_on=date(2020, 2, 3))
    with pytest.raises(ValidationError):
        keep_document(made, name, content, by=change_person(), at=london("2020-02-03"), recorded=LATER)
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_part_inherits_what_was_written_until_the_split_and_nothing_after() -> None:
    whole = raised("2019-06-03", number=102)
    before = kept(whole, "0.1", DocumentKind.PROBLEM, "2019-06-04")
    after = kept(whole, "0.1", REPORT, "2020-02-04")
    part = raised("2019-06-03", number=103)
    Proposal.objects.filter(pk=part.pk).update(split_from=whole, split_off_on=date(2020, 2, 3))
    part.refresh_from_db()
    own = kept(part, "0.1", REPORT, "2020-02-05")
    assert list(documents_of(part)) == [own, before]
    assert set(documents_of(whole)) == {before, after}
    (table,) = page.related(part, None, london("2020-02-06"))
    assert [row[-1] for row in table.rows] == ["", "inherited from DP102"]


@pytest.mark.django_db
def test_a_document_is_not_of_a_lower_class_than_its_proposal() -> None:
    proposal = converted("2019-07-12")
    Proposal.objects.filter(pk=proposal.pk).update(classification=1)
    proposal.refresh_from_db()
    with pytest.raises(ValidationError, match="lower class"):
        kept(proposal)


@pytest.mark.django_db
def test_the_change_team_keeps_a_document_whose_name_tells_what_it_is() -> None:
    proposal = converted("2019-07-12", number=99)
    team = Client()
    team.force_login(change_person(), backend="django.contrib.auth.backends.ModelBackend")
    given = {"proposal": proposal.reference, "dated_on": "2020-02-03", "classification": 0, "kind": "", "version": ""}
    assert team.post("/proposal-documents/new/", given).status_code == 422
    answer = team.post("/proposal-documents/new/", given | {"file": SimpleUploadedFile("x.exe", b"x"), "kind": "other"})
    assert answer.status_code == 422
    file = SimpleUploadedFile("MP099_Legal_Text_v0.2.txt", b"text\n")
    answer = team.post("/proposal-documents/new/", given | {"file": file})
    made = Document.objects.get()
    assert answer["Location"] == f"/proposal-documents/{made.pk}/"
    assert (made.kind, made.version, made.received_name) == ("legal text", "0.2", "MP099_Legal_Text_v0.2.txt")
    shown = Client().get(answer["Location"])
    assert shown.status_code == 200
    assert "MP099 Legal Text v0.2.txt" in shown.content.decode() or "MP099%20Legal" in shown.content.decode()
    assert made.file is not None
    given_out = Client().get(made.file.get_absolute_url())
    assert b"".join(given_out.streaming_content) == b"text\n"  # type: ignore[attr-defined,arg-type]
    assert Client().get("/proposal-documents/new/").status_code == 302
    assert Client().get("/proposal-documents/?proposal=MP099&kind=legal text").status_code == 200


@pytest.mark.django_db
def test_a_document_above_green_and_its_file_are_not_there_for_the_public() -> None:
    made = kept(converted("2019-07-12", number=99), classification=2)
    assert made.file is not None
    for path in (made.get_absolute_url(), made.file.get_absolute_url()):
        assert Client().get(path).status_code == 404
    assert "MP099 Modification Report" not in Client().get("/proposal-documents/").content.decode()
    assert page.related(made.proposal, None, LATER)[0].rows == []
