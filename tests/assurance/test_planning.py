"""Booking fieldwork (SEC-5), every User's next assessment (SEC-3), shared providers (SEC-14), and what is counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from secretariat.assurance.models import Assessment, AssessmentMilestone, Kind, MilestoneKind, State
from secretariat.assurance.planning.actions import move, place
from secretariat.assurance.planning.due import UserDue, users_due
from secretariat.assurance.planning.duties import next_assessments, systems_reports
from secretariat.assurance.planning.figures import (
    assessed_by_category,
    assessment_ages,
    assessments_booked,
    assessor_load,
)
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
    Reliance,
    SharedProvider,
    SystemsReport,
)
from secretariat.assurance.planning.procedure import BOOKINGS
from secretariat.core import journal
from secretariat.core.figures import Span
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from secretariat.register.contacts.supply import SupplyMeasure
from secretariat.register.models import Category, CategoryMembership, Party
from tests.assurance.factories import LATER, london, party, person, prepared, requested, security_person, take

pytestmark = pytest.mark.django_db
FIRST = date(2020, 3, 30)
"""Twelve weeks after Monday 6 January 2020."""


def told(on: str) -> dict[str, Any]:
    return {"by": security_person(), "at": london(on), "recorded": LATER}


def assessor(name: str = "Team 1", days_a_week: int = 5, body: str = "CIO") -> Assessor:
    made, new = Assessor.objects.get_or_create(name=name, defaults={"body": body})
    if new:
        since: Any = {"from_day": date(2019, 1, 1), "recorded": LATER}
        AssessorCapacity.objects.create(assessor=made, days_a_week=days_a_week, **since)
    return made


def asked(on: str = "2020-01-06", days: int = 5, case: Assessment | None = None, by: Person | None = None) -> Booking:
    made = Booking(assessment=case or requested(on), days=days, asked_on=date.fromisoformat(on))
    BOOKINGS.take("ask", made, **{**told(on), "by": by or security_person()})
    return made


def booked(of: str = "Alder Energy Limited", first: date = FIRST, team: str = "Team 1") -> Booking:
    made = asked(case=requested("2020-01-06", of=of))
    place(made, assessor(team), first, **told("2020-01-07"))
    return made


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


def user(name: str, category: str, premises: int | None = None) -> Party:
    made = party(name)
    since: Any = {"from_day": date(2015, 1, 1), "recorded": LATER}
    CategoryMembership.objects.get_or_create(party=made, category=category, defaults=since)
    if premises is not None:
        measured(made, premises, date(2019, 1, 1))
    return made


def measured(of: Party, premises: int, on: date) -> None:
    row = SupplyMeasure(party=of, premises=premises, measured_on=on, confirmed_on=on, state="confirmed")
    journal.enter_all([row], by=None, at=LATER, recorded=LATER)


def assessed(name: str, *past: tuple[str, str]) -> None:
    """Closed assessments whose fieldwork, or self-assessment, was on a day."""
    for kind, on in past:
        day = date.fromisoformat(on)
        case = Assessment(party=party(name), kind=kind, opened_on=day, closed_on=day, state=State.CLOSED)
        (saved,) = journal.enter_all([case], by=None, at=LATER, recorded=LATER)
        done = MilestoneKind.PREPARED if kind == Kind.SSA else MilestoneKind.FIELDWORK
        AssessmentMilestone.objects.create(assessment=saved, kind=done, day=day)


def due_of(name: str, day: date = date(2020, 3, 2)) -> UserDue:
    (found,) = users_due(day, Party.objects.get(name=name))
    return found


TWO_YEARS = ((Kind.FUSA, "2018-03-30"), (Kind.VUSA, "2019-04-02"))


@pytest.mark.parametrize(
    ("category", "premises", "kind", "words"),
    [
        (Category.LARGE_SUPPLIER, 300_000, "VUSA", "At or above 250,000"),
        (Category.SMALL_SUPPLIER, 1_000, "SSA", "Below 250,000"),
        (Category.SMALL_SUPPLIER, 250_000, "VUSA", "At or above 250,000"),
        (Category.SMALL_SUPPLIER, None, "SSA", "taken as a Small Supplier"),
        (Category.ELECTRICITY_NETWORK, None, "SSA", "Its systems are not known"),
        (Category.OTHER, None, "SSA", "makes no difference"),
    ],
)
def test_the_next_assessment_depends_on_category_and_size(
    category: str, premises: int | None, kind: str, words: str
) -> None:
    user("Alder Energy Limited", category, premises)
    assessed("Alder Energy Limited", *TWO_YEARS)
    found = due_of("Alder Energy Limited")
    assert (found.next.kind, found.next.due) == (kind, date(2020, 4, 2))
    assert words in found.next.working[0]
    assert found.entry.doubt.startswith("General knowledge")


def test_a_small_network_has_the_shorter_cycle() -> None:
    network = user("Birch Networks", Category.GAS_NETWORK)
    assessed("Birch Networks", (Kind.FUSA, "2018-03-30"))
    assert due_of("Birch Networks").next.kind == "VUSA"
    SystemsReport.objects.create(party=network, as_at=date(2019, 12, 31), systems=900, reported_on=date(2020, 1, 9))
    assert due_of("Birch Networks").next.kind == "SSA"


def test_crossing_the_threshold_moves_the_next_assessment_and_says_so() -> None:
    grown = user("Alder Energy Limited", Category.SMALL_SUPPLIER, 240_000)
    assessed("Alder Energy Limited", *TWO_YEARS)
    assert due_of("Alder Energy Limited").next.kind == "SSA"
    measured(grown, 260_000, date(2020, 1, 1))
    found = due_of("Alder Energy Limited")
    assert found.next.kind == "VUSA"
    assert "it would have been SSA" in found.next.working[-1]


def test_a_user_without_an_assessment_has_the_initial_one_first_and_what_is_open_is_told() -> None:
    user("Alder Energy Limited", Category.OTHER)
    case = requested("2020-01-06", initial=True)
    found = due_of("Alder Energy Limited")
    assert (found.next.kind, found.next.due, found.stands, found.is_booked) == ("FUSA", None, "requested", False)
    made = asked(case=case)
    assert due_of("Alder Energy Limited").stands == "fieldwork asked for"
    place(made, assessor(), FIRST, **told("2020-01-07"))
    found = due_of("Alder Energy Limited")
    assert (found.stands, found.is_booked) == ("booked from Mon 30 Mar 2020", True)


def test_a_party_is_told_to_ask_twelve_weeks_before_its_next_fieldwork_is_due() -> None:
    large = user("Alder Energy Limited", Category.LARGE_SUPPLIER, 300_000)
    assessed("Alder Energy Limited", *TWO_YEARS)
    own = person(Role.PARTY_CONTACT, organisation_id=large.pk)
    (duty,) = next_assessments(large.pk, own, LATER)
    assert (duty.due, duty.day) == (date(2020, 1, 9), date(2020, 1, 9))
    assert "Year 3 of FUSA, VUSA, VUSA is VUSA." in duty.working
    stranger = person(Role.PARTY_CONTACT, organisation_id=party("Birch Networks").pk)
    assert list(next_assessments(large.pk, stranger, LATER)) == []
    requested("2020-03-02", Kind.VUSA)
    assert list(next_assessments(large.pk, own, LATER)) == []


def test_a_user_on_a_shared_provider_reports_its_systems_every_half_year() -> None:
    small = user("Alder Energy Limited", Category.SMALL_SUPPLIER)
    own = person(Role.PARTY_CONTACT, organisation_id=small.pk)
    assert list(systems_reports(small.pk, own, LATER)) == []
    provider = SharedProvider.objects.create(name="Shared system", shares="A gateway")
    since: Any = {"from_day": date(2019, 1, 1), "recorded": LATER}
    Reliance.objects.create(party=small, provider=provider, **since)
    (duty,) = systems_reports(small.pk, own, LATER)
    assert duty.due == date(2020, 1, 20)
    assert "Tue 31 Dec 2019" in duty.working
    report: Any = {"as_at": date(2019, 12, 31), "reported_on": date(2020, 1, 9)}
    SystemsReport.objects.create(party=small, systems=900, **report)
    assert list(systems_reports(small.pk, own, LATER)) == []


FEBRUARY = Span.of(Month(2020, 2))


def test_ages_tell_how_long_cases_stand_and_stood() -> None:
    requested("2020-02-19")
    requested("2020-02-09", of="Birch Networks")
    take("book", requested("2020-01-20", of="Cedar Supply"), "2020-01-30", fieldwork_due="2020-05-01")
    grid = assessment_ages.grid(FEBRUARY)
    assert [grid.cell("requested", key).value for key in ("open", "open-median", "open-longest")] == [2, 15, 20]
    assert [grid.cell("requested", key).value for key in ("passed", "passed-median")] == [1, 10]
    assert grid.cell("booked", "open-longest").value == 30
    assert grid.cell("fieldwork", "open-median").value is None


def test_the_load_tells_what_is_booked_what_is_due_and_what_there_is() -> None:
    user("Cedar Supply", Category.LARGE_SUPPLIER, 300_000)
    assessed("Cedar Supply", (Kind.FUSA, "2019-05-04"))
    booked()
    grid = assessor_load.grid(FEBRUARY)
    months = [head.key for head in grid.columns]
    assert (months[0], months[-1], len(months)) == ("2020-03", "2021-02", 12)
    march = [grid.cell(row, "2020-03").value for row in ("booked", "due", "due-days", "capacity", "short")]
    assert march == [2, 0, 0, 22, 0]
    assert [grid.cell(row, "2020-05").value for row in ("booked", "due", "due-days")] == [0, 1, 5]


def test_the_share_that_is_booked_withholds_small_numbers() -> None:
    for number in range(12):
        user(f"Supplier {number}", Category.SMALL_SUPPLIER)
        assessed(f"Supplier {number}", (Kind.FUSA, "2019-05-04"))
        if number < 6:
            requested("2020-01-06", Kind.VUSA, of=f"Supplier {number}")
            case = Assessment.objects.get(party__name=f"Supplier {number}", kind=Kind.VUSA)
            take("book", case, "2020-01-07", fieldwork_due="2020-04-01")
    grid = assessments_booked.grid(FEBRUARY)
    assert [grid.cell("small-supplier", key).value for key in ("due", "booked", "share")] == [12, 6, 50]
    assert grid.cell("total", "due").value == 12
    user("Large", Category.LARGE_SUPPLIER)
    assessed("Large", (Kind.FUSA, "2019-05-04"))
    grid = assessments_booked.grid(FEBRUARY)
    assert grid.cell("large-supplier", "due").value is None
    assert grid.cell("small-supplier", "due").value is None
    assert grid.cell("total", "due").value == 13
    assert grid.remarks


def test_parties_being_assessed_are_told_by_category_and_small_categories_are_not() -> None:
    for number in range(5):
        user(f"Other {number}", Category.OTHER)
        requested("2020-02-03", of=f"Other {number}")
    assert assessed_by_category.grid(FEBRUARY).cell("other-sec-party").value == 5
    user("Large", Category.LARGE_SUPPLIER)
    requested("2020-02-03", of="Large")
    grid = assessed_by_category.grid(FEBRUARY)
    assert [grid.cell(key).value for key in ("other-sec-party", "large-supplier", "total")] == [None, None, 6]


def signed_in(someone: Person) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


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


def test_a_party_sees_its_own_line_of_the_cycle_and_no_other() -> None:
    own = signed_in(person(Role.PARTY_CONTACT, organisation_id=user("Alder Energy Limited", Category.OTHER).pk))
    user("Birch Networks", Category.GAS_NETWORK)
    assessed("Alder Energy Limited", (Kind.FUSA, "2019-05-04"))
    assessed("Birch Networks", (Kind.FUSA, "2019-05-04"))
    assert "Birch Networks" not in own.get("/assessment-cycle/").content.decode()
    assert "Alder Energy Limited" in own.get("/assessment-cycle/").content.decode()
    rows = signed_in(security_person()).get("/assessment-cycle.csv").content.decode()
    assert "Birch Networks" in rows
