"""A document's text of a day as a file: the same for ever, in every form, for those who may read it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from secretariat.core.classification import Class
from secretariat.core.files import check
from secretariat.legaltext.formats.akoma_ntoso_reading import read_akoma_ntoso
from secretariat.legaltext.formats.forms import FORMS
from secretariat.legaltext.formats.plain_json import read_json
from secretariat.legaltext.formats.word_reading import read_word
from secretariat.legaltext.importing.reading import read
from secretariat.legaltext.models import Document
from secretariat.legaltext.standing import text_of
from tests.legaltext.code_read import BEFORE, BETWEEN, CLOCK, LATER, TODAY, code, draft, put
from tests.legaltext.factories import analyst, section, version
from tests.legaltext.formats_texts import shape
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stands_still(settings: Any) -> None:
    settings.CLOCK = CLOCK


def file(of: Document, ending: str, day: Any = BETWEEN, asked: str = "", client: Client | None = None) -> Any:
    """The answer at the address of a file."""
    return (client or Client()).get(f"/code/{of.code}/{day.isoformat()}.{ending}{asked}")


@pytest.mark.parametrize("ending", FORMS)
def test_the_text_of_a_day_is_had_in_every_form_under_a_name_that_says_what_it_is(ending: str) -> None:
    answer = file(code(), ending)
    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMS[ending].media_type
    assert answer["Content-Disposition"] == f'attachment; filename="section-h_2018-12-24.{ending}"'
    assert len(answer.content) > 300


def test_each_file_holds_the_text_as_it_stood_stands_and_will_stand() -> None:
    services = code()
    for day in (BETWEEN, TODAY, LATER):
        there = text_of(services, day)
        assert read_json(file(services, "json", day).content).text == there
        assert read_akoma_ntoso(file(services, "xml", day).content).text == there
        assert shape(read_word(file(services, "docx", day).content).text) == shape(there)


def test_a_file_says_its_version_and_its_day() -> None:
    made = docx.Document(BytesIO(file(code(), "docx").content))
    assert [each.text for each in made.paragraphs[:2]] == [
        "Section H: DCC Services", "Version 1.0, as at 24 December 2018"
    ]  # fmt: skip


def test_an_invented_document_says_so_in_its_files() -> None:
    services = section("H", invented=True)
    version(services, "1.0", BETWEEN, put(*text_of(code_of("G"), BETWEEN).clauses))
    assert b"Invented sample text." in file(services, "md").content


def code_of(letter: str) -> Document:
    """A section of one clause."""
    made = section(letter)
    version(made, "1.0", BETWEEN, put(*read_json(SMALL).text.clauses))
    return made


SMALL = (
    b'{"form": "legal text, 1", "title": "", "clauses": [{"uid": "a", "parent": "", "place": "i", "kind": "clause",'
    b' "number": "1", "heading": "", "body": "Words."}]}'
)


def test_the_world_of_a_draft_is_had_as_a_file_that_says_so() -> None:
    services = code()
    found = draft(services)
    client = signed_in(analyst())
    told = file(services, "md", TODAY, f"?with={found.pk}", client).content.decode()
    assert "within 12 Working Days" in told
    assert "As it would be if “More time to tell” were approved." in told
    assert "within 12 Working Days" not in file(services, "md", TODAY, client=client).content.decode()


def test_what_was_known_then_is_what_the_file_holds() -> None:
    services = code()
    assert file(services, "json", TODAY, "?known=2019-01-01T00:00:00Z").status_code == 404


@pytest.mark.parametrize("ending", ["exe", "doc", "docx.docx"])
def test_another_form_is_not_there(ending: str) -> None:
    assert file(code(), ending).status_code == 404


def test_a_day_without_text_has_no_file() -> None:
    assert file(code(), "docx", BEFORE).status_code == 404


def test_a_document_that_may_not_be_read_has_no_file_for_that_reader() -> None:
    services = code()
    services.classification = Class.RED
    services.save()
    assert all(file(services, ending).status_code == 404 for ending in FORMS)


def test_the_page_of_the_text_leads_to_every_form_of_its_own_day_and_world() -> None:
    services = code()
    page = Client().get(f"/code/{services.code}/{BETWEEN.isoformat()}/?known=2020-03-04T00:00:00Z").content.decode()
    for ending in FORMS:
        address = reverse("text-on-as", kwargs={"key": services.code, "day": BETWEEN, "ending": ending})
        assert f"{address}?known=2020-03-04T00" in page


def test_a_file_asks_the_database_no_more_often_for_a_longer_text(
    django_assert_max_num_queries: Any,
) -> None:
    services = code()
    file(services, "json")
    with django_assert_max_num_queries(12):
        file(services, "json")


def test_every_form_that_can_be_read_can_be_taken_in_again() -> None:
    services = code()
    for ending in ("docx", "xml", "json"):
        content = file(services, ending).content
        check(f"text.{ending}", content)
        understood = read(f"text.{ending}", content)
        assert sorted(understood["carried"]) == sorted(text_of(services, BETWEEN).by_uid)


def test_an_older_word_file_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match=r"not taken"):
        check("text.doc", b"\xd0\xcf\x11\xe0")


def test_the_page_of_a_day_without_text_leads_to_no_file() -> None:
    services = code()
    page = Client().get(f"/code/{services.code}/{BEFORE.isoformat()}/").content.decode()
    assert not [ending for ending in FORMS if f"{BEFORE.isoformat()}.{ending}" in page]
