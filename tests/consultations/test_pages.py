"""Pages of consultations: for everybody, for a party's contacts, and for the secretariat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.consultations.models import Answer, Consultation, Point, Response
from secretariat.consultations.procedure import CONSULTATIONS
from secretariat.core.files import StoredFile
from tests.consultations.factories import (
    AFTER,
    CLOSES,
    OPENED,
    closed,
    contact,
    drafted,
    london,
    opened,
    party,
    person,
    saved,
    sent,
    staff,
    told,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the instant at which requests happen."""

    def at(text: str) -> None:
        monkeypatch.setattr("secretariat.site.middleware.now", lambda: london(text))

    at("2020-03-20")
    return at


def fields(one: Consultation, *texts: str, version: int = 0, **more: str) -> dict[str, Any]:
    """What the page of a response sends."""
    questions = list(one.questions.all())
    answers = {f"q{question.pk}_text": text for question, text in zip(questions, texts, strict=False)}
    return {"version": str(version), f"q{questions[0].pk}_choice": "yes", **answers, **more}


def respond(one: Consultation) -> str:
    return f"/consultations/{one.reference}/respond/"


@pytest.mark.usefixtures("clock")
def test_everybody_reads_the_list_and_an_open_consultation_but_not_one_in_preparation() -> None:
    one, hidden = opened(), drafted(title="Not yet for others")
    for path in ("/consultations/", "/consultations.csv", "/consultations.ics", "/consultations.atom",
                 f"/consultations/{one.reference}/"):  # fmt: skip
        page = Client().get(path)
        assert page.status_code == 200, path
        assert hidden.title not in page.content.decode()
    assert Client().get(f"/consultations/{hidden.reference}/").status_code == 404
    assert signed_in(staff()).get(f"/consultations/{hidden.reference}/").status_code == 200
    assert "15 Working Days" in Client().get(f"/consultations/{one.reference}/").content.decode()


@pytest.mark.usefixtures("clock")
def test_the_secretariat_prepares_a_consultation_and_custom_fills_in_its_closing() -> None:
    client = signed_in(staff())
    told_ = {"kind": "modification report", "title": "MP112", "body": "SECP", "invited": ["small-supplier", "dcc"],
             "opens_at": "2020-03-17 09:00", "about_reference": party().key}  # fmt: skip
    answer = client.post("/consultations/new/", told_)
    one = Consultation.objects.get()
    assert answer["Location"] == f"/consultations/{one.reference}/"
    assert (one.state, one.closes_at, one.invited) == ("draft", london(CLOSES), ["small-supplier", "dcc"])
    assert (one.about_kind, one.about_id) == ("register.party", party().pk)
    assert client.post("/consultations/new/", {**told_, "about_reference": "nothing"}).status_code == 422
    noon = client.post(f"/consultations/{one.reference}/edit/", {**told_, "closes_at": "2020-04-03 12:00"})
    assert noon.status_code == 302
    page = client.get(f"/consultations/{one.reference}/").content.decode()
    assert "It closes at 12:00" in page
    assert "It runs for 13 Working Days" in page
    assert Client().get("/consultations/new/").status_code == 302
    assert signed_in(contact("Ann", party())).get("/consultations/new/").status_code == 403


@pytest.mark.usefixtures("clock")
def test_questions_and_documents_are_added_one_by_one(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    one, client = drafted(questions=1), signed_in(staff())
    at = f"/consultations/{one.reference}"
    assert client.get(f"{at}/questions/new/").status_code == 200
    assert client.post(f"{at}/questions/new/", {"number": 2, "text": "Why?", "asks": "text"}).status_code == 302
    second = one.questions.get(number=2)
    client.post(f"{at}/questions/{second.pk}/", {"number": 2, "text": "Why not?", "asks": "text"})
    second.refresh_from_db()
    assert second.text == "Why not?"
    assert client.post(f"{at}/questions/new/", {"number": 2, "text": "Again", "asks": "text"}).status_code == 422
    upload = SimpleUploadedFile("report.csv", b"a,b\n1,2\n")
    assert client.post(f"{at}/documents/new/", {"title": "The report", "file": upload}).status_code == 302
    file = StoredFile.objects.get()
    assert Client().get(file.get_absolute_url()).status_code == 404
    CONSULTATIONS.take("open", one, **told(staff(), OPENED))
    given = Client().get(file.get_absolute_url())
    assert b"".join(given.streaming_content) == b"a,b\n1,2\n"  # type: ignore[attr-defined]
    assert client.post(f"{at}/questions/{second.pk}/", {"number": 2, "text": "x", "asks": "text"}).status_code == 422


@pytest.mark.usefixtures("clock")
def test_a_draft_is_saved_with_gaps_and_comes_back_as_it_was_typed() -> None:
    one, ann = opened(), contact("Ann", party())
    client = signed_in(ann)
    assert client.get(respond(one)).status_code == 200
    assert Response.objects.count() == 0
    answer = client.post(respond(one), fields(one, "", "Half a sent", save="yes"))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Half a sent" in page
    assert "The draft is saved" in page
    assert "Half a sent" in signed_in(contact("Bob", party())).get(respond(one)).content.decode()


@pytest.mark.usefixtures("clock")
def test_what_was_typed_stays_when_a_colleague_saved_meanwhile_and_both_are_shown() -> None:
    one = opened()
    saved(one, party(), contact("Ann", party()), "Words of Ann")
    bob = signed_in(contact("Bob", party()))
    page = bob.post(respond(one), fields(one, "Words of Bob", save="yes"))
    assert page.status_code == 409
    text = page.content.decode()
    assert "Words of Bob" in text
    assert "Words of Ann" in text
    assert Answer.objects.get(question__number=1).text == "Words of Ann"
    assert bob.post(respond(one), fields(one, "Words of both", version=1, save="yes")).status_code == 302


@pytest.mark.usefixtures("clock")
def test_what_was_typed_is_saved_even_when_sending_is_refused() -> None:
    one, amber = opened(), party()
    contact("Lea", amber, leads=True)
    page = signed_in(contact("Ann", amber)).post(respond(one), fields(one, "A view", send="yes"))
    assert page.status_code == 422
    assert "authorised contact" in page.content.decode()
    assert Answer.objects.get(question__number=1).text == "A view"
    again = signed_in(contact("Lea", amber)).post(respond(one), fields(one, "A view", version=1, send="yes"))
    assert again.status_code == 302
    assert Response.objects.get().state == "submitted"


def test_the_receipt_shows_the_hash_to_the_respondent_and_the_secretariat_alone(clock: Clock) -> None:
    one, ann = opened(), contact("Ann", party())
    answer = signed_in(ann).post(respond(one), fields(one, "A view", send="yes"))
    response = Response.objects.get()
    assert answer["Location"] == f"/consultation-responses/{response.pk}/"
    for reader in (ann, staff()):
        page = signed_in(reader).get(answer["Location"]).content.decode()
        assert response.sha256 in page
        assert "It agrees with what is kept." in page
    assert signed_in(contact("Cat", party("Birch Power Limited"))).get(answer["Location"]).status_code == 404
    assert Client().get(answer["Location"]).status_code == 404
    clock(AFTER)
    late = signed_in(ann).post(respond(one), fields(one, "Later", send="yes"))
    assert "marked as late" in signed_in(ann).get(respond(one)).content.decode()
    assert Response.objects.get(pk=int(late["Location"].split("/")[-2])).state == "late"


@pytest.mark.usefixtures("clock")
def test_the_generic_page_of_a_step_sends_nothing_earlier_than_it_is() -> None:
    one, ann = opened(), contact("Ann", party())
    draft = saved(one, party(), ann, "A view", at="2020-03-18")
    path = f"/steps/consultations.response/{draft.pk}/submit/"
    assert signed_in(ann).post(path, {"took_effect": "2020-03-19 10:00"}).status_code == 422
    assert signed_in(contact("Cat", party("Birch Power Limited"))).post(path).status_code == 404
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.usefixtures("clock")
def test_a_colleague_reviews_on_the_page() -> None:
    one = opened()
    saved(one, party(), contact("Ann", party()), "A view")
    bob = signed_in(contact("Bob", party()))
    assert bob.post(respond(one), {"review": "yes", "note": "Say more"}).status_code == 302
    assert "Say more" in signed_in(contact("Ann", party())).get(respond(one)).content.decode()


@pytest.mark.usefixtures("clock")
def test_who_is_not_asked_does_not_respond() -> None:
    one = opened(invited=["small-supplier"])
    dcc = party("Smart DCC Limited", "dcc")
    assert signed_in(contact("Dee", dcc)).get(respond(one)).status_code == 403
    assert signed_in(person("Dan")).get(respond(one)).status_code == 403
    assert signed_in(contact("Ann", party())).get(f"{respond(one)}?party={dcc.key}").status_code == 403
    assert Client().get(respond(one)).status_code == 302
    assert signed_in(contact("Ann", party())).get(respond(drafted())).status_code == 404


@pytest.mark.usefixtures("clock")
def test_the_lists_of_responses_and_points_show_nobody_anothers() -> None:
    one = opened()
    sent(one, party(), contact("Ann", party()), "Our own words")
    birch = signed_in(contact("Cat", party("Birch Power Limited")))
    for ending in ("/", ".csv"):
        assert "Amber" not in birch.get(f"/consultation-responses{ending}").content.decode()
        assert "Amber" in signed_in(contact("Ann", party())).get(f"/consultation-responses{ending}").content.decode()
        assert birch.get(f"/consultation-points{ending}").status_code == 403
        assert "Our own words" in signed_in(staff()).get(f"/consultation-points{ending}").content.decode()


def test_points_are_disposed_of_together_and_the_outcome_is_read(clock: Clock) -> None:
    one, ann = opened(), contact("Ann", party())
    sent(one, party(), ann, "Point one", "Point two")
    client, path = signed_in(staff()), f"/consultations/{one.reference}/points/"
    assert "once the consultation has closed" in client.get(path).content.decode()
    clock(AFTER)
    closed(one)
    first, second = Point.objects.order_by("pk")
    half = {f"p{first.pk}-disposition": "accepted", f"p{first.pk}-answer": "Done as asked",
            f"p{second.pk}-disposition": "noted", f"p{second.pk}-answer": ""}  # fmt: skip
    page = client.post(path, half)
    assert page.status_code == 422
    assert "Done as asked" in page.content.decode()
    assert client.post(path, {**half, f"p{second.pk}-answer": "Noted with thanks"}).status_code == 302
    base = f"/consultations/{one.reference}"
    assert Client().get(f"{base}/summary/").status_code == 404
    assert Client().get(f"{base}/you-said/").status_code == 404
    assert client.get(f"{base}/").status_code == 200
    CONSULTATIONS.take("conclude", one, outcome="It goes ahead.", **told(staff(), AFTER))
    assert "Point one" in Client().get(f"{base}/summary/").content.decode()
    mine = signed_in(ann).get(f"{base}/you-said/").content.decode()
    assert "Your points" in mine
    assert "Noted with thanks" in mine
    assert "Your points" not in Client().get(f"{base}/you-said/").content.decode()
    assert signed_in(ann).get(first.get_absolute_url()).status_code == 200
    assert Client().get(first.get_absolute_url()).status_code == 404
    assert client.get(path).status_code == 200
    assert signed_in(ann).get(path).status_code == 403


def test_the_secretariat_adds_a_point_that_a_response_raises(clock: Clock) -> None:
    one = opened()
    response = sent(one, party(), contact("Ann", party()), "Two points in one")
    path = f"/consultation-responses/{response.pk}/points/new/"
    client = signed_in(staff())
    assert client.get(path).status_code == 200
    assert client.post(path, {"text": "The second of them", "answer": response.answers.first().pk}).status_code == 302
    assert response.points.count() == 2
    assert signed_in(contact("Ann", party())).get(path).status_code == 403
    clock(AFTER)
    assert client.get(response.get_absolute_url()).status_code == 200


@pytest.mark.usefixtures("clock")
def test_what_is_unclear_is_asked_on_the_page() -> None:
    one, ann = opened(), contact("Ann", party())
    path = f"/consultations/{one.reference}/clarify/"
    assert signed_in(ann).get(path).status_code == 200
    assert signed_in(ann).post(path, {"question": "By when?"}).status_code == 302
    assert "By when?" in signed_in(staff()).get(f"/consultations/{one.reference}/").content.decode()
    assert "By when?" not in Client().get(f"/consultations/{one.reference}/").content.decode()


@pytest.mark.usefixtures("clock")
def test_a_person_of_no_party_responds_for_themselves() -> None:
    one, dan = opened(), person("Dan")
    answer = signed_in(dan).post(respond(one), fields(one, "My view", send="yes"))
    assert answer.status_code == 302
    assert signed_in(dan).get(answer["Location"]).status_code == 200
    assert signed_in(person("Eve")).get(answer["Location"]).status_code == 404
    assert signed_in(staff()).get(respond(one)).status_code == 403
