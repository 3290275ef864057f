"""What is counted of applications, and the way of their timeline."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.core.figures import Span, Unknown
from secretariat.plain.months import Month
from secretariat.register.accession.figures import applicants_that_will_accede, applications
from secretariat.register.accession.procedure import APPLICATIONS
from secretariat.register.accession.timeline import latest_start, timeline, usual_board_day
from secretariat.register.figures import accessions
from tests.register.applying import (
    before_the_board,
    draft,
    executed,
    invoiced,
    issued,
    on,
    returned,
    sent,
)
from tests.register.factories import keep

pytestmark = pytest.mark.django_db


def flow(month: Month) -> dict[str, Any]:
    """The flow of a month, row by row."""
    grid = applications.grid(Span.of(month))
    assert grid.remarks == ()
    return {key: cell.value for (key, _), cell in grid.cells.items()}


def named(name: str) -> dict[str, str]:
    """Answers of another organisation."""
    return {"legal_name": f"{name} Example Limited", "company_number": name, "invoice": f"INV-{name}"}


def test_applications_reconcile_from_the_start_to_the_end_of_the_month() -> None:
    keep("applications", "2019-01-01")
    executed(**named("Elm"))
    unpaid = invoiced(**named("Fir"))
    APPLICATIONS.take("refuse", unpaid, ground="incomplete", note="No fee.", **on("2020-02-29"))
    left = sent("2020-02-01", legal_name="Ash Example Limited", company_number="3")
    APPLICATIONS.take("withdraw", left, reason="", **on("2020-02-29", by=left.applicant))
    sent("2020-02-29", legal_name="Oak Example Limited", company_number="4")
    gone = draft(legal_name="Yew Example Limited", company_number="5")
    APPLICATIONS.take("withdraw", gone, reason="", **on("2020-02-10", by=gone.applicant))
    assert flow(Month(2020, 1)) == {
        "start": 0, "received": 2, "refused": 0, "withdrawn": 0, "executed": 0, "end": 2,
    }  # fmt: skip
    assert flow(Month(2020, 2)) == {
        "start": 2, "received": 2, "refused": 1, "withdrawn": 1, "executed": 1, "end": 1,
    }  # fmt: skip
    assert flow(Month(2020, 3))["start"] == 1


def test_months_in_which_applications_were_not_kept_are_not_known() -> None:
    keep("applications", "2020-02-02")
    assert all(isinstance(cell.counted, Unknown) for cell in applications.grid(Span.of(Month(2020, 2))).cells.values())


def test_who_will_accede_and_who_acceded_are_two_figures(django_assert_max_num_queries: Any) -> None:
    returned(**named("Elm"))
    before_the_board(**named("Fir"))
    issued(**named("Ash"))
    executed(**named("Oak"))
    february, january = Span.of(Month(2020, 2)), Span.of(Month(2020, 1))
    with django_assert_max_num_queries(2):
        listing = applicants_that_will_accede.listing(february)
    assert [row.values for row in listing.rows] == [
        ("Elm Example Limited", "Other SEC Party"), ("Fir Example Limited", "Other SEC Party"),
    ]  # fmt: skip
    assert "subject to execution" in listing.remarks[0]
    assert len(applicants_that_will_accede.listing(january).rows) == 3
    assert not applicants_that_will_accede.listing(Span.of(Month(2019, 12))).rows
    assert [row.values[0] for row in accessions.listing(february).rows] == ["Oak Example Limited"]


def test_the_way_to_a_board_is_reckoned_day_by_day() -> None:
    way = timeline(date(2020, 1, 6))
    assert [line.day for line in way.milestones] == [
        date(2020, 1, 6), date(2020, 1, 8), date(2020, 1, 15), date(2020, 2, 7), date(2020, 2, 14),
    ]  # fmt: skip
    assert (way.in_reach, way.latest_start) == (True, date(2020, 1, 29))


def test_a_board_that_is_too_soon_is_out_of_reach_and_the_last_day_to_apply_reaches_it() -> None:
    board = date(2020, 2, 14)
    last = latest_start(board)
    assert timeline(last, board).in_reach
    assert timeline(last).board_day == board
    assert not timeline(date(2020, 1, 30), board).in_reach
    assert timeline(date(2020, 1, 30)).board_day == date(2020, 3, 13)


@pytest.mark.parametrize(
    ("month", "day"), [(Month(2018, 7), 13), (Month(2020, 2), 14), (Month(2020, 3), 13), (Month(2020, 5), 15)]
)
def test_the_board_usually_meets_on_the_second_friday_and_after_a_holiday_on_the_next(month: Month, day: int) -> None:
    assert usual_board_day(month) == date(month.year, month.month, day)


def test_applying_on_easter_saturday_counts_from_the_tuesday_after() -> None:
    way = timeline(date(2020, 4, 11))
    assert "counts on the next one" in way.milestones[0].why
    assert way.milestones[1].day == date(2020, 4, 16)
