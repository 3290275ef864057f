"""Search finds what the person may read, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core import journal, kinds
from secretariat.core.classification import Class
from secretariat.core.published import Publication
from tests.site.people import AT, client_as, client_of, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def named_publications(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publications can be named by their slug for the length of a test."""
    found = kinds.Kind(
        "publication", Publication, lambda text: Publication.objects.filter(slug=text.lower()).first(), str
    )
    monkeypatch.setitem(kinds.KINDS, "core.publication", found)


def _publication(slug: str, classification: Class) -> Publication:
    row = Publication(slug=slug, title=f"Report {slug}", day=date(2020, 3, 6), classification=classification)
    journal.enter(row, by=None, at=AT, recorded=AT)
    return row


@pytest.mark.usefixtures("named_publications")
def test_a_reference_goes_straight_to_its_record() -> None:
    record = _publication("rep-1", Class.WHITE)
    answer = client_as("public").get("/search/?q=REP-1")
    assert (answer.status_code, answer["Location"]) == (302, record.get_absolute_url())


@pytest.mark.usefixtures("named_publications")
def test_a_reference_to_what_one_may_not_read_finds_nothing() -> None:
    _publication("rep-2", Class.AMBER)
    answer = client_as("public").get("/search/?q=rep-2")
    assert answer.status_code == 200
    assert "Report rep-2" not in answer.content.decode()
    assert client_as("operations").get("/search/?q=rep-2").status_code == 302


def test_words_are_found_in_the_lists_that_one_may_open() -> None:
    person_as("nobody in particular")
    operations = client_as("operations").get("/search/?q=particular").content.decode()
    assert "Nobody In Particular" in operations
    assert "<h2>People" in operations


def test_words_are_not_found_in_lists_that_are_for_others() -> None:
    person_as("nobody in particular")
    assert "Nobody In Particular" not in client_as("party").get("/search/?q=particular").content.decode()


def test_at_most_ten_of_a_list_are_shown_with_the_way_to_all() -> None:
    for number in range(12):
        person_as(f"namesake {number}")
    page = client_of(person_as("operations")).get("/search/?q=namesake").content.decode()
    assert page.count(">Namesake ") == 10
    assert "All 12 people" in page


def test_a_search_that_finds_nothing_says_what_to_try() -> None:
    assert "Try fewer words" in client_as("public").get("/search/?q=zzzzzz").content.decode()


def test_what_is_asked_is_printed_back_as_text() -> None:
    page = client_as("public").get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
