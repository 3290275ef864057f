"""Answering at the desk: what a reply quotes, to whom it goes, what is never lost, and what is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core import journal
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.helpdesk import actions
from secretariat.helpdesk.ball import Holder, ball_of
from secretariat.helpdesk.desk import unsent
from secretariat.helpdesk.desk.forms import times_to_put_off
from secretariat.helpdesk.desk.quoting import CUT, LINES_QUOTED, quoted
from secretariat.helpdesk.desk.replying import KEEP, REFER, Reply, begin, newest, reply, written
from secretariat.helpdesk.desk.taking_back import take_back
from secretariat.helpdesk.desk.telling import said
from secretariat.helpdesk.models import Enquiry, Message, Sort
from secretariat.helpdesk.procedure import ENQUIRY
from secretariat.post.folding import folded
from secretariat.post.outbox import drain
from tests.helpdesk.factories import NOON, enquiry, heading, london, person, two_schemes

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"at": NOON, "recorded": NOON}
HISTORY = (
    "How much is it?\n\nAnn\n\nOn Mon, 2 Mar 2020 at 09:30, Ben wrote:\n> What we said before\n-- \nAnn of Example"
)


@pytest.fixture(autouse=True)
def _at_noon(settings: Any, tmp_path: Path) -> None:
    settings.CLOCK, settings.FILES_ROOT = NOON.isoformat(), tmp_path


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
    told = {"subject": "Fee", "enquirer": "Ann Example", "address": "ann@example.org"}
    one = enquiry(heading(new, "Accessions"), "2020-02-03 10:00", 7, **told)
    actions.say(one, Sort.IN, HISTORY, from_name="Ann Example", from_address="ann@example.org", by=None, **TOLD)
    return one


def typed(made: Enquiry, **more: Any) -> dict[str, Any]:
    return {"text": "It is free.", "then": "answer", "quote": "on", "seen": newest(made)} | more


def test_a_reply_quotes_the_last_words_once_and_not_the_history_below_them(made: Enquiry) -> None:
    text = written(made, Reply("It is free."), NOON)
    assert text == "It is free.\n\nOn Thu 5 Mar 2020, 12:00, Ann Example wrote:\n> How much is it?\n>\n> Ann"
    assert [part.kind for part in folded(text)] == ["said", "quoted"]
    actions.say(made, Sort.IN, "I am a program.", automatic=True, by=None, **TOLD)
    actions.say(made, Sort.IN, "By a third person.", internal=True, by=None, **TOLD)
    actions.say(made, Sort.NOTE, "Between us.", by=None, **TOLD)
    assert written(made, Reply("It is free."), NOON) == text
    assert written(made, Reply("It is free.", quote=False), NOON) == "It is free."


def test_to_somebody_else_the_words_are_quoted_without_the_name(made: Enquiry) -> None:
    text = written(made, Reply("Can you say?", to="expert@third.example"), NOON)
    assert "the enquirer wrote:" in text
    assert "Ann Example" not in text


def test_a_long_mail_is_quoted_in_part_and_one_without_words_not_at_all() -> None:
    lines = quoted(Message(sort=Sort.IN, at=NOON, body="x\n" * 500)).split("\n")
    assert (len(lines), lines[-1]) == (LINES_QUOTED + 2, f"> {CUT}")
    assert quoted(Message(sort=Sort.IN, at=NOON, body=" \n ")) == ""


def test_several_files_go_along_and_one_that_is_refused_loses_neither_the_others_nor_the_text(
    desk: Client, made: Enquiry, mailoutbox: list[Any]
) -> None:
    files = [SimpleUploadedFile(f"fees-{n}.csv", f"fee\n{n}\n".encode()) for n in range(2)]
    bad = [*files, SimpleUploadedFile("run.exe", b"MZ")]
    page = desk.post("/queue/ENQ-000007/", typed(made, file=bad, go="next"))
    assert (page.status_code, made.messages.filter(sort=Sort.OUT).count()) == (422, 0)
    told = page.content.decode()
    assert "run.exe: files of this kind are not taken" in told
    assert "fees-0.csv (1 KiB)" in told
    assert "It is free.</textarea>" in told
    kept = [file["sha256"] for file in unsent.typed_by(made, Person.objects.get())["files"]]
    assert desk.post("/queue/ENQ-000007/", typed(made, kept=kept, go="next")).status_code == 302
    drain(NOON)
    assert [name for name, _, _ in mailoutbox[0].attachments] == ["fees-0.csv", "fees-1.csv"]


def test_nobody_attaches_a_file_that_they_did_not_add(desk: Client, made: Enquiry) -> None:
    other = unsent.keep("secret.csv", b"a\n")
    page = desk.post("/queue/ENQ-000007/", typed(made, kept=[other], go="stay"))
    assert page.status_code == 302
    assert not made.messages.get(sort=Sort.OUT).files.exists()


def test_a_draft_is_there_again_as_it_was_left_until_it_is_sent_or_thrown_away(
    desk: Client, made: Enquiry, clerk: Person
) -> None:
    told = typed(made, text="Half a sen", cc="ben@other.example", then="ask")
    assert desk.post("/queue/ENQ-000007/", told | {"go": "autosave"}).status_code == 204
    page = desk.get("/queue/ENQ-000007/").content.decode()
    assert "Half a sen</textarea>" in page
    assert 'value="ben@other.example"' in page
    assert "Your draft is here" in page
    assert b"ENQ-000007" in desk.get("/queue/?hand=draft").content
    desk.post("/queue/ENQ-000007/", told | {"go": "discard"})
    assert "Half a sen" not in desk.get("/queue/ENQ-000007/").content.decode()
    assert b"ENQ-000007" not in desk.get("/queue/?hand=draft").content
    assert desk.post("/queue/ENQ-000007/", told | {"go": "draft"}).status_code == 302
    assert desk.post("/queue/ENQ-000007/", told | {"go": "stay"}).status_code == 302
    assert not unsent.typed_by(made, clerk)
    late = told | {"go": "autosave", "text": "what the browser still had under way"}
    assert desk.post("/queue/ENQ-000007/", late).status_code == 204
    assert not unsent.typed_by(made, clerk)


def test_what_a_colleague_typed_stays_theirs_when_another_one_answers(made: Enquiry, clerk: Person) -> None:
    other = person(Role.SECRETARIAT, "operations")
    unsent.put_back(made, other, {"text": "Mine."}, NOON)
    begin(made, clerk, NOON)
    reply(made, Reply("It is free.", seen=newest(made)), by=clerk, **TOLD)
    assert unsent.typed_by(made, other)["text"] == "Mine."
    assert unsent.typed_by(made, clerk) == {}


def test_copies_are_shown_changed_and_refused_when_they_are_ours_or_no_address(
    desk: Client, made: Enquiry, settings: Any
) -> None:
    settings.MAIL_IN = "imaps://helpdesk@secas.example:x@host/INBOX"
    for wrong in ("helpdesk@secas.example", "ben", ", ".join(f"b{n}@other.example" for n in range(21))):
        assert desk.post("/queue/ENQ-000007/", typed(made, cc=wrong, go="stay")).status_code == 422
    assert desk.post("/queue/ENQ-000007/", typed(made, cc="Ben <ben@other.example>,", go="stay")).status_code == 302
    message = made.messages.get(sort=Sort.OUT)
    assert (message.to, message.cc, message.internal) == ("ann@example.org", "ben@other.example", False)


def test_a_reply_is_taken_back_while_it_waits_and_its_words_are_in_the_form_again(
    desk: Client, made: Enquiry, clerk: Person, mailoutbox: list[Any]
) -> None:
    answer = desk.post("/queue/ENQ-000007/", typed(made, cc="ben@other.example", go="next"))
    assert answer["Location"] == "/queue/ENQ-000007/?was=ENQ-000007"
    assert b"Take the reply back" in desk.get("/queue/ENQ-000007/?was=ENQ-000007").content
    desk.post("/queue/ENQ-000007/take-back/")
    made.refresh_from_db()
    message = made.messages.get(sort=Sort.OUT)
    assert (made.state, message.internal, ball_of(made).holder) == ("open", True, Holder.US)
    assert drain(NOON).outcomes == {}
    assert mailoutbox == []
    assert unsent.typed_by(made, clerk)["text"] == "It is free."
    assert [one.fate for one in said(made, clerk, NOON)] == ["", "Was taken back and not sent."]
    assert desk.post("/queue/ENQ-000007/", typed(made, go="stay")).status_code == 302
    assert list(journal.verify()) == []


def test_a_reply_that_is_on_its_way_is_not_taken_back(
    desk: Client, made: Enquiry, clerk: Person, mailoutbox: list[Any]
) -> None:
    message = reply(made, Reply("It is free.", KEEP, seen=newest(made)), by=clerk, **TOLD)
    drain(NOON)
    with pytest.raises(Refused, match="on its way already"):
        take_back(message, by=clerk, **TOLD)
    assert desk.post("/queue/ENQ-000007/take-back/")["Location"] == "/queue/ENQ-000007/?late=1"
    assert len(mailoutbox) == 1


def test_what_is_put_off_handed_over_closed_or_merged_opens_the_next_one_with_the_way_back(
    desk: Client, made: Enquiry, clerk: Person
) -> None:
    for number in (8, 9, 10, 11):
        enquiry(made.category, "2020-02-04 10:00", number, subject="Fee", address=f"b{number}@example.org")
    times = desk.get("/queue/ENQ-000007/put-off/?channel=email").content.decode()
    assert "The next Working Day: Fri 6 Mar 2020, 09:00" in times
    told = {"chosen": "2020-03-06T09:00:00+00:00"}
    answer = desk.post("/queue/ENQ-000007/put-off/?channel=email", told)
    assert answer["Location"] == "/queue/ENQ-000008/?channel=email&was=ENQ-000007"
    page = desk.get(answer["Location"]).content.decode()
    assert "waits to be looked at again on Fri 6 Mar 2020, 09:00" in page
    assert 'href="/queue/ENQ-000007/?channel=email" data-key="u"' in page
    assert "was=" not in page.split('rel="next" href="')[1].split('"')[0]
    handed = {"team": "change", "note": "Yours."}
    assert desk.post("/queue/ENQ-000008/hand-over/", handed)["Location"] == "/queue/ENQ-000009/?was=ENQ-000008"
    assert desk.post("/queue/ENQ-000009/close/", {"reason": "Thanks."})["Location"].startswith("/queue/ENQ-000010/")
    assert desk.post("/queue/ENQ-000010/merge/", {"into": "ENQ-000011"})["Location"].startswith("/queue/ENQ-000011/")
    assert Enquiry.objects.get(number="ENQ-000007").snoozed_until is not None
    desk.post("/queue/ENQ-000007/do/", {"step": "wake"})
    desk.post("/queue/ENQ-000010/do/", {"step": "part"})
    assert desk.post("/queue/ENQ-000009/reopen/", {"reason": "No."})["Location"] == "/queue/ENQ-000009/"
    assert set(Enquiry.objects.values_list("state", "snoozed_until")) == {("open", None)}


def test_it_is_put_off_to_working_days_over_christmas_too_and_the_page_says_that_the_clock_goes_on(
    desk: Client, made: Enquiry
) -> None:
    times = [words for _, words in times_to_put_off(london("2019-12-24 16:00"))]
    assert times[:2] == [
        "The next Working Day: Fri 27 Dec 2019, 09:00", "In two Working Days: Mon 30 Dec 2019, 09:00"
    ]  # fmt: skip
    Enquiry.objects.filter(pk=made.pk).update(due=NOON, running_since=NOON)
    assert b"it is to be answered by Thu 5 Mar 2020, 12:00" in desk.get("/queue/ENQ-000007/put-off/").content


def test_a_step_that_cannot_be_taken_keeps_what_was_typed_beside_what_was_said(desk: Client, made: Enquiry) -> None:
    page = desk.post("/queue/ENQ-000007/hand-over/", {"team": "helpdesk", "note": "My long note."})
    assert page.status_code == 422
    assert b"My long note." in page.content
    assert b"How much is it?" in page.content
    assert desk.post("/queue/ENQ-000007/put-off/", {}).status_code == 422
    desk.post("/queue/ENQ-000007/do/", {"step": "answer"})
    made.refresh_from_db()
    assert made.state == "open"


def test_those_of_a_merged_enquiry_are_named_where_the_answer_is_written(
    desk: Client, made: Enquiry, clerk: Person
) -> None:
    for number, address in ((8, "ben@other.example"), (9, "carl@example.org")):
        other = enquiry(made.category, "2020-02-04 10:00", number, subject="Fee", address=address)
        ENQUIRY.take("merge", other, into=made, by=clerk, **TOLD)
    page = desk.get("/queue/ENQ-000007/").content.decode()
    assert "ENQ-000008 of ben@other.example is merged into this one" in page
    assert "ENQ-000009 of" not in page


def test_a_reply_to_a_third_person_with_the_enquirer_in_copy_is_no_secret(made: Enquiry, clerk: Person) -> None:
    given = Reply("Can you say?", REFER, to="expert@third.example", cc="Ann@example.org", seen=newest(made))
    assert reply(made, given, by=clerk, **TOLD).internal is False
