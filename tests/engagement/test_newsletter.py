"""A newsletter from its first paragraph to its readers: live fields, the check, who gets it and why, and sending."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from secretariat.change.models import Proposal
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.engagement.newsletter import actions
from secretariat.engagement.newsletter.checks import checked
from secretariat.engagement.newsletter.composing import composed
from secretariat.engagement.newsletter.models import Newsletter, Passage, Recipient
from secretariat.engagement.newsletter.procedure import NEWSLETTER
from secretariat.engagement.newsletter.readers import who_gets
from secretariat.engagement.subscribing.actions import ask, unsubscribe
from secretariat.engagement.subscribing.models import CONFIRMED, Subscriber, every_topic
from secretariat.papers.wording import plain
from secretariat.plain.dates import LONDON
from secretariat.post.models import Delivery, Message
from secretariat.post.outbox import email
from secretariat.post.procedure import MESSAGE
from tests.engagement.factories import person

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 5)
AT = datetime(2020, 3, 5, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    settings.CLOCK = AT.isoformat()


def editor() -> Person:
    return Person.objects.filter(email__startswith="secretariatpar").first() or person(
        Role.SECRETARIAT, Team.PARTY_SUPPORT
    )


def second() -> Person:
    return person(Role.SECRETARIAT, Team.OPERATIONS)


def told(by: Person | None, at: datetime = AT) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


def begun(**more: Any) -> Newsletter:
    made = Newsletter(title="Newsletter of March", day=DAY, **more)
    return actions.begin(made, **told(editor()))


def written(newsletter: Newsletter, text: str, block: str = "governance", **more: Any) -> Passage:
    passage = Passage(newsletter=newsletter, block=block, text=text, **more)
    return actions.write(passage, **told(editor()))


def ready(**more: Any) -> Newsletter:
    made = begun(**more)
    written(made, "The Panel meets soon.")
    NEWSLETTER.take("approve", made, **told(second()))
    return made


def subscriber(address: str, *topics: str, **more: Any) -> Subscriber:
    made: Subscriber = Subscriber.objects.create(
        address=address, topics=list(topics) or every_topic(), state=CONFIRMED, confirmed_at=AT, **more
    )
    return made


def proposal(**more: Any) -> Proposal:
    known: dict[str, Any] = {"number": 79, "reference": "MP079", "title": "A title", "state": "refinement"}
    days = {"raised_on": date(2019, 1, 7), "converted_on": date(2019, 2, 4)}
    made: Proposal = Proposal.objects.create(**{**known, **days, **more})
    return made


def said(newsletter: Newsletter) -> str:
    """All words of the editors' first passage, as they print."""
    section = composed(newsletter, AT).document.sections[-1]
    return plain(section.blocks[-1].blocks[0].runs)  # type: ignore[union-attr]


def test_a_field_prints_the_record_and_changes_with_it() -> None:
    made, about = begun(), proposal()
    written(made, "See [[proposal:DP079|named]] by [[call:2020-04-01 12:30|x]], since [[last issue]].")
    assert said(made) == "See MP079 ‘A title’ by 12:30 on 1 April 2020, since 3 February 2020."
    Proposal.objects.filter(pk=about.pk).update(title="Another")
    assert "‘Another’" in said(made)


@pytest.mark.parametrize(
    "field",
    [
        "proposal:MP999",
        "nothing",
        "proposal:MP079",
        "proposal:MP078|sideways",
        "date:2020-02-30",
        "open_proposals@soon",
    ],
)
def test_a_field_that_names_nothing_public_stays_as_typed_and_must_be_mended(field: str) -> None:
    made = begun()
    proposal(classification=2)
    proposal(number=78, reference="MP078")
    written(made, f"See [[{field}]].")
    assert said(made) == f"See [[{field}]]."
    with pytest.raises(Refused, match="The check still finds something: mend it"):
        NEWSLETTER.take("approve", made, **told(second()))


def test_a_typed_figure_is_questioned_and_can_be_let_stand_with_a_reason() -> None:
    made = begun()
    written(made, "There are 50 proposals.")
    (found,) = checked(made, AT).findings
    assert (found.rule, found.serious) == ("typed-figure", False)
    with pytest.raises(Refused, match="Say why"):
        actions.accept(made, found.rule, found.words, " ", **told(editor()))
    actions.accept(made, found.rule, found.words, "It is round.", **told(editor()))
    assert checked(made, AT).findings == ()
    with pytest.raises(Refused, match="no longer finds"):
        actions.accept(made, found.rule, found.words, "Again.", **told(editor()))


def test_calls_are_held_against_the_day_on_which_it_is_to_be_sent() -> None:
    made = actions.begin(Newsletter(title="Later", day=date(2020, 3, 19)), **told(editor()))
    written(made, "Respond by [[call:2020-03-18 17:00|MP079]].")
    assert [one.rule for one in checked(made, AT).findings] == ["call-is-over"]


def test_what_must_be_mended_cannot_be_accepted() -> None:
    made = begun()
    written(made, "Respond by [[call:2020-03-01 17:00|MP079]].")
    found = next(one for one in checked(made, AT).findings if one.rule == "call-is-over")
    with pytest.raises(Refused, match="must be mended"):
        actions.accept(made, found.rule, found.words, "Let it.", **told(editor()))


def test_who_began_it_does_not_approve_it() -> None:
    made = begun()
    written(made, "The Panel meets soon.")
    with pytest.raises(Refused, match="for others"):
        NEWSLETTER.take("approve", made, **told(editor()))


def test_an_approved_newsletter_is_not_written_until_it_is_taken_back() -> None:
    made = ready()
    passage = made.passages.get()
    with pytest.raises(ValidationError, match="approved or sent"):
        actions.write(passage, {"text": "Other words."}, **told(editor()))
    with pytest.raises(Refused, match="while the newsletter is written"):
        actions.strike(passage, **told(editor()))
    NEWSLETTER.take("take_back", made, **told(editor()))
    passage.newsletter.refresh_from_db()
    actions.strike(passage, **told(editor()))
    assert not made.passages.exists()


def test_a_newsletter_is_not_sent_before_its_day_nor_to_nobody() -> None:
    made = ready()
    with pytest.raises(Refused, match="Its day has not come"):
        NEWSLETTER.take("send", made, **told(editor(), AT - timedelta(days=1)))
    with pytest.raises(Refused, match="Nobody would get it: nobody subscribes to what it tells"):
        NEWSLETTER.take("send", made, **told(editor()))


def test_a_call_that_closed_since_it_was_approved_holds_it_back() -> None:
    made = begun()
    written(made, "Respond by [[call:2020-03-09 17:00|MP079]].")
    NEWSLETTER.take("approve", made, **told(second()))
    subscriber("a@example.org")
    with pytest.raises(Refused, match="closed since it was approved"):
        NEWSLETTER.take("send", made, **told(editor(), AT + timedelta(days=5)))


def test_the_list_says_who_gets_what_and_why_and_who_does_not() -> None:
    made = ready(to_roles=["party contact"])
    subscriber("all@example.org")
    subscriber("events@example.org", "events")
    Subscriber.objects.create(address="asked@example.org", state="asked", asked_at=AT)
    contact, other = person(Role.PARTY_CONTACT), person(Role.PARTY_CONTACT, "none")
    unsubscribe(other, **told(None))
    member = person(Role.COMMITTEE_MEMBER, audience="SECP")
    found = {one.address: one for one in who_gets(made, composed(made, AT), AT)}
    assert found["all@example.org"].why == "Subscribed on Thu 5 Mar 2020"
    assert found["all@example.org"].told_topics == "everything"
    assert found["events@example.org"].left_out == "Nothing in this newsletter is about what they chose."
    assert found[contact.email].why == "Contact of a party"
    assert found[other.email].left_out == "They ended the newsletter."
    assert {"asked@example.org", member.email}.isdisjoint(found)


def test_a_stranger_who_asks_for_an_address_does_not_undo_that_it_was_ended() -> None:
    made = ready(to_roles=["party contact"])
    declined, ended = person(Role.PARTY_CONTACT), person(Role.PARTY_CONTACT, "two")
    unsubscribe(declined, **told(None))
    unsubscribe(subscriber(ended.email), **told(None))
    for contact in (declined, ended):
        ask(contact.email, every_topic(), "", "each", at=AT, recorded=AT)
    assert {one.left_out for one in who_gets(made, composed(made, AT), AT)} == {"They ended the newsletter."}


def test_two_grounds_make_one_mail() -> None:
    made = ready(to_roles=["party contact"])
    contact = person(Role.PARTY_CONTACT)
    subscriber(contact.email, person=contact)
    (one,) = who_gets(made, composed(made, AT), AT)
    assert one.why == "Subscribed on Thu 5 Mar 2020; Contact of a party"


def test_an_address_that_bounced_is_left_out_and_the_list_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ready()
    subscriber("gone@example.org")
    reason = "It takes no mail."
    monkeypatch.setattr("secretariat.engagement.newsletter.readers.suppressed", lambda *_: {"gone@example.org": reason})
    assert [one.left_out for one in who_gets(made, composed(made, AT), AT)] == [reason]


def test_a_monthly_reader_gets_the_first_of_the_month_only() -> None:
    monthly = subscriber("monthly@example.org", often="monthly")
    first = Newsletter.objects.create(title="First", day=date(2020, 3, 3), state="sent")
    made = ready()
    assert [one.left_out for one in who_gets(made, composed(made, AT), AT)] == [""]
    Recipient.objects.create(newsletter=first, subscriber=monthly, why="Subscribed")
    assert "this month's first" in who_gets(made, composed(made, AT), AT)[0].left_out


def test_sending_freezes_what_it_says_and_queues_each_reader_once() -> None:
    about, made = proposal(), begun()
    written(made, "See [[proposal:MP079|title]].")
    NEWSLETTER.take("approve", made, **told(second()))
    subscriber("a@example.org")
    subscriber("b@example.org", "events")
    NEWSLETTER.take("send", made, **told(editor()))
    Proposal.objects.filter(pk=about.pk).update(title="Another")
    assert Message.objects.get().address == "a@example.org"
    assert list(made.recipients.values_list("left_out", flat=True)) == [
        "", "Nothing in this newsletter is about what they chose."
    ]  # fmt: skip
    letter = email(Message.objects.get(), AT)
    assert "See A title" in letter.body
    with pytest.raises(Refused, match="not possible here"):
        NEWSLETTER.take("send", made, **told(editor()))


def test_each_mail_ends_with_one_click_and_stores_no_link() -> None:
    made = ready()
    row = subscriber("a@example.org")
    NEWSLETTER.take("send", made, **told(editor()))
    message = Message.objects.get()
    letter = email(message, AT)
    where = str(letter.extra_headers["List-Unsubscribe"]).strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert where in letter.body
    assert where in str(letter.alternatives[0][0])
    assert "unsubscribe" not in message.body + message.html + str(message.headers)
    client = Client(enforce_csrf_checks=True)
    assert (
        client.post(where.removeprefix("http://localhost:8000"), {"List-Unsubscribe": "One-Click"}).status_code == 200
    )
    row.refresh_from_db()
    message.refresh_from_db()
    assert (row.state, message.state) == ("ended", Delivery.WITHHELD)


def test_a_paragraph_for_some_readers_reaches_them_alone() -> None:
    made = begun()
    written(made, "For all.")
    written(made, "For networks.", readers=["network"], position=2)
    NEWSLETTER.take("approve", made, **told(second()))
    subscriber("n@example.org", reads_as="network")
    subscriber("s@example.org", reads_as="supplier")
    NEWSLETTER.take("send", made, **told(editor()))
    bodies = {one.address: str(email(one, AT).body) for one in Message.objects.all()}
    assert "For networks." in bodies["n@example.org"]
    assert "For networks." not in bodies["s@example.org"]


def test_a_draft_is_the_secretariats_alone_and_a_sent_one_is_everybodys(client: Client) -> None:
    made = ready()
    address = made.get_absolute_url()
    assert client.get(address).status_code == 404
    subscriber("a@example.org")
    NEWSLETTER.take("send", made, **told(editor()))
    page = client.get(address).content.decode()
    assert "The Panel meets soon." in page
    assert "a@example.org" not in page
    assert client.get(reverse("newsletter-readers", args=[DAY.isoformat()])).status_code == 302


def test_an_editor_writes_and_looks_at_an_edition_in_the_browser(client: Client) -> None:
    made = begun()
    client.force_login(editor())
    where = reverse("newsletter-passage-new", args=[DAY.isoformat()])
    typed = {"block": "governance", "position": 1, "heading": "H", "text": "Words."}
    assert client.post(where, {**typed, "text": ""}).status_code == 422
    assert client.post(where, typed).status_code == 302
    own = reverse("newsletter-passage", args=[DAY.isoformat(), made.passages.get().pk])
    client.post(own, {**typed, "text": "Other words."})
    assert b"Other words." in client.get(made.get_absolute_url()).content
    assert (b"Take it out" in client.get(where).content, b"Take it out" in client.get(own).content) == (False, True)
    preview = reverse("newsletter-preview", args=[DAY.isoformat()])
    assert b"Other words." in client.get(preview).content
    mail = client.get(preview.rstrip("/") + ".eml")
    assert (mail["Content-Type"], b"multipart/alternative" in mail.content) == ("message/rfc822", True)
    assert b"Other words." not in client.get(f"{preview}?topics=events").content
    shown = client.get(preview.rstrip("/") + ".html?topics=governance")
    client.post(own, {**typed, "strike": "1"})
    assert not made.passages.exists()
    assert (b"Other words." in shown.content, "sandbox" in shown["Content-Security-Policy"]) == (True, True)


def test_the_list_of_who_was_sent_it_begins_with_what_is_uncertain(client: Client) -> None:
    made = ready()
    for name in "ab":
        subscriber(f"{name}@example.org")
    NEWSLETTER.take("send", made, **told(editor()))
    second_ = Message.objects.get(address="b@example.org")
    MESSAGE.take("begin", second_, **told(None))
    MESSAGE.take("lose", second_, **told(None), words="The process ended.")
    client.force_login(editor())
    page = client.get(reverse("newsletter-readers", args=[DAY.isoformat()])).content.decode()
    assert page.index("b@example.org") < page.index("a@example.org")
    assert "Uncertain: 1" in page
    assert b"1 queued, 1 uncertain" in client.get(made.get_absolute_url()).content


def test_people_cannot_be_written_to_in_a_role_that_is_not_offered() -> None:
    with pytest.raises(ValidationError, match="roles that are offered"):
        Newsletter(title="X", day=DAY, to_roles=["authority"]).clean()


def test_a_capacity_that_has_ended_makes_nobody_a_reader() -> None:
    made = ready(to_roles=["party contact"])
    contact = person(Role.PARTY_CONTACT)
    Capacity.objects.filter(person=contact).update(to_day=date(2020, 3, 1))
    assert who_gets(made, composed(made, AT), AT) == []
