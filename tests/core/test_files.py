"""Files: kept once by what they hold, taken only when they are what they say, and never changed unseen."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, keep, place
from secretariat.core.people import Capacity, Person, Role

AT = datetime(2020, 3, 5, 12, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path
    return tmp_path


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def document() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def stored(content: bytes = b"a,b\n1,2\n", name: str = "a.csv", **told: Any) -> StoredFile:
    return StoredFile.objects.create(name=name, sha256=keep(name, content), size=len(content), recorded=AT, **told)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_lies_under_the_hash_of_what_it_holds(folder: Path) -> None:
    sha256 = keep("a.csv", b"a,b\n")
    assert sha256 == hashlib.sha256(b"a,b\n").hexdigest()
    assert place(sha256).read_bytes() == b"a,b\n"


def test_the_same_bytes_are_kept_once_whatever_their_name(folder: Path) -> None:
    assert keep("a.csv", b"a,b\n") == keep("b.txt", b"a,b\n")
    assert len(kept(folder)) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF), ("a.PDF", PDF), ("a.png", PNG), ("a.xlsx", workbook()), ("a.docx", document()),
        ("a.csv", "é,b\n".encode()), ("a.json", b"{}"), ("a.txt", b""), ("a.html", b"<p>x"),
    ],
)  # fmt: skip
def test_kinds_of_file_that_are_what_they_say_are_taken(name: str, content: bytes) -> None:
    assert keep(name, content)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"MZ", "files of this kind are not taken"),
        ("a", b"x", "files of this kind are not taken"),
        ("a.svg", b"<svg/>", "files of this kind are not taken"),
        ("a.pdf", b"<script>alert(1)</script>", "does not hold what its ending says"),
        ("a.pdf", workbook(), "does not hold what its ending says"),
        ("a.png", PDF, "does not hold what its ending says"),
        ("a.docx", workbook(), "does not hold what its ending says"),
        ("a.xlsx", document(), "does not hold what its ending says"),
        ("a.xlsx", b"PK\x03\x04 no archive", "does not hold what its ending says"),
        ("a.docx", PDF, "does not hold what its ending says"),
        ("a.xlsx", b"a,b\n", "does not hold what its ending says"),
        ("a.csv", b"caf\xe9", r"is not UTF-8 text \(byte 3\)"),
        ("a.txt", b"\xff\xfe\x00", r"is not UTF-8 text \(byte 0\)"),
    ],
)
def test_other_kinds_and_lying_endings_are_refused(folder: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        keep(name, content)
    assert kept(folder) == []


def test_a_file_that_is_too_large_is_refused(settings: Any, folder: Path) -> None:
    settings.FILE_LIMIT = 2**20
    with pytest.raises(ValidationError, match="larger than 1 MiB"):
        keep("a.txt", b"x" * (2**20 + 1))
    assert keep("a.txt", b"x" * 2**20)


@pytest.mark.django_db
def test_bytes_that_changed_since_they_were_kept_are_found() -> None:
    file = stored()
    assert file.read() == b"a,b\n1,2\n"
    file.path.write_bytes(b"a,b\n1,3\n")
    with pytest.raises(ValueError, match=r"stored bytes of a\.csv have changed"):
        file.read()


@pytest.mark.django_db
def test_a_file_is_handed_out_as_a_download_to_those_who_may_read_it(client: Client) -> None:
    white, amber = stored(classification=Class.WHITE), stored(b"c\n", "b.csv", classification=Class.AMBER)
    answer = client.get(white.get_absolute_url())
    assert b"".join(answer.streaming_content) == b"a,b\n1,2\n"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert client.get(amber.get_absolute_url()).status_code == 404
    person = Person.objects.create_user("a@example.org", "A")
    Capacity.objects.create(person=person, role=Role.COMMITTEE_MEMBER, from_day=date(2020, 1, 1), recorded=AT)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    assert client.get(amber.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_an_html_file_cannot_run_in_the_page(client: Client) -> None:
    file = stored(b"<script>alert(1)</script>", "a.html", classification=Class.WHITE)
    answer = client.get(file.get_absolute_url())
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


@pytest.mark.django_db
def test_a_file_is_not_found_under_another_name(client: Client) -> None:
    file = stored(classification=Class.WHITE)
    assert client.get(f"/files/{file.pk}/other.csv").status_code == 404
