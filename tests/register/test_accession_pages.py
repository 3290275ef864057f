"""The public form, the applicant's link, and the secretariat's pages of applications."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role
from secretariat.core.procedure import PROCEDURES
from secretariat.post.models import Message
from secretariat.register.accession.procedure import APPLICATIONS
from secretariat.register.models import Application, Departure, Party, ShortenedBar
from secretariat.site.composed import waiting_on
from tests.register.applying import (
    ANSWERS,
    PDF,
    address,
    before_the_board,
    draft,
    executed,
    invoiced,
    issued,
    on,
    returned,
    reviewed,
    sent,
)
from tests.register.factories import expel, party, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
START = {name: ANSWERS[name] for name in ("legal_name", "contact_name", "contact_email")}


@pytest.fixture
def march(settings: Any) -> None:
    settings.CLOCK = "2020-03-05T12:00:00+00:00"
    cache.clear()


def text(answer: Any) -> str:
    """The words of a page."""
    return str(answer.content.decode())


def test_an_applicant_begins_saves_half_typed_answers_comes_back_and_sends(client: Any) -> None:
    began = client.post("/becoming-a-party/apply/", START)
    made = Application.objects.get()
    assert began.url == address(made, "form/")
    half = {**ANSWERS, "contact_phone": "", "premises": "about ten", "address": "1 Exa"}
    assert client.post(began.url, {**half, "save": "yes"}).url == began.url
    back = text(Client().get(began.url))
    assert 'value="about ten"' in back
    assert "1 Exa" in back
    tried = client.post(began.url, {**half, "send": "yes"})
    assert tried.status_code == 422
    assert 'value="about ten"' in text(tried)
    assert "It is not sent yet" in text(tried)
    assert "Enter a whole number." in text(tried)
    assert Application.objects.get().state == "draft"
    assert client.post(began.url, {**ANSWERS, "send": "yes"}).url == address(made)
    made.refresh_from_db()
    assert (made.state, made.typed, made.contact_phone) == ("submitted", {}, ANSWERS["contact_phone"])
    where = text(client.get(address(made)))
    assert "We have not begun to look at it" in where
    assert "Mon 9 Mar 2020" in where


def test_nothing_typed_is_lost_when_the_answers_do_not_agree(client: Any) -> None:
    made = draft()
    given = {**ANSWERS, "licences_held": ["gas-supply"], "trading_names": "Cedar & Sons", "send": "yes"}
    answer = client.post(address(made, "form/"), given)
    assert answer.status_code == 422
    assert "The licences held decide the Party Category" in text(answer)
    assert "holder of a licence takes a share" in text(answer)
    again = text(Client().get(address(made, "form/")))
    assert "Cedar &amp; Sons" in again
    assert re.search(r'value="gas-supply"[^>]*checked', again)


def test_more_than_can_be_kept_is_refused_with_what_was_typed_still_on_the_page(client: Any) -> None:
    made = draft()
    answer = client.post(address(made, "form/"), {**ANSWERS, "affiliates": "x" * 20_001, "save": "yes"})
    assert answer.status_code == 422
    assert "longer than 20,000 characters" in text(answer)
    assert "x" * 20_001 in text(answer)


def test_an_organisation_that_is_a_party_is_told_so_and_its_answers_are_kept(client: Any) -> None:
    party("Cedar Example Limited", company_number="01234567")
    made = draft()
    answer = client.post(address(made, "form/"), {**ANSWERS, "send": "yes"})
    assert answer.status_code == 422
    assert "is a party already does not apply" in text(answer)


def test_a_question_is_answered_behind_the_link_and_answers_can_be_changed(client: Any) -> None:
    made = reviewed()
    APPLICATIONS.take("query", made, question="Which licence do you hold?", **on("2020-01-07"))
    assert "Which licence do you hold?" in text(client.get(address(made)))
    assert "Which licence do you hold?" in text(client.get(address(made, "answer/")))
    assert "Save and send" not in text(client.get(address(made, "form/")))
    client.post(address(made, "form/"), {**ANSWERS, "trading_names": "Cedar", "save": "yes"})
    assert client.post(address(made, "answer/"), {"answer": ""}).status_code == 422
    assert client.post(address(made, "answer/"), {"answer": "None."}).url == address(made)
    made.refresh_from_db()
    assert (made.state, made.trading_names, made.questions.get().answer) == ("under review", "Cedar", "None.")


def test_the_signed_agreement_is_handed_in_behind_the_link(client: Any) -> None:
    made = issued()
    page = address(made, "agreement/")

    def handed(content: bytes, **more: str) -> Any:
        return client.post(page, {"file": SimpleUploadedFile("signed.pdf", content), **more})

    assert "signed but undated" in text(handed(PDF))
    assert "does not hold what its ending says" in text(handed(b"nothing", undated="on"))
    assert client.post(page, {"undated": "on"}).status_code == 422
    assert handed(PDF, undated="on").url == address(made)
    made.refresh_from_db()
    assert made.state == "agreement returned"
    assert "signed.pdf" in text(client.get(address(made)))
    assert client.get(made.agreement.get_absolute_url()).status_code == 404


def test_an_applicant_withdraws_behind_the_link(client: Any) -> None:
    made = invoiced()
    assert client.get(address(made, "withdraw/")).status_code == 200
    client.post(address(made, "withdraw/"), {"reason": "We changed our minds"})
    assert Application.objects.get().state == "withdrawn"
    assert "You withdrew it" in text(client.get(address(made)))


def test_a_page_that_has_no_place_now_leads_to_where_the_application_stands(client: Any) -> None:
    made = sent()
    for name in ("form/", "answer/", "agreement/"):
        for ask in (client.get, client.post):
            assert ask(address(made, name)).url == address(made)
    assert Application.objects.get().state == "submitted"


def test_a_refused_applicant_reads_why(client: Any) -> None:
    made = invoiced()
    APPLICATIONS.take("refuse", made, ground="incomplete", note="The fee was not paid.", **on("2020-03-02"))
    page = text(client.get(address(made)))
    assert "The fee was not paid." in page
    assert "You may take this to the Authority" in page


def test_only_the_link_opens_an_application_and_nobody_keeps_the_page(client: Any) -> None:
    made = sent()
    assert client.get("/becoming-a-party/applications/guessed/").status_code == 404
    assert client.get(f"/becoming-a-party/applications/{made.key_hash}/").status_code == 404
    answer = client.get(address(made))
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    APPLICATIONS.take("renew_link", made, **on("2020-01-07"))
    assert client.get(answer.request["PATH_INFO"]).status_code == 404


def test_beginning_is_limited_and_keeps_what_was_typed(client: Any, settings: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, "applications": "2/h"}
    for number in range(2):
        assert client.post("/becoming-a-party/apply/", {**START, "legal_name": f"No. {number}"}).status_code == 302
    answer = client.post("/becoming-a-party/apply/", START)
    assert answer.status_code == 429
    assert "Cedar Example Limited" in text(answer)
    assert client.post("/becoming-a-party/link/", {"email": ANSWERS["contact_email"]}).status_code == 429
    assert Application.objects.count() == 2


def test_what_is_missing_to_begin_is_said(client: Any) -> None:
    answer = client.post("/becoming-a-party/apply/", {**START, "contact_email": "sam@"})
    assert answer.status_code == 422
    assert 'value="sam@"' in text(answer)
    assert not Application.objects.exists()
    assert not Person.objects.exists()


def test_a_lost_link_is_sent_and_the_answer_tells_nobody_whether_there_is_one(client: Any) -> None:
    draft()
    told = [
        text(client.post("/becoming-a-party/link/", {"email": email}, follow=True))
        for email in (ANSWERS["contact_email"], "nobody@example.test")
    ]
    words = "If there is an application with this address"
    assert all(words in page for page in told)
    assert Event.objects.filter(name="application.send_link").count() == 1
    assert not Message.objects.exists()


def test_the_guide_reckons_the_days_from_the_day_chosen(client: Any) -> None:
    page = text(client.get("/becoming-a-party/"))
    assert "£540" in page
    assert "Fri 13 Mar 2020" not in page
    assert "Wed 8 Apr 2020" not in page
    assert "Fri 17 Apr 2020" in page
    page = text(client.get("/becoming-a-party/", {"start": "2020-01-06"}))
    assert "Fri 14 Feb 2020" in page
    assert "Wed 29 Jan 2020" in page
    page = text(client.get("/becoming-a-party/", {"start": "2020-03-05", "board": "2020-03-13", "days": "0"}))
    assert "out of reach" in page
    assert "Wed 4 Mar 2020" in page


def test_the_guide_keeps_what_it_cannot_read(client: Any) -> None:
    page = text(client.get("/becoming-a-party/", {"start": "soon"}))
    assert 'value="soon"' in page
    assert "The way, day by day" not in page
    assert "outside the calendar" in text(client.get("/becoming-a-party/", {"start": "1900-01-01"}))


def test_the_list_of_applications_shows_each_reader_what_is_theirs(client: Any) -> None:
    made = executed()
    sent(legal_name="Other Example Limited", company_number="2")
    assert "Cedar" not in text(client.get("/applications/"))
    client.force_login(person(Role.PARTY_CONTACT, "own", organisation_id=made.party_id))
    page = text(client.get("/applications/"))
    assert "Cedar Example Limited" in page
    assert "Other Example Limited" not in page
    client.force_login(person())
    page = text(client.get("/applications/", {"state": "submitted"}))
    assert "Other Example Limited" in page
    assert "Cedar" not in page
    assert "Other Example Limited" in text(client.get("/applications.csv", {"received_in": "2020-01"}))


def test_the_page_of_an_application_shows_its_answers_and_until_when_a_reply_is_due(client: Any) -> None:
    made = reviewed()
    assert client.get(made.get_absolute_url()).status_code == 404
    client.force_login(person(Role.PARTY_CONTACT, "some"))
    assert client.get(made.get_absolute_url()).status_code == 404
    client.force_login(person())
    page = text(client.get(made.get_absolute_url()))
    assert "2 Working Days after Mon 6 Jan 2020 is Wed 8 Jan 2020" in page
    assert ANSWERS["contact_phone"] in page


def test_party_support_records_the_execution_on_a_page(client: Any) -> None:
    made = before_the_board()
    page = f"/applications/{made.pk}/execute/"
    assert client.get(page).status_code == 302
    client.force_login(person(team="helpdesk"))
    assert client.get(page).status_code == 403
    client.force_login(person())
    assert "Record that the Board executed it" in text(client.get(made.get_absolute_url()))
    assert client.post(page, {"day": "2020-02-01"}).status_code == 422
    assert not Party.objects.exists()
    assert client.post(page, {"day": "2020-02-14"}).url == made.get_absolute_url()
    assert "Cedar Example Limited" in text(client.get("/parties/"))
    assert client.get("/applications/none/execute/").status_code == 404


def test_party_support_takes_in_an_agreement_that_came_by_mail(client: Any) -> None:
    made = issued()
    client.force_login(person())
    page = f"/applications/{made.pk}/agreement/"
    assert "Hand in the signed agreement" in text(client.get(made.get_absolute_url()))
    assert client.get(page).status_code == 200
    given = {"file": SimpleUploadedFile("signed.pdf", PDF), "undated": "on"}
    assert client.post(page, given).url == made.get_absolute_url()
    assert Application.objects.get().state == "agreement returned"
    assert b"".join(client.get(Application.objects.get().agreement.get_absolute_url()).streaming_content) == PDF


def test_a_refusal_is_read_by_parties_and_not_by_the_public(client: Any) -> None:
    made = invoiced()
    APPLICATIONS.take("refuse", made, ground="incomplete", note="The fee was not paid.", **on("2020-03-02"))
    page = made.refusal.get_absolute_url()
    assert client.get(page).status_code == 404
    client.force_login(person(Role.PARTY_CONTACT, "some"))
    assert "The fee was not paid." in text(client.get(page))
    assert "Cedar Example Limited" in text(client.get("/refusals/"))


def test_a_shortened_bar_is_entered_and_refused_with_what_was_typed(client: Any) -> None:
    expel(party("Gone Example Limited"), "2019-12-02")
    client.force_login(person())
    given = {"departure": Departure.objects.get().pk, "ends_on": "2020-12-02", "meeting": "SECP_76_1001",
             "decided_on": "2019-12-13"}  # fmt: skip
    page = reverse("shortened bar-new")
    refused = client.post(page, given)
    assert refused.status_code == 422
    assert "SECP_76_1001" in text(refused)
    assert client.post(page, {**given, "ends_on": "2020-01-06"}).status_code == 302
    assert "Mon 6 Jan 2020" in text(client.get(ShortenedBar.objects.get().get_absolute_url()))
    assert "Gone Example Limited" in text(client.get("/shortened-bars/"))


@pytest.mark.parametrize(
    ("begun", "step"),
    [(sent, "review"), (reviewed, "accept"), (invoiced, "pay"), (returned, "refer"), (executed, "allocate")],
)
def test_what_waits_on_party_support_is_on_its_home_page(begun: Any, step: str) -> None:
    made = begun()
    at = on("2020-03-05")["at"]
    (group,) = [one for one in waiting_on(person(), at) if one.plural == "applications"]
    assert [(task.record, [open_.step.name for open_ in task.steps]) for task in group.tasks] == [(made, [step])]
    assert not [one for one in waiting_on(person(team="change"), at) if one.plural == "applications"]


@pytest.mark.parametrize("begun", [draft, issued, before_the_board])
def test_what_waits_on_others_is_not_on_party_supports_home_page(begun: Any) -> None:
    begun()
    assert not [one for one in waiting_on(person(), on("2020-03-05")["at"]) if one.plural == "applications"]
    assert "register.application" in PROCEDURES
