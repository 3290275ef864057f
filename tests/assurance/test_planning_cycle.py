"""When the next assessment is due, and what is counted of assessments and assessors."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.assurance.models import Assessment, AssessmentMilestone, Kind, MilestoneKind, State
from secretariat.assurance.planning.actions import place
from secretariat.assurance.planning.due import UserDue, users_due
from secretariat.assurance.planning.duties import next_assessments, systems_reports
from secretariat.assurance.planning.figures import (
    assessed_by_category,
    assessment_ages,
    assessments_booked,
    assessor_load,
)
from secretariat.assurance.planning.models import (
    Reliance,
    SharedProvider,
    SystemsReport,
)
from secretariat.core import journal
from secretariat.core.figures import Span
from secretariat.core.people import Role
from secretariat.plain.months import Month
from secretariat.register.contacts.supply import SupplyMeasure
from secretariat.register.models import Category, CategoryMembership, Party
from tests.assurance.factories import LATER, party, person, requested, security_person, take
from tests.assurance.fieldwork import FIRST, asked, assessor, booked, told
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


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


def test_a_party_sees_its_own_line_of_the_cycle_and_no_other() -> None:
    own = signed_in(person(Role.PARTY_CONTACT, organisation_id=user("Alder Energy Limited", Category.OTHER).pk))
    user("Birch Networks", Category.GAS_NETWORK)
    assessed("Alder Energy Limited", (Kind.FUSA, "2019-05-04"))
    assessed("Birch Networks", (Kind.FUSA, "2019-05-04"))
    assert "Birch Networks" not in own.get("/assessment-cycle/").content.decode()
    assert "Alder Energy Limited" in own.get("/assessment-cycle/").content.decode()
    rows = signed_in(security_person()).get("/assessment-cycle.csv").content.decode()
    assert "Birch Networks" in rows
