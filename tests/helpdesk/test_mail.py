"""Mail in and out at the helpdesk: conversations hold together, and no two programs talk for ever."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from secretariat.core import journal, kinds
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.core.schemes import Heading
from secretariat.helpdesk.actions import say
from secretariat.helpdesk.desk.suggested import answered_elsewhere, enquiries_named, mail_naming
from secretariat.helpdesk.desk.telling import suggested_links
from secretariat.helpdesk.mail.acknowledging import NOTICE
from secretariat.helpdesk.mail.belonging import is_of_the_enquirer
from secretariat.helpdesk.mail.copies import others_asked
from secretariat.helpdesk.mail.intake import take_up
from secretariat.helpdesk.mail.links import found
from secretariat.helpdesk.mail.replies import recipients, send_reply, subject_of, threading
from secretariat.helpdesk.models import Enquiry, Message, Sort
from secretariat.helpdesk.procedure import ENQUIRY
from secretariat.plain.dates import long_date
from secretariat.post.arrivals import Fetched
from secretariat.post.mail_in import take_in
from secretariat.post.models import Bounce, IncomingMail
from secretariat.post.models import Message as SentMail
from secretariat.post.outbox import drain
from secretariat.post.procedure import INCOMING_MAIL
from secretariat.register.contacts.contact import Contact
from secretariat.site.sample import mail as sample
from secretariat.site.sample.crew import Crew
from tests.helpdesk.factories import london, person, scheme
from tests.post.conftest import Sink, sink  # noqa: F401 - the fixture of a real mail server
from tests.post.corpus import with_file
from tests.register.factories import party

pytestmark = pytest.mark.django_db
AT = london("2020-03-03 10:00")
OURS = "helpdesk@secas.example"


@pytest.fixture(autouse=True)
def helpdesk(settings: Any, tmp_path: Path) -> None:
    """Categories in force, one mailbox, and files apart."""
    settings.FILES_ROOT, settings.MAIL_IN = tmp_path, f"imaps://{OURS}:x@host/INBOX"
    scheme("Categories of 2020", date(2019, 2, 1), ("Accessions", "Modifications", "General Queries"))


def arrives(
    number: int, body: str = "Words", sender: str = "Ann <ann@example.org>", hours: int = 0, **head: str
) -> None:
    """A mail comes in and is taken up."""
    lines = {"Message-ID": f"<{number}@x>", "From": sender, "Subject": "A question"}
    lines |= {name.replace("_", "-"): value for name, value in head.items()}
    raw = "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + f"\r\n{body}"
    at = AT + timedelta(hours=hours)
    done: Fetched = take_in(raw.encode(), OURS, at, at)
    assert [*done.problems, *take_up(at, at)] == []


def answer(enquiry: Enquiry, by: Person, hours: int = 1) -> SentMail:
    """The helpdesk answers by mail."""
    at = AT + timedelta(hours=hours)
    told: dict[str, Any] = {"by": by, "at": at, "recorded": at}
    message = say(enquiry, Sort.OUT, "Our answer.", to=enquiry.address, subject=f"RE: {enquiry.subject}", **told)
    sent = send_reply(message, **told)
    ENQUIRY.take("answer", enquiry, **told)
    return sent


def agent() -> Person:
    return person(Role.SECRETARIAT, Team.HELPDESK)


def acknowledgements() -> int:
    return SentMail.objects.filter(notice=NOTICE).count()


def test_a_mail_begins_an_enquiry_that_waits_for_a_person_to_sort_it() -> None:
    arrives(1, Reply_To="team@example.org")
    one = Enquiry.objects.get()
    assert (one.channel, one.state, one.received, one.mailbox) == ("email", "open", AT, OURS)
    assert (one.subject, one.enquirer, one.address) == ("A question", "Ann", "team@example.org")
    assert (one.party, one.person, one.links.count()) == (None, None, 0)
    message = one.messages.get()
    assert (message.sort, message.body, message.message_id, message.internal) == ("in", "Words", "<1@x>", False)
    mail = IncomingMail.objects.get()
    assert (mail.state, mail.kind, mail.record_id) == ("matched", kind_of(one), one.pk)
    assert take_up(AT, AT) == []
    assert Message.objects.count() == 1


def test_an_answer_joins_its_enquiry_by_its_headers_whatever_its_subject() -> None:
    arrives(1)
    arrives(2, hours=1, In_Reply_To="<1@x>", Subject="Something else")
    arrives(3, hours=2, References="<0@x> <1@x>", Subject="ENQ-999999")
    assert Enquiry.objects.get().messages.count() == 3


def test_an_answer_joins_by_the_number_in_its_subject_when_the_headers_are_lost() -> None:
    arrives(1)
    number = Enquiry.objects.get().number
    arrives(2, hours=1, Subject=f"AW: [{number.lower()}] once more")
    assert Enquiry.objects.get().messages.count() == 2
    arrives(3, hours=2, Subject=f"{number} and ENQ-000777")
    assert Enquiry.objects.count() == 2


def test_what_is_said_to_us_takes_an_enquiry_that_waits_back_into_our_hand_but_a_program_does_not() -> None:
    arrives(1)
    one = Enquiry.objects.get()
    ENQUIRY.take("ask", one, by=agent(), at=AT, recorded=AT)
    arrives(2, hours=1, In_Reply_To="<1@x>", Auto_Submitted="auto-replied")
    one.refresh_from_db()
    assert (one.state, list(one.messages.values_list("automatic", flat=True))) == ("asked", [False, True])
    arrives(3, hours=2, In_Reply_To="<1@x>")
    one.refresh_from_db()
    assert one.state == "open"


def test_a_programs_mail_that_answers_nothing_is_kept_and_begins_no_enquiry() -> None:
    arrives(1, Subject="Out of office: A question")
    assert (IncomingMail.objects.count(), Enquiry.objects.count(), SentMail.objects.count()) == (1, 0, 0)


def test_an_answer_to_an_answered_enquiry_is_a_new_one_that_follows_it() -> None:
    arrives(1)
    one = Enquiry.objects.get()
    sent = answer(one, agent())
    arrives(2, hours=5, In_Reply_To=sent.message_id)
    later = Enquiry.objects.exclude(pk=one.pk).get()
    assert (later.follows, later.state, later.messages.count()) == (one, "open", 1)
    assert acknowledgements() == 1


def test_what_belongs_to_a_merged_enquiry_goes_to_the_one_that_goes_on() -> None:
    arrives(1)
    arrives(2, sender="Ben <ben@example.org>")
    first, second = Enquiry.objects.order_by("number")
    ENQUIRY.take("merge", second, by=agent(), at=AT, recorded=AT, into=first)
    arrives(3, hours=1, In_Reply_To="<2@x>", sender="Ben <ben@example.org>")
    assert (first.messages.count(), second.messages.count()) == (2, 1)


def test_what_a_third_person_says_is_kept_from_the_enquirer() -> None:
    arrives(1)
    arrives(2, hours=1, In_Reply_To="<1@x>", sender="dcc@other.example")
    arrives(3, hours=2, In_Reply_To="<1@x>", sender="colleague@example.org")
    assert list(Message.objects.order_by("at").values_list("internal", flat=True)) == [False, True, False]


@pytest.mark.parametrize(
    ("asked", "says", "own"),
    [
        ("ann@example.org", "ANN@example.org", True),
        ("ann@example.org", "ben@example.org", True),
        ("ann@gmail.com", "ann@gmail.com", True),
        ("ann@gmail.com", "eve@gmail.com", False),
        ("", "", False),
    ],
)
def test_only_a_place_of_its_own_makes_colleagues_of_two_addresses(asked: str, says: str, own: bool) -> None:
    assert is_of_the_enquirer(Enquiry(address=asked, received=AT), says) is own


def test_the_sender_and_the_subject_link_for_certain_and_everything_else_is_a_suggestion() -> None:
    firm, other = party("Amber Energy Limited"), party("Birch Energy Limited")
    ann = Person.objects.create_user("ann@amber.example", "Ann")
    for of, name, address in ((firm, "Ann", "ann@amber.example"), (other, "Ben", "ben@birch.example")):
        Contact.objects.create(party=of, name=name, email=address)
    arrives(1, sender="Ann <Ann@Amber.example>")
    one = Enquiry.objects.get()
    assert (one.party, one.person) == (firm, ann)
    rows = found("A question", "Words", "carol@birch.example", AT)
    assert [(row.record, row.certain, row.reason) for row in rows] == [
        (other, False, "A contact of it writes from birch.example.")
    ]
    arrives(2, sender="carol@birch.example")
    assert Enquiry.objects.get(address="carol@birch.example").party is None
    Contact.objects.create(party=other, name="Dan", email="dan@gmail.com")
    assert found("", "", "eve@gmail.com", AT) == []


def test_a_record_named_in_the_subject_is_linked_and_one_named_in_the_text_is_only_suggested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = {heading.name: heading for heading in Heading.objects.all()}
    monkeypatch.setattr(kinds, "KINDS", dict(kinds.KINDS))
    names = {"THING-1": "Accessions", "THING-2": "Modifications"}
    kinds.register("heading", Heading, lambda text: known.get(names.get(text, "")))
    arrives(1, text := "About THING-2.\n> On Monday THING-1 was named", Subject="THING-1 once more")
    one = Enquiry.objects.get()
    assert [(link.about_id, link.reason) for link in one.links.all()] == [
        (known["Accessions"].pk, "Its subject names THING-1.")
    ]
    rows = found(one.subject, text, "", AT)
    assert [(row.record.name, row.certain, row.reason) for row in rows] == [
        ("Accessions", True, "Its subject names THING-1."),
        ("Modifications", False, "It names THING-2."),
    ]


def test_only_the_first_mail_of_a_person_is_acknowledged_and_with_its_number(sink: Sink) -> None:  # noqa: F811
    arrives(1)
    arrives(2, hours=1, In_Reply_To="<1@x>")
    assert drain(AT).outcomes["sent"] == 1
    (mail,) = sink.received
    number = Enquiry.objects.get().number
    assert (mail["Subject"], mail["To"], mail["From"]) == (f"Re: [{number}] A question", "ann@example.org", OURS)
    assert (mail["In-Reply-To"], mail["Auto-Submitted"]) == ("<1@x>", "auto-replied")
    assert number in mail.get_content()


@pytest.mark.parametrize(
    "head",
    [
        {"X_Auto_Response_Suppress": "All"},
        {"Reply_To": OURS},
        {"sender": "no address"},
        {"sender": "noreply@example.org"},
        {"Precedence": "bulk"},
    ],
)
def test_programs_loops_and_those_who_want_none_get_no_acknowledgement(head: dict[str, Any]) -> None:
    arrives(1, **head)
    assert (acknowledgements(), IncomingMail.objects.count()) == (0, 1)


def test_two_programs_never_go_on_answering_each_other() -> None:
    """A robot that answers everything, marks nothing and begins a new conversation each time."""
    answered = 0
    for number in range(60):
        arrives(number, Subject=f"Ticket {number} opened")
        if acknowledgements() == answered:
            break
        answered = acknowledgements()
    assert answered == 5


def test_a_reply_goes_out_in_its_conversation_and_its_answer_finds_back(sink: Sink) -> None:  # noqa: F811
    arrives(1)
    arrives(2, hours=1, In_Reply_To="<1@x>")
    one = Enquiry.objects.get()
    sent = answer(one, agent(), hours=2)
    drain(AT + timedelta(hours=2))
    mail = sink.received[-1]
    assert (mail["From"], mail["To"], mail["Message-ID"]) == (OURS, "ann@example.org", sent.message_id)
    assert (mail["In-Reply-To"], mail["References"]) == ("<2@x>", "<1@x> <2@x>")
    assert (mail["Subject"], mail["Auto-Submitted"]) == (f"Re: [{one.number}] A question", "no")
    assert "Our answer." in mail.get_content()
    said = one.messages.get(sort=Sort.OUT)
    assert (said.sent_as, said.message_id, said.in_reply_to) == (sent, sent.message_id, "<2@x>")
    assert journal.history(said).count() == 2
    arrives(3, hours=1, In_Reply_To=sent.message_id, Subject="nothing that helps")
    assert one.messages.count() == 4


def test_a_reply_is_queued_once_however_often_it_is_asked_for() -> None:
    arrives(1)
    one = Enquiry.objects.get()
    told: dict[str, Any] = {"by": agent(), "at": AT, "recorded": AT}
    message = say(one, Sort.OUT, "x", to="Ann <ann@example.org>, ben@example.org", **told)
    assert send_reply(message, **told) == send_reply(message, **told)
    assert sorted(SentMail.objects.exclude(notice=NOTICE).values_list("address", flat=True)) == [
        "ann@example.org", "ben@example.org"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("to", "reason"), [("", "no address"), ("Ann", "no e-mail address"), (OURS, "come back to us")]
)
def test_a_reply_needs_an_address_that_is_not_ours(to: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        recipients(to)


@pytest.mark.parametrize(
    "subject",
    [
        "A question",
        "RE: Re: A question",
        "AW: [ENQ-000001] A question",
        "Re: ENQ-000009 A question",
        "Fwd: Sv: A question",
    ],
)
def test_a_replys_subject_holds_our_number_once(subject: str) -> None:
    assert subject_of(Enquiry(number="ENQ-000001"), subject) == "Re: [ENQ-000001] A question"


def test_the_references_of_a_long_conversation_name_its_beginning_and_its_end() -> None:
    arrives(1)
    for number in range(2, 31):
        arrives(number, sender=f"a{number}@example.org", hours=number, In_Reply_To="<1@x>")
    named = threading(Enquiry.objects.get())
    ids = named["References"].split()
    assert (len(ids), ids[0], ids[1], ids[-1], named["In-Reply-To"]) == (20, "<1@x>", "<12@x>", "<30@x>", "<30@x>")


def test_mail_that_cannot_be_taken_up_waits_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(day: date) -> Any:
        raise ValueError(long_date(day))

    monkeypatch.setattr("secretariat.helpdesk.mail.intake.category_for", none)
    take_in(b"Message-ID: <1@x>\r\nFrom: a@example.org\r\n\r\nx", OURS, AT, AT)
    assert "it waits" in take_up(AT, AT)[0]
    monkeypatch.undo()
    assert take_up(AT, AT) == []
    assert Enquiry.objects.count() == 1


def test_a_mail_that_was_taken_for_a_programs_becomes_an_enquiry_once_a_person_says_otherwise() -> None:
    arrives(1, Subject="Out of office: A question")
    mail, lead = IncomingMail.objects.get(), person(Role.SECRETARIAT, Team.OPERATIONS)
    INCOMING_MAIL.take("vouch", mail, by=lead, at=AT, recorded=AT)
    assert (mail.automatic, mail.automatic_why, mail.state) == (False, "", "unmatched")
    with pytest.raises(Refused, match="taken for a person's already"):
        INCOMING_MAIL.take("vouch", mail, by=lead, at=AT, recorded=AT)
    assert take_up(AT, AT) == []
    assert Enquiry.objects.get().messages.get().mail == mail


def test_a_mail_that_a_person_matches_to_an_enquiry_goes_on_with_it() -> None:
    arrives(1)
    one = Enquiry.objects.get()
    arrives(2, sender="noreply@other.example", Subject="Your ticket")
    mail = IncomingMail.objects.get(message_id="<2@x>")
    INCOMING_MAIL.take("match", mail, by=agent(), at=AT, recorded=AT, reference=one.number)
    assert take_up(AT, AT) == []
    assert one.messages.get(mail=mail).automatic


def test_a_conversation_that_goes_on_after_an_answer_stays_in_the_enquiry_that_follows() -> None:
    arrives(1)
    one = Enquiry.objects.get()
    sent = answer(one, agent())
    arrives(2, hours=5, In_Reply_To=sent.message_id, References=f"<1@x> {sent.message_id}")
    arrives(3, hours=6, In_Reply_To="<2@x>", References=f"<1@x> {sent.message_id} <2@x>")
    later = Enquiry.objects.exclude(pk=one.pk).get()
    assert (later.follows, later.messages.count()) == (one, 2)


def test_the_samples_mail_is_taken_in_as_any_other_and_marked_as_invented() -> None:
    sample.enter(Crew())
    one = Enquiry.objects.get()
    assert (one.invented, one.enquirer, one.messages.filter(invented=True).count()) == (True, "Sample Enquirer Five", 2)
    assert (IncomingMail.objects.filter(automatic=True).count(), Bounce.objects.get().message) == (2, None)
    assert SentMail.objects.count() == 0


def test_a_strangers_mail_with_our_number_begins_an_enquiry_of_its_own_and_the_other_one_is_only_suggested() -> None:
    arrives(1)
    one = Enquiry.objects.get()
    arrives(2, hours=1, sender="eve@evil.example", Subject=f"Re: [{one.number}] send me the answer too")
    other = Enquiry.objects.exclude(pk=one.pk).get()
    assert (one.messages.count(), other.address, other.follows) == (1, "eve@evil.example", None)
    assert (IncomingMail.objects.get(message_id="<2@x>").record_id, acknowledgements()) == (other.pk, 1)
    clerk = agent()
    assert [(named.enquiry, named.can_take_it) for named in enquiries_named(other, clerk, AT)] == [(one, True)]
    assert others_asked(one) == []
    arrives(3, hours=2, sender="eve@evil.example", Subject=f"{one.number} once more")
    assert one.messages.count() == 1


def test_whoever_takes_part_joins_by_the_number_who_asked_was_copied_in_or_was_asked_by_us() -> None:
    arrives(1, Cc="Ben <ben@other.example>", sender="Ann <ann@gmail.com>")
    one = Enquiry.objects.get()
    told: dict[str, Any] = {"by": agent(), "at": AT, "recorded": AT}
    say(one, Sort.OUT, "Can you say?", to="expert@third.example", internal=True, **told)
    for number, sender in enumerate(("ann@gmail.com", "BEN@other.example", "expert@third.example"), start=2):
        arrives(number, hours=1, sender=sender, Subject=f"[{one.number}]")
    assert one.messages.filter(sort=Sort.IN).count() == 4
    arrives(9, hours=1, sender="zoe@gmail.com", Subject=f"[{one.number}]")
    assert one.messages.filter(sort=Sort.IN).count() == 4


def test_the_number_of_a_merged_enquiry_leads_its_own_enquirer_to_the_one_that_goes_on() -> None:
    arrives(1)
    arrives(2, sender="ben@other.example")
    first, second = Enquiry.objects.order_by("number")
    ENQUIRY.take("merge", second, by=agent(), at=AT, recorded=AT, into=first)
    arrives(3, hours=1, sender="ben@other.example", Subject=f"Re: {second.number}")
    arrives(4, hours=1, sender="eve@evil.example", Subject=f"Re: {second.number}")
    assert (first.messages.count(), first.messages.get(mail__message_id="<3@x>").internal) == (2, True)


def test_a_programs_mail_of_a_stranger_that_names_an_enquiry_is_shown_with_it_and_taken_in_by_a_person_only() -> None:
    arrives(1)
    one = Enquiry.objects.get()
    arrives(2, sender="noreply@tickets.example", Subject=f"[{one.number}] ticket 7 opened")
    (mail,) = mail_naming(one, agent(), AT)
    assert (mail.from_address, one.messages.count(), acknowledgements()) == ("noreply@tickets.example", 1, 1)


def test_a_copied_message_id_of_another_sender_opens_no_conversation_to_them() -> None:
    arrives(1)
    arrives(1, sender="eve@evil.example", hours=1, Subject="Mine")
    assert sorted(Enquiry.objects.values_list("address", flat=True)) == ["ann@example.org", "eve@evil.example"]


def test_a_sender_whose_answer_is_asked_for_elsewhere_speaks_for_no_party_and_the_desk_says_so() -> None:
    firm = party("Amber Energy Limited")
    Contact.objects.create(party=firm, name="Ann", email="ann@amber.example")
    arrives(1, sender="Ann <ann@amber.example>", Reply_To="ann@evil.example")
    one = Enquiry.objects.get()
    assert (one.party, one.address, answered_elsewhere(one)) == (None, "ann@evil.example", "ann@amber.example")
    assert [row.record for row in suggested_links(one, agent(), AT)] == [firm]
    arrives(2, sender="Ann <ann@amber.example>", Reply_To="Ann@Amber.example")
    second = Enquiry.objects.order_by("-pk")[0]
    assert (second.party, answered_elsewhere(second)) == (firm, "")


def test_a_reply_to_all_goes_to_those_who_were_asked_and_never_to_us_or_a_program() -> None:
    heard = "Cara <cara@other.example>, noreply@x.example, no address, ANN@example.org"
    arrives(1, To=f"Helpdesk <{OURS.upper()}>, ben@other.example", Cc=heard)
    one = Enquiry.objects.get()
    assert others_asked(one) == ["ben@other.example", "cara@other.example"]
    arrives(2, hours=1, In_Reply_To="<1@x>", To=OURS)
    assert others_asked(one) == []
    arrives(3, hours=2, In_Reply_To="<1@x>", sender="eve@evil.example", Cc="evil@evil.example")
    assert others_asked(one) == []


def test_a_reply_with_copies_is_a_mail_to_each_that_names_all_and_an_answer_to_a_copy_finds_back(
    sink: Sink,  # noqa: F811
) -> None:
    arrives(1, X_Auto_Response_Suppress="All")
    one = Enquiry.objects.get()
    told: dict[str, Any] = {"by": agent(), "at": AT, "recorded": AT}
    message = say(one, Sort.OUT, "Ours.", to=one.address, cc="ben@other.example, ANN@example.org", **told)
    send_reply(message, **told)
    drain(AT)
    assert [(mail["To"], mail["Cc"]) for mail in sink.received] == [("ann@example.org", "ben@other.example")] * 2
    assert len({mail["Message-ID"] for mail in sink.received}) == 2
    arrives(2, hours=1, sender="ben@other.example", In_Reply_To=sink.received[1]["Message-ID"], Subject="Thanks")
    assert (one.messages.count(), Enquiry.objects.count()) == (3, 1)
    with pytest.raises(Refused, match="come back to us"):
        send_reply(say(one, Sort.OUT, "Ours.", to=one.address, cc=OURS, **told), **told)


def test_a_line_end_in_a_subject_or_a_name_makes_no_header_of_a_reply(sink: Sink) -> None:  # noqa: F811
    name = "=?utf-8?q?Ann=0D=0AX-Bcc?="
    arrives(1, sender=f"{name} <ann@example.org>", Subject="=?utf-8?q?A=0D=0ABcc:_x@y.example?=")
    drain(AT)
    (mail,) = sink.received
    assert (mail["Bcc"], mail["To"], mail["Subject"].splitlines()) == (None, "ann@example.org", [mail["Subject"]])
    assert "Bcc: x@y.example" in mail["Subject"]


def test_a_mail_to_five_hundred_addresses_is_kept_and_copies_nobody_in_by_itself(client: Client) -> None:
    arrives(1, To=", ".join(f"a{n}@list.example" for n in range(500)))
    one = Enquiry.objects.get()
    assert len(others_asked(one)) > 20
    client.force_login(agent())
    page = client.get(f"/queue/{one.number}/").content.decode()
    assert "none of them is copied in by itself" in page
    assert "a3@list.example" not in page


def test_what_is_left_in_a_mail_is_named_at_the_desk_and_the_mail_is_downloaded_as_it_came(client: Client) -> None:
    raw = with_file(b"MZ", "run.exe")
    assert isinstance(raw, bytes)
    take_in(raw, OURS, AT, AT)
    take_up(AT, AT)
    client.force_login(agent())
    page = client.get(f"/queue/{Enquiry.objects.get().number}/").content.decode()
    assert "<strong>run.exe</strong>" in page
    came = client.get(re.findall(r'href="(/incoming-mail/[^"]+\.eml)"', page)[0])
    assert b"".join(came.streaming_content) == raw  # type: ignore[attr-defined]
    assert (came["Content-Type"], came["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert came["Content-Disposition"].startswith("attachment")
    came.close()


def test_an_empty_mail_is_an_enquiry_that_says_so(client: Client) -> None:
    take_in(b"From: ann@example.org\r\n\r\n", OURS, AT, AT)
    take_up(AT, AT)
    client.force_login(agent())
    assert b"Nothing is written in it." in client.get(f"/queue/{Enquiry.objects.get().number}/").content
