"""A text comes in as a file, is shown as it was understood, and counts only when a person accepts it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from secretariat.core.people import Team
from secretariat.core.procedure import Refused
from secretariat.legaltext.formats.akoma_ntoso import akoma_ntoso
from secretariat.legaltext.formats.editions import Edition
from secretariat.legaltext.formats.plain_json import plain_json
from secretariat.legaltext.formats.word_writing import word
from secretariat.legaltext.importing.actions import accept_as_draft, accept_as_first, decide, take_in
from secretariat.legaltext.importing.models import TextImport
from secretariat.legaltext.importing.reading import alignment
from secretariat.legaltext.models import PENDING, Cause, CodeVersion, Document, DocumentVersion, Draft
from secretariat.legaltext.standing import text_of
from secretariat.legaltext.text import Edit, Text, edits, in_order
from tests.legaltext.factories import JANUARY, NOON, analyst, clause, section, version
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

HEAD = clause("h1", number="H1", kind="part", heading="Duties")
FIRST = clause("h11", "Each User shall keep the **Capacity Plan** for two years.", "h1", "i", number="H1.1")
SECOND = clause("h12", "The Panel shall review it within 10 Working Days after receipt.", "h1", "r", number="H1.2")
TEXT = in_order([HEAD, FIRST, SECOND])
NEW = clause("x1", "A Party may ask for a copy at any time and pays nothing for it.", "h1", "z", number="H1.3")


@pytest.fixture(autouse=True)
def at_noon(settings: Any, tmp_path: Any) -> None:
    """The pages are asked at one instant; files lie apart."""
    settings.CLOCK = NOON.isoformat()
    settings.MFA_REQUIRED_ROLES = []
    settings.FILES_ROOT = tmp_path


def told() -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": analyst(), "at": NOON, "recorded": NOON}


def file(text: Text) -> bytes:
    """A Word file that holds a text."""
    return word(Edition("section-h", "Services", "1.0", JANUARY, text))


def brought(of: Document, text: Text) -> TextImport:
    """A text that came in for a document."""
    return take_in(TextImport(document=of, classification=1), "section-h.docx", file(text), **told())


def standing() -> Document:
    """A document with one version."""
    h = section()
    version(h, "1.0", JANUARY, edits(Text(()), TEXT))
    return h


def test_a_first_text_becomes_the_first_version() -> None:
    h = section()
    came = brought(h, TEXT)
    made = DocumentVersion(number="1.0", effective_from=JANUARY)
    accept_as_first(came, made, Cause(kind="first"), **told())
    found = text_of(h, JANUARY)
    assert [(one.number, one.heading, one.body) for one in found.clauses] == [
        (one.number, one.heading, one.body) for one in TEXT.clauses
    ]
    assert came.became == made
    with pytest.raises(Refused, match="has versions already"):
        accept_as_first(came, DocumentVersion(number="2.0", effective_from=JANUARY), Cause(kind="first"), **told())


def test_a_text_for_a_standing_document_becomes_a_draft_of_what_is_different() -> None:
    h = standing()
    changed = clause("h12", SECOND.body.replace("10", "5"), "h1", "r", number="H1.2")
    came = brought(h, in_order([HEAD, FIRST, changed, NEW]))
    assert alignment(came).counts == {"kept": 2, "changed": 1, "new": 1, "doubtful": 0, "gone": 0}
    draft = accept_as_draft(came, Draft(title="Shorter review", classification=1), **told())
    assert draft.state == PENDING
    steps = [step.edit for step in draft.steps.all()]
    assert [(one.before is None, one.after.body if one.after else "") for one in steps] == [
        (False, changed.body),
        (True, NEW.body),
    ]
    assert text_of(h, date(2020, 12, 1)).canonical == TEXT.canonical


def test_a_text_is_accepted_once() -> None:
    came = brought(standing(), in_order([HEAD, FIRST]))
    accept_as_draft(came, Draft(title="Once", classification=1), **told())
    with pytest.raises(Refused, match="accepted already"):
        accept_as_draft(came, Draft(title="Twice", classification=1), **told())
    assert Draft.objects.count() == 1


def test_what_a_person_says_is_new_is_new_and_only_the_doubtful_can_be() -> None:
    h = standing()
    other = clause("", "Costs lie where they fall unless someone agreed otherwise before.", "h1", "r", number="H1.2")
    came = take_in(TextImport(document=h, classification=1), "plain.docx", _bare(other.body), **told())
    doubtful = [match.incoming.uid for match in alignment(came).matches if match.status == "doubtful"]
    assert len(doubtful) == 1
    decide(came, doubtful, **told())
    assert alignment(came).counts["doubtful"] == 0
    assert [one.uid for one in alignment(came).gone] == ["h12"]
    kept = next(match.incoming.uid for match in alignment(came).matches if match.status == "kept")
    with pytest.raises(Refused, match="Only a doubtful clause"):
        decide(came, [kept], **told())


def _bare(body: str) -> bytes:
    """The text with other words in its last clause, and no identities in the file."""
    names = {"": "", "h1": "unknown" * 8, "h11": "stranger" * 8}
    rows = [
        clause(
            names[one.uid],
            one.body,
            names[one.parent],
            one.place,
            number=one.number,
            kind=one.kind,
            heading=one.heading,
        )
        for one in (HEAD, FIRST)
    ]
    return file(in_order([*rows, clause("outsider" * 8, body, names["h1"], "r", number="H1.2")]))


def test_what_cannot_be_read_is_refused_with_what_is_wrong() -> None:
    came = TextImport(document=section(), classification=1)
    with pytest.raises(Refused, match="taken in as .docx or .xml or .json"):
        take_in(came, "section.pdf", b"%PDF-1.7", **told())
    with pytest.raises(Refused, match=r"bad\.docx cannot be read"):
        take_in(came, "bad.docx", b"PK no archive", **told())
    assert TextImport.objects.count() == 0


@pytest.mark.parametrize("ending", ["docx", "xml", "json"])
def test_a_text_comes_back_from_each_form_with_its_identities(ending: str) -> None:
    h = standing()
    edition = Edition("section-h", "Services", "1.0", JANUARY, TEXT)
    content = {"docx": word, "xml": akoma_ntoso, "json": plain_json}[ending](edition)
    came = take_in(TextImport(document=h, classification=1), f"section-h.{ending}", content, **told())
    assert alignment(came).text().canonical == TEXT.canonical
    with pytest.raises(Refused, match="Nothing is changed"):
        accept_as_draft(came, Draft(title="Nothing", classification=1), **told())
    assert Draft.objects.count() == 0


def test_only_the_change_team_brings_in_the_text_of_the_code() -> None:
    h = section()
    helpdesk = {**told(), "by": analyst(Team.HELPDESK)}
    with pytest.raises(Refused, match="change team"):
        take_in(TextImport(document=h, classification=1), "section-h.docx", file(TEXT), **helpdesk)


def test_the_pages_take_a_file_show_it_and_accept_it() -> None:
    h, client = standing(), signed_in(analyst())
    changed = clause("h12", SECOND.body.replace("10", "5"), "h1", "r", number="H1.2")
    upload = SimpleUploadedFile("section-h.docx", file(in_order([HEAD, FIRST, changed, NEW])))
    sent = {"document": h.pk, "with_changes": "on", "classification": 1, "audience": "", "file": upload}
    response = client.post("/texts-brought-in/new/", sent)
    came = TextImport.objects.get()
    assert response["Location"] == came.get_absolute_url()
    page = client.get(came.get_absolute_url()).content.decode()
    assert "2 kept, 1 changed, 1 new, 0 gone, 0 doubtful." in page
    assert "within 5 Working Days" in page
    assert "section-h.docx" in client.get("/texts-brought-in/").content.decode()
    refused = client.post(f"{came.get_absolute_url()}draft/", {"title": "", "classification": 1})
    assert refused.status_code == 422
    client.post(f"{came.get_absolute_url()}draft/", {"title": "Shorter review", "classification": 1})
    came.refresh_from_db()
    assert came.draft is not None
    assert came.draft.title == "Shorter review"
    assert client.post(came.get_absolute_url(), {"new": ["nobody"]}).status_code == 422


def test_the_pages_of_texts_brought_in_are_not_for_the_public(client: Any) -> None:
    assert client.get("/texts-brought-in/").status_code == 302


def test_what_the_public_may_not_read_is_in_no_list_file_filter_or_log(client: Any) -> None:
    closed = section("G", classification=2, audience="SSC", title="Sealed")
    kept = version(closed, "1.0", JANUARY, edits(Text(()), TEXT), classification=2, audience="SSC")
    standing()
    log = CodeVersion.objects.create(scheme="whole", number="5.14", effective_from=NOON.date(), recorded=NOON)
    lists = ("documents", "document-versions", "code-versions", "drafts-of-legal-text")
    files = [f"record-of-the-code/{name}.csv" for name in ("documents", "document-versions", "clauses")]
    pages = [*(f"{one}/" for one in lists), *files, f"code-versions/{log.pk}/", "documents/section-h/"]
    seen = "".join(client.get(f"/{page}").content.decode() for page in pages)
    assert "section-h" in seen
    assert "section-g" not in seen
    assert "Sealed" not in seen
    assert client.get(kept.get_absolute_url()).status_code == client.get("/documents/section-g/").status_code == 404


def test_the_record_pages_show_versions_causes_and_the_document_log(client: Any) -> None:
    h = standing()
    made = version(h, "2.0", date(2020, 2, 1), [Edit(SECOND, None)], note="Review taken out.")
    page = client.get(f"/documents/{h.code}/").content.decode()
    assert "Version 2.0" in page
    assert "2 Jan 2020" in page
    page = client.get(made.get_absolute_url()).content.decode()
    assert "H1.2" in page
    assert "taken out" in page
    assert "Modification" in page
    assert client.get("/documents/").status_code == client.get("/document-versions/").status_code == 200
