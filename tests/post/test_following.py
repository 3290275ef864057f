"""Following a list, its weekly digest, and the page of one's own subscriptions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from secretariat.core import journal
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import Class
from secretariat.core.people import Capacity, Person
from secretariat.core.procedure import Refused
from secretariat.post import outbox
from secretariat.post.following import end, follow, send_digests
from secretariat.post.models import FeedKey, Message, Subscription
from tests.post.conftest import Sink
from tests.post.factories import AT, contact, holiday, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holiday_list")]
WEEK = AT + timedelta(days=7)


def followed(who: Person, query: str = "", name: str = "") -> Subscription:
    return follow("extra days", query, name, person=who, at=AT, recorded=AT)


def test_a_list_is_followed_as_filtered_and_named_by_its_filters() -> None:
    row = followed(contact(), "?page=3&sort=-name&name=May&unknown=1")
    assert (row.query, row.name) == ("name=May", "Extra days: containing May")
    assert row.get_absolute_url() == "/extra-days/?name=May"


def test_the_same_list_is_followed_once_at_a_time() -> None:
    who = contact()
    row = followed(who)
    with pytest.raises(Refused, match="already"):
        followed(who)
    end(row, by=who, at=AT, recorded=AT)
    followed(who)
    assert Subscription.objects.filter(to_day=None).count() == 1


def test_a_list_for_others_or_with_wrong_filters_is_not_followed() -> None:
    who = contact()
    with pytest.raises(Refused, match="no such list"):
        follow("messages", "", "", person=who, at=AT, recorded=AT)
    with pytest.raises(Refused, match="no such list"):
        follow("nonsense", "", "", person=who, at=AT, recorded=AT)
    with pytest.raises(Refused, match="not as it takes them"):
        followed(who, "source=Nowhere")


def test_once_a_week_a_follower_hears_what_is_new_and_may_be_read(sink: Sink) -> None:
    who = contact()
    holiday(date(2020, 4, 1), "Old May")
    followed(who, "name=May")
    holiday(date(2020, 5, 1), "New May")
    holiday(date(2020, 5, 2), "New June")
    holiday(date(2020, 5, 3), "Amber May", Class.AMBER)
    assert send_digests(AT + timedelta(days=6), AT) == 0
    assert send_digests(WEEK, WEEK) == 1
    assert send_digests(WEEK, WEEK) == 0
    outbox.drain(WEEK)
    text = sink.received[0].get_content()
    assert "New May" in text
    assert not [other for other in ("Old May", "New June", "Amber May") if other in text]
    assert sink.received[0]["List-Unsubscribe"] == "<http://localhost:8000/subscriptions/>"
    assert sink.received[0]["Subject"] == "New in the lists you follow: 1"


def test_several_lists_make_one_message() -> None:
    who = contact()
    followed(who)
    followed(who, "name=May")
    holiday(date(2020, 5, 1), "May")
    assert send_digests(WEEK, WEEK) == 1
    assert Message.objects.get().body.count("* May") == 2


def test_what_was_imported_or_only_amended_is_not_news() -> None:
    old = holiday(date(2020, 4, 1), "Old")
    followed(contact())
    row = ProclaimedHoliday(day=date(2020, 5, 5), name="Imported", source="x", recorded=AT)
    journal.enter_all([row], by=None, at=AT, recorded=AT)
    journal.amend(old, {"source": "Amended"}, by=None, at=AT, recorded=AT)
    assert send_digests(WEEK, WEEK) == 0


def test_an_ended_subscription_sends_nothing() -> None:
    who = contact()
    end(followed(who), by=who, at=AT, recorded=AT)
    holiday()
    assert send_digests(WEEK, WEEK) == 0


def test_a_digest_is_withheld_when_its_reader_lost_clearance_before_it_went(sink: Sink) -> None:
    who = contact()
    followed(who)
    holiday()
    send_digests(WEEK, WEEK)
    Capacity.objects.filter(person=who).update(to_day=date(2020, 2, 17))
    outbox.drain(WEEK)
    assert sink.received == []
    assert Message.objects.get().state == "withheld"


def test_a_digest_names_fifty_rows_and_counts_the_rest() -> None:
    followed(contact())
    for number in range(53):
        holiday(date(2020, 5, 1) + timedelta(days=number), f"Day {number}")
    send_digests(WEEK, WEEK)
    assert "and 3 more" in Message.objects.get().body


def signed_in(client: Client, who: Person) -> Client:
    client.force_login(who, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_person_follows_and_ends_from_their_own_page(client: Client) -> None:
    signed_in(client, contact())
    assert client.post("/subscriptions/follow/", {"plural": "extra days", "query": "name=x"}).status_code == 302
    assert "containing x" in client.get("/subscriptions/").content.decode()
    refused = client.post("/subscriptions/follow/", {"plural": "extra days", "query": "name=x"})
    assert refused.status_code == 422
    assert "already" in refused.content.decode()
    row = Subscription.objects.get()
    assert client.post(f"/subscriptions/{row.pk}/end/").status_code == 302
    assert "containing x" not in client.get("/subscriptions/").content.decode()


def test_nobody_ends_another_persons_subscription(client: Client) -> None:
    row = followed(contact())
    assert signed_in(client, person("Other")).post(f"/subscriptions/{row.pk}/end/").status_code == 404
    row.refresh_from_db()
    assert row.to_day is None


def test_the_private_address_is_shown_once(client: Client) -> None:
    signed_in(client, contact())
    client.post("/subscriptions/follow/", {"plural": "extra days"})
    made = client.post("/subscriptions/key/", {"do": "make"})
    assert made["Cache-Control"] == "no-store"
    assert "/extra-days.ics" in made.content.decode()
    assert "/feeds/" not in client.get("/subscriptions/").content.decode()
    client.post("/subscriptions/key/", {"do": "revoke"})
    assert not FeedKey.objects.filter(revoked=None).exists()


@pytest.mark.parametrize("path", ["", "follow/", "key/", "1/end/"])
def test_subscriptions_are_for_those_who_are_signed_in(client: Client, path: str) -> None:
    for answer in (client.get(f"/subscriptions/{path}"), client.post(f"/subscriptions/{path}")):
        assert answer.status_code == 302
        assert "login" in answer["Location"]


@pytest.mark.parametrize("path", ["follow/", "key/", "1/end/"])
def test_the_addresses_of_the_buttons_lead_back_to_the_page(client: Client, path: str) -> None:
    answer: Any = signed_in(client, contact()).get(f"/subscriptions/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/subscriptions/")
