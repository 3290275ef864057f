"""The queue and the desk: what they show and do, by keyboard and without a script."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.core.people import Person, Role
from secretariat.engagement.guidance.models import PUBLISHED, Article
from secretariat.helpdesk import actions
from secretariat.helpdesk.desk.models import ReplyTemplate
from secretariat.helpdesk.desk.replying import newest
from secretariat.helpdesk.models import Enquiry, Link, Sort
from secretariat.helpdesk.procedure import ENQUIRY
from secretariat.register.models import Party
from tests.helpdesk.factories import NOON, enquiry, heading, london, person, two_schemes

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"at": NOON, "recorded": NOON}


@pytest.fixture(autouse=True)
def _at_noon(settings: Any) -> None:
    settings.CLOCK = NOON.isoformat()


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "helpdesk")


@pytest.fixture
def desk(client: Client, clerk: Person) -> Client:
    client.force_login(clerk)
    return client


@pytest.fixture
def made(clerk: Person) -> Enquiry:
    _, new = two_schemes()
    told = {"subject": "Fee to accede", "enquirer": "Ann Example", "address": "ann@example.org"}
    first = Enquiry(
        channel="email", category=heading(new, "Modifications"), received=london("2020-02-03 10:00"), **told
    )
    actions.receive(first, by=clerk, **TOLD)
    actions.say(first, Sort.IN, "How much?\n\n> What we wrote", by=None, **TOLD)
    return first


def waiting(made: Enquiry, clerk: Person) -> Enquiry:
    """A second enquiry, which waits for its enquirer."""
    other = enquiry(made.category, "2020-02-04 10:00", 2, subject="Another matter", address="ben@example.org")
    ENQUIRY.take("ask", other, by=clerk, **TOLD)
    return other


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("", ["ENQ-000001", "ENQ-000002"]),
        ("waits_on=us", ["ENQ-000001"]),
        ("waits_on=the enquirer", ["ENQ-000002"]),
        ("overdue=true", ["ENQ-000001"]),
        ("overdue=false", ["ENQ-000002"]),
        ("hand=mine", ["ENQ-000002"]),
        ("hand=nobody", ["ENQ-000001"]),
        ("put_off=true", []),
        ("text=how much", ["ENQ-000001"]),
        ("team=change", []),
        ("channel=telephone", []),
    ],
)
def test_the_queue_is_filtered_and_ordered_by_what_runs_out(
    desk: Client, made: Enquiry, clerk: Person, asked: str, numbers: list[str]
) -> None:
    other = waiting(made, clerk)
    ENQUIRY.take("hand_over", other, by=clerk, team="helpdesk", person=clerk.pk, note="Mine.", **TOLD)
    lines = desk.get(f"/queue.csv?{asked}").content.decode().splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == numbers


def test_what_is_put_off_is_out_of_the_queue_until_then_and_what_is_finished_is_out_of_it(
    desk: Client, made: Enquiry, clerk: Person
) -> None:
    ENQUIRY.take("put_off", made, by=clerk, until="2020-03-17 14:30", **TOLD)
    assert b"ENQ-000001" not in desk.get("/queue/").content
    assert b"ENQ-000001" in desk.get("/queue/?put_off=true").content
    ENQUIRY.take("answer", made, by=clerk, **TOLD)
    assert b"ENQ-000001" not in desk.get("/queue/?put_off=true").content


def test_what_is_overdue_says_so_in_the_queue(desk: Client, made: Enquiry, clerk: Person) -> None:
    waiting(made, clerk)
    page = desk.get("/queue/").content.decode()
    assert page.count("us, overdue") == 1
    assert "the enquirer, overdue" not in page


def test_the_desk_is_for_the_secretariat(client: Client, made: Enquiry) -> None:
    client.force_login(person(Role.PARTY_CONTACT))
    assert {client.get(path).status_code for path in ("/queue/", "/queue/ENQ-000001/", "/queue/keys/")} == {403}


def test_the_desk_shows_what_was_said_folded_with_keys_for_all_that_can_be_done(
    desk: Client, made: Enquiry, clerk: Person
) -> None:
    other = waiting(made, clerk)
    page = desk.get("/queue/ENQ-000001/?text=").content.decode()
    assert '<div class="talk-words">How much?' in page
    assert "<summary>Quoted text</summary>" in page
    assert f'href="/queue/{other.number}/?text=" data-key="j" accesskey="j"' in page
    assert all(page.count(f'data-key="{key}"') == 1 for key in "123jnrsplhzcmafd?")
    assert "1 of 2 in the queue" in page
    assert "16 h of Working Hours" in page
    assert "unverified" in page


def test_one_key_sorts_and_the_suggestion_says_why(desk: Client, made: Enquiry) -> None:
    accessions = heading(made.category.scheme, "Accessions")
    for number in range(3):
        enquiry(accessions, "2020-02-01 10:00", 50 + number, answered="2020-02-03 10:00", subject="How to accede")
    page = desk.get("/queue/ENQ-000001/").content.decode()
    assert "Suggested: Accessions. Answered enquiries with its words stood here: “accede” in 3 of 3." in page
    assert made.category.name == "Modifications"
    answer = desk.post("/queue/ENQ-000001/category/?hand=nobody", {"category": accessions.pk})
    assert answer["Location"] == "/queue/ENQ-000001/?hand=nobody"
    made.refresh_from_db()
    assert made.category == accessions
    assert desk.post("/queue/ENQ-000001/category/", {"category": "0"}).status_code == 404


def test_a_reply_is_sent_and_the_next_enquiry_opens(desk: Client, made: Enquiry, clerk: Person) -> None:
    other = waiting(made, clerk)
    told = {"text": "Dear [[name]], nothing.", "then": "answer", "seen": newest(made)}
    shown = desk.post("/queue/ENQ-000001/", told | {"go": "preview"}).content.decode()
    assert "Dear Ann Example, nothing." in shown
    answer = desk.post("/queue/ENQ-000001/?channel=email", told | {"go": "next"})
    assert answer["Location"] == f"/queue/{other.number}/?channel=email&was=ENQ-000001"
    made.refresh_from_db()
    assert made.state == "answered"


def test_what_was_typed_stays_when_a_message_came_meanwhile_and_goes_the_second_time(
    desk: Client, made: Enquiry
) -> None:
    told = {"text": "My own words.", "then": "answer", "seen": newest(made), "go": "stay"}
    actions.say(made, Sort.IN, "One thing more.", by=None, **TOLD)
    page = desk.post("/queue/ENQ-000001/", told)
    assert page.status_code == 422
    assert b"came since you began" in page.content
    assert b"My own words." in page.content
    assert f'name="seen" value="{newest(made)}"'.encode() in page.content
    assert desk.post("/queue/ENQ-000001/", told | {"seen": newest(made)}).status_code == 302


def test_a_template_is_put_behind_what_was_typed(desk: Client, made: Enquiry) -> None:
    one = ReplyTemplate.objects.create(title="Fee", body="It is free, [[name]].", recorded=NOON)
    told = {"text": "Hello.", "then": "ask", "seen": newest(made), "template": one.pk, "go": "insert"}
    page = desk.post("/queue/ENQ-000001/", told).content.decode()
    assert "Hello.\n\nIt is free, [[name]].</textarea>" in page
    assert 'value="ask" ' in page


def test_a_colleague_who_has_the_form_open_is_named(desk: Client, made: Enquiry) -> None:
    other = Client()
    other.force_login(person(Role.SECRETARIAT, "operations"))
    other.get("/queue/ENQ-000001/")
    assert b"Secretariat operations opened this at" in desk.get("/queue/ENQ-000001/").content


def test_who_has_it_not_in_hand_reads_the_desk_and_does_nothing_there(client: Client, made: Enquiry) -> None:
    client.force_login(person(Role.SECRETARIAT, "change"))
    page = client.get("/queue/ENQ-000001/").content
    assert b"How much?" in page
    assert b"<textarea" not in page
    assert client.post("/queue/ENQ-000001/category/", {"category": made.category_id}).status_code == 403
    assert client.post("/queue/ENQ-000001/note/", {"text": "Hm."}).status_code == 403


def test_a_note_a_link_and_its_removal(desk: Client, made: Enquiry) -> None:
    Party.objects.create(key="example-energy", name="Example Energy", acceded_on=london("2018-01-01 00:00").date())
    assert desk.post("/queue/ENQ-000001/note/", {"text": "Between us."}).status_code == 302
    assert desk.post("/queue/ENQ-000001/link/", {"reference": "nobody"}).status_code == 422
    assert desk.post("/queue/ENQ-000001/link/", {"reference": "example-energy", "reason": "Asked."}).status_code == 302
    page = desk.get("/queue/ENQ-000001/").content.decode()
    assert "Between us." in page
    assert "Example Energy" in page
    desk.post(f"/queue/ENQ-000001/links/{made.links.get().pk}/remove/")
    assert not made.links.exists()


def test_a_link_is_suggested_with_its_reason_and_made_only_by_a_person(desk: Client, made: Enquiry) -> None:
    asker = Person.objects.create_user("ann@example.org", "Ann Example")
    page = desk.get("/queue/ENQ-000001/").content.decode()
    assert "ann@example.org is the address of Ann Example." in page
    assert not made.links.exists()
    desk.post("/queue/ENQ-000001/link-suggested/", {"about": "core.person:0"})
    assert not made.links.exists()
    desk.post("/queue/ENQ-000001/link-suggested/", {"about": f"core.person:{asker.pk}"})
    assert made.links.get().reason == "ann@example.org is the address of Ann Example."


def test_a_message_is_split_off_on_its_page(desk: Client, made: Enquiry) -> None:
    second = actions.say(made, Sort.IN, "And another thing.", by=None, **TOLD)
    told = {"subject": "Another thing", "category": heading(made.category.scheme, "Accessions").pk}
    answer = desk.post(f"/queue/messages/{second.pk}/split/", told)
    assert answer["Location"] == "/queue/ENQ-000002/?was=ENQ-000001"
    assert desk.post(f"/queue/messages/{second.pk}/split/", told).status_code == 422


def test_a_call_is_taken_down_on_one_form(desk: Client, made: Enquiry) -> None:
    assert desk.post("/queue/call/", {"subject": "Fee"}).status_code == 422
    told = {"category": made.category_id, "subject": "Fee", "asked": "How much?", "said": "Nothing."}
    assert desk.post("/queue/call/", told)["Location"] == "/queue/ENQ-000002/"


def asked_often(made: Enquiry, subject: str, first: int, times: int) -> None:
    for number in range(first, first + times):
        enquiry(made.category, "2020-02-03 10:00", number, subject=f"Re: {subject}")


def test_repeated_questions_stand_the_most_frequent_first_with_their_enquiries_a_page_at_a_time(
    desk: Client, made: Enquiry
) -> None:
    asked_often(made, "Where is the rate card", 10, 5)
    asked_often(made, "Password lost", 20, 6)
    page = desk.get("/queue/repeated/").content.decode()
    assert page.index("Password lost") < page.index("Where is the rate card")
    assert all(f"/enquiries/ENQ-0000{number}/" in page for number in range(10, 15))
    assert "Fee to accede" not in page
    for number in range(20):
        asked_often(made, f"Thing {'abcdefghijklmnopqrst'[number]}ther", 100 + 5 * number, 5)
    assert "of <strong>22</strong> questions" in desk.get("/queue/repeated/").content.decode()
    assert desk.get("/queue/repeated/?page=2").content.decode().count('<th scope="row">') == 2


def test_a_repeated_question_is_answered_by_guidance_and_then_says_so(desk: Client, made: Enquiry) -> None:
    asked_often(made, "Where is the rate card", 10, 5)
    answer = desk.post("/queue/repeated/", {"question": "ENQ-000012", "go": "write"})
    article = Article.objects.get()
    assert (article.title, article.kind, article.draft is not None) == ("Where is the rate card", "question", True)
    assert answer["Location"] == article.get_absolute_url()
    assert Link.objects.filter(about_id=article.pk).count() == 5
    assert "cited in 5 of 5, not published yet" in desk.get("/queue/repeated/").content.decode()
    known = Article.objects.create(
        slug="rates", kind="question", title="The rates", owner=article.owner, number=1, state=PUBLISHED,
        published_on=NOON.date(),
    )  # fmt: skip
    asked_often(made, "Password lost", 20, 5)
    assert (
        desk.post("/queue/repeated/", {"question": "ENQ-000024", "go": "mark", "article": known.pk}).status_code == 302
    )
    assert "The rates" in desk.get("/queue/repeated/").content.decode().split("cited in 1 of 5")[0]
    assert b"No question came so often" not in desk.get("/queue/repeated/?open=").content
    assert b"Nothing matches these filters" in desk.get("/queue/repeated/?open=1").content
    assert desk.post("/queue/repeated/", {"question": "ENQ-000001", "go": "write"}).status_code == 404


def test_a_template_is_written_and_amended(desk: Client) -> None:
    assert desk.post("/reply-templates/new/", {"title": "Fee", "body": "[[name]]", "in_use": "on"}).status_code == 302
    one = ReplyTemplate.objects.get()
    assert b"[[name]]" in desk.get(one.get_absolute_url()).content
    desk.post(f"/reply-templates/{one.pk}/edit/", {"title": "Fee", "body": "No."})
    one.refresh_from_db()
    assert (one.body, one.in_use) == ("No.", False)


def test_anybody_asks_and_gets_a_number_and_too_many_at_once_are_refused(client: Client, settings: Any) -> None:
    two_schemes()
    settings.API_RATES = settings.API_RATES | {"applications": "2/h"}
    told = {"enquirer": "Ann", "address": "ann@example.org", "subject": "Fee", "text": "How much?"}
    assert client.get("/ask/").status_code == 200
    assert client.post("/ask/", told | {"address": "ann"}).status_code == 422
    assert b"ENQ-000001" in client.post("/ask/", told).content
    kept = Enquiry.objects.get()
    assert (kept.channel, kept.state, [one.sort for one in kept.messages.all()]) == ("form", "open", ["form"])
    again = client.post("/ask/", told)
    assert (again.status_code, b"How much?" in again.content) == (429, True)
    assert client.get("/enquiries/ENQ-000001/").status_code == 404
