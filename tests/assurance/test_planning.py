"""Fieldwork: asked for, placed, moved, held and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from secretariat.assurance.models import Assessment, Kind, State
from secretariat.assurance.planning.actions import move
from secretariat.assurance.planning.models import (
    ASKED,
    BOOKED,
    CANCELLED,
    HELD,
    Absence,
    Assessor,
    AssessorCapacity,
    BookedDay,
    Booking,
)
from secretariat.assurance.planning.procedure import BOOKINGS
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from tests.assurance.factories import LATER, london, party, person, prepared, requested, security_person, take
from tests.assurance.fieldwork import FIRST, asked, assessor, booked, told
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def refused(name: str, booking: Booking, on: str = "2020-01-07", **facts: Any) -> str:
    with pytest.raises(Refused) as refusal:
        BOOKINGS.take(name, booking, **told(on), **facts)
    return str(refusal.value)


def test_placing_fieldwork_takes_its_days_and_books_the_assessment() -> None:
    made = booked()
    assert (made.state, made.last_day) == (BOOKED, date(2020, 4, 3))
    assert list(made.booked_days.values_list("day", flat=True)) == [FIRST + timedelta(days=step) for step in range(5)]
    case = made.assessment
    assert (case.state, case.fieldwork_due) == (State.BOOKED, FIRST)


def test_moving_one_booking_moves_no_other_and_moves_its_case() -> None:
    made, other = booked(), booked("Birch Networks", date(2020, 4, 14))
    before = list(BookedDay.objects.filter(booking=other).values())
    move(made, assessor(), date(2020, 4, 22), "Key people are away", **told("2020-03-04"))
    assert list(BookedDay.objects.filter(booking=other).values()) == before
    assert made.booked_days.count() == 5
    case = Assessment.objects.get(pk=made.assessment_id)
    assert case.fieldwork_due == date(2020, 4, 22)
    change = case.bookingchanges.get()
    assert (change.was, change.now, change.fee_percent) == (FIRST, date(2020, 4, 22), 25)


def test_an_assessor_is_never_booked_twice_on_a_day() -> None:
    first = booked()
    second = asked(case=requested("2020-01-06", of="Birch Networks"))
    told_why = refused("place", second, assessor=assessor().pk, first_day=date(2020, 4, 2))
    assert told_why == "Team 1 is booked on Thu 2 Apr 2020: Alder Energy Limited."
    assert Booking.objects.get(pk=second.pk).state == ASKED
    day = first.booked_days.first()
    assert day is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        BookedDay.objects.create(booking=second, assessor=assessor(), day=day.day)


def test_an_absence_and_a_day_off_are_refused_with_their_reason() -> None:
    made = asked()
    away: Any = {"from_day": date(2020, 4, 1), "to_day": date(2020, 4, 1), "recorded": LATER}
    Absence.objects.create(assessor=assessor(), reason="training", **away)
    assert "is away on Wed 1 Apr 2020: training." in refused("place", made, assessor=assessor().pk, first_day=FIRST)
    saturday = date(2020, 4, 4)
    assert "is not a Working Day" in refused("place", made, assessor=assessor().pk, first_day=saturday)


def test_lead_time_is_kept() -> None:
    made = asked()
    team = assessor().pk
    assert "weeks after it was asked for: twelve" in refused(
        "place", made, assessor=team, first_day=FIRST - timedelta(days=3)
    )
    assert "Fieldwork is placed on days to come." in refused(
        "place", made, "2020-03-04 17:00", assessor=team, first_day=date(2020, 3, 4)
    )


def test_the_body_that_assesses_and_the_meeting_beforehand_are_checked() -> None:
    made = asked()
    auditor = assessor("Auditor", body="IPA").pk
    assert "is assessed by the User CIO, privacy" in refused("place", made, assessor=auditor, first_day=FIRST)
    facts: Any = {"assessor": assessor().pk, "first_day": FIRST, "pre_meeting_on": FIRST}
    assert "is on a Working Day before fieldwork begins" in refused("place", made, **facts)


def test_what_is_asked_for_must_be_possible() -> None:
    assessment = requested("2020-01-06")
    short = Booking(assessment=assessment, days=2, asked_on=date(2020, 1, 6))
    assert "lasts from three to ten Working Days" in refused("ask", short, "2020-01-06")
    early = Booking(assessment=assessment, days=5, asked_on=date(2020, 1, 6))
    assert "on the day on which its form came" in refused("ask", early, "2020-01-07")
    self_assessed = Booking(assessment=requested("2020-01-06", Kind.SSA), days=5, asked_on=date(2020, 1, 6))
    assert "no fieldwork" in refused("ask", self_assessed, "2020-01-06")
    over = Booking(assessment=prepared("2020-01-06", of="Cedar Supply"), days=5, asked_on=date(2020, 1, 6))
    assert "requested, booked or validated; afterwards it is done" in refused("ask", over, "2020-01-06")
    asked(case=assessment)
    again = Booking(assessment=assessment, days=5, asked_on=date(2020, 1, 6))
    assert "has an open booking already" in refused("ask", again, "2020-01-06")


def test_a_booking_is_moved_to_something_else() -> None:
    made = booked()
    told_why = refused("move", made, assessor=assessor().pk, first_day=FIRST, reason="none")
    assert "another day or another assessor" in told_why


def test_a_party_asks_for_its_own_fieldwork_and_withdraws_it_and_others_do_not() -> None:
    own = person(Role.PARTY_CONTACT, organisation_id=party().pk)
    made = asked(by=own)
    other = person(Role.PARTY_CONTACT, organisation_id=party("Birch Networks").pk)
    with pytest.raises(Refused):
        BOOKINGS.take("withdraw", made, **{**told("2020-01-07"), "by": other}, reason="No")
    BOOKINGS.take("withdraw", made, **{**told("2020-01-07"), "by": own}, reason="Not needed yet")
    assert made.state == CANCELLED


def test_time_holds_what_is_over_and_lets_fall_what_was_cancelled() -> None:
    over, gone = booked(), booked("Birch Networks", date(2020, 4, 14))
    assert "once its last day is over" in refused("hold", over, "2020-03-04")
    assert "has ended without the fieldwork" in refused("lapse", gone, "2020-03-04")
    take("cancel", gone.assessment, "2020-03-04", reason="Left the market")
    assert take_due(london("2020-04-04 09:00"), london("2020-04-04 09:00")).refused == []
    assert [Booking.objects.get(pk=one.pk).state for one in (over, gone)] == [HELD, CANCELLED]
    assert over.booked_days.count() == 5
    assert not gone.booked_days.exists()


def test_a_booking_is_asked_for_and_placed_on_its_pages(settings: Any) -> None:
    settings.CLOCK = "2020-01-07T12:00:00+00:00"
    own, team = signed_in(person(Role.PARTY_CONTACT, organisation_id=party().pk)), signed_in(security_person())
    case, other = requested("2020-01-06"), requested("2020-01-06", of="Birch Networks")
    page = own.get(f"/bookings/new/?assessment={case.pk}").content.decode()
    assert f'value="{case.pk}"' in page
    assert f'value="{other.pk}"' not in page
    assert own.post("/bookings/new/", {"assessment": case.pk, "days": 5}).status_code == 302
    made = Booking.objects.get()
    assert (made.state, made.asked_on) == (ASKED, date(2020, 1, 7))
    assessor()
    assert own.get(f"/bookings/{made.pk}/place/").status_code == 403
    page = team.get(f"/bookings/{made.pk}/place/").content.decode()
    assert "Tue 31 Mar 2020" in page
    taken = team.post(f"/bookings/{made.pk}/place/", {"assessor": assessor().pk, "first_day": "2020-03-30"})
    assert taken.status_code == 422
    assert "twelve" in taken.content.decode()
    facts = {"assessor": assessor().pk, "first_day": "2020-03-31"}
    assert team.post(f"/bookings/{made.pk}/place/", facts).status_code == 302
    page = own.get(made.get_absolute_url()).content.decode()
    assert "Tue 31 Mar 2020" in page
    assert "Team 1" not in page
    calendar = team.get("/fieldwork-calendar/?begin=2020-03-30").content.decode()
    assert "Alder Energy Limited, FUSA" in calendar
    assert "Tue to Fri" in calendar
    feed = team.get(f"/bookings.ics?assessor={assessor().pk}").content.decode()
    assert "DTSTART;TZID=Europe/London:20200331T090000" in feed
    assert "DTEND;TZID=Europe/London:20200406T170000" in feed


def test_a_new_capacity_ends_the_one_before_and_an_absence_must_end(settings: Any) -> None:
    settings.CLOCK = "2020-01-07T12:00:00+00:00"
    team, page = signed_in(security_person()), f"/assessors/{assessor().pk}"
    assert team.post(f"{page}/capacity/", {"days_a_week": 3, "from_day": "2020-02-03"}).status_code == 302
    first, second = AssessorCapacity.objects.order_by("from_day")
    assert (first.to_day, second.days_a_week, second.to_day) == (date(2020, 2, 2), 3, None)
    refusal = team.post(f"{page}/capacity/", {"days_a_week": 4, "from_day": "2020-01-01", "to_day": "2020-02-10"})
    assert refusal.status_code == 422
    assert "another capacity holds" in refusal.content.decode()
    assert AssessorCapacity.objects.count() == 2
    away = {"from_day": "2020-02-10", "to_day": "2020-02-07", "reason": "leave"}
    assert "ends before it begins" in team.post(f"{page}/absence/", away).content.decode()
    assert team.post(f"{page}/absence/", {**away, "to_day": "2020-02-14"}).status_code == 302
    assert Absence.objects.get().to_day == date(2020, 2, 14)


def test_the_security_team_hears_that_fieldwork_is_asked_for_and_the_case_shows_it(settings: Any) -> None:
    settings.CLOCK = "2020-03-05T12:00:00+00:00"
    team = signed_in(security_person())
    case = requested("2020-01-06")
    assert "Ask for its fieldwork" in team.get(case.get_absolute_url()).content.decode()
    made = asked(case=case)
    gather(LATER, LATER)
    assert Message.objects.filter(subject=f"Fieldwork is asked for: {made}").exists()
    page = team.get(case.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in page
    assert "Ask for its fieldwork" not in page


def test_an_assessor_reads_the_bookings_of_its_own_body_only() -> None:
    made = booked()
    auditor, cio = (person(Role.ASSESSOR, audience=body) for body in ("IPA", "CIO"))
    assert list(Booking.objects.visible_to(cio, LATER)) == [made]
    assert not Booking.objects.visible_to(auditor, LATER).exists()
    assert list(Assessor.objects.visible_to(cio, LATER)) == [assessor()]
    assert not Assessor.objects.visible_to(None, LATER).exists()
