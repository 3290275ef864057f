"""The calendar: as a page for a month, and as files that two independent parsers read at the right hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest
import vobject
from django.test import Client

from secretariat.change.sessions.models import Session
from secretariat.core.people import Person
from secretariat.meetings.attending.actions import Guest, invite
from secretariat.meetings.calendar import grid, weeks_around
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from secretariat.plain.months import Month
from secretariat.post import feed_keys
from tests.meetings.factories import body, clerk, listed, member, planned, told
from tests.register.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

HOURS = {
    "2020-03-27": datetime(2020, 3, 27, 10, tzinfo=UTC),
    "2020-03-30": datetime(2020, 3, 30, 9, tzinfo=UTC),
    "2020-10-23": datetime(2020, 10, 23, 9, tzinfo=UTC),
    "2020-10-26": datetime(2020, 10, 26, 10, tzinfo=UTC),
}
"""Ten o'clock in London before and after the clocks change, in March and in October."""


@pytest.fixture
def fixed_clock(settings: Any) -> None:
    settings.CLOCK = NOON.isoformat()


def by_icalendar(content: bytes) -> dict[str, tuple[datetime, datetime]]:
    """The hours of each event by its own zone's rules, not by what the machine knows of London."""
    book = icalendar.Calendar.from_ical(content)
    timezone: Any = book.walk("VTIMEZONE")[0]
    zone = timezone.to_tz(lookup_tzid=False)
    return {
        str(event["uid"]): tuple(
            event.decoded(name).replace(tzinfo=zone).astimezone(UTC) for name in ("dtstart", "dtend")
        )
        for event in book.walk("VEVENT")
    }


def by_vobject(content: bytes) -> dict[str, tuple[datetime, datetime]]:
    """The same by another parser."""
    book = vobject.readOne(content.decode())
    return {
        event.uid.value: (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for event in book.vevent_list
    }


def feed_of(person: Person, query: str = "") -> str:
    key = feed_keys.issue(person, at=NOON, recorded=NOON)
    return f"/feeds/{key}/meetings.ics{query}"


def test_two_parsers_read_the_same_hours_on_both_sides_of_each_change_of_the_clock(client: Client) -> None:
    made = {day: planned("SECP", day, starts=time(10), ends=time(12, 30)) for day in HOURS}
    content = client.get(f"/meetings.ics?committee={body('SECP').pk}").content
    expected = {
        f"meetings.meeting-{made[day].pk}@localhost": (start, start.replace(hour=start.hour + 2, minute=30))
        for day, start in HOURS.items()
    }
    assert by_icalendar(content) == expected
    assert by_vobject(content) == expected
    assert content.count(b"DTSTART;TZID=Europe/London:2020") == len(HOURS)


def test_both_parsers_find_nothing_wrong_with_the_file(client: Client) -> None:
    planned("SECP", "2020-03-13", 78, starts=time(10), ends=time(12), note="Words; with, a \\ and “quotes”")
    planned("TAG", "2020-03-12")
    content = client.get("/meetings.ics").content
    book = icalendar.Calendar.from_ical(content)
    assert [error for event in book.walk() for error in event.errors] == []
    vobject.readOne(content.decode()).validate(raiseException=True)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_a_meeting_without_an_hour_is_all_day(client: Client) -> None:
    planned("TAG", "2020-03-12")
    (event,) = icalendar.Calendar.from_ical(client.get("/meetings.ics").content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2020, 3, 12)
    assert "dtend" not in event


def test_a_moved_and_a_cancelled_meeting_keep_their_uid_and_count_up(client: Client) -> None:
    meeting = planned("SECP", "2020-03-13", 78, starts=time(10), ends=time(12))
    first = _only(client)
    MEETINGS.take("move", meeting, day="2020-03-20", reason="The Chair is away", **told())
    moved = _only(client)
    MEETINGS.take("cancel", meeting, reason="No business", **told())
    off = _only(client)
    assert first["uid"] == moved["uid"] == off["uid"]
    assert [int(one.get("sequence", 0)) for one in (first, moved, off)] == [0, 1, 2]
    assert moved.decoded("dtstart").date() == date(2020, 3, 20)
    assert ("status" in moved, str(off["status"])) == (False, "CANCELLED")
    assert str(off["summary"]) == "Cancelled: SEC Panel SECP_78_2003"


def _only(client: Client) -> Any:
    (event,) = icalendar.Calendar.from_ical(client.get("/meetings.ics").content).walk("VEVENT")
    return event


def test_a_body_has_a_calendar_of_its_own(client: Client) -> None:
    planned("SECP", "2020-03-13", 78, starts=time(10))
    planned("SSC", "2020-03-11", 96)
    content = client.get(f"/meetings.ics?committee={body('SSC').pk}").content
    assert b"SSC_96_1103" in content
    assert b"SECP_78" not in content


def test_a_persons_calendar_holds_their_bodies_and_invitations_with_the_place_and_ends_with_the_key(
    client: Client,
) -> None:
    who = member("SECP", "Mae Lane")
    panel = planned("SECP", "2020-03-27", 79, starts=time(10))
    planned("SSC", "2020-03-11", 96)
    invite(panel, [Guest(who, "guest")], place="Room 4, invented House", call="dial 0000", **told())
    listed(planned("TAG", "2020-03-26", 90), who, "guest")
    address = feed_of(who, "?mine=yes")
    content = client.get(address).content
    assert b"SECP_79" in content
    assert b"TAG_90" in content
    assert b"SSC_96" not in content
    assert b"LOCATION:Room 4\\, invented House" in content
    assert b"dial 0000" not in content
    feed_keys.revoke(who, at=NOON, recorded=NOON)
    assert client.get(address).status_code == 404


def test_the_place_is_in_nobody_elses_calendar(client: Client) -> None:
    invited, other = member("SECP", "Mae Lane"), member("SECP", "Ash Wood")
    panel = planned("SECP", "2020-03-27", 79, starts=time(10))
    before = client.get("/meetings.ics").content
    invite(panel, [Guest(invited, "guest")], place="Room 4", **told())
    assert b"Room 4" in client.get(feed_of(invited)).content
    assert b"Room 4" not in client.get(feed_of(other)).content
    after = client.get("/meetings.ics").content
    assert b"Room 4" not in after
    assert _events(before) == _events(after)
    invite(panel, [], place="Another room, with a longer name", **told())
    assert client.get("/meetings.ics").content == after


def _events(content: bytes) -> list[bytes]:
    """The lines of a calendar that say nothing of when a record changed last."""
    return [line for line in content.split(b"\r\n") if not line.startswith(b"LAST-MODIFIED")]


def test_mine_is_nobodys_for_who_is_not_signed_in(client: Client) -> None:
    planned("SECP", "2020-03-13", 78)
    assert b"SECP_78" not in client.get("/meetings.csv?mine=yes").content
    assert b"SECP_78" not in client.get("/calendar/?mine=yes").content


def test_the_grid_holds_whole_weeks_from_monday_with_bank_holidays_named() -> None:
    assert weeks_around(Month(2020, 5)) == (date(2020, 4, 27), date(2020, 5, 31))
    weeks = grid(Month(2020, 5), [], date(2020, 5, 6))
    assert [len(week) for week in weeks] == [7] * 5
    assert [square.day.weekday() for square in weeks[0]] == list(range(7))
    named = {square.day: square.holiday for week in weeks for square in week if square.holiday}
    assert set(named) == {date(2020, 5, 8), date(2020, 5, 25)}
    assert [square.day for week in weeks for square in week if square.is_today] == [date(2020, 5, 6)]
    assert not weeks[0][0].is_of_month


def test_the_page_shows_the_meetings_of_all_bodies_and_the_sessions_of_working_groups(client: Client) -> None:
    planned("SECP", "2020-03-13", 78, starts=time(10), ends=time(12))
    planned("SSC", "2020-04-01", 97)
    Session.objects.create(group="Monthly group", day=date(2020, 3, 2), begins=time(14), state="planned")
    page = client.get("/calendar/").content.decode()
    assert "March 2020" in page
    assert "10:00 to 12:00" in page
    assert "SECP_78_1303" in page
    assert "Monthly group" in page
    assert page.count("SSC_97") == 0
    april = client.get("/calendar/?month=2020-04").content.decode()
    assert "SSC_97_0104" in april
    assert "SECP_78" not in april


def test_the_page_is_filtered_as_the_list_is_and_keeps_its_filters_from_month_to_month(client: Client) -> None:
    planned("SECP", "2020-03-13", 78)
    planned("SSC", "2020-03-11", 96)
    key = body("SSC").pk
    page = client.get(f"/calendar/?committee={key}").content.decode()
    assert "SSC_96" in page
    assert "SECP_78" not in page
    assert f"committee={key}&amp;month=2020-04" in page
    assert f"/meetings.ics?committee={key}" in page


@pytest.mark.parametrize("month", ["1900-01", "2999-12"])
def test_the_first_and_the_last_month_there_can_be_are_shown(client: Client, month: str) -> None:
    assert client.get(f"/calendar/?month={month}").status_code == 200


def test_what_is_asked_wrongly_is_said_and_the_month_shown(client: Client) -> None:
    planned("SECP", "2020-03-13", 78)
    answer = client.get("/calendar/?month=nonsense")
    assert answer.status_code == 422
    assert "Type it as 2020-02" in answer.content.decode()
    assert b"SECP_78" not in answer.content


def test_what_is_not_white_is_in_the_calendar_of_its_readers_alone(client: Client) -> None:
    planned("SSC", "2020-03-11", 96, classification=2, audience="SSC")
    assert b"SSC_96" not in client.get("/calendar/").content
    assert b"SSC_96" not in client.get("/meetings.ics").content
    client.force_login(member("SSC", "Ash Wood"))
    assert b"SSC_96" in client.get("/calendar/").content


def test_who_plans_meetings_sees_the_clashes_of_the_month(client: Client) -> None:
    who = member("SECP", "Mae Lane")
    planned("SECP", "2020-03-13", 78, starts=time(10))
    listed(planned("SSC", "2020-03-13", 96, starts=time(11)), who, "guest")
    assert b"these belong to both" not in client.get("/calendar/").content
    client.force_login(clerk())
    page = client.get("/calendar/").content.decode()
    assert page.count("these belong to both: Mae Lane") == 1
    assert "/meetings/extraordinary/" in page


def test_the_calendar_can_be_followed(client: Client) -> None:
    client.force_login(clerk())
    assert "/subscriptions/?plural=meetings&amp;query=mine%3Dyes" in client.get("/calendar/?mine=yes").content.decode()


def test_the_page_asks_a_constant_number_of_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    for day in range(2, 28):
        planned("SECP" if day % 2 else "TAG", f"2020-03-{day:02d}")
    assert Meeting.objects.count() == 26
    with django_assert_max_num_queries(8):
        client.get("/calendar/")
