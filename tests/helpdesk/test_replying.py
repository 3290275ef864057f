"""Replies: live fields, cited guidance, what keeps two from answering at once, and who is asked about the answer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from secretariat.core import journal
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.engagement.guidance.models import PUBLISHED, Article
from secretariat.helpdesk import actions
from secretariat.helpdesk.desk.calls import Call, take_down
from secretariat.helpdesk.desk.live import filled, problems
from secretariat.helpdesk.desk.replying import ASK, KEEP, REFER, Reply, begin, newest, reply, written
from secretariat.helpdesk.models import Enquiry, Sort
from secretariat.helpdesk.public.models import Satisfaction
from secretariat.helpdesk.public.satisfaction import ask, is_asked
from secretariat.papers.narrative import UnknownField
from secretariat.post.outbox import drain
from secretariat.register.models import Party
from tests.helpdesk.factories import NOON, enquiry, heading, keep, london, person, two_schemes

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"at": NOON, "recorded": NOON}


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "helpdesk")


@pytest.fixture
def made() -> Enquiry:
    _, new = two_schemes()
    told = {"subject": "Fee", "enquirer": "Ann Example", "address": "ann@example.org"}
    return enquiry(heading(new, "Accessions"), "2020-02-03 10:00", 7, **told)


def article(clerk: Person, **more: Any) -> Article:
    told = {"slug": "accession-fee", "kind": "guidance note", "title": "The fee", "sources": "Section C1.2"}
    published = {"owner": clerk, "number": 2, "published_on": date(2020, 1, 2), "state": PUBLISHED}
    found: Article = Article.objects.create(**told | published | more)
    return found


def test_fields_of_the_enquiry_dates_records_and_figures_are_looked_up(made: Enquiry) -> None:
    keep(date(2020, 2, 1))
    Party.objects.create(key="example-energy", name="Example Energy", acceded_on=date(2018, 1, 1), classification=0)
    text = "Dear [[name]], [[number]] of [[received]]: [[party:example-energy]] pays by [[date:2020-03-10]], [[today]]."
    assert filled(text, made, NOON) == (
        "Dear Ann Example, ENQ-000007 of 3 February 2020: Example Energy pays by 10 March 2020, 5 March 2020."
    )
    assert filled("[[helpdesk_emails@2020-02|count:e-mail,e-mails]] came.", made, NOON) == "one e-mail came."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[party]]", "“party” is not known of ENQ-000007"),
        ("[[nothing]]", "is not a field of the enquiry"),
        ("[[date:2020-02-30]]", "no 30 February 2020"),
        ("[[party:nobody]]", "names nothing in the record"),
        ("[[helpdesk_emails@2020-13]]", "is not a month"),
        ("[[helpdesk_emails/gardening/2020-02]]", "no row or column"),
        ("[[helpdesk_emails@2015-01]]", "is not known for January 2015"),
        ("Dear [[name, hello", "A field is open"),
    ],
)
def test_a_field_that_cannot_be_looked_up_is_a_refusal(made: Enquiry, text: str, sentence: str) -> None:
    with pytest.raises(UnknownField, match=sentence):
        filled(text, made, NOON)


def test_an_answer_names_nothing_that_its_reader_may_not_read(made: Enquiry) -> None:
    green = {"acceded_on": date(2018, 1, 1), "classification": 1}
    party = Party.objects.create(key="example-energy", name="Example Energy", **green)
    assert problems("[[party:example-energy]] [[name]]", made, NOON) == [
        "“party:example-energy” is not public and may not be told to the enquirer."
    ]
    made.party = party
    assert filled("[[party:example-energy]]", made, NOON) == "Example Energy"
    for given in (
        Reply("[[party:example-energy]]", cc="eve@evil.example"), Reply("[[party:example-energy]]", to="x@evil.example")
    ):  # fmt: skip
        with pytest.raises(Refused, match="may not be told to all who get this"):
            written(made, given, NOON)
    assert written(made, Reply("[[party:example-energy]]", cc="ben@example.org"), NOON) == "Example Energy"


def test_a_reply_goes_out_in_the_thread_with_its_guidance_cited_and_the_enquiry_is_answered(
    made: Enquiry, clerk: Person, mailoutbox: list[Any]
) -> None:
    actions.say(made, Sort.IN, "How much?", message_id="<1@example.org>", by=None, **TOLD)
    given = Reply("Dear [[name]], it is free.", seen=newest(made), cites=(article(clerk),))
    message = reply(made, given, by=clerk, **TOLD)
    assert made.state == "answered"
    cited = "Guidance: The fee, version 2 of 2020-01-02 (Section C1.2)\n"
    assert message.body.startswith(f"Dear Ann Example, it is free.\n\n{cited}")
    assert [one.about_kind for one in made.links.all()] == ["engagement.article"]
    assert message.sent_as is not None
    drain(NOON)
    (sent,) = mailoutbox
    assert "ann@example.org" in sent.to[0]
    assert "ENQ-000007" in sent.subject
    assert sent.extra_headers["In-Reply-To"] == "<1@example.org>"
    assert [event.name for event in journal.history(made)][-1] == "enquiry.answer"


@pytest.mark.parametrize(("then", "state"), [(ASK, "asked"), (KEEP, "open")])
def test_a_reply_leads_to_what_was_chosen(made: Enquiry, clerk: Person, then: str, state: str) -> None:
    reply(made, Reply("Which one?", then), by=clerk, **TOLD)
    assert made.state == state


def test_a_file_goes_along_when_it_may_be_kept(made: Enquiry, clerk: Person, mailoutbox: list[Any]) -> None:
    with pytest.raises(Refused, match="files of this kind are not taken"):
        reply(made, Reply("See the file.", files=(("run.exe", b"MZ"),)), by=clerk, **TOLD)
    assert not made.messages.exists()
    message = reply(made, Reply("See the file.", files=(("fees.csv", b"fee\n0\n"),)), by=clerk, **TOLD)
    assert [file.name for file in message.files.all()] == ["fees.csv"]
    drain(NOON)
    assert [name for name, _, _ in mailoutbox[0].attachments] == ["fees.csv"]


def test_a_reply_to_a_third_person_is_internal(made: Enquiry, clerk: Person) -> None:
    message = reply(made, Reply("Can you say?", REFER, to="expert@example.org"), by=clerk, **TOLD)
    assert (made.state, message.internal, message.to) == ("referred", True, "expert@example.org")


def test_a_reply_is_refused_when_something_came_in_since_it_was_begun_and_goes_when_that_was_seen(
    made: Enquiry, clerk: Person
) -> None:
    begun = newest(made)
    actions.say(made, Sort.NOTE, "I am at it.", by=person(Role.SECRETARIAT, "operations"), **TOLD)
    with pytest.raises(Refused, match="Internal note by .* came since you began"):
        reply(made, Reply("It is free.", seen=begun), by=clerk, **TOLD)
    assert not made.messages.filter(sort="out").exists()
    reply(made, Reply("It is free.", seen=newest(made)), by=clerk, **TOLD)
    with pytest.raises(Refused, match="Somebody finished it"):
        reply(made, Reply("It is free.", seen=newest(made)), by=clerk, **TOLD)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Reply("   "), "Write something"),
        (Reply("[[party]]"), "not known of"),
        (Reply("Words.", to="nobody"), "no e-mail address"),
    ],
)
def test_a_reply_that_cannot_go_leaves_nothing(made: Enquiry, clerk: Person, given: Reply, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        reply(made, given, by=clerk, **TOLD)
    made.refresh_from_db()
    assert (made.state, made.messages.count()) == ("open", 0)


def test_nobody_replies_to_what_others_have_in_hand_or_cites_what_is_not_published(
    made: Enquiry, clerk: Person
) -> None:
    with pytest.raises(Refused, match="not in your hand"):
        reply(made, Reply("Words."), by=person(Role.SECRETARIAT, "change"), **TOLD)
    with pytest.raises(Refused, match="“The fee” is not published"):
        reply(made, Reply("Words.", cites=(article(clerk, classification=2),)), by=clerk, **TOLD)
    made.address = ""
    with pytest.raises(Refused, match="no address to answer to"):
        reply(made, Reply("Words."), by=clerk, **TOLD)


def test_whoever_opens_the_form_next_is_told_who_has_it_open_for_some_minutes(made: Enquiry, clerk: Person) -> None:
    other = person(Role.SECRETARIAT, "operations")
    assert begin(made, other, NOON) == []
    assert [one.person for one in begin(made, clerk, NOON + timedelta(minutes=20))] == [other]
    assert begin(made, clerk, NOON + timedelta(minutes=21)) == []
    reply(made, Reply("It is free."), by=clerk, **TOLD)
    assert not made.open_replies.exists()


def test_a_call_that_is_answered_at_once_is_finished_and_another_one_goes_to_the_queue(clerk: Person) -> None:
    _, new = two_schemes()
    call = Call(heading(new, "Accessions"), "Fee", "How much?", "Nothing.", "Ann Example")
    done = take_down(call, by=clerk, **TOLD)
    assert (done.channel, done.state, [one.sort for one in done.messages.all()]) == (
        "telephone", "answered", ["call", "said"],
    )  # fmt: skip
    waiting = take_down(Call(call.category, "Fee", "How much?"), by=clerk, **TOLD)
    assert (waiting.state, waiting.messages.count()) == ("open", 1)


def test_one_enquirer_in_many_is_asked_by_the_number_and_nobody_twice_in_half_a_year(made: Enquiry) -> None:
    answered = {"answered": "2020-02-04 10:00", "address": "ann@example.org"}
    due = enquiry(made.category, "2020-02-03 10:00", 20, **answered)
    assert not is_asked(enquiry(made.category, "2020-02-03 10:00", 21, **answered), NOON)
    assert not is_asked(enquiry(made.category, "2020-02-03 10:00", 40, **answered | {"channel": "telephone"}), NOON)
    assert not is_asked(enquiry(made.category, "2020-02-03 10:00", 60, **answered | {"address": ""}), NOON)
    assert ask(enquiry(made.category, "2020-02-03 10:00", 80, address="ben@example.org"), by=None, **TOLD) is None
    assert ask(due, by=None, **TOLD) is not None
    again = enquiry(made.category, "2020-02-03 10:00", 100, **answered | {"address": "Ann@Example.org"})
    assert not is_asked(again, NOON + timedelta(days=179))
    assert is_asked(again, NOON + timedelta(days=181))


def test_the_link_to_say_how_content_one_is_stands_in_the_mail_alone_and_takes_one_answer(
    made: Enquiry, client: Client, mailoutbox: list[Any]
) -> None:
    told = {"answered": "2020-02-04 10:00", "address": "ann@example.org"}
    asked = ask(enquiry(made.category, "2020-02-03 10:00", 20, **told), by=None, **TOLD)
    assert asked is not None
    drain(NOON)
    path = re.findall(r"https?://[^/]+(/ask/content/\S+)", mailoutbox[0].body)[0]
    assert path not in str([*asked.enquiry.messages.values(), *journal.Event.objects.values_list("facts")])
    assert client.get(path).status_code == 200
    assert client.post(path, {"marks": "9"}).status_code == 422
    assert client.post(path, {"marks": "4", "words": "Sooner."}).status_code == 200
    client.post(path, {"marks": "1"})
    assert Satisfaction.objects.values_list("marks", "words").get() == (4, "Sooner.")
    assert client.get(path[:-3] + "x/").status_code == 404


def test_a_message_says_when_it_was_said(made: Enquiry) -> None:
    one = actions.say(made, Sort.IN, "Words.", said_at=london("2020-02-03 09:59"), by=None, **TOLD)
    assert (one.at, one.recorded) == (london("2020-02-03 09:59"), NOON)
