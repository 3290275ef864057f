"""What the assurance room counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.assurance.figures import assessment_counters
from secretariat.assurance.models import Kind
from secretariat.core.figures import Grid, Records, Span
from secretariat.plain.months import Month
from tests.assurance.factories import prepared, requested, take

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))
KEYS = (
    "fieldwork", "validated_fusa", "validated_vusa", "assurance_set", "compliance_fusa", "compliance_vusa",
    "ssa_reviewed", "directors_letters", "prepared", "in_progress",
)  # fmt: skip


def counted(grid: Grid, key: str) -> Any:
    """The number, which must be that of the records behind it."""
    cell = grid.cell(key)
    assert isinstance(cell.counted, Records)
    assert len(cell.counted.ids) == cell.value
    return cell.value


def the_records() -> None:
    """February's work: two initial FUSAs, a later FUSA, a VUSA, an SSA and a follow-up."""
    take("set_status", prepared("2020-02-03", initial=True), "2020-02-12", status="Approved")
    take("set_status", prepared("2020-01-31", initial=True, of="Birch Networks"), "2020-02-29", status="Deferred")
    later = prepared("2020-02-29", of="Cedar Supply")
    take("set_status", later, "2020-03-01", status="Compliant")
    vusa = prepared("2020-01-06", kind=Kind.VUSA)
    take("set_status", vusa, "2020-02-01", status="Compliant subject to remediation")
    take("submit_letter", vusa, "2020-02-01")
    take("approve_directors_letter", vusa, "2020-02-02")
    take("close", vusa, "2020-02-29")
    take("review", prepared("2020-01-06", kind=Kind.SSA, of="Dogwood Meters"), "2020-02-14")
    take("review", prepared("2020-01-06", kind=Kind.FOLLOW_UP, of="Dogwood Meters"), "2020-02-14")


def test_the_counters_stand_in_their_published_order_with_their_labels() -> None:
    grid = assessment_counters.grid(FEBRUARY)
    assert tuple(row.key for row in grid.rows) == KEYS
    assert grid.rows[3].label == "Assurance Statuses set (initial FUSA)"
    assert [(head.key, head.label) for head in grid.columns] == [("value", "February 2020")]


def test_milestones_of_the_span_are_counted_by_their_day_and_kind_of_assessment() -> None:
    the_records()
    grid = assessment_counters.grid(FEBRUARY)
    assert {key: counted(grid, key) for key in KEYS} == {
        "fieldwork": 0,
        "validated_fusa": 0,
        "validated_vusa": 0,
        "assurance_set": 2,
        "compliance_fusa": 0,
        "compliance_vusa": 1,
        "ssa_reviewed": 1,
        "directors_letters": 1,
        "prepared": 2,
        "in_progress": 4,
    }
    november = assessment_counters.grid(Span.of(Month(2019, 11)))
    assert [counted(november, key) for key in KEYS[:3]] == [5, 3, 1]
    assert counted(assessment_counters.grid(Span.of(Month(2020, 3))), "compliance_fusa") == 1


def test_a_party_with_two_open_assessments_counts_once() -> None:
    requested("2020-02-03")
    requested("2020-02-03", Kind.VUSA)
    assert counted(assessment_counters.grid(FEBRUARY), "in_progress") == 1


@pytest.mark.parametrize(
    ("last", "number"), [("2020-01-05", 0), ("2020-01-06", 1), ("2020-02-28", 1), ("2020-02-29", 0)]
)
def test_an_assessment_is_open_from_its_opening_until_the_day_before_it_closes(last: str, number: int) -> None:
    made = prepared("2020-02-03", opened="2020-01-06")
    take("set_status", made, "2020-02-12", status="Compliant")
    take("close", made, "2020-02-29")
    span = Span(date(2019, 12, 1), date.fromisoformat(last))
    assert counted(assessment_counters.grid(span), "in_progress") == number


def test_the_midnight_of_london_divides_the_months() -> None:
    made = prepared("2020-02-29 23:59")
    assert made.milestones.get(kind="prepared").day == date(2020, 2, 29)
    assert counted(assessment_counters.grid(FEBRUARY), "prepared") == 1


def test_the_figure_asks_two_queries(django_assert_max_num_queries: Any) -> None:
    the_records()
    with django_assert_max_num_queries(2):
        assessment_counters(FEBRUARY)
