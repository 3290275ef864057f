"""Invitations, who reads where a meeting is, and who attended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from secretariat.committees.seats.models import Appointment
from secretariat.core.classification import Recipient
from secretariat.core.figures import FIGURES, Span
from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.meetings.agenda.candidates import put
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.attending.actions import Guest, invite, members_to_invite
from secretariat.meetings.attending.models import Attendance, Capacity, Place
from secretariat.meetings.attending.procedure import ATTENDANCES
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from secretariat.plain.months import Month
from tests.committees.factories import appoint, someone
from tests.meetings.factories import (
    DAY,
    NAMES,
    arrive,
    at,
    by_clerk,
    called,
    clerk,
    declared,
    leave,
    listed,
    london,
    member,
    panel,
    planned,
    told,
)
from tests.register.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def on_the_day(settings: Any) -> None:
    settings.CLOCK = london(f"{DAY} 10:30").isoformat()


def test_members_are_invited_for_their_seats_and_alternates_with_them() -> None:
    meeting = panel()
    sits = Appointment.objects.get(person__name="Mae Lane")
    appoint(sits.seat, "Kit Shaw", alternate_for=sits)
    member("SECP", "Obi Reed", "observer", votes=False)
    invite(meeting, members_to_invite(meeting), **told())
    rows = {str(row.person): (row.capacity, row.seat, row.state) for row in meeting.attendances.select_related("seat")}
    assert rows["Mae Lane"] == (Capacity.MEMBER, sits.seat, "invited")
    assert rows["Kit Shaw"] == (Capacity.ALTERNATE, sits.seat, "invited")
    assert rows["Obi Reed"][0] == Capacity.OBSERVER
    assert len(rows) == 6
    assert set(meeting.attendances.values_list("classification", "audience")) == {(2, "SECP")}


def test_inviting_again_doubles_nobody_and_gives_no_second_notice() -> None:
    meeting = called()
    invite(meeting, members_to_invite(meeting), **told())
    assert meeting.attendances.count() == 4
    assert Event.objects.filter(name="meeting.call").count() == 1
    assert meeting.called_on == date(2020, 3, 5)


def test_notice_that_is_too_short_invites_nobody_unless_it_is_agreed() -> None:
    meeting = panel()
    short = by_clerk("2020-03-20 09:00")
    with pytest.raises(Refused, match="as many Working Days"):
        invite(meeting, members_to_invite(meeting), place="Room 4", **short)
    assert not Attendance.objects.exists()
    assert not Place.objects.exists()
    invite(meeting, members_to_invite(meeting), place="Room 4", shorter_agreed=True, **short)
    assert meeting.attendances.count() == 4


def test_place_and_call_details_are_read_by_those_invited_alone(client: Client) -> None:
    meeting = called()
    other_member, lead = someone("Una Pike", audience="SECP"), person(team=Team.OPERATIONS)
    for who, reads in (
        (None, False), (person(Role.PARTY_CONTACT), False), (other_member, False), (lead, False),
        (someone("Mae Lane"), True), (clerk(), True),
    ):  # fmt: skip
        client.logout()
        if who is not None:
            client.force_login(who)
        page = client.get(meeting.get_absolute_url()).content
        assert (b"Room 4" in page) is reads, who
        assert (b"dial 0000" in page) is reads, who


def test_the_journal_names_neither_place_nor_call() -> None:
    called()
    events = " ".join(str(row.facts) for row in Event.objects.all())
    assert "Room 4" not in events
    assert "dial 0000" not in events
    assert Event.objects.get(name="place.invite").classification == 3


def test_who_is_no_longer_invited_no_longer_reads_the_place() -> None:
    meeting = called()
    who = someone("Mae Lane")
    readers = Recipient.objects.filter(kind=kind_of(Place))
    assert readers.filter(person=who).exists()
    ATTENDANCES.take("withdraw", at("Mae Lane", meeting), **told())
    assert not readers.filter(person=who).exists()
    assert readers.filter(person=someone("Ash Wood")).exists()
    assert readers.filter(person=clerk()).exists()


def test_who_is_invited_later_reads_the_place_once_it_is_told_again() -> None:
    meeting = called()
    guest = person(Role.PARTY_CONTACT)
    invite(meeting, [Guest(guest, Capacity.GUEST)], place="Room 5", **told())
    assert Place.objects.visible_to(guest, london(f"{DAY} 09:00")).get().place == "Room 5"
    assert Place.objects.count() == 1


def test_a_guest_reads_the_own_invitation_and_no_other() -> None:
    meeting, guest = called(), person(Role.PARTY_CONTACT)
    invite(meeting, [Guest(guest, Capacity.GUEST)], **told())
    now = london(f"{DAY} 09:00")
    assert [row.person for row in Attendance.objects.visible_to(guest, now)] == [guest]
    assert Attendance.objects.visible_to(someone("Mae Lane"), now).count() == 5
    assert not Attendance.objects.visible_to(None, now).exists()
    assert not Attendance.objects.visible_to(someone("Sam Tree", audience="SSC"), now).exists()


def test_members_say_themselves_whether_they_come() -> None:
    meeting = called()
    row, own = at("Mae Lane", meeting), {**told(), "by": someone("Mae Lane")}
    with pytest.raises(Refused, match="is for others"):
        ATTENDANCES.take("apologise", row, **{**own, "by": someone("Ash Wood")})
    ATTENDANCES.take("apologise", row, reason="On leave", **own)
    assert (row.state, row.reason) == ("apologies", "On leave")
    ATTENDANCES.take("accept", row, **own)
    assert (row.state, row.reason) == ("coming", "")
    with pytest.raises(Refused, match="is for others"):
        ATTENDANCES.take("arrive", row, **own)


def test_nobody_comes_to_a_cancelled_meeting() -> None:
    meeting = called()
    MEETINGS.take("cancel", meeting, reason="No business", **told())
    for step in ("accept", "apologise"):
        with pytest.raises(Refused):
            ATTENDANCES.take(step, at("Mae Lane", meeting), **told())
    with pytest.raises(Refused, match="Nobody comes to a meeting that is cancelled"):
        arrive(meeting, "Mae Lane")


@pytest.mark.parametrize("when", ["2020-03-26 10:00", "2020-03-28 00:00"])
def test_people_arrive_on_the_day_of_the_meeting(when: str) -> None:
    meeting = called()
    with pytest.raises(Refused, match="arrives on the day of the meeting"):
        ATTENDANCES.take("arrive", at("Mae Lane", meeting), **by_clerk(when))


def test_who_leaves_and_comes_back_was_there_twice() -> None:
    meeting = called()
    arrive(meeting, "Mae Lane", "10:00")
    with pytest.raises(Refused, match="Nobody leaves before arriving, or on another day"):
        leave(meeting, "Mae Lane", "09:59")
    leave(meeting, "Mae Lane", "11:00")
    with pytest.raises(Refused, match="Who comes back arrives after having left"):
        arrive(meeting, "Mae Lane", "10:30")
    arrive(meeting, "Mae Lane", "11:30")
    spells = at("Mae Lane", meeting).presences.values_list("arrived_at", "left_at")
    assert list(spells) == [
        (london(f"{DAY} 10:00"), london(f"{DAY} 11:00")), (london(f"{DAY} 11:30"), None),
    ]  # fmt: skip


def test_the_invitation_page_invites_members_and_others_and_keeps_what_was_typed(client: Client, settings: Any) -> None:
    settings.CLOCK = london("2020-03-20 09:00").isoformat()
    meeting, guest = panel(), person(Role.PARTY_CONTACT)
    address = f"/meetings/{meeting.pk}/invite/"
    client.force_login(guest)
    assert client.get(address).status_code == 403
    client.force_login(clerk())
    assert client.get(address).status_code == 200
    sent = {"members": "on", "people": [guest.pk], "come_as": "guest", "place": "Room 4", "call": "dial 0000"}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert b"Room 4" in refused.content
    assert b"as many Working Days" in refused.content
    assert client.post(address, {**sent, "shorter_agreed": "on"}).status_code == 302
    assert meeting.attendances.count() == 5
    assert b"Room 4" in client.get(address).content
    client.force_login(guest)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "By invitation: invited" in page
    assert client.get(f"/attendances/{at(str(guest), meeting).pk}/").status_code == 200
    assert client.get(f"/attendances/{at('Mae Lane', meeting).pk}/").status_code == 404


def test_the_meetings_page_hides_who_is_invited_from_who_may_not_read_it(client: Client) -> None:
    meeting = called()
    assert b"Mae Lane" not in client.get(meeting.get_absolute_url()).content
    assert b"Mae Lane" not in client.get("/attendances.csv").content
    client.force_login(someone("Ash Wood"))
    assert b"Mae Lane" in client.get(meeting.get_absolute_url()).content
    assert b"Mae Lane" in client.get("/attendances.csv").content


def test_a_members_page_of_a_meeting_begins_with_the_papers_and_not_with_the_list(client: Client) -> None:
    meeting, reader = called(), Person.objects.get(name="Mae Lane")
    put(AgendaItem(meeting=meeting, title="Operations Report"), **told())
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Read the agenda, or get the pack" in page
    assert page.index("Agenda and papers</a></h2>") < page.index("Attendance</a></h2>")


def test_somebody_without_an_account_is_put_on_the_list(client: Client) -> None:
    meeting = called()
    client.force_login(clerk())
    sent = {"meeting": meeting.pk, "name": "A visitor", "capacity": "guest"}
    assert client.post("/attendances/new/", {**sent, "name": ""}).status_code == 422
    assert client.post("/attendances/new/", {**sent, "capacity": "alternate"}).status_code == 422
    assert client.post("/attendances/new/", sent).status_code == 302
    assert Attendance.objects.get(name="A visitor").audience == "SECP"


def attended(code: str, day: str, **names: str) -> Meeting:
    """A meeting that was held, with members who came to stand in these states."""
    meeting = planned(code, day)
    seats = {str(row.person): row.seat for row in Appointment.objects.filter(seat__committee__code=code)}
    for name, state in names.items():
        who = name.replace("_", " ").title()
        row = listed(meeting, someone(who), seat=seats[who])
        now = by_clerk(f"{day} 10:00")
        if state == "apologies":
            ATTENDANCES.take("apologise", row, **now)
        if state == "present":
            ATTENDANCES.take("arrive", row, **now)
    return meeting


def test_the_attendance_figure_counts_meetings_held_and_no_others(django_assert_max_num_queries: Any) -> None:
    for name in NAMES:
        member("SECP", name)
    sits = Appointment.objects.get(person__name="Ivy Hall")
    first = attended("SECP", "2020-02-01", mae_lane="present", ash_wood="apologies", ivy_hall="invited")
    last = attended("SECP", "2020-02-29", mae_lane="present", ash_wood="present")
    alternate = listed(last, someone("Kit Shaw"), Capacity.ALTERNATE, seat=sits.seat)
    ATTENDANCES.take("arrive", alternate, **by_clerk("2020-02-29 10:00"))
    off = attended("SECP", "2020-02-14", mae_lane="invited")
    outside = [attended("SECP", day, mae_lane="present") for day in ("2020-01-31", "2020-03-01")]
    still_planned = attended("SECP", "2020-02-20", mae_lane="present")
    for meeting in (first, last, *outside):
        MEETINGS.take("hold", meeting, **told())
    MEETINGS.take("cancel", off, reason="No business", **told())
    assert still_planned.state == "planned"
    with django_assert_max_num_queries(2):
        grid = FIGURES["attendance_by_body"].grid(Span.of(Month(2020, 2)))
    found = {column.key: grid.cell("secp", column.key).value for column in grid.columns}
    assert found == {"attended": 3, "by_alternate": 1, "apologies": 1, "absent": 1}
    assert {column.key: grid.cell("total", column.key).value for column in grid.columns} == found
    for column in grid.columns:
        cell = grid.cell("secp", column.key)
        assert cell.counted.queryset.count() == cell.value  # type: ignore[union-attr]
    with django_assert_max_num_queries(2):
        rows = FIGURES["attendance_by_member"].listing(Span.of(Month(2020, 2))).rows
    assert [row.values for row in rows] == [
        ("SEC Panel", "Ash Wood", "2", "1", "0", "1", "0"),
        ("SEC Panel", "Ivy Hall", "1", "0", "0", "0", "1"),
        ("SEC Panel", "Kit Shaw", "1", "0", "1", "0", "0"),
        ("SEC Panel", "Mae Lane", "2", "2", "0", "0", "0"),
    ]


def test_public_pages_do_not_change_with_what_is_amber_or_red(client: Client) -> None:
    """Non-interference: who is invited, where, who came and which conflicts there are change no White page."""
    meeting = called()
    addresses = (
        meeting.get_absolute_url(), "/meetings/", "/calendar/", "/meetings.ics", "/meetings.csv", "/meetings.atom",
        "/attendances/", "/conflicts-of-interest/", f"/meetings/{meeting.pk}/quorum/",
    )  # fmt: skip
    before = [client.get(address).content for address in addresses]
    invite(meeting, [Guest(person(Role.PARTY_CONTACT), Capacity.GUEST)], place="Canary place", call="Canary", **told())
    arrive(meeting, "Mae Lane")
    declared(meeting, "Ash Wood")
    ATTENDANCES.take("apologise", at("Ivy Hall", meeting), reason="Canary", **told())
    assert [client.get(address).content for address in addresses] == before


def test_a_person_is_on_a_list_once() -> None:
    meeting = called()
    who: Person = someone("Mae Lane")
    with pytest.raises(Refused, match="on the list of the meeting already"):
        listed(meeting, who, Capacity.GUEST)
