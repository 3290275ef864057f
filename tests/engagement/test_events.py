"""Events: places in the order of asking, the public's confirmation, moves, invitations and who came."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.duties import duties_of
from secretariat.core.figures import Span
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.engagement.events import actions
from secretariat.engagement.events.badges import badges
from secretariat.engagement.events.figures import events_held
from secretariat.engagement.events.invited import guests, uninvited
from secretariat.engagement.events.links import key_of
from secretariat.engagement.events.links import opened as behind
from secretariat.engagement.events.models import EngagementEvent, EventSession, Material, Registration
from secretariat.engagement.events.procedure import EVENTS, REGISTRATIONS
from secretariat.plain.months import Month
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import drain, gather
from tests.consultations.factories import contact, london, party, person, told
from tests.engagement.gatherings import BEFORE, BEGINS, ENDS, event, guest, opened, organiser, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    settings.SEALING_KEYS = tmp_path / "keys"


def take(step: str, of: EngagementEvent, when: str = BEFORE, /, **facts: Any) -> None:
    EVENTS.take(step, of, **told(organiser(), when), **facts)


def refused(sentence: str, step: str, of: EngagementEvent, when: str = BEFORE, /, **facts: Any) -> None:
    with pytest.raises(Refused, match=sentence):
        take(step, of, when, **facts)


def test_who_asks_once_every_place_is_taken_waits_and_the_event_is_full() -> None:
    here = opened(2)
    for name in ("Ann", "Ben", "Cat", "Dan"):
        guest(name, here)
    here.refresh_from_db()
    assert here.state == "full"
    assert states(here) == {"Ann": "has a place", "Ben": "has a place", "Cat": "waiting", "Dan": "waiting"}


def test_a_place_that_is_given_up_goes_to_who_asked_first() -> None:
    here = opened(1)
    first = guest("Ann", here)
    guest("Ben", here, "2020-02-10 11:00")
    guest("Cat", here, "2020-02-10 12:00")
    actions.withdraw(first, **told(first.person, "2020-02-11"))
    assert states(here) == {"Ann": "withdrawn", "Ben": "has a place", "Cat": "waiting"}
    guest("Ann", here, "2020-02-12")
    assert Registration.objects.filter(event=here, person__name="Ann").latest("pk").state == "waiting"


def test_places_that_are_added_are_given_at_once_and_none_is_taken_away() -> None:
    here = opened(1)
    for name in ("Ann", "Ben", "Cat"):
        guest(name, here)
    assert actions.resize(here, 2, **told(organiser(), "2020-02-11")) == 1
    with pytest.raises(Refused, match="a place that was given is not taken away"):
        actions.resize(here, 1, **told(organiser(), "2020-02-11"))
    assert actions.resize(here, None, **told(organiser(), "2020-02-11")) == 1
    assert here.state == "open"


def test_a_place_freed_by_a_bare_step_is_given_by_the_tick() -> None:
    here = opened(1)
    first = guest("Ann", here)
    guest("Ben", here)
    REGISTRATIONS.take("withdraw", first, **told(first.person, "2020-02-11"))
    assert states(here)["Ben"] == "waiting"
    take_due(london("2020-02-11 12:05"), london("2020-02-11 12:05"))
    assert states(here)["Ben"] == "has a place"


def test_nobody_jumps_the_line_by_asking_for_a_place_at_an_earlier_hour() -> None:
    here = opened(1)
    guest("Ann", here)
    who = person("Ben")
    with pytest.raises(Refused, match="not earlier"):
        actions.register(Registration(event=here, person=who), by=who, at=london("2020-02-05"), recorded=london(BEFORE))
    guest("Ben", here)
    with pytest.raises(Refused, match="registered already"):
        guest("Ben", here)
    waiting = Registration.objects.get(person=who)
    with pytest.raises(Refused, match="asked earlier gets a free place first"):
        REGISTRATIONS.take("give_place", waiting, by=None, at=london(BEFORE), recorded=london(BEFORE))


def test_an_event_says_where_it_is_before_it_is_opened_and_opens_before_it_begins() -> None:
    refused("says where it is", "open", event(place=""))
    refused("time in which people may register is over", "open", event(), "2020-03-10 10:01")
    with pytest.raises(Refused, match="at least one kind of guest"):
        event(invited=["nobody"])


@pytest.mark.parametrize("when", ["2020-03-08 12:01", "2020-03-10 10:00"])
def test_registration_ends_when_it_is_told_to(when: str) -> None:
    here = opened(2, registers_until=london("2020-03-08 12:00"))
    guest("Ann", here, "2020-03-08 12:00")
    with pytest.raises(Refused, match="does not take registrations now"):
        guest("Ben", here, when)
    last = london("2020-03-08 12:00")
    with pytest.raises(Refused, match="closed by time alone once its last instant has passed"):
        EVENTS.take("run_out", here, by=None, at=last, recorded=last)
    take_due(last, last)
    here.refresh_from_db()
    assert here.state == "open"
    take_due(london("2020-03-08 12:01"), london("2020-03-08 12:01"))
    here.refresh_from_db()
    assert here.state == "closed"


def test_an_event_for_some_is_not_for_others() -> None:
    here = opened(invited=["small-supplier"])
    small, large = party("Small Limited"), party("Large Limited", "large-supplier")
    assert guest("Ann", here, party=small).state == "has a place"
    with pytest.raises(Refused, match="The event is meant for others"):
        guest("Ben", here, party=large)


def test_the_public_counts_once_the_address_has_confirmed(client: Client, settings: Any, mailoutbox: list[Any]) -> None:
    settings.CLOCK = "2020-02-10T10:00:00+00:00"
    here = opened(1)
    typed = {"name": "Zoe", "email": "zoe@example.com", "organisation": "Zoe & Co", "needs": "A ramp"}
    assert client.post(f"/engagement-events/{here.pk}/register/", typed).status_code == 302
    assert (states(here), here.taken) == ({"Zoe": "asked"}, 0)
    guest("Ann", here, "2020-02-10 11:00")
    gather(london("2020-02-10 11:00"), london("2020-02-10 11:00"))
    drain(london("2020-02-10 11:00"))
    sent = next(one for one in mailoutbox if one.to == ["zoe@example.com"])
    row = Registration.objects.get(person__name="Zoe")
    assert key_of(row) in sent.body
    assert key_of(row) not in Message.objects.get(person__name="Zoe").body
    settings.CLOCK = "2020-02-10T12:00:00+00:00"
    own = f"/engagement-events/own/{key_of(row)}/"
    assert b"Confirm that I asked" in client.get(own).content
    assert states(here)["Zoe"] == "asked"
    assert client.post(own).status_code == 302
    assert states(here)["Zoe"] == "waiting"
    assert client.post(f"{own}withdraw/").status_code == 302
    assert states(here)["Zoe"] == "withdrawn"


def test_a_key_opens_its_own_registration_and_no_other() -> None:
    here = opened()
    first, second = guest("Ann", here), guest("Ben", here)
    assert behind(key_of(first)) == first
    seal = key_of(first).partition(".")[2]
    assert [behind(key) for key in (f"{second.pk}.{seal}", f"{first.pk}.", f"{first.pk}", "?", "")] == [None] * 5


def test_asking_again_by_mail_tells_nobody_that_the_address_is_registered() -> None:
    here = opened()
    at = london(BEFORE)
    guest("Ann", here)
    actions.ask(Registration(event=here), "ann@example.org", "Ann", at=at, recorded=at)
    assert states(here) == {"Ann": "has a place"}
    assert Event.objects.filter(name="registration.send_link").count() == 1


def test_an_address_that_never_confirms_lapses() -> None:
    here = opened()
    at = london(BEFORE)
    actions.ask(Registration(event=here, needs="A ramp"), "zoe@example.com", "Zoe", at=at, recorded=at)
    take_due(at + timedelta(hours=48), at + timedelta(hours=48))
    assert states(here) == {"Zoe": "asked"}
    take_due(at + timedelta(hours=48, minutes=1), at + timedelta(hours=48, minutes=1))
    row = Registration.objects.get()
    assert (row.state, row.needs) == ("lapsed", "")
    other = Registration(event=here)
    actions.ask(other, "yan@example.com", "Yan", at=at, recorded=at)
    with pytest.raises(Refused, match="has a set number of hours"):
        REGISTRATIONS.take("lapse", other, by=None, at=at, recorded=at)


def test_a_move_takes_the_sessions_along_and_tells_everybody_with_the_new_hours() -> None:
    here = opened(1)
    EventSession.objects.create(
        event=here, title="Basics", begins_at=london(BEGINS), ends_at=london("2020-03-10 11:00")
    )
    guest("Ann", here)
    guest("Ben", here)
    new = {"begins_at": "2020-03-17 09:00", "ends_at": "2020-03-17 15:00", "why": "The room is taken."}
    refused("the event ends after it begins", "move", here, **{**new, "ends_at": "2020-03-17 08:00"})
    refused("lies outside of the new hours", "move", here, **{**new, "ends_at": "2020-03-17 09:30"})
    take("move", here, **new)
    assert here.sessions.get().begins_at == london("2020-03-17 09:00")
    assert here.changes == 1
    gather(london(BEFORE), london(BEFORE))
    told_of = Message.objects.filter(notice="engagement_event.move")
    assert sorted(told_of.values_list("person__name", flat=True)) == ["Ann", "Ben"]
    assert "The room is taken." in told_of[0].body


def test_a_cancelled_event_is_cancelled_in_calendars(client: Client) -> None:
    here = opened()
    take("cancel", here, why="Too few registered.")
    found = icalendar.Calendar.from_ical(client.get("/engagement-events.ics").content)
    [entry] = found.walk("VEVENT")
    assert (entry["status"], entry["sequence"], entry["dtstart"].dt) == ("CANCELLED", 1, london(BEGINS))
    refused("has begun", "cancel", opened(), BEGINS, why="Too late.")
    [own] = icalendar.Calendar.from_ical(client.get(f"/engagement-events/{here.pk}/event.ics").content).walk("VEVENT")
    assert own["uid"] == entry["uid"]


def test_what_is_planned_is_not_announced(client: Client) -> None:
    here = event()
    assert client.get(here.get_absolute_url()).status_code == 404
    assert b"VEVENT" not in client.get("/engagement-events.ics").content
    take("open", here)
    assert b"Introduction to the code" in client.get("/calendar/?month=2020-03").content


def test_the_invitation_reaches_exactly_those_it_is_meant_for_and_each_once() -> None:
    here = opened(invited=["small-supplier"])
    small = party("Small Limited")
    contact("Ann", small)
    contact("Ben", small)
    contact("Cat", party("Large Limited", "large-supplier"))
    guest("Ben", here, party=small)
    assert [(one.person.name, one.why, one.left_out) for one in guests(here, london(BEFORE))] == [
        ("Ann", "Contact of Small Limited, Small Supplier", ""),
        ("Ben", "Contact of Small Limited, Small Supplier", "registered already"),
    ]
    take("invite", here)
    gather(london(BEFORE), london(BEFORE))
    assert [one.person.name for one in Message.objects.filter(notice="engagement_event.invite")] == ["Ann"]
    assert not uninvited(here, london(BEFORE))
    refused("was invited, or is registered", "invite", here)


def test_guests_are_reminded_once_two_days_before() -> None:
    here = opened()
    guest("Ann", here)
    refused("a set number of days before", "remind", here, "2020-03-08 09:59")
    at = london("2020-03-08 10:00")
    take_due(at, at)
    take_due(at, at)
    gather(at, at)
    assert Message.objects.filter(notice="engagement_event.remind").count() == 1
    here.refresh_from_db()
    refused("The guests were reminded already: one reminder is enough", "remind", here, "2020-03-09")


def test_who_came_is_told_once_the_event_has_begun_and_what_guests_needed_is_forgotten() -> None:
    here = opened(3)
    rows = [guest(name, here, needs="A ramp") for name in ("Ann", "Ben", "Cat")]
    with pytest.raises(Refused, match="The event has begun, so it is told who came instead"):
        actions.withdraw(rows[0], **told(rows[0].person, BEGINS))
    with pytest.raises(Refused, match="once the event has begun"):
        actions.tell_attendance(here, [rows[0].pk], **told(organiser(), BEFORE))
    after = told(organiser(), ENDS)
    assert actions.tell_attendance(here, [rows[0].pk, rows[1].pk], **after) == 3
    assert actions.tell_attendance(here, [rows[0].pk], **after) == 1
    assert list(states(here).values()) == ["attended", "did not come", "did not come"]
    refused("come to its end", "hold", here, "2020-03-10 15:59")
    take("hold", here, ENDS)
    assert not any(Registration.objects.values_list("needs", flat=True))
    with pytest.raises(Refused, match="not possible here"):
        actions.withdraw(rows[2], **told(rows[2].person, ENDS))
    grid = events_held.grid(Span.of(Month(2020, 3)))
    assert [grid.cell("introduction", key).value for key in ("events", "places", "came")] == [1, 3, 1]
    assert events_held.grid(Span.of(Month(2020, 2))).cell("total", "places").value == 0


def test_sessions_are_chosen_within_their_places_and_one_at_a_time() -> None:
    here = opened(3)
    hours = {"begins_at": london("2020-03-10 14:00"), "ends_at": london("2020-03-10 15:00")}
    left = EventSession.objects.create(event=here, title="Left", capacity=1, **hours)
    right = EventSession.objects.create(event=here, title="Right", capacity=9, **hours)
    first, second = guest("Ann", here), guest("Ben", here)
    with pytest.raises(Refused, match="at the same time"):
        actions.choose(first, [left, right], **told(first.person, BEFORE))
    actions.choose(first, [left], **told(first.person, BEFORE))
    with pytest.raises(Refused, match="“Left” is full"):
        actions.choose(second, [left], **told(second.person, BEFORE))
    actions.choose(second, [right], **told(second.person, BEFORE))
    with pytest.raises(Refused, match="sessions of this event"):
        actions.choose(guest("Cat", other := opened()), [left], **told(None, BEFORE))
    assert other.pk != here.pk
    actions.withdraw(first, **told(first.person, BEFORE))
    with pytest.raises(Refused, match="by who has a place"):
        actions.choose(first, [left], **told(first.person, BEFORE))
    actions.choose(second, [left], **told(second.person, BEFORE))
    outside = EventSession(event=here, title="Late", begins_at=london(BEGINS), ends_at=london("2020-03-10 16:01"))
    with pytest.raises(ValidationError, match="within the hours"):
        outside.full_clean()


def test_materials_are_given_afterwards_to_those_whom_their_class_allows(client: Client) -> None:
    here = opened()
    with pytest.raises(Refused, match="once the event was held"):
        actions.add_material(here, "Slides", "slides.txt", b"Words.", 1, **told(organiser(), BEFORE))
    take("hold", here, ENDS)
    for title, rank in (("Open slides", 0), ("Parties' slides", 1)):
        content = f"{title}.".encode()
        actions.add_material(here, title, "slides.txt", content, rank, **told(organiser(), ENDS))
    page = client.get(here.get_absolute_url()).content.decode()
    assert "Open slides" in page
    assert "slides</a>" not in page.replace("Open slides</a>", "")
    client.force_login(contact("Ann", party()))
    hidden = Material.objects.get(title="Parties' slides")
    assert b"".join(client.get(hidden.get_absolute_url())) == b"Parties' slides."


def test_badges_are_the_same_bytes_for_the_same_guests() -> None:
    here = opened(None)
    for name in ("Ann", "Ben #strong[x]", "Chloë"):
        guest(name.split()[0], here)
    rows = list(Registration.objects.select_related("person", "party"))
    made = badges(here, rows)
    assert made.startswith(b"%PDF")
    assert made == badges(here, reversed(rows))


def test_a_registration_is_its_persons_and_the_organisers(client: Client) -> None:
    here = opened()
    row = guest("Ann", here)
    for who, status in ((None, 404), (person("Ben"), 404), (row.person, 200), (organiser(), 200)):
        if isinstance(who, Person):
            client.force_login(who)
        assert client.get(f"/registrations/{row.pk}/").status_code == status


def test_a_party_sees_the_events_that_are_meant_for_it() -> None:
    small, large = party("Small Limited"), party("Large Limited", "large-supplier")
    here = opened(invited=["small-supplier"])
    who = contact("Ann", small)
    lines = [one for one in duties_of(small.pk, who, london(BEFORE)) if one.about == here]
    assert [one.end for one in lines] == [london(BEGINS)]
    assert not [one for one in duties_of(large.pk, who, london(BEFORE)) if one.about == here]
