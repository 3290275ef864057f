"""The quorum as people arrive and leave, and conflicts of interest."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.committees.seats.models import Appointment
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.meetings.attending.actions import Guest, invite, members_to_invite
from secretariat.meetings.attending.models import Capacity, Conflict
from secretariat.meetings.attending.procedure import ATTENDANCES, CONFLICTS
from secretariat.meetings.attending.quorum import quorum
from secretariat.meetings.procedure import MEETINGS
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
    held,
    item,
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


def test_the_panels_quorum_is_half_of_those_in_office_and_the_chair_and_is_live() -> None:
    """GOV-5: of a Chair and three members two are needed, the Chair among them."""
    meeting = called()
    for name, when in (("Mae Lane", "10:00"), ("Ash Wood", "10:05"), ("Jo Ward", "10:10")):
        arrive(meeting, name, when)
    leave(meeting, "Jo Ward", "11:00")

    def met(when: str) -> tuple[int, bool, bool]:
        found = quorum(meeting, london(f"{DAY} {when}"))
        return found.count.present, found.chaired, found.met

    assert quorum(meeting, london(f"{DAY} 10:00")).count.needed == 2
    assert met("09:59") == (0, False, False)
    assert met("10:00") == (1, False, False)
    assert met("10:05") == (2, False, False), "without the Chair there is none"
    assert met("10:10") == (3, True, True)
    assert met("11:00") == (2, False, False), "the Chair has left"


def test_who_takes_the_chair_stands_for_the_chair() -> None:
    meeting = called()
    for name in ("Mae Lane", "Ash Wood"):
        arrive(meeting, name)
    for name in ("Mae Lane", "Ash Wood"):
        ATTENDANCES.take("take_the_chair", at(name, meeting), **by_clerk(f"{DAY} 10:05"))
    assert [str(row.person) for row in meeting.attendances.filter(chairs=True)] == ["Ash Wood"]
    assert quorum(meeting, london(f"{DAY} 10:05")).met
    guest = listed(meeting, person(Role.PARTY_CONTACT), Capacity.GUEST)
    ATTENDANCES.take("arrive", guest, **by_clerk(f"{DAY} 10:05"))
    with pytest.raises(Refused, match="The chair is taken by a member or an alternate"):
        ATTENDANCES.take("take_the_chair", guest, **by_clerk(f"{DAY} 10:05"))
    leave(meeting, "Ash Wood", "10:30")
    assert not quorum(meeting, london(f"{DAY} 10:30")).chaired


def test_an_alternate_counts_for_the_seat_and_a_seat_counts_once() -> None:
    """GOV-7."""
    meeting = panel()
    sits = Appointment.objects.get(person__name="Mae Lane")
    appoint(sits.seat, "Kit Shaw", alternate_for=sits)
    invite(meeting, members_to_invite(meeting), **told())
    arrive(meeting, "Kit Shaw")
    assert quorum(meeting, london(f"{DAY} 10:00")).count.present == 1
    arrive(meeting, "Mae Lane")
    assert quorum(meeting, london(f"{DAY} 10:00")).count.present == 1


def test_observers_guests_and_vacant_seats_count_for_nothing() -> None:
    """GOV-4, GOV-8."""
    meeting = panel()
    member("SECP", "Obi Reed", "observer", votes=False)
    Appointment.objects.filter(person__name="Ivy Hall").delete()
    invite(meeting, [*members_to_invite(meeting), Guest(person(Role.PARTY_CONTACT), Capacity.GUEST)], **told())
    for name in ("Obi Reed", str(person(Role.PARTY_CONTACT))):
        arrive(meeting, name)
    found = quorum(meeting, london(f"{DAY} 10:00"))
    assert (found.count.members, found.count.present) == (3, 0)


def test_another_bodys_quorum_is_by_its_own_rule_with_its_doubt() -> None:
    for name in NAMES:
        member("SSC", name)
    meeting = planned("SSC", DAY, 97)
    invite(meeting, members_to_invite(meeting), **told())
    arrive(meeting, "Mae Lane")
    assert not quorum(meeting, london(f"{DAY} 10:00")).met
    arrive(meeting, "Ash Wood")
    found = quorum(meeting, london(f"{DAY} 10:00"))
    assert (found.met, found.needs_chair) == (True, False)
    assert {rule.mark for rule in found.rules} == {"general knowledge, low"}
    assert found.sentences[0] == "2 of 3 members are there; 50% of them, so 2, are needed."


def test_a_body_without_members_has_no_quorum() -> None:
    assert not quorum(planned("TAG", DAY), london(f"{DAY} 10:00")).met


def test_the_quorum_page_is_for_those_who_may_read_who_is_there(client: Client) -> None:
    meeting = called()
    address = f"/meetings/{meeting.pk}/quorum/"
    assert client.get(address).status_code == 302
    for who, status in (
        (person(Role.PARTY_CONTACT), 404), (someone("Sam Tree", audience="SSC"), 404), (someone("Mae Lane"), 200),
        (clerk(), 200),
    ):  # fmt: skip
        client.force_login(who)
        assert client.get(address).status_code == status, who
    assert client.get("/meetings/999999/quorum/").status_code == 404


def test_the_secretary_marks_arrivals_with_one_button_each_and_the_page_refreshes_only_when_asked(
    client: Client,
) -> None:
    meeting = called()
    address = f"/meetings/{meeting.pk}/quorum/"
    client.force_login(clerk())
    plain = client.get(address).content.decode()
    assert "There is no quorum: nothing can be decided." in plain
    assert 'http-equiv="refresh"' not in plain
    assert '<meta http-equiv="refresh" content="20">' in client.get(f"{address}?refresh=1").content.decode()
    for name in ("Jo Ward", "Mae Lane"):
        answer = client.post(f"{address}?refresh=1", {"attendance": at(name, meeting).pk, "step": "arrive"})
        assert (answer.status_code, answer["Location"]) == (302, f"{address}?refresh=1")
    page = client.get(address).content.decode()
    assert "There is a quorum." in page
    assert "Has left" in page
    again = client.post(address, {"attendance": at("Mae Lane", meeting).pk, "step": "arrive"})
    assert again.status_code == 422
    assert "is not possible here" in again.content.decode()
    assert client.post(address, {"attendance": at("Ash Wood", meeting).pk, "step": "withdraw"}).status_code == 404
    assert client.post(address, {"attendance": "x", "step": "arrive"}).status_code == 404


def test_only_the_committees_team_marks_who_is_there(client: Client) -> None:
    meeting = called()
    client.force_login(someone("Mae Lane"))
    sent = {"attendance": at("Mae Lane", meeting).pk, "step": "arrive"}
    assert client.post(f"/meetings/{meeting.pk}/quorum/", sent).status_code == 403
    assert "Has arrived" not in client.get(f"/meetings/{meeting.pk}/quorum/").content.decode()


def test_who_withdraws_for_an_item_is_a_member_and_not_there_for_it() -> None:
    """GOV-3, GOV-5: the quorum of one item, while that of the others stays."""
    meeting = called("Mae Lane")
    first, second = item(meeting), item(meeting, number=2)
    for name in ("Jo Ward", "Mae Lane"):
        arrive(meeting, name)
    conflict = declared(meeting, item=first)
    now = london(f"{DAY} 10:30")
    assert quorum(meeting, now, first).count.present == 2
    CONFLICTS.take("withdraw", conflict, **by_clerk(f"{DAY} 10:20"))
    found = quorum(meeting, now, first)
    assert (found.count.members, found.count.present) == (2, 1)
    assert quorum(meeting, now, second).count.present == 2


def test_the_body_may_let_somebody_stay_and_says_why() -> None:
    meeting = called("Mae Lane")
    conflict = declared(meeting)
    with pytest.raises(Refused, match="Decided"):
        CONFLICTS.take("let_stay", conflict, **told())
    CONFLICTS.take("let_stay", conflict, decided="The interest is small", **told())
    assert (conflict.state, conflict.outcome) == ("may stay", "The interest is small")


def test_a_conflict_is_declared_by_whom_it_is_about_or_the_secretary_and_for_this_meeting() -> None:
    meeting = called("Mae Lane")
    other = item(held("TAG", "2020-02-12", 60))
    with pytest.raises(Refused, match="not on the agenda"):
        declared(meeting, item=other)
    with pytest.raises(Refused, match="on the list of those invited"):
        declared(meeting, "Una Pike")
    made = Conflict(meeting=meeting, person=someone("Mae Lane"), interest="Holds shares")
    with pytest.raises(Refused, match="is for others"):
        CONFLICTS.take("declare", made, **{**told(), "by": someone("Jo Ward")})
    MEETINGS.take("cancel", meeting, reason="No business", **told())
    with pytest.raises(Refused, match="is declared for a meeting that is not cancelled"):
        declared(meeting)


def test_a_conflict_is_declared_on_its_page_about_what_the_declarer_may_read(client: Client) -> None:
    meeting = called()
    white, red = item(meeting), item(meeting, title="Canary in Red", classification=3)
    hidden = planned("SSC", "2020-03-25", 97, classification=2, audience="SSC")
    address = f"/meetings/{meeting.pk}/conflict/"
    assert client.get(address).status_code == 302
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get(address).status_code == 403
    mae = someone("Mae Lane")
    client.force_login(mae)
    page = client.get(address).content.decode()
    assert "A change" in page
    assert "Canary in Red" not in page
    assert "Ash Wood" not in page
    sent = {"person": mae.pk, "item": white.pk, "interest": "Holds shares", "about": "SECP_79_2703"}
    assert client.post(address, {**sent, "item": red.pk}).status_code == 422
    assert b"names no records" in client.post(address, {**sent, "about": str(hidden)}).content
    assert client.post(address, {**sent, "person": someone("Ash Wood").pk}).status_code == 422
    assert client.post(address, sent).status_code == 302
    made = Conflict.objects.get()
    assert (made.person, made.item, made.about, made.audience) == (mae, white, meeting, "SECP")
    assert b"Holds shares" in client.get(made.get_absolute_url()).content
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 404
    assert b"Holds shares" not in client.get(meeting.get_absolute_url()).content
    assert b"Holds shares" not in client.get("/conflicts-of-interest.csv").content
