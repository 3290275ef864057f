"""What the change room counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from secretariat.change.figures import decisions, elapsed_days, implemented, open_proposals, proposals_by_month
from secretariat.change.models import Body, Path, Stage, StageSpell
from secretariat.core.figures import Cell, Printed, Records, Span, Unknown
from secretariat.plain.months import Month
from tests.change.factories import LATER, converted, in_decision, keep, printed, raised, release, take

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))


def references(cell: Cell) -> list[str]:
    """The labels of the records behind a number, which must be as many as it says."""
    assert isinstance(cell.counted, Records)
    found = [record.reference for record in cell.counted.queryset.order_by("number")]
    assert len(found) == cell.value == len(cell.counted.ids)
    return found


def a_mixed_february() -> None:
    """Two in development, one in refinement, one in the Report Phase, one awaiting decision, three no longer open."""
    keep("2019-01-01")
    raised("2020-02-29 23:59", number=10)
    raised("2020-03-01 00:00", number=11)
    converted("2020-03-01", "2020-01-06", number=12)
    converted("2020-02-29", "2020-01-06", number=13)
    take("report", converted("2020-01-10", "2019-12-02", number=14), "2020-02-29")
    in_decision("2020-02-20", "2019-12-02", number=15)
    take("withdraw", raised("2019-12-02", number=16), "2020-02-29")
    approved = in_decision("2020-01-20", "2019-12-02", number=17)
    take("approve", approved, "2020-02-26", decided_by=Body.CHANGE_BOARD)
    rejected = in_decision("2020-01-20", "2019-12-02", number=18)
    take("reject", rejected, "2020-03-02", decided_by=Body.CHANGE_BOARD)


def test_a_proposal_is_open_until_it_is_approved_rejected_or_withdrawn() -> None:
    a_mixed_february()
    grid = open_proposals.grid(FEBRUARY)
    assert references(grid.cell("development")) == ["DP010", "MP012"]
    assert references(grid.cell("refinement")) == ["MP013"]
    assert references(grid.cell("report")) == ["MP014"]
    assert references(grid.cell("decision")) == ["MP015", "MP018"]
    assert references(grid.cell("total")) == ["DP010", "MP012", "MP013", "MP014", "MP015", "MP018"]
    assert grid.headline == grid.cell("total")


def test_on_the_day_of_the_decision_a_proposal_is_no_longer_open() -> None:
    keep("2019-01-01")
    made = in_decision("2020-01-20", "2019-12-02")
    take("reject", made, "2020-03-02", decided_by=Body.CHANGE_BOARD)
    assert open_proposals.grid(Span(date(2020, 3, 1), date(2020, 3, 1))).headline.value == 1
    assert open_proposals.grid(Span(date(2020, 3, 2), date(2020, 3, 2))).headline.value == 0


def test_days_before_proposals_were_kept_are_not_counted() -> None:
    raised("2020-02-03")
    assert isinstance(open_proposals.grid(FEBRUARY).headline.counted, Unknown)
    keep("2020-03-01")
    assert open_proposals.grid(FEBRUARY).headline.value is None


def test_proposals_are_counted_as_raised_in_their_month_and_open_at_its_end() -> None:
    a_mixed_february()
    grid = proposals_by_month.grid(FEBRUARY)
    assert len(grid.columns) == 13
    assert (grid.columns[0].key, grid.columns[-1].key) == ("2019-02", "2020-02")
    assert references(grid.cell("raised")) == ["DP010"]
    assert references(grid.cell("raised", "2020-01")) == ["MP012", "MP013"]
    assert references(grid.cell("open", "2019-12")) == ["MP014", "MP015", "DP016", "MP017", "MP018"]
    assert references(grid.cell("open")) == references(open_proposals.grid(FEBRUARY).headline)
    assert grid.cell("raised", "2019-02").value == 0


def test_months_before_proposals_were_kept_are_as_printed_or_not_known() -> None:
    keep("2019-12-02")
    raised("2019-12-03")
    line = printed("proposals_by_month", "2019-12", "raised", 7)
    grid = proposals_by_month.grid(FEBRUARY)
    assert grid.cell("raised", "2019-12") == Cell(7, Printed(line))
    assert grid.cell("open", "2019-12").value is None
    assert grid.cell("open", "2020-01").value == 1


def test_what_a_release_implemented_is_told_with_it() -> None:
    february = release()
    for number in (20, 21, 22):
        made = in_decision("2020-01-20", "2019-12-02", number=number, title=f"Change {number}")
        take("approve", made, "2020-01-22", decided_by=Body.CHANGE_BOARD)
        take("implement", made, "2020-02-27", release=february)
    listing = implemented.listing(FEBRUARY)
    assert listing.heads == ("Reference", "Title", "Release", "Implemented")
    assert listing.rows[0].values == ("MP020", "Change 20", "February 2020", "27 February 2020")
    assert references(listing.headline) == ["MP020", "MP021", "MP022"]
    assert implemented.listing(Span.of(Month(2020, 3))).rows == ()


def test_decisions_are_told_with_who_decided() -> None:
    approved = in_decision("2020-01-20", "2019-12-02", number=30, title="One")
    take("approve", approved, "2020-02-26", decided_by=Body.CHANGE_BOARD)
    rejected = in_decision("2020-01-20", "2019-12-02", number=31, title="Two", path=Path.AUTHORITY)
    take("recommend", rejected, "2020-02-26", recommendation="reject")
    take("reject", rejected, "2020-03-02", decided_by=Body.AUTHORITY)
    listing = decisions.listing(Span(date(2020, 2, 14), date(2020, 3, 6)))
    assert [row.values for row in listing.rows] == [
        ("MP030", "One", "Approved", "Change Board", "26 February 2020"),
        ("MP031", "Two", "Rejected", "Authority", "2 March 2020"),
    ]
    assert references(listing.headline) == ["MP030", "MP031"]
    assert [row.values[0] for row in decisions.listing(FEBRUARY).rows] == ["MP030"]


@pytest.mark.parametrize(
    ("figure", "queries"), [(open_proposals, 2), (proposals_by_month, 4), (implemented, 1), (decisions, 1)]
)
def test_a_figure_asks_the_same_number_of_queries_however_much_there_is(
    figure: Callable[[Span], Any], queries: int, django_assert_max_num_queries: Any
) -> None:
    a_mixed_february()
    with django_assert_max_num_queries(queries):
        figure(FEBRUARY)


def test_elapsed_days_run_from_raising_to_implementation_by_median_and_mean() -> None:
    keep("2013-09-23")
    live = release()
    for number, on in ((79, "2020-02-01"), (80, "2020-02-27"), (81, "2020-02-29")):
        made = raised("2019-06-03", number=number)
        day, done = date(2019, 6, 3), date.fromisoformat(on)
        made.spells.update(to_day=done - timedelta(days=1))
        StageSpell.objects.create(proposal=made, stage=Stage.IMPLEMENTED, from_day=done, recorded=LATER)
        assert day == made.raised_on
    StageSpell.objects.create(
        proposal=raised("2019-06-03", number=82, release=live), stage=Stage.IMPLEMENTED, from_day=date(2020, 3, 1),
        to_day=date(2020, 3, 1), recorded=LATER,
    )  # fmt: skip
    grid = elapsed_days.grid(FEBRUARY)
    told = {column: grid.cell("elapsed", column).value for column in ("counted", "median", "mean")}
    assert told == {"counted": 3, "median": 269, "mean": 261}
    assert grid.cell("development", "median").value == 269
    assert grid.cell("refinement", "counted").value == 0
    assert grid.cell("refinement", "mean").value is None


def test_elapsed_days_are_not_told_of_a_span_before_proposals_were_kept() -> None:
    keep("2020-02-15")
    assert elapsed_days.grid(FEBRUARY).headline.value is None
