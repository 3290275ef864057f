"""Waiting on a person: the records whose main step that person may take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from secretariat.committees.models import Committee
from secretariat.core.capacities import WHATEVER_THE_RECORD
from secretariat.core.people import Person
from secretariat.core.procedure import PROCEDURES
from secretariat.meetings.actions.actions import place
from secretariat.meetings.actions.models import Action
from secretariat.meetings.attending.actions import Guest, invite
from secretariat.meetings.attending.models import Capacity
from secretariat.meetings.models import Meeting
from secretariat.site.composed import SEEN_AT_ONCE, WAITING_SHOWN, Waiting, by_room, waiting_on
from tests.site.people import AT, client_of, person_as

pytestmark = pytest.mark.django_db
FIRST = date(2020, 3, 13)
PAST = date(2019, 12, 13)


def _planned(count: int, first: date = PAST) -> list[Meeting]:
    body = Committee.objects.get(code="SECP")
    planner, meetings = person_as("operations"), []
    for number in range(count):
        meeting = Meeting(committee=body, day=first + timedelta(days=7 * number), number=78 + number)
        PROCEDURES["meetings.meeting"].take("plan", meeting, by=planner, at=AT, recorded=AT)
        meetings.append(meeting)
    return meetings


def test_a_record_waits_on_those_who_may_take_its_main_step_and_on_no_other() -> None:
    (meeting,) = _planned(1)
    (group,) = waiting_on(person_as("secretary"), AT)
    assert (group.words, [task.record for task in group.tasks]) == ("meetings", [meeting])
    assert waiting_on(person_as("party"), AT) == []


def test_a_meeting_to_come_does_not_wait_to_be_recorded_as_held() -> None:
    _planned(1, FIRST)
    assert waiting_on(person_as("secretary"), AT) == []


def test_an_invitation_waits_on_who_is_invited_and_not_on_who_may_answer_for_them() -> None:
    (meeting,), asked = _planned(1, FIRST), person_as("member")
    invite(meeting, [Guest(asked, Capacity.GUEST)], by=person_as("secretary"), at=AT, recorded=AT, shorter_agreed=True)
    assert [group.words for group in waiting_on(asked, AT)] == ["attendances"]
    assert waiting_on(Person.objects.get(name="Secretary"), AT) == []
    PROCEDURES["meetings.attendance"].take(
        "apologise", meeting.attendances.get(), by=asked, at=AT, recorded=AT, reason=""
    )
    assert waiting_on(asked, AT) == []


def test_an_action_waits_on_its_owner_with_what_is_to_be_done_and_by_when() -> None:
    owner = person_as("member")
    action = Action(committee=Committee.objects.get(code="SECP"), what="Send the list.", person=owner)
    place(action, due=FIRST, by=person_as("secretary"), at=AT, recorded=AT)
    assert "Send the list. · Due Fri 13 Mar 2020" in client_of(owner).get("/").content.decode()


def test_the_home_page_offers_the_step_that_waits() -> None:
    (meeting,) = _planned(1)
    page = client_of(person_as("secretary")).get("/").content.decode()
    assert f'href="/steps/meetings.meeting/{meeting.pk}/hold/"' in page


def test_one_query_for_each_procedure_however_many_records(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    _planned(12)
    person = person_as("secretary")
    person.acts_as("secretariat", AT)
    with django_assert_max_num_queries(len(PROCEDURES)):
        (group,) = waiting_on(person, AT)
    assert (len(group.tasks), group.more) == (WAITING_SHOWN, True)


def test_a_committee_member_sees_the_next_meetings_of_the_own_body_first() -> None:
    (meeting,) = _planned(1, FIRST)
    page = client_of(person_as("member")).get("/").content.decode()
    assert page.index("Next meetings of SECP") < page.index("<h2>Next meetings</h2>")
    assert page.index(f'href="{meeting.get_absolute_url()}"') < page.index("<h2>Next meetings</h2>")


def test_what_is_too_much_to_be_seen_at_once_is_gathered_by_room_where_most_waits_first() -> None:
    groups = [Waiting(f"kind {number}s", "", [], room="Change" if number % 3 else "Mail") for number in range(13)]
    few = groups[:SEEN_AT_ONCE]
    assert [(room.name, room.groups) for room in by_room(few)] == [("", few)]
    assert [(room.name, len(room.groups)) for room in by_room(groups)] == [("Change", 8), ("Mail", 5)]
    assert by_room([]) == []


def test_a_kind_of_which_nothing_is_under_way_is_not_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    secretary = person_as("secretary")
    secretary.capacities_on(AT.date())
    with django_assert_num_queries(1):
        assert waiting_on(secretary, AT) == []


def test_steps_that_are_others_whatever_the_record_are_not_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _planned(1)
    contact = person_as("party")
    contact.capacities_on(AT.date())
    with django_assert_num_queries(1):
        assert waiting_on(contact, AT) == []


def test_who_asks_for_a_capacity_alone_does_not_look_at_the_record() -> None:
    people = [None, *(person_as(who) for who in ("operations", "secretary", "party", "member"))]
    for who in WHATEVER_THE_RECORD:
        assert [who(person, None, AT) for person in people] == [who(person, object(), AT) for person in people]
