"""Guests of events: whose business a registration is, who is told what of a change, and two who come at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client

from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.engagement.events import actions
from secretariat.engagement.events.badges import badges
from secretariat.engagement.events.links import guests_link, key_of
from secretariat.engagement.events.models import EngagementEvent, EventSession, Invitation, Registration
from secretariat.engagement.events.procedure import EVENTS
from secretariat.engagement.surveys.models import Invitee
from secretariat.post.models import Message
from secretariat.post.outbox import drain, gather
from tests.consultations.factories import contact, london, party, person, told
from tests.engagement.gatherings import BEFORE, BEGINS, ENDS, asking, event, guest, opened, organiser, states
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day_in_february(settings: Any, tmp_path: Any) -> None:
    settings.CLOCK = "2020-02-10T12:00:00+00:00"
    settings.FILES_ROOT, settings.SEALING_KEYS = tmp_path / "files", tmp_path / "keys"


def take(step: str, of: EngagementEvent, when: str = BEFORE, /, **facts: Any) -> None:
    EVENTS.take(step, of, **told(organiser(), when), **facts)


def readers() -> dict[str, Person]:
    """People who have no business with the guests of an event, each by what they are."""
    return {
        "helpdesk": person("Agent", Role.SECRETARIAT, team=Team.HELPDESK),
        "change team": person("Clerk", Role.SECRETARIAT, team=Team.CHANGE),
        "member": person("Member", Role.COMMITTEE_MEMBER, audience="SECAS"),
        "other party": contact("Other", party("Other Limited")),
        "same party": contact("Colleague", party("Small Limited")),
    }


def test_a_registration_and_an_invitation_are_their_persons_and_the_organisers_alone() -> None:
    here = opened()
    small = party("Small Limited")
    guest("Ann", here, party=small)
    contact("Ben", small)
    take("invite", here)
    for model, own in ((Registration, "Ann"), (Invitation, "Ben")):
        may = {name for name, who in readers().items() if model.objects.visible_to(who, london(BEFORE)).exists()}
        assert may == set()
        for who in (person(own), organiser()):
            assert model.objects.visible_to(who, london(BEFORE)).filter(person__name=own).exists()
        assert not model.objects.visible_to(None, london(BEFORE)).exists()


def test_who_is_asked_by_a_survey_is_for_who_keeps_surveys() -> None:
    asking()
    may = {name for name, who in readers().items() if Invitee.objects.visible_to(who, london(BEFORE)).exists()}
    assert may == set()
    committees = person("Clerk2", Role.SECRETARIAT, team=Team.COMMITTEES)
    assert Invitee.objects.visible_to(committees, london(BEFORE)).count() == 6


@pytest.mark.parametrize("ending", ["", "csv", "ics"])
def test_no_form_of_the_list_tells_other_staff_of_a_guest(client: Client, ending: str) -> None:
    guest("Ann Who Comes", opened(), needs="A ramp")
    address = f"/registrations.{ending}" if ending else "/registrations/"
    for who, sees in ((readers()["helpdesk"], False), (organiser(), True)):
        client.force_login(who)
        page = client.get(address).content.decode()
        assert ("Ann Who Comes" in page or (ending == "ics" and "VEVENT" in page)) is sees
        assert "A ramp" not in page


def test_what_a_guest_needs_is_read_by_the_guest_and_the_organisers_and_forgotten_when_it_is_over(
    client: Client,
) -> None:
    here = opened()
    row = guest("Ann", here, needs="A ramp")
    for who in (row.person, organiser()):
        client.force_login(who)
        assert "A ramp" in client.get(row.get_absolute_url()).content.decode()
    assert "A ramp" in client.get(here.get_absolute_url()).content.decode()
    client.force_login(readers()["helpdesk"])
    assert "A ramp" not in client.get(here.get_absolute_url()).content.decode()
    take("cancel", here, why="Too few.")
    assert not Registration.objects.get().needs


def test_an_organiser_withdraws_for_a_guest_who_says_so_and_nobody_else_does(client: Client) -> None:
    here = opened(1)
    row = guest("Ann", here)
    guest("Ben", here)
    page = f"/registrations/{row.pk}/withdraw/"
    client.force_login(readers()["helpdesk"])
    assert client.post(page).status_code == 404
    client.force_login(organiser())
    assert "Withdraw for the guest" in client.get(row.get_absolute_url()).content.decode()
    assert client.post(page).status_code == 302
    assert states(here) == {"Ann": "withdrawn", "Ben": "has a place"}


def test_an_event_that_is_cancelled_tells_everybody_who_counts_on_it_once(mailoutbox: list[Any]) -> None:
    here = opened(1)
    guest("Ann", here)
    guest("Ben", here)
    gone = guest("Cat", here)
    actions.withdraw(gone, **told(gone.person, BEFORE))
    at = london(BEFORE)
    actions.ask(Registration(event=here), "zoe@example.com", "Zoe", at=at, recorded=at)
    take("cancel", here, why="Too few.")
    with pytest.raises(Refused, match="not possible here"):
        take("cancel", here, why="Again.")
    for _ in range(2):
        gather(at, at)
        drain(at)
    told_of = Message.objects.filter(notice="engagement_event.cancel")
    assert sorted(told_of.values_list("person__name", flat=True)) == ["Ann", "Ben"]
    assert len([one for one in mailoutbox if "Cancelled" in one.subject]) == 2


def test_an_event_that_is_elsewhere_tells_the_guests_with_their_own_link_and_calendars_by_a_new_sequence(
    client: Client, mailoutbox: list[Any]
) -> None:
    here = opened()
    row = guest("Ann", here)

    def entry() -> Any:
        content = client.get(f"/engagement-events/{here.pk}/event.ics").content
        book = icalendar.Calendar.from_ical(content)
        assert book["method"] == "PUBLISH"
        [found] = book.walk("VEVENT")
        return found

    before = entry()
    take("relocate", here, place="Room B", why="The roof leaks.")
    after = entry()
    assert before["uid"] == after["uid"]
    assert (before.get("sequence", 0), after["sequence"], after["location"]) == (0, 1, "Room B")
    gather(london(BEFORE), london(BEFORE))
    drain(london(BEFORE))
    sent = next(one for one in mailoutbox if "elsewhere" in one.subject)
    assert key_of(row) in sent.body
    assert "The roof leaks." in sent.body
    assert guests_link(here, person("Ben")) == ""
    client.force_login(organiser())
    assert b'name="place"' not in client.get(f"/engagement-events/{here.pk}/edit/").content


def test_on_the_day_the_clocks_change_hours_are_those_of_london(client: Client) -> None:
    here = opened(1, begins_at=london("2020-03-28 09:00"), ends_at=london("2020-03-28 12:00"))
    EventSession.objects.create(
        event=here, title="Late", begins_at=london("2020-03-28 10:00"), ends_at=london("2020-03-28 11:00")
    )
    take("move", here, begins_at="2020-03-29 09:00", ends_at="2020-03-29 12:00", why="A day later.")
    assert here.sessions.get().begins_at == london("2020-03-29 10:00")
    [entry] = icalendar.Calendar.from_ical(client.get(f"/engagement-events/{here.pk}/event.ics").content).walk("VEVENT")
    assert entry["dtstart"].to_ical() == b"20200329T090000"
    assert entry["dtstart"].params["TZID"] == "Europe/London"
    assert here.begins_at + timedelta(hours=3) == london("2020-03-29 12:00")
    assert "29 Mar 2020, 09:00" in client.get(here.get_absolute_url()).content.decode()


def test_only_those_an_event_is_meant_for_are_asked_to_register(client: Client) -> None:
    page = opened(invited=["small-supplier"]).get_absolute_url()
    assert "This event is for others" in client.get(page).content.decode()
    client.force_login(contact("Ann", party("Small Limited")))
    assert "This event is for others" not in client.get(page).content.decode()
    client.force_login(contact("Ben", party("Large Limited", "large-supplier")))
    shown = client.get(page).content.decode()
    assert "This event is for others" in shown
    assert "/register/" not in shown


def test_a_name_that_would_be_a_formula_or_a_header_is_harmless(client: Client, mailoutbox: list[Any]) -> None:
    here = opened()
    typed = {"name": "=1+1\r\nBcc: x@example.com", "email": "zoe@example.com", "organisation": "@SUM(A1)", "needs": ""}
    assert client.post(f"/engagement-events/{here.pk}/register/", typed).status_code in (302, 422)
    gather(london(BEFORE), london(BEFORE))
    drain(london("2020-02-10 12:30"))
    assert all("\n" not in one.subject and one.recipients() == ["zoe@example.com"] for one in mailoutbox)
    client.force_login(organiser())
    lines = client.get("/registrations.csv").content.decode()
    assert ",=1" not in lines
    assert ",@SUM" not in lines


def test_the_badges_of_nobody_are_a_sheet_all_the_same() -> None:
    assert badges(event(), []).startswith(b"%PDF")


def test_places_are_not_lowered_below_those_given_and_the_line_keeps_its_order() -> None:
    here = opened(3)
    rows = [
        guest(name, here, f"2020-02-10 10:0{number}") for number, name in enumerate(("Ann", "Ben", "Cat", "Dan", "Eve"))
    ]
    with pytest.raises(Refused, match="not taken away"):
        actions.resize(here, 2, **told(organiser(), BEFORE.replace("10:00", "11:00")))
    actions.withdraw(rows[1], **told(rows[1].person, "2020-02-10 11:00"))
    actions.withdraw(rows[0], **told(rows[0].person, "2020-02-10 11:00"))
    assert states(here) == {
        "Ann": "withdrawn", "Ben": "withdrawn", "Cat": "has a place", "Dan": "has a place", "Eve": "has a place",
    }  # fmt: skip
    with pytest.raises(Refused, match="event has begun"):
        actions.resize(here, 9, **told(organiser(), BEGINS))
    assert london(ENDS) > london(BEGINS)


def test_a_guests_own_calendar_has_the_hours_of_the_events_and_drops_what_was_withdrawn(client: Client) -> None:
    row = guest("Ann", opened())
    client.force_login(row.person)

    def entry() -> Any:
        [found] = icalendar.Calendar.from_ical(client.get("/registrations.ics").content).walk("VEVENT")
        return found

    before = entry()
    assert (before["summary"], before["dtend"].dt, before["location"]) == (
        "Introduction to the code", london(ENDS), "London",
    )  # fmt: skip
    actions.withdraw(row, **told(row.person, BEFORE))
    after = entry()
    assert (after["uid"], after["status"], after["sequence"]) == (before["uid"], "CANCELLED", 1)


def test_who_speaks_for_one_party_finds_it_chosen(client: Client) -> None:
    here = opened()
    small = party("Small Limited")
    client.force_login(contact("Ann", small))
    assert f'value="{small.pk}" selected' in client.get(f"/engagement-events/{here.pk}/register/").content.decode()


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Transactions are really committed, on PostgreSQL."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")


@pytest.mark.usefixtures("committed")
def test_of_those_who_take_the_last_place_at_once_one_has_it_and_the_others_wait() -> None:
    here = opened(2)
    guest("Ann", here)
    people = [person(name) for name in ("Ben", "Cat", "Dan")]

    def registers(who: Person) -> Callable[[], object]:
        return lambda: actions.register(Registration(event=here, person=who), **told(who, BEFORE))

    assert at_once(*(registers(who) for who in people)) == []
    assert sorted(states(here).values()) == ["has a place", "has a place", "waiting", "waiting"]


@pytest.mark.usefixtures("committed")
def test_who_withdraws_while_others_register_and_confirm_holds_up_nobody() -> None:
    here = opened(1)
    first = guest("Ann", here)
    at = london(BEFORE)
    asked = Registration(event=here)
    actions.ask(asked, "zoe@example.com", "Zoe", at=at, recorded=at)
    asked.held = True
    ben = person("Ben")
    wrong = at_once(
        lambda: actions.withdraw(first, **told(first.person, BEFORE)),
        lambda: actions.register(Registration(event=here, person=ben), **told(ben, BEFORE)),
        lambda: actions.confirm(asked, **told(None, BEFORE)),
    )
    assert wrong == []
    assert sorted(states(here).values()) == ["has a place", "waiting", "withdrawn"]
