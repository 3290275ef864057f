"""Subscribing: nobody is written to before the address confirmed, and one click ends it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.engagement.subscribing import actions, links
from secretariat.engagement.subscribing.models import CONFIRMED, ENDED, ERASED, LAPSED, Subscriber, every_topic
from secretariat.engagement.subscribing.procedure import SUBSCRIBER
from secretariat.plain.dates import LONDON
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import email
from tests.engagement.factories import person

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 5, 12, tzinfo=LONDON)
CHOSEN = {"topics": ["change", "events"], "reads_as": "network", "often": "monthly"}
ADDRESS = "Reader@example.org"


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    settings.CLOCK = AT.isoformat()
    cache.clear()


def told(at: datetime = AT) -> dict[str, Any]:
    return {"by": None, "at": at, "recorded": at}


def asked(at: datetime = AT) -> Subscriber:
    return actions.ask(ADDRESS, **CHOSEN, at=at, recorded=at)  # type: ignore[arg-type]


def confirmed() -> Subscriber:
    row = asked()
    actions.confirm(row, **told())
    return row


def written(message: Message) -> str:
    return str(email(message, AT).body)


def path(link: str) -> str:
    return link.removeprefix("http://localhost:8000").removeprefix("http://testserver")


def test_an_address_is_asked_to_confirm_by_a_link_that_is_stored_nowhere() -> None:
    row = asked()
    message = Message.objects.get()
    assert (row.state, row.address, message.address) == ("asked", "reader@example.org", "reader@example.org")
    key = links.confirm_link(row)
    assert key in written(message)
    assert key not in message.body
    assert "reader@example.org" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_the_page_says_the_same_whether_the_address_is_known_or_not(client: Client) -> None:
    confirmed()
    Message.objects.all().delete()
    said = []
    for address in (ADDRESS, "new@example.org", "new@example.org"):
        answer = client.post(reverse("newsletter-subscribe"), {"address": address, **CHOSEN}, follow=True)
        said.append(re.search(r"If the address is right[^<]*", answer.content.decode())[0])  # type: ignore[index]
    assert len(set(said)) == 1
    assert sorted(Message.objects.values_list("notice", "address")) == [
        ("subscriber.confirm", "new@example.org"),
        ("subscriber.known", "reader@example.org"),
    ]


def test_nobody_is_mailed_twice_in_a_short_time() -> None:
    asked()
    with pytest.raises(Refused, match="A mail to confirm went to this address a short time ago"):
        asked(AT + timedelta(minutes=59))
    again = asked(AT + timedelta(hours=1))
    assert again.asked_times == 2


def test_opening_the_link_changes_nothing_and_the_button_confirms(client: Client) -> None:
    row = asked()
    where = path(links.confirm_link(row))
    assert client.get(where).status_code == 200
    row.refresh_from_db()
    assert row.state == "asked"
    answer = client.post(where)
    row.refresh_from_db()
    assert (row.state, answer["Cache-Control"]) == (CONFIRMED, "no-store")


def test_a_link_of_an_earlier_request_and_a_made_up_one_open_nothing(client: Client) -> None:
    row = asked()
    old = path(links.confirm_link(row))
    asked(AT + timedelta(hours=2))
    assert client.post(old).status_code == 404
    assert client.post(reverse("newsletter-confirm", args=[f"{row.pk}-2:forged"])).status_code == 404
    assert client.post(reverse("newsletter-unsubscribe", args=["s1:forged"])).status_code == 404


def test_a_link_to_confirm_is_of_no_use_once_it_was_ended(client: Client) -> None:
    row = confirmed()
    used = path(links.confirm_link(row))
    assert client.post(used).status_code == 200
    actions.unsubscribe(row, **told())
    assert client.post(used).status_code == 404
    row.refresh_from_db()
    assert row.state == ENDED


def test_an_address_in_other_letters_is_the_same_reader() -> None:
    first = confirmed()
    again = actions.ask(ADDRESS.upper(), **CHOSEN, at=AT, recorded=AT)  # type: ignore[arg-type]
    assert (again.pk, Subscriber.objects.count()) == (first.pk, 1)


def test_an_account_that_wanted_none_and_asks_by_its_address_stays_one_reader(client: Client) -> None:
    contact = person(Role.PARTY_CONTACT)
    actions.unsubscribe(contact, **told())
    row = actions.ask(contact.email.upper(), every_topic(), "", "each", at=AT, recorded=AT)
    assert (row.person, Message.objects.get().address) == (contact, contact.email)
    assert client.post(path(links.confirm_link(row))).status_code == 200
    client.force_login(contact)
    assert client.post(reverse("newsletter-subscribe"), CHOSEN).status_code == 302
    assert list(Subscriber.objects.values_list("state", "person")) == [(CONFIRMED, contact.pk)]


def test_an_account_ends_what_its_address_asked_for() -> None:
    contact = person(Role.PARTY_CONTACT)
    row = actions.ask(contact.email, every_topic(), "", "each", at=AT, recorded=AT)
    actions.confirm(row, **told())
    actions.unsubscribe(contact, **told())
    assert list(Subscriber.objects.values_list("state", "person")) == [(ENDED, contact.pk)]


def test_a_link_to_confirm_runs_out() -> None:
    row = asked()
    late = AT + timedelta(days=8)
    with pytest.raises(Refused, match="The link to confirm has run out"):
        SUBSCRIBER.take("confirm", row, **told(late))
    with pytest.raises(Refused, match="The address still has time to confirm"):
        SUBSCRIBER.take("lapse", row, **told(AT + timedelta(days=7)))


def test_time_forgets_an_address_that_never_confirmed() -> None:
    row = asked()
    take_due(AT + timedelta(days=8), AT + timedelta(days=8))
    row.refresh_from_db()
    assert (row.state, row.address) == (LAPSED, "reader@example.org")
    with pytest.raises(Refused, match="The address is kept for some days after it ended"):
        SUBSCRIBER.take("erase", row, **told(AT + timedelta(days=9)))
    take_due(AT + timedelta(days=39), AT + timedelta(days=39))
    row.refresh_from_db()
    assert (row.state, row.address) == (ERASED, None)


def test_a_mail_program_ends_it_with_one_click_without_a_session(client: Client) -> None:
    row = confirmed()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path(links.unsubscribe_link(row)), {"List-Unsubscribe": "One-Click"})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (200, ENDED)
    assert not answer.cookies
    assert strict.post(path(links.unsubscribe_link(row))).status_code == 200


def test_opening_the_unsubscribe_page_ends_nothing(client: Client) -> None:
    row = confirmed()
    assert b"Unsubscribe" in client.get(path(links.unsubscribe_link(row))).content
    row.refresh_from_db()
    assert row.state == CONFIRMED


def test_a_reader_chooses_by_the_link_and_what_was_typed_is_kept(client: Client) -> None:
    row = confirmed()
    where = path(links.choices_link(row))
    assert client.post(where, {"topics": [], "often": "each"}).status_code == 422
    assert client.post(where, {"topics": ["dates"], "often": "each"}).status_code == 302
    row.refresh_from_db()
    assert (row.topics, row.often, row.reads_as) == (["dates"], "each", "")


def test_a_link_of_a_reader_who_ended_it_chooses_nothing(client: Client) -> None:
    row = confirmed()
    actions.unsubscribe(row, **told())
    answer = client.post(path(links.choices_link(row)), {"topics": ["dates"], "often": "each"})
    assert (answer.status_code, b"Subscribe again" in answer.content) == (422, True)


def test_an_account_joins_with_its_own_address_and_no_second_mail(client: Client) -> None:
    contact = person(Role.PARTY_CONTACT)
    client.force_login(contact)
    assert client.post(reverse("newsletter-subscribe"), CHOSEN).status_code == 302
    row = Subscriber.objects.get()
    assert (row.state, row.address, row.person) == (CONFIRMED, contact.email, contact)
    assert not Message.objects.exists()


def test_an_account_takes_over_the_row_of_its_address() -> None:
    contact = person(Role.PARTY_CONTACT)
    row = actions.ask(contact.email, every_topic(), "", "each", at=AT, recorded=AT)
    joined = actions.join(contact, ["dates"], "", "each", by=contact, at=AT, recorded=AT)
    assert (joined.pk, joined.state, joined.topics) == (row.pk, CONFIRMED, ["dates"])


def test_a_person_written_to_in_a_capacity_can_want_none() -> None:
    contact = person(Role.PARTY_CONTACT)
    actions.unsubscribe(contact, **told())
    row = Subscriber.objects.get(person=contact)
    assert (row.state, row.address) == (ENDED, None)
    actions.unsubscribe(contact, **told())
    assert Subscriber.objects.count() == 1


def test_what_an_address_ended_holds_for_the_account_with_it_for_good() -> None:
    contact = person(Role.PARTY_CONTACT)
    row = actions.ask(contact.email, every_topic(), "", "each", at=AT, recorded=AT)
    actions.unsubscribe(row, **told())
    take_due(AT + timedelta(days=40), AT + timedelta(days=40))
    row.refresh_from_db()
    assert (row.state, row.person) == (ENDED, contact)


def test_only_the_account_itself_joins() -> None:
    contact, other = person(Role.PARTY_CONTACT), person(Role.SECRETARIAT)
    with pytest.raises(Refused, match="for others"):
        SUBSCRIBER.take("join", Subscriber(person=contact), by=other, at=AT, recorded=AT)


def test_too_many_requests_from_one_place_are_refused_and_kept(client: Client, settings: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, "applications": "1/h"}
    for status in (302, 429):
        answer = client.post(reverse("newsletter-subscribe"), {"address": f"{status}@example.org", **CHOSEN})
        assert answer.status_code == status
    assert b"429@example.org" in answer.content
    assert Person.objects.count() == 0
