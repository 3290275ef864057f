"""Anybody drops a paper and reads what does not add up; nothing of it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.proof.apart import checked_apart
from secretariat.proof.paper import UnreadableError
from secretariat.proof.reading import Source

pytestmark = pytest.mark.django_db

PAPER = b"""# Monthly Report - May 2021

Date: 4 June 2021

## Calls

The desk met on Monday 4 May 2021 <script>alert(1)</script>.

| Desk | Calls |
| --- | ---: |
| North | 120 |
| South | 80 |
| Total | 210 |
"""


@pytest.fixture(autouse=True)
def quiet() -> None:
    cache.clear()


def handed_in(content: bytes, name: str = "report.md", **more: SimpleUploadedFile) -> tuple[int, str]:
    answer = Client().post("/proof/", {"paper": SimpleUploadedFile(name, content), **more})
    return answer.status_code, answer.content.decode()


def kept() -> tuple[int, int, int]:
    return Event.objects.count(), StoredFile.objects.count(), sum(1 for _ in Path(settings.FILES_ROOT).rglob("*"))


def test_a_paper_comes_back_with_its_findings_beside_it_and_nothing_is_kept() -> None:
    before = kept()
    status, page = handed_in(PAPER)
    assert status == 200
    assert "column-total" in page
    assert "weekday-date" in page
    assert "Monthly Report" in page
    assert "<script>alert" not in page
    assert kept() == before


def test_a_file_that_cannot_be_read_is_told_with_what_to_do() -> None:
    status, page = handed_in(b"\x00\x01", "photo.gif")
    assert (status, "not of a form that can be read" in page) == (422, True)
    status, page = handed_in(b"not a document", "paper.docx")
    assert status == 422
    assert "paper.docx" in page


def test_no_file_is_told() -> None:
    assert Client().post("/proof/").status_code == 422


def test_many_papers_in_a_short_time_are_asked_to_wait() -> None:
    statuses = {Client().post("/proof/").status_code for _ in range(12)}
    assert statuses == {422, 429}


def test_the_last_months_paper_is_compared_when_it_is_given() -> None:
    status, page = handed_in(PAPER, previous=SimpleUploadedFile("april.txt", b"Monthly Report - April 2021\n"))
    assert (status, "column-total" in page) == (200, True)


def test_a_check_apart_is_cut_off_by_time() -> None:
    with pytest.raises(UnreadableError, match="Split it"):
        checked_apart(Source("long.txt", b"word " * 3_000_000), seconds=0)
