"""Feeds: well formed, stable, harmless, and as private as their reader."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, datetime
from typing import Any

import icalendar
import pytest
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.lists import ListPage
from secretariat.core.people import Person, Role
from secretariat.plain.dates import LONDON
from secretariat.post import feed_keys
from secretariat.post.drafts import Draft, queue
from secretariat.post.models import FeedKey
from tests.post.factories import AT, contact, holiday, person, secretary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = '=cmd()|<script>alert("1")</script> ]]> & \x07\nBEGIN:VEVENT\nX;Y,Z'


@pytest.fixture
def fixed_clock(settings: Any) -> None:
    settings.CLOCK = AT.isoformat()


def atom(client: Client, query: str = "") -> ET.Element:
    response = client.get(f"/extra-days.atom{query}")
    assert response.status_code == 200
    return ET.fromstring(response.content)


def ics(client: Client, path: str = "/extra-days.ics") -> icalendar.Calendar:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = icalendar.Calendar.from_ical(response.content)
    assert isinstance(found, icalendar.Calendar)
    return found


@pytest.mark.usefixtures("holiday_list")
def test_atom_is_well_formed_with_stable_ids_and_links(client: Client) -> None:
    first = holiday(date(2020, 5, 8), "One", Class.WHITE)
    holiday(date(2020, 6, 8), "Two", Class.WHITE)
    feed = atom(client)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == ["Two · Mon 8 Jun 2020", "One · Fri 8 May 2020"]
    entry = feed.findall(f"{ATOM}entry")[1]
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://localhost:8000/extra-days/{first.pk}/"
    for parent in (feed, entry):
        assert str(parent.findtext(f"{ATOM}id")).startswith("urn:uuid:")
        assert parent.findtext(f"{ATOM}updated")
    assert ET.tostring(feed) == ET.tostring(atom(client))


@pytest.mark.usefixtures("holiday_list")
def test_markup_and_control_characters_are_harmless_in_both_feeds(client: Client) -> None:
    holiday(date(2020, 5, 8), NASTY, Class.WHITE)
    entries = atom(client).findall(f"{ATOM}entry")
    assert len(entries) == 1
    assert "<script>" in str(entries[0].findtext(f"{ATOM}title"))
    assert b"<script>" not in client.get("/extra-days.atom").content
    assert len(ics(client).walk("VEVENT")) == 1


@pytest.mark.usefixtures("holiday_list")
def test_a_date_is_an_all_day_event_with_a_stable_uid(client: Client) -> None:
    made = holiday(date(2020, 5, 8), "One", Class.WHITE)
    book = ics(client)
    event = book.walk("VEVENT")[0]
    assert event.decoded("dtstart") == date(2020, 5, 8)
    assert event["uid"] == f"core.proclaimedholiday-{made.pk}@localhost"
    assert event.decoded("dtstamp") == AT
    assert event["url"] == f"http://localhost:8000/extra-days/{made.pk}/"
    assert str(event["summary"]).startswith("One")
    assert [zone["tzid"] for zone in book.walk("VTIMEZONE")] == ["Europe/London"]
    assert client.get("/extra-days.ics").content == client.get("/extra-days.ics").content


def test_an_instant_stands_on_the_london_clock(client: Client) -> None:
    staff = secretary()
    summer = datetime(2020, 7, 1, 17, 0, tzinfo=LONDON)
    queue([Draft("k", staff, "Subject", "b", "test")], summer, summer)
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    response = client.get("/messages.ics")
    assert b"DTSTART;TZID=Europe/London:20200701T170000" in response.content


@pytest.mark.usefixtures("holiday_list")
def test_feeds_follow_the_filters(client: Client) -> None:
    holiday(date(2020, 5, 8), "One", Class.WHITE)
    holiday(date(2020, 6, 8), "Two", Class.WHITE)
    assert len(atom(client, "?name=two").findall(f"{ATOM}entry")) == 1
    assert "Containing" not in client.get("/extra-days.atom").content.decode()
    assert "containing two" in str(atom(client, "?name=two").findtext(f"{ATOM}title"))


@pytest.mark.usefixtures("holiday_list")
def test_the_public_feed_holds_only_what_the_public_reads(client: Client) -> None:
    holiday(date(2020, 5, 8), "Secret", Class.GREEN)
    assert atom(client).findall(f"{ATOM}entry") == []


def key_of(who: Person) -> str:
    return feed_keys.issue(who, at=AT, recorded=AT)


@pytest.mark.usefixtures("holiday_list")
def test_a_private_feed_shows_only_what_its_holder_may_read(client: Client) -> None:
    holiday(date(2020, 5, 8), "Public", Class.WHITE)
    holiday(date(2020, 6, 8), "For parties", Class.GREEN)
    holiday(date(2020, 7, 8), "For the administration", Class.AMBER)
    counts = {
        who.name: len(ics(client, f"/feeds/{key_of(who)}/extra-days.ics").walk("VEVENT"))
        for who in (contact(), secretary(), person("Nobody"))
    }
    assert counts == {"Contact": 2, "Secretary": 3, "Nobody": 1}
    assert client.get("/").wsgi_request.user.is_anonymous


@pytest.mark.usefixtures("holiday_list")
def test_a_private_feed_takes_the_filters_of_its_list(client: Client) -> None:
    holiday(date(2020, 5, 8), "One")
    holiday(date(2020, 6, 8), "Two")
    token = key_of(contact())
    assert len(ics(client, f"/feeds/{token}/extra-days.ics?name=one").walk("VEVENT")) == 1
    assert client.get(f"/feeds/{token}/extra-days.ics?source=Nowhere").status_code == 422
    assert client.get(f"/feeds/{token}/extra-days.atom").status_code == 200
    assert client.get(f"/feeds/{token}/extra-days.csv").status_code == 404
    assert client.get(f"/feeds/{token}/no-such-list.ics").status_code == 404


@pytest.mark.usefixtures("holiday_list")
def test_a_revoked_replaced_or_forged_key_opens_nothing(client: Client) -> None:
    who = contact()
    first = key_of(who)
    second = key_of(who)
    assert client.get(f"/feeds/{first}/extra-days.ics").status_code == 404
    assert client.get(f"/feeds/{second}/extra-days.ics").status_code == 200
    assert client.get(f"/feeds/{second}x/extra-days.ics").status_code == 404
    assert client.get("/feeds/forged/extra-days.ics").status_code == 404
    feed_keys.revoke(who, at=AT, recorded=AT)
    assert client.get(f"/feeds/{second}/extra-days.ics").status_code == 404
    assert not FeedKey.objects.filter(revoked=None).exists()


@pytest.mark.usefixtures("holiday_list")
def test_the_key_of_somebody_who_left_opens_nothing(client: Client) -> None:
    who = contact()
    token = key_of(who)
    Person.objects.update(is_active=False)
    assert client.get(f"/feeds/{token}/extra-days.ics").status_code == 404


def test_a_key_opens_no_list_that_is_for_others(client: Client) -> None:
    assert client.get(f"/feeds/{key_of(contact())}/messages.ics").status_code == 404
    staff = person("Staff", Role.SECRETARIAT)
    assert client.get(f"/feeds/{key_of(staff)}/messages.ics").status_code == 200


def test_only_the_hash_of_a_key_is_kept() -> None:
    token = key_of(contact())
    assert token.split(".")[0] not in str(FeedKey.objects.values())


def test_a_feed_takes_the_same_number_of_queries_however_many_rows(
    client: Client, holiday_list: type[ListPage], django_assert_max_num_queries: Any
) -> None:
    for day in range(1, 21):
        holiday(date(2020, 6, day), f"Day {day}", Class.WHITE)
    with django_assert_max_num_queries(3):
        assert len(atom(client).findall(f"{ATOM}entry")) == 20
