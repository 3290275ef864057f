"""How somebody comes into a seat, stays and leaves it, and what that opens and closes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.opening import electorate
from secretariat.committees.models import Committee
from secretariat.committees.seats.actions import enter_seat
from secretariat.committees.seats.models import (
    ENDED,
    IN_OFFICE,
    RESIGNED,
    Appointment,
    Constituency,
    EmployerChange,
    Filling,
    How,
    Seat,
    members_on,
)
from secretariat.committees.seats.procedure import APPOINTMENTS
from secretariat.committees.seats.terms import term
from secretariat.core.classification import Class, clearance
from secretariat.core.journal import Event, history
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON
from secretariat.post.due import take_due
from secretariat.post.tick import tick
from tests.committees.factories import keeper, seat, someone
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

NOON = datetime(2020, 3, 2, 12, tzinfo=LONDON)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    """The pages are asked at one instant."""
    settings.CLOCK = NOON.isoformat()
    settings.MFA_REQUIRED_ROLES = []


def body(code: str) -> Committee:
    """A body by its code."""
    found: Committee = Committee.objects.get(code=code)
    return found


def stranger(name: str) -> Person:
    """Somebody without a capacity."""
    return Person.objects.create_user(f"{name.lower().replace(' ', '.')}@example.test", name)


def place(code: str = "SSC", title: str = "Large Suppliers 1", **more: Any) -> Seat:
    """A seat of a body since 2013."""
    told: dict[str, Any] = {"committee": body(code), "constituency": Constituency.LARGE_SUPPLIERS}
    return seat(title, **{**told, **more})


def appointed(of: Seat, person: Person, by: Person | None = None, at: datetime = NOON, **more: Any) -> Appointment:
    """Somebody appointed by the step."""
    told = {"from_day": TODAY, "recorded": at, **more}
    made = Appointment(seat=of, person=person, **told)
    APPOINTMENTS.take("appoint", made, by=by or keeper(), at=at, recorded=at)
    return made


def take(step: str, of: Appointment, by: Person | None = None, at: datetime = NOON, **facts: Any) -> Event:
    """One step on an appointment."""
    return APPOINTMENTS.take(step, of, by=by or keeper(), at=at, recorded=at, **facts)


def reads(person: Person, code: str, day: date) -> bool:
    """Whether a person reads a body's Amber papers at noon of a day, asked anew."""
    fresh = Person.objects.get(pk=person.pk)
    return code in clearance(fresh, datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)).audiences


def test_an_appointment_opens_the_bodys_papers_and_its_end_closes_them() -> None:
    person = stranger("A Member")
    made = appointed(place(), person, to_day=date(2020, 12, 31))
    assert not reads(person, "SSC", date(2020, 3, 1))
    assert reads(person, "SSC", TODAY)
    assert reads(person, "SSC", date(2020, 12, 31))
    assert not reads(person, "SSC", date(2021, 1, 1))
    assert clearance(Person.objects.get(pk=person.pk), NOON).rank == Class.GREEN
    take("resign", made, last_day="2020-06-30")
    assert (made.state, made.to_day) == (RESIGNED, date(2020, 6, 30))
    assert reads(person, "SSC", date(2020, 6, 30))
    assert not reads(person, "SSC", date(2020, 7, 1))


def test_who_is_removed_today_reads_nothing_more_today() -> None:
    person = stranger("A Member")
    made = appointed(place(), person)
    take("end", made, last_day=TODAY.isoformat(), reason="Removed.")
    assert (made.state, made.why_ended) == (ENDED, "Removed.")
    assert not reads(person, "SSC", TODAY)


def test_another_capacity_of_the_person_is_left_alone() -> None:
    person = someone("A Member", audience="SSC")
    made = appointed(place(), person)
    take("end", made, last_day=TODAY.isoformat())
    assert reads(person, "SSC", date(2021, 1, 1))
    assert Capacity.objects.filter(person=person).count() == 2


def test_an_observer_speaks_and_reads_no_amber() -> None:
    person = stranger("An Observer")
    observer = place(constituency=Constituency.OBSERVER, title="Observer", votes=False, filling=Filling.NOMINATED)
    made = appointed(observer, person)
    assert (made.to_day, made.opens.count()) == (None, 0)
    assert not reads(person, "SSC", TODAY)


def test_an_elected_member_has_the_term_of_the_rulebook() -> None:
    made = appointed(place(), stranger("A Member"), from_day=date(2020, 3, 2))
    assert made.to_day == date(2022, 3, 1)
    assert history(made).get().facts["working"] == "24 months from 2 March 2020 end on 1 March 2022."


@pytest.mark.parametrize(
    ("begins", "last"),
    [
        (date(2017, 9, 1), date(2019, 8, 31)),
        (date(2020, 3, 15), date(2022, 8, 31)),
        (date(2020, 2, 15), date(2021, 8, 31)),
        (date(2019, 12, 1), date(2021, 8, 31)),
    ],
)
def test_the_term_of_who_joins_in_between_is_aligned_to_the_nearest_annual_review(begins: date, last: date) -> None:
    assert term("SECP", begins).last == last


def test_a_term_is_told_with_its_working_and_where_none_is_set_it_lasts_until_further_notice() -> None:
    assert "the nearest annual review is on 1 September 2022" in term("SECP", date(2020, 3, 15)).working
    assert term("SECCB", TODAY).last is None
    assert term("OPSG", date(2020, 2, 29)).last == date(2022, 2, 27)


def test_a_member_is_appointed_for_another_term() -> None:
    person = stranger("A Member")
    made = appointed(place(), person, to_day=date(2020, 8, 31))
    take("reappoint", made)
    assert (made.state, made.terms, made.to_day) == (IN_OFFICE, 2, date(2022, 8, 31))
    assert reads(person, "SSC", date(2022, 8, 31))
    with pytest.raises(Refused, match="A new term ends after the present one"):
        take("reappoint", made, until="2021-01-01")


def test_only_who_sits_for_a_term_is_reappointed() -> None:
    made = appointed(place("SECCB"), stranger("A Member"))
    with pytest.raises(Refused, match="until further notice"):
        take("reappoint", made)


def test_a_seat_is_taken_by_one_member_at_a_time_and_by_the_next_from_the_day_after() -> None:
    of = place()
    first = appointed(of, stranger("First Member"))
    with pytest.raises(Refused, match="held by somebody else"):
        appointed(of, stranger("Next Member"), to_day=date(2020, 12, 31))
    take("resign", first, last_day="2020-06-30")
    following = appointed(of, stranger("Following Member"), from_day=date(2020, 7, 1))
    assert of.member_on(date(2020, 6, 30)) == first
    assert of.member_on(date(2020, 7, 1)) == following


def test_a_member_takes_a_seat_that_is_there() -> None:
    of = place(from_day=date(2020, 4, 1))
    with pytest.raises(Refused, match="ELE-6"):
        appointed(of, stranger("A Member"))


def test_time_ends_a_term_on_the_day_after_its_last() -> None:
    made = appointed(place(), stranger("A Member"), to_day=date(2020, 3, 3))
    with pytest.raises(Refused, match="An appointment is over after its last day"):
        APPOINTMENTS.take("expire", made, by=None, at=NOON, recorded=NOON)
    for day, state in ((3, IN_OFFICE), (4, ENDED)):
        now = datetime(2020, 3, day, 6, tzinfo=LONDON)
        assert take_due(now, now).refused == []
        made.refresh_from_db()
        assert made.state == state


@pytest.mark.parametrize("last", ["2020-03-01", "2021-01-01"])
def test_a_resignation_lies_within_the_term(last: str) -> None:
    made = appointed(place(), stranger("A Member"), to_day=date(2020, 12, 31))
    with pytest.raises(Refused, match="The last day lies on or after"):
        take("resign", made, last_day=last)


def test_a_member_resigns_in_person_and_nobody_else_does_it_for_them() -> None:
    of = place()
    member, other = stranger("A Member"), stranger("Another Member")
    made = appointed(of, member)
    appointed(place(title="Large Suppliers 2"), other)
    with pytest.raises(Refused, match="is for others"):
        take("resign", made, by=other, last_day="2020-06-30")
    take("resign", made, by=member, last_day="2020-06-30")
    assert made.notice_on == TODAY


def test_a_member_names_an_alternate_who_reads_the_papers_and_goes_with_the_member() -> None:
    of = place()
    member, alternate = stranger("A Member"), stranger("An Alternate")
    made = appointed(of, member, to_day=date(2020, 12, 31))
    acting = appointed(of, alternate, by=member, alternate_for=made, notice_on=TODAY)
    assert (acting.how, acting.to_day) == (How.ALTERNATE, date(2020, 12, 31))
    assert list(members_on(of.committee, TODAY)) == [made]
    assert reads(alternate, "SSC", date(2020, 12, 31))
    take("resign", made, last_day="2020-06-30")
    acting.refresh_from_db()
    assert acting.to_day == date(2020, 6, 30)
    assert not reads(alternate, "SSC", date(2020, 7, 1))


def test_an_alternate_is_somebody_else_acts_after_the_notice_and_while_the_member_sits() -> None:
    of, member = place(), stranger("A Member")
    made = appointed(of, member, to_day=date(2020, 12, 31))
    with pytest.raises(Refused, match="is not the own alternate"):
        appointed(of, member, alternate_for=made)
    with pytest.raises(Refused, match="day of the notice"):
        appointed(of, stranger("An Alternate"), alternate_for=made, notice_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="while the member holds the seat"):
        appointed(of, stranger("Late Alternate"), alternate_for=made, to_day=date(2021, 1, 1))
    with pytest.raises(Refused, match="is for others"):
        appointed(of, stranger("Any Alternate"), by=stranger("Somebody"), alternate_for=made)


def test_a_member_does_not_leave_before_an_alternate_begins() -> None:
    of = place()
    made = appointed(of, stranger("A Member"), to_day=date(2020, 12, 31))
    appointed(of, stranger("An Alternate"), alternate_for=made, from_day=date(2020, 7, 1))
    with pytest.raises(Refused, match="An alternate is named from a day after that one"):
        take("resign", made, last_day="2020-06-30")


def test_a_change_of_employer_is_marked_with_both_employers() -> None:
    made = appointed(place(), stranger("A Member"), employer="Alder Energy")
    take("change_employer", made, employer="Birch Energy", day=TODAY.isoformat())
    assert (made.employer, made.state) == ("Birch Energy", IN_OFFICE)
    kept = EmployerChange.objects.get()
    assert (kept.left, kept.joined, kept.day) == ("Alder Energy", "Birch Energy", TODAY)
    with pytest.raises(Refused, match="another than the one that is known"):
        take("change_employer", made, employer="Birch Energy", day=TODAY.isoformat())
    with pytest.raises(Refused, match="on which the person sat"):
        take("change_employer", made, employer="Elm Energy", day="2020-03-01")


def test_members_of_the_change_board_sit_on_the_change_sub_committee_in_a_second_capacity() -> None:
    person = stranger("A Member")
    made = appointed(place("SECCB"), person)
    assert not reads(person, "CSC", TODAY)
    hat = Seat(
        committee=body("CSC"), constituency=Constituency.OTHER_BODY, title="The Change Board", from_day=TODAY,
        filling=Filling.BODY, filled_by=body("SECCB"), second_hat=True,
    )  # fmt: skip
    enter_seat(hat, by=keeper(), at=NOON, recorded=NOON)
    assert list(members_on(body("CSC"), TODAY)) == [made]
    assert reads(person, "CSC", TODAY)
    later = appointed(place("SECCB", "Large Suppliers 2"), stranger("Later Member"))
    assert reads(later.person, "CSC", TODAY)
    with pytest.raises(Refused, match="another body: appoint them there"):
        appointed(hat, stranger("Nobody"))
    take("end", made, last_day="2020-06-30")
    assert not reads(person, "CSC", date(2020, 7, 1))
    assert list(members_on(body("CSC"), date(2020, 7, 1))) == [later]


def test_who_sits_in_a_second_capacity_votes_there_too() -> None:
    for number, name in enumerate(("First Member", "Second Member"), start=1):
        appointed(place("SECCB", f"Large Suppliers {number}"), stranger(name))
    told = {"filling": Filling.BODY, "filled_by": body("SECCB"), "second_hat": True}
    place("CSC", "The Change Board", constituency=Constituency.OTHER_BODY, **told)
    ballot = Ballot(committee=body("CSC"), opens_at=NOON, closes_at=NOON + timedelta(days=1))
    assert [one.name for one in electorate(ballot, TODAY)] == ["Large Suppliers 1", "Large Suppliers 2"]


def test_the_representative_of_another_body_is_its_member() -> None:
    of = place("SECPMA", "SSC representative", constituency=Constituency.OTHER_BODY, filling=Filling.BODY,
               filled_by=body("SSC"))  # fmt: skip
    person = stranger("A Member")
    with pytest.raises(Refused, match="for a member of another body"):
        appointed(of, person)
    appointed(place(), person)
    assert appointed(of, person).to_day == date(2022, 3, 1)


def test_the_secretary_appoints_on_a_page_and_sees_what_it_opens() -> None:
    of, person = place(), stranger("A Member")
    told = {"seat": of.pk, "person": person.pk, "how": "appointed", "from_day": TODAY.isoformat()}
    client = signed_in(keeper())
    assert f'value="{of.pk}" selected' in client.get(f"/appointments/new/?seat={of.pk}").content.decode()
    answer = client.post("/appointments/new/", told)
    made = Appointment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/appointments/{made.pk}/")
    content = client.get(answer["Location"]).content.decode()
    assert "What it opens" in content
    assert "Appoint for another term" in content
    refused = client.post("/appointments/new/", {**told, "person": keeper().pk})
    assert refused.status_code == 422
    assert "held by somebody else" in refused.content.decode()
    amended = client.post(f"/appointments/{made.pk}/edit/", {**told, "to_day": "2020-05-31"})
    assert amended.status_code == 302
    assert not reads(person, "SSC", date(2020, 6, 1))


def test_a_member_names_an_alternate_on_a_page_and_a_stranger_does_not() -> None:
    member, alternate = stranger("A Member"), stranger("An Alternate")
    made = appointed(place(), member)
    address = f"/appointments/{made.pk}/alternate/"
    client = signed_in(member)
    assert address in client.get(f"/appointments/{made.pk}/").content.decode()
    told = {"address": alternate.email.upper(), "from_day": TODAY.isoformat()}
    unknown = client.post(address, {**told, "address": "nobody@example.test"})
    assert unknown.status_code == 422
    assert "Ask the secretariat" in unknown.content.decode()
    assert client.post(address, told).status_code == 302
    assert made.alternates.get().person == alternate
    other = stranger("Another Member")
    appointed(place(title="Large Suppliers 2"), other)
    assert signed_in(other).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_who_sits_is_listed_for_parties_and_not_for_the_public() -> None:
    made = appointed(place(), stranger("A Member"))
    assert "A Member" not in Client().get("/appointments.csv").content.decode()
    assert Client().get(f"/appointments/{made.pk}/").status_code == 404
    contact = signed_in(someone("A contact", Role.PARTY_CONTACT, organisation_id=999))
    assert "A Member" in contact.get(f"/appointments.csv?committee={body('SSC').pk}&on=2020-03-02").content.decode()
    assert "A Member" not in contact.get("/appointments.csv?on=2020-03-01").content.decode()
    assert "A Member" not in contact.get(f"/appointments.csv?committee={body('OPSG').pk}").content.decode()
    assert "What it opens" not in contact.get(f"/appointments/{made.pk}/").content.decode()
    assert contact.get("/appointments/new/").status_code == 403


def test_the_person_hears_of_the_seat_and_the_secretary_of_the_vacancy(mailoutbox: Any) -> None:
    member, secretary = stranger("A Member"), keeper()
    made = appointed(place(), member)
    take("resign", made, by=member, last_day="2020-06-30")
    for _ in range(2):
        tick(NOON, NOON)
    told = {(mail.to[0], mail.subject) for mail in mailoutbox}
    assert (member.email, "Your seat: SSC") in told
    assert (secretary.email, "A seat falls vacant: SSC: Large Suppliers 1") in told
