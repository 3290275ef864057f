"""Documents, versions and clauses come in as files: previewed, then all or nothing, and again without doubling."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.core.figures import Grid, Span
from secretariat.core.load import LOADS, Loading, LoadKind, Prepared, load, preview
from secretariat.core.procedure import Refused
from secretariat.legaltext.figures import document_versions
from secretariat.legaltext.load import CLAUSES, DOCUMENTS, VERSIONS
from secretariat.legaltext.models import Cause, ClauseText, Document, DocumentVersion
from secretariat.legaltext.standing import text_of
from secretariat.plain.months import Month
from tests.legaltext.factories import JANUARY, NOON, analyst, section

pytestmark = pytest.mark.django_db

DOCUMENT = ("code,kind,letter,title,owner,position,invented", "appendix-ab,appendix,AB,Processing,TABASC,40,yes")
VERSION = (
    "document,number,effective_from,to_day,notified_on,posted_on,cause,reference,note,invented",
    "section-h,1.0,2020-01-02,,2019-12-20,2020-01-03,modification,MP042,,yes",
    "section-h,1.0,2020-01-02,,2019-12-20,2020-01-03,re-designation,A letter,,yes",
    "section-h,1.1,2020-02-03,2020-02-28,,,variation,,For February,yes",
)
CLAUSE = (
    "document,number,uid,stands,parent,place,kind,clause,heading,body",
    "section-h,1.0,h1,,,i,part,H1,Duties,",
    'section-h,1.0,h2,yes,h1,i,table,,Steps,"| A | B |\n|---|---|\n| 1 | 2 |"',
    "section-h,1.0,h3,yes,h1,r,clause,H1.1,,Words.",
    "section-h,1.1,h3,no,h1,r,clause,H1.1,,Words.",
)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    """Files lie apart."""
    settings.FILES_ROOT = tmp_path


def asked(kind: LoadKind, *rows: str) -> Prepared:
    """What a file would do."""
    return preview(kind, "file.csv", "\n".join(rows).encode(), Loading(None, NOON, NOON))


def loaded(kind: LoadKind, *rows: str) -> Prepared:
    """What a file does."""
    return load(kind, "file.csv", "\n".join(rows).encode(), Loading(analyst(), NOON, NOON))


def reasons(found: Prepared) -> str:
    """Why rows are refused."""
    return " ".join(map(str, found.refused))


def test_documents_are_loaded_once() -> None:
    assert loaded(DOCUMENTS, *DOCUMENT).sentence.startswith("1 accepted")
    assert asked(DOCUMENTS, *DOCUMENT).repeated == [2]
    found: Document = Document.objects.get()
    assert (found.reference, found.owner, found.invented) == ("Appendix AB", "TABASC", True)
    assert "with other content" in reasons(asked(DOCUMENTS, DOCUMENT[0], DOCUMENT[1].replace("40", "41")))
    other = "appendix-xx,appendix,AB,Processing,,1,yes"
    assert "has this letter" in reasons(asked(DOCUMENTS, DOCUMENT[0], other))


def test_a_code_of_a_document_is_small_letters_and_hyphens() -> None:
    assert "hyphens" in reasons(asked(DOCUMENTS, DOCUMENT[0], DOCUMENT[1].replace("appendix-ab", "Appendix AB")))


def test_versions_are_loaded_with_a_row_for_each_cause() -> None:
    section()
    assert loaded(VERSIONS, *VERSION).sentence.startswith("2 accepted")
    first = DocumentVersion.objects.get(number="1.0")
    assert [str(cause) for cause in first.causes.all()] == ["Modification MP042", "Re-designation A letter"]
    assert first.posted_on == date(2020, 1, 3)
    assert asked(VERSIONS, *VERSION).repeated == [2, 3, 4]
    assert "with other content" in reasons(asked(VERSIONS, *VERSION[:2]))


def test_rows_of_one_version_do_not_differ() -> None:
    section()
    found = asked(VERSIONS, *VERSION[:2], VERSION[2].replace("2020-01-03", "2020-01-04"))
    assert "row 3, posted_on: This differs from row 2" in reasons(found)


def test_a_version_of_an_unknown_document_or_without_a_number_is_refused() -> None:
    assert "There is no document section-h" in reasons(asked(VERSIONS, *VERSION[:2]))
    assert "no version number" in reasons(asked(VERSIONS, VERSION[0], VERSION[1].replace("1.0", "one")))


def test_clauses_make_the_texts_of_their_versions() -> None:
    h = section()
    loaded(VERSIONS, *VERSION)
    assert loaded(CLAUSES, *CLAUSE).sentence.startswith("2 accepted")
    assert [one.uid for one in text_of(h, JANUARY).clauses] == ["h1", "h2", "h3"]
    assert text_of(h, JANUARY).by_uid["h2"].body.count("\n") == 2
    assert [one.uid for one in text_of(h, date(2020, 2, 28)).clauses] == ["h1", "h2"]
    assert [one.uid for one in text_of(h, date(2020, 2, 29)).clauses] == ["h1", "h2", "h3"]
    assert asked(CLAUSES, *CLAUSE).repeated == [2, 3, 4, 5]


def test_clauses_of_a_version_are_never_changed() -> None:
    section()
    loaded(VERSIONS, *VERSION)
    loaded(CLAUSES, *CLAUSE)
    assert "other clauses already" in reasons(asked(CLAUSES, CLAUSE[0], CLAUSE[3].replace("Words", "Others")))


def test_a_history_that_is_taken_over_was_known_when_it_was_known() -> None:
    h = section()
    head = "document,number,effective_from,known_on,replaces"
    rows = ("section-h,1.0,2018-01-02,2017-12-20,", "section-h,1.1,2018-01-02,2018-02-01,1.0")
    loaded(VERSIONS, head, *rows)
    loaded(CLAUSES, CLAUSE[0], CLAUSE[1], CLAUSE[1].replace("1.0", "1.1").replace("Duties", "Rights"))
    day = date(2018, 1, 5)
    assert text_of(h, day).clauses[0].heading == "Rights"
    assert text_of(h, day, NOON.replace(2018, 1, 5)).clauses[0].heading == "Duties"
    assert text_of(h, day, NOON.replace(2017, 12, 1)).clauses == ()
    later = "section-h,2.0,2018-01-02,2021-02-01,"
    assert "still to come" in reasons(asked(VERSIONS, head, later))
    with pytest.raises(Refused, match="does not have"):
        loaded(VERSIONS, head, "section-h,2.0,2018-01-02,2018-02-01,1.7")


def test_the_record_that_is_given_out_loads_again_to_the_same_texts(client: Any) -> None:
    h = section()
    loaded(VERSIONS, *VERSION)
    loaded(CLAUSES, *CLAUSE[:4], "section-h,1.0,h4,yes,h1,z,paragraph,,'=1+1,-5 degrees '=2", CLAUSE[4])
    days = (JANUARY, date(2020, 2, 28), date(2020, 3, 1))
    before = [text_of(h, day).canonical for day in days]
    names = ("documents", "document-versions", "clauses")
    files = {name: client.get(f"/record-of-the-code/{name}.csv").content for name in names}
    for model in (Cause, ClauseText, DocumentVersion, Document):
        model.objects.all().delete()
    for name in names:
        load(LOADS[name], f"{name}.csv", files[name], Loading(analyst(), NOON, NOON))
    assert [text_of(Document.objects.get(), day).canonical for day in days] == before
    assert {name: client.get(f"/record-of-the-code/{name}.csv").content for name in names} == files
    assert client.get("/record-of-the-code/secrets.csv").status_code == 404


def test_versions_are_counted_by_the_kind_of_document_and_whether_they_last() -> None:
    section()
    loaded(VERSIONS, *VERSION)
    found = document_versions(Span.of(Month(2020, 2)))
    assert isinstance(found, Grid)
    counted = {key: cell.value for key, cell in found.cells.items() if cell.value}
    assert counted == {("section", "for_a_time"): 1}


def test_a_preview_says_what_would_not_hold_together_and_writes_nothing() -> None:
    section()
    loaded(VERSIONS, *VERSION)
    assert "hang on no clause" in reasons(asked(CLAUSES, CLAUSE[0], CLAUSE[3]))
    assert "does not stand before it" in reasons(asked(CLAUSES, CLAUSE[0], CLAUSE[4]))
    assert "is in row 2 too" in reasons(asked(CLAUSES, CLAUSE[0], CLAUSE[1], CLAUSE[1]))
    asked(CLAUSES, *CLAUSE)
    assert ClauseText.objects.count() == 0
    with pytest.raises(Refused, match="hang on no clause"):
        loaded(CLAUSES, CLAUSE[0], CLAUSE[3])
