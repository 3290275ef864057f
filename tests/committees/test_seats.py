"""Seats follow the rulebook and the register; one member in a seat at a time, alternates beside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.committees.models import Committee
from secretariat.committees.seats.actions import enter_seat, lay_out
from secretariat.committees.seats.composition import composition, read_line, seats_said
from secretariat.committees.seats.models import (
    CATEGORIES,
    Appointment,
    Constituency,
    EmployerChange,
    Filling,
    Seat,
)
from secretariat.committees.seats.procedure import APPOINTMENTS
from secretariat.core.figures import FIGURES, Records, Span
from secretariat.core.journal import history
from secretariat.core.people import Person
from secretariat.core.published import Keeping
from secretariat.core.rulebook import Entry
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


def operations_group(large: int) -> Committee:
    """The Operations Group, laid out with as many Large Supplier groups in the register."""
    names = [f"Group {number:02}" for number in range(1, large + 1)]
    groups(*names, category="large-supplier")
    body: Committee = Committee.objects.get(code="OPSG")
    lay_out(body, by=keeper(), at=DURING, recorded=DURING)
    return body


def counted(code: str, column: str, day: date) -> Any:
    """A cell of the figure."""
    return FIGURES["seats"].grid(Span(day, day)).cell(code, column)


@pytest.mark.parametrize(("large", "said"), [(12, 23), (13, 24)])
def test_the_operations_group_has_23_seats_with_12_large_supplier_groups_and_24_with_13(large: int, said: int) -> None:
    body = operations_group(large)
    assert seats_said(composition(body, DURING.date())) == said
    assert counted("OPSG", "seats", DURING.date()).value == said
    assert counted("OPSG", "apart", DURING.date()).value == 1


def test_a_seat_more_follows_a_group_more_and_until_then_a_remark_says_so() -> None:
    body, later = operations_group(12), DURING + timedelta(days=1)
    groups("Latecomer", category="large-supplier")
    assert counted("OPSG", "seats", DURING.date()).value == 23
    remarks = FIGURES["seats"].grid(Span(DURING.date(), DURING.date())).remarks
    assert remarks == ("OPSG, Large Suppliers: the rulebook gives 13, and there are 12.",)
    (made,) = lay_out(body, by=keeper(), at=later, recorded=later)
    assert (made.title, counted("OPSG", "seats", later.date()).value) == ("Latecomer", 24)


def test_the_seat_of_a_group_that_left_ends_with_the_appointment_and_what_it_opened() -> None:
    body, later = operations_group(2), DURING + timedelta(days=1)
    of = Seat.objects.get(committee=body, title="Group 01")
    person = Person.objects.create_user("a.member@example.test", "A Member")
    told = {"by": keeper(), "at": DURING, "recorded": DURING}
    made = Appointment(seat=of, person=person, from_day=DURING.date(), recorded=DURING)
    APPOINTMENTS.take("appoint", made, **told)
    GroupMembership.objects.filter(group=of.voting_group).update(to_day=DURING.date())
    lay_out(body, by=keeper(), at=later, recorded=later)
    made.refresh_from_db()
    of.refresh_from_db()
    assert (made.state, made.to_day, of.to_day) == ("ended", DURING.date(), DURING.date())
    assert made.opens.get().to_day == DURING.date()


def test_the_panel_has_twelve_seats_of_which_one_is_the_chairs_without_a_vote() -> None:
    body = Committee.objects.get(code="SECP")
    made = lay_out(body, by=keeper(), at=DURING, recorded=DURING)
    assert len(made) == 12
    (chair,) = [one for one in made if not one.votes]
    assert (chair.title, chair.filling) == ("Chair", Filling.APPOINTED)
    assert seats_said(composition(body, DURING.date())) == 11


def test_a_body_has_not_more_seats_of_a_kind_than_at_most() -> None:
    body, told = Committee.objects.get(code="SECP"), {"by": keeper(), "at": DURING, "recorded": DURING}

    def further(title: str) -> Seat:
        return Seat(committee=body, constituency=Constituency.APPOINTED, title=title, from_day=DURING.date(),
                    filling=Filling.APPOINTED)  # fmt: skip

    enter_seat(further("The Chair's appointee"), **told)
    with pytest.raises(ValidationError, match="at most 1 such seats, and it has 1"):
        enter_seat(further("Another"), **told)


def test_the_change_sub_committee_is_laid_out_as_a_second_hat_and_the_pma_with_representatives() -> None:
    told = {"by": keeper(), "at": DURING, "recorded": DURING}
    (hat,) = lay_out(Committee.objects.get(code="CSC"), **told)
    assert (hat.second_hat, hat.filled_by.code, hat.title) == (True, "SECCB", "Members of the Change Board")
    pma = Committee.objects.get(code="SECPMA")
    titles = {seat.title for seat in lay_out(pma, **told)}
    assert {"SSC representative", "TABASC representative", "Specialist", "Large Suppliers 2"} <= titles
    assert lay_out(pma, **told) == []
    assert {line.constituency: line.said for line in composition(pma, date(2017, 6, 30))}[
        Constituency.LARGE_SUPPLIERS
    ] == 1


def test_networks_of_electricity_and_gas_share_seats_and_classes_that_are_no_category_have_theirs() -> None:
    assert CATEGORIES[Constituency.NETWORKS] == ("electricity-network", "gas-network")
    assert Constituency.MANUFACTURER not in CATEGORIES
    body = Committee.objects.get(code="SMDASC")
    titles = {seat.title for seat in lay_out(body, by=keeper(), at=DURING, recorded=DURING)}
    assert titles == {"Device manufacturer 1", "Large Suppliers 1", "Meter Asset Provider 1"}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"constituency": Constituency.OBSERVER, "votes": True}, "An observer speaks and does not vote"),
        ({"filling": Filling.BODY}, "A seat that is filled from another body names it"),
        ({"second_hat": True}, "Name the body whose members all sit here"),
        ({"to_day": date(2020, 1, 1)}, "does not end before it begins"),
    ],
)
def test_a_seat_is_of_a_kind_that_can_be(told: dict[str, Any], sentence: str) -> None:
    known: dict[str, Any] = {"constituency": Constituency.NETWORKS, "title": "A seat", "from_day": DURING.date()}
    with pytest.raises(ValidationError, match=sentence):
        Seat(committee=board(), recorded=OPENS, **{**known, **told}).full_clean()


def test_a_seat_does_not_end_while_somebody_holds_it_beyond() -> None:
    place = seat("Consumer 1", Constituency.CONSUMER, "The member")
    place.to_day = date(2020, 1, 1)
    with pytest.raises(ValidationError, match="Somebody holds the seat after that day"):
        place.full_clean()


@pytest.mark.parametrize("value", ["some", "1 for each party", "at most two", "all of 7"])
def test_a_line_of_the_rulebook_that_is_no_number_of_seats_is_refused(value: str) -> None:
    entry = Entry("seats.SSC.networks", value, date(2013, 9, 23), "A page", "sourced", "Seats")
    with pytest.raises(ValueError, match=r"seats\.SSC\.networks"):
        read_line("networks", entry)


def test_the_figure_opens_exactly_what_it_counts_and_asks_no_more_for_more_bodies(
    django_assert_max_num_queries: Any,
) -> None:
    operations_group(2)
    lay_out(board(), by=keeper(), at=DURING, recorded=DURING)
    appoint(Seat.objects.get(committee=board(), title="Networks 1"), "The member")
    day = DURING.date()
    Appointment.objects.update(from_day=day)
    with django_assert_max_num_queries(5):
        grid = FIGURES["seats"].grid(Span(day, day))
    for (row, column), cell in grid.cells.items():
        if isinstance(cell.counted, Records):
            assert len(cell.counted.ids) == cell.value, (row, column)
    assert [grid.cell("SECCB", name).value for name in ("seats", "apart", "held", "vacant")] == [12, 0, 1, 11]
    assert grid.headline.value == grid.cell("SECCB", "vacant").value + grid.cell("OPSG", "vacant").value
    listed = FIGURES["vacant_seats"].listing(Span(day, day))
    assert len(listed.rows) == grid.headline.value


def test_changes_of_employer_are_counted_of_the_panel_and_of_all_bodies() -> None:
    span = Span(date(2020, 2, 1), date(2020, 2, 29))
    assert FIGURES["employer_changes"].grid(span).cell("panel").value is None
    Keeping.objects.create(matter="members' employers", since=date(2013, 9, 23))
    panel = Committee.objects.get(code="SECP")
    for body, day in ((panel, 1), (panel, 29), (board(), 15)):
        place = seat(f"Consumer {day}", Constituency.CONSUMER, f"Member {day}", committee=body)
        told = {"joined": "Birch Energy", "recorded": DURING}
        EmployerChange.objects.create(appointment=place.appointments.get(), day=date(2020, 2, day), **told)
    EmployerChange.objects.create(appointment=place.appointments.get(), day=date(2020, 3, 1), **told)
    grid = FIGURES["employer_changes"].grid(span)
    assert (grid.cell("panel").value, grid.cell("all").value) == (2, 3)


def test_the_composition_is_for_the_secretariat_and_lays_out_what_is_missing(settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = DURING.isoformat(), []
    groups("Alder", category="large-supplier")
    client = Client()
    assert client.get("/committees/OPSG/composition/").status_code == 302
    client.force_login(someone("A member"), "django.contrib.auth.backends.ModelBackend")
    assert client.get("/committees/OPSG/composition/").status_code == 403
    client.force_login(keeper(), "django.contrib.auth.backends.ModelBackend")
    content = client.get("/committees/OPSG/composition/").content.decode()
    assert "1 for each Voting Group" in content
    assert "Newsletter of August 2017. Stated on a published page or document." in content
    assert client.post("/committees/OPSG/composition/").status_code == 302
    assert Seat.objects.filter(committee__code="OPSG").count() == 13


def test_vacant_seats_are_found_on_a_day() -> None:
    seat("Consumer 1", Constituency.CONSUMER, "The member")
    seat("Consumer 2", Constituency.CONSUMER)
    listed = Client().get("/seats.csv?vacant=2020-02-26").content.decode()
    assert "Consumer 2" in listed
    assert "Consumer 1" not in listed
