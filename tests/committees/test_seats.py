"""Seats follow the rulebook and the register; one member in a seat at a time, alternates beside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from secretariat.committees.seats.actions import composition, lay_out
from secretariat.committees.seats.models import Appointment, Constituency, Seat
from secretariat.core.journal import history
from secretariat.register.models import GroupMembership
from tests.committees.factories import DURING, OPENS, appoint, board, groups, keeper, seat, someone

pytestmark = pytest.mark.django_db


def test_the_board_has_one_seat_for_each_large_supplier_group_and_the_rulebooks_number_for_the_others() -> None:
    groups("Alder", "Birch", category="large-supplier")
    made = lay_out(board(), by=keeper(), at=DURING, recorded=DURING)
    assert {line.constituency: (line.seats, line.said) for line in composition(board(), DURING.date())} == {
        Constituency.LARGE_SUPPLIERS: (2, 2),
        Constituency.CONSUMER: (1, 1),
        Constituency.SMALL_SUPPLIERS: (3, 3),
        Constituency.NETWORKS: (3, 3),
        Constituency.OTHER_PARTIES: (3, 3),
    }
    assert len(made) == 12
    assert all(not line.entry.verified for line in composition(board(), DURING.date()))
    assert history(made[0]).get().name == "seat.enter"
    assert lay_out(board(), by=keeper(), at=DURING, recorded=DURING) == []


def test_the_seat_of_a_group_without_parties_ends() -> None:
    groups("Alder", category="large-supplier")
    lay_out(board(), by=keeper(), at=DURING, recorded=DURING)
    GroupMembership.objects.update(to_day=DURING.date())
    later = DURING + timedelta(days=1)
    assert lay_out(board(), by=keeper(), at=later, recorded=later) == []
    assert Seat.objects.get(title="Alder").to_day == DURING.date()


def test_a_seat_has_one_member_at_a_time_and_alternates_of_its_own_member_only() -> None:
    place = seat("Consumer 1", Constituency.CONSUMER)
    member = appoint(place, "The member")
    told = {"seat": place, "recorded": OPENS, "from_day": date(2020, 1, 1)}
    with pytest.raises(ValidationError, match="held by somebody else"):
        Appointment(person=someone("Another"), **told).full_clean()
    Appointment(person=someone("Another"), alternate_for=member, **told).full_clean()
    elsewhere = seat("Networks 1", Constituency.NETWORKS)
    with pytest.raises(ValidationError, match="member of the same seat"):
        Appointment(person=someone("Another"), alternate_for=member, **{**told, "seat": elsewhere}).full_clean()
    with pytest.raises(ValidationError, match="does not end before"):
        Appointment(person=someone("Another"), to_day=date(2019, 1, 1), **told).full_clean()


def test_a_seat_is_vacant_on_a_day_without_a_member() -> None:
    place = seat("Consumer 1", Constituency.CONSUMER, "The member")
    assert place.member_on(date(2013, 9, 22)) is None
    assert str(place.member_on(date(2013, 9, 23))) == "The member, SECCB: Consumer 1"
