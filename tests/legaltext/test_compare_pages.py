"""Pages of redlines: any two days, versions or worlds of a document, for those who may read them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from secretariat.core.classification import Class
from secretariat.legaltext.formats.word_reading import read_word
from secretariat.legaltext.models import Document, DocumentVersion
from secretariat.legaltext.standing import text_of
from tests.legaltext.code_read import AFTER, BETWEEN, CLOCK, TODAY, code, draft
from tests.legaltext.factories import analyst, section
from tests.legaltext.formats_texts import shape
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stands_still(settings: Any) -> None:
    settings.CLOCK = CLOCK


def page(of: Document, asked: str, client: Client | None = None, status: int = 200) -> str:
    answer = (client or Client()).get(f"/code/{of.code}/compare/{asked}")
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_two_days_are_compared_and_what_went_out_is_marked() -> None:
    told = page(code(), f"?from={BETWEEN}&to={TODAY}")
    assert "Clauses: 1 taken out, 5 unchanged." in told
    assert "Taken out" in told
    assert "&lt;old&gt; clause." in told
    assert "From Mon 24 Dec 2018, version 1.0 to Thu 5 Mar 2020, version 2.0." in told


def test_two_versions_are_compared_by_their_numbers() -> None:
    services = code()
    told = page(services, "?from=2.0&to=version-3.0")
    assert '<span class="visually-hidden">taken out: </span>10' in told
    assert '<span class="visually-hidden">put in: </span>8' in told
    assert "version 3.0, from Thu 25 Jun 2020" in told


def test_a_text_is_compared_with_the_day_before_its_version_unless_told() -> None:
    told = page(code(), "?to=2020-07-01")
    assert "1 changed" in told
    assert 'value="2020-06-24"' in told


def test_the_world_in_which_a_draft_is_approved_is_compared_with_the_text_without_it() -> None:
    services = code()
    told = page(services, f"?to=draft-{draft(services).pk}")
    assert '<span class="visually-hidden">put in: </span>12' in told
    assert "if “More time to tell” is approved" in told


def test_a_draft_that_does_not_fit_the_day_says_so() -> None:
    services = code()
    row = draft(services)
    assert "does not fit the text of" in page(services, f"?from=1.0&to=draft-{row.pk}&on={AFTER}", status=400)


def test_a_draft_that_a_reader_may_not_read_is_not_told_of() -> None:
    services = code()
    row = draft(services, classification=Class.AMBER, audience="SECP")
    told = page(services, f"?to=draft-{row.pk}", status=400)
    assert "has no draft" in told
    assert "More time to tell" not in told
    assert "More time to tell" in page(services, f"?to=draft-{row.pk}", signed_in(analyst()))


@pytest.mark.parametrize("wrong", ["tomorrow", "7.7", "draft-99", "2020-02-31"])
def test_what_is_no_day_version_or_draft_is_said_and_kept(wrong: str) -> None:
    told = page(code(), f"?from={wrong}&to={TODAY}", status=400)
    assert 'role="alert"' in told
    assert f'value="{wrong}"' in told


def test_the_whole_text_is_shown_when_asked_for() -> None:
    services = code()
    assert "keep a log" not in page(services, "?from=2.0&to=3.0")
    assert "keep a log" in page(services, "?from=2.0&to=3.0&whole=1")


def test_the_word_file_accepted_is_the_later_text_and_rejected_the_earlier() -> None:
    services = code()
    answer = Client().get(f"/code/{services.code}/compare.docx?from=2.0&to=3.0")
    assert answer["Content-Disposition"] == 'attachment; filename="section-h_version-2.0_version-3.0.docx"'
    assert shape(read_word(answer.content).text) == shape(text_of(services, AFTER))
    assert shape(read_word(answer.content, accepted=False).text) == shape(text_of(services, TODAY))
    assert answer.content == Client().get(f"/code/{services.code}/compare.docx?from=2.0&to=3.0").content


def test_the_pdf_is_a_pdf_and_other_forms_are_not_had() -> None:
    services = code()
    answer = Client().get(f"/code/{services.code}/compare.pdf?from=2.0&to=3.0")
    assert BytesIO(answer.content).read(5) == b"%PDF-"
    assert Client().get(f"/code/{services.code}/compare.odt?from=2.0&to=3.0").status_code == 404
    assert Client().get(f"/code/{services.code}/compare.pdf?from=9.9&to=3.0").status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_text(django_assert_max_num_queries: Any) -> None:
    services = code()
    with django_assert_max_num_queries(16):
        page(services, f"?from={BETWEEN}&to={AFTER}")


def test_the_whole_code_on_two_days_lists_the_documents_that_differ() -> None:
    services = code()
    told = Client().get(f"/code/compare/?from={BETWEEN}&to={TODAY}").content.decode()
    assert f"/code/{services.code}/compare/?from={BETWEEN}&amp;to={TODAY}" in told
    assert "section-a" not in told
    assert (
        "No document that you may read differs"
        in Client().get(f"/code/compare/?from={TODAY}&to={TODAY}").content.decode()
    )
    assert Client().get("/code/compare/?from=never").status_code == 400


def test_a_text_that_rests_on_a_version_of_a_higher_class_is_not_shown_as_taken_out() -> None:
    services = code()
    DocumentVersion.objects.filter(document=services, number="2.0").update(classification=Class.AMBER, audience="SECP")
    for asked in (f"?from={BETWEEN}&to={TODAY}", "?from=1.0&to=2.0"):
        assert "that you may read" in page(services, asked, status=400)
        assert "Taken out" in page(services, asked, signed_in(analyst()))


def test_a_document_that_a_reader_may_not_read_cannot_be_compared() -> None:
    secret = section("X", classification=Class.RED)
    assert Client().get(f"/code/{secret.code}/compare/").status_code == 404
    assert Client().get(f"/code/{secret.code}/compare.pdf").status_code == 404
