"""Pages of drafts: written in the browser, carried over, settled, and out to Word and back."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import docx
import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from secretariat.core.people import Person, Role, Team
from secretariat.legaltext.drafting.values import text_of_draft
from secretariat.legaltext.models import Draft
from secretariat.legaltext.text import Edit, apply
from tests.change.factories import change_person, person
from tests.legaltext.drafts import SECTION_H, bodies, document, draft, says, version

pytestmark = pytest.mark.django_db


def signed_in(whom: Person | None = None) -> Client:
    """A browser in which the change team's person, or another, has signed in."""
    client = Client()
    client.force_login(whom or change_person())
    return client


def page(client: Client, name: str, *args: Any, **asked: Any) -> str:
    """What a page says, on one line."""
    response = client.get(reverse(name, args=args), asked)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.content.decode())


def fields(client: Client, name: str, *args: Any) -> dict[str, str]:
    """What a form holds as it is opened."""
    return typed(client.get(reverse(name, args=args)).content)


def typed(content: bytes) -> dict[str, str]:
    """What the form of a page that is sent holds."""
    form = next(each for each in lxml.html.fromstring(content).forms if each.get("class") == "form" and
                each.method == "POST")  # fmt: skip
    return {name: (value or "").removeprefix("\n") for name, value in form.form_values()}


def test_a_draft_begins_on_the_newest_version_of_its_document() -> None:
    client, newest = signed_in(), version(SECTION_H)
    told = fields(client, "draft of legal text-new") | {"document": document().pk, "title": "Shorter times"}
    response = client.post(reverse("draft of legal text-new"), told)
    made = Draft.objects.get()
    assert response.headers["Location"] == made.get_absolute_url()
    assert (made.baseline, made.state, made.classification) == (newest, "pending", 0)
    assert "It changes nothing yet" in page(client, "draft of legal text", made.pk)


def test_a_clause_is_changed_in_place_and_the_redline_is_computed() -> None:
    client, made = signed_in(), draft()
    told = fields(client, "edit clause", made.pk, "three") | {"body": "The DCC shall print it.\r\n", "why": "Clearer."}
    response = client.post(reverse("edit clause", args=[made.pk, "three"]), told)
    assert response.headers["Location"].endswith("/text/#c-three")
    assert bodies(text_of_draft(made), ["three"]) == ["The DCC shall print it."]
    shown = page(client, "draft of legal text", made.pk)
    assert re.search(r"<del>.{0,60}publish</del>", shown)
    assert re.search(r"<ins>.{0,60}print</ins>", shown)
    assert "Clearer." in shown


def test_a_clause_that_another_changed_meanwhile_is_not_saved_over_and_what_was_typed_stays() -> None:
    client, made = signed_in(), draft()
    told = fields(client, "edit clause", made.pk, "three") | {"body": "My words."}
    says(made, "three", "Their words.")
    response = client.post(reverse("edit clause", args=[made.pk, "three"]), told)
    assert response.status_code == 422
    assert "changed since you opened it" in response.content.decode()
    assert "My words." in response.content.decode()
    assert bodies(text_of_draft(made), ["three"]) == ["Their words."]


def test_clauses_are_put_in_moved_and_taken_out_in_the_browser() -> None:
    client, made = signed_in(), draft()
    new = {"where": "behind", "kind": "clause", "number": "H3.4", "heading": "", "body": "The DCC shall pay."}
    client.post(reverse("put in clause", args=[made.pk, "three"]), new)
    client.post(reverse("move clause", args=[made.pk, "three"]), {"behind": "one", "where": "behind"})
    client.post(reverse("take out clause", args=[made.pk, "two"]), {"why": "Not needed."})
    client.post(reverse("put in clause", args=[made.pk, "first"]), new | {"number": "H2"})
    text = text_of_draft(made)
    assert [clause.number for clause in text.clauses] == ["H2", "H3", "H3.1", "H3.3", "H3.4"]
    client.post(reverse("take back", args=[made.pk]))
    assert len(text_of_draft(Draft.objects.get(pk=made.pk)).clauses) == 4


def test_an_empty_clause_and_a_clause_within_itself_are_refused_with_the_reason() -> None:
    client, made = signed_in(), draft()
    empty = client.post(reverse("put in clause", args=[made.pk, "one"]), {"where": "behind", "kind": "clause"})
    assert (empty.status_code, made.steps.count()) == (422, 0)
    within = client.post(reverse("move clause", args=[made.pk, "two"]), {"behind": "sub", "where": "behind"})
    assert within.status_code == 422
    assert "within itself" in within.content.decode()


def test_others_read_a_draft_and_do_not_write_it() -> None:
    made = draft()
    says(made, "three", "The DCC shall print it.")
    helpdesk = signed_in(person(Role.SECRETARIAT, Team.HELPDESK))
    assert "Write the text" not in page(Client(), "draft of legal text", made.pk)
    assert "put-in" not in page(helpdesk, "drafted text", made.pk)
    assert helpdesk.get(reverse("edit clause", args=[made.pk, "three"])).status_code == 403
    assert Client().get(reverse("edit clause", args=[made.pk, "three"])).status_code == 302


def test_a_draft_of_a_body_is_not_there_for_others() -> None:
    made = draft(classification=2, audience="SSC")
    for name in ("draft of legal text", "drafted text", "draft checks"):
        assert Client().get(reverse(name, args=[made.pk])).status_code == 404
    assert Client().get(reverse("draft-file", args=[made.pk, "clean"])).status_code == 404
    assert made.title not in page(Client(), "drafts of legal text")


def test_a_document_of_a_body_is_not_offered_to_others() -> None:
    amber = document("section-x", classification=2, audience="SSC", title="Of the body")
    assert "Of the body" in page(signed_in(), "draft of legal text-new")
    red = document("section-t", classification=3, title="Named readers only")
    assert "Named readers only" not in page(signed_in(), "draft of legal text-new")
    for hidden, answer in ((red, 422), (amber, 302)):
        told = {"document": hidden.pk, "title": "A", "classification": hidden.classification, "audience": "SSC"}
        assert signed_in().post(reverse("draft of legal text-new"), told).status_code == answer


def test_a_conflict_is_shown_on_both_drafts_and_settled_side_by_side() -> None:
    client, one, other = signed_in(), draft("One"), draft("Other")
    says(one, "one", "The DCC shall act within 2 Working Days of each request of a party.")
    says(other, "one", "The Panel shall act within 5 Working Days of each request of a party.")
    for made, against in ((one, other), (other, one)):
        shown = page(client, "draft of legal text", made.pk)
        assert "To be settled" in shown
        assert against.title in shown
    digest = re.search(r"/conflicts/([0-9a-f]{64})/", page(client, "draft of legal text", one.pk))
    assert digest is not None
    opened = fields(client, "settle conflict", one.pk, digest[1])
    assert opened["body"] == "The Panel shall act within 2 Working Days of each request of a party."
    response = client.post(reverse("settle conflict", args=[one.pk, digest[1]]), opened | {"take": "own"})
    assert response.status_code == 302
    assert "Settled:" in page(client, "draft of legal text", other.pk)
    says(other, "one", "Something else.")
    assert client.get(reverse("settle conflict", args=[one.pk, digest[1]])).status_code == 404


def test_a_draft_is_carried_over_and_what_clashes_is_answered() -> None:
    client, made = signed_in(), draft()
    says(made, "three", "The DCC shall print it.")
    there = SECTION_H.by_uid["three"]
    newer = version(apply(SECTION_H, [Edit(there, replace(there, body="The DCC shall send it."))]), "2.0")
    shown = page(client, "rebase draft", made.pk)
    assert "Both change the same words" in shown
    url = reverse("rebase draft", args=[made.pk])
    assert client.post(url, {}).status_code == 422
    client.post(url, fields(client, "rebase draft", made.pk) | {"0-take": "theirs"})
    made.refresh_from_db()
    assert (made.baseline, text_of_draft(made).by_uid["three"].body) == (newer, "The DCC shall send it.")


def test_the_checks_of_a_draft_tell_what_is_new() -> None:
    made = draft()
    says(made, "three", "The DCC shall publish it as Section H9.9 says.")
    assert "H9.9" in page(Client(), "draft checks", made.pk)


def test_a_draft_goes_out_to_word_and_comes_back_after_a_look() -> None:
    client, made = signed_in(), draft()
    says(made, "three", "The DCC shall print it.")
    content = client.get(reverse("draft-file", args=[made.pk, "clean"])).content
    file = docx.Document(io.BytesIO(content))
    (paragraph,) = [each for each in file.paragraphs if "print it" in each.text]
    run = next(each for each in paragraph.runs if "print it" in each.text)
    run.text = run.text.replace("print it", "print it and send it")
    out = io.BytesIO()
    file.save(out)
    upload = {"file": SimpleUploadedFile("back.docx", out.getvalue()), "why": "From the working group."}
    looked = client.post(reverse("bring in word", args=[made.pk]), upload)
    assert looked.status_code == 200
    assert "Nothing is saved yet" in looked.content.decode()
    assert bodies(text_of_draft(made), ["three"]) == ["The DCC shall print it."]
    told = typed(looked.content)
    client.post(reverse("bring in word", args=[made.pk]), told)
    again = Draft.objects.get(pk=made.pk)
    assert text_of_draft(again).by_uid.keys() == SECTION_H.by_uid.keys()
    assert bodies(text_of_draft(again), ["one", "three"]) == [
        SECTION_H.by_uid["one"].body, "The DCC shall print it and send it."
    ]  # fmt: skip
    assert [step.uid for step in again.steps.all()] == ["three", "three"]
    assert client.post(reverse("bring in word", args=[made.pk]), told).status_code == 422


def test_tracked_changes_of_a_draft_are_read_back_as_the_draft() -> None:
    client, made = signed_in(), draft()
    says(made, "three", "The DCC shall print it.")
    marked = client.get(reverse("draft-file", args=[made.pk, "redline"])).content
    assert marked[:2] == b"PK"
    upload = {"file": SimpleUploadedFile("marked.docx", marked)}
    looked = client.post(reverse("bring in word", args=[made.pk]), upload)
    assert "Nothing differs" in looked.content.decode()


def test_a_file_that_is_no_word_file_is_refused() -> None:
    upload = {"file": SimpleUploadedFile("text.docx", b"no")}
    response = signed_in().post(reverse("bring in word", args=[draft().pk]), upload)
    assert response.status_code == 422
    assert "cannot be read" in response.content.decode()
