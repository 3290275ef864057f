"""The register's figures against small facts, at the edges of their spans."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.core.figures import Grid, Records, Span, Sum, Unknown
from secretariat.core.figures import Printed as FromPrint
from secretariat.plain.months import Month
from secretariat.register import figures
from secretariat.register.procedure import PARTIES
from tests.register.factories import (
    case,
    cure,
    dcc,
    expel,
    group,
    heard,
    keep,
    party,
    printed,
    told,
    user_entry,
    withdraw,
)

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))


def opens(grid: Grid) -> None:
    """Every cell that counts records opens to as many as it says."""
    for key, cell in grid.cells.items():
        if isinstance(cell.counted, Records):
            assert cell.value == len(cell.counted.ids), key


def column(grid: Grid, key: str) -> dict[str, Any]:
    return {head.key: grid.cell(head.key, key).value for head in grid.rows}


def test_accessions_lists_those_of_the_first_and_the_last_day_only() -> None:
    party("Before", "2020-01-31", "gas-network")
    party("Last", "2020-02-29", "other-sec-party")
    party("First", "2020-02-01", "small-supplier")
    party("After", "2020-03-01", "gas-network")
    listing = figures.accessions.listing(FEBRUARY)
    assert listing.heads == ("Organisation", "Party Category")
    assert [row.values for row in listing.rows] == [("First", "Small Supplier"), ("Last", "Other SEC Party")]
    assert listing.counted.ids == sorted(row.record.pk for row in listing.rows)


def test_accessions_tells_the_category_of_the_day_of_accession() -> None:
    from_small = party("Grown", "2020-02-01", "small-supplier")
    PARTIES.take("recategorise", from_small, day="2020-02-20", category="large-supplier", **told())
    assert figures.accessions.listing(FEBRUARY).rows[0].values == ("Grown", "Small Supplier")


def two_defaults_and_an_expulsion() -> None:
    """Two parties in default at the end of January; two enter in February, one is cured, one expelled."""
    toto, stays, pays, owes = (party(name) for name in ("Toto", "Stays", "Pays", "Owes"))
    for one in (toto, stays):
        case(one, "2020-01-06", "2020-01-31")
    for one in (pays, owes):
        entered = case(one, "2020-01-27", "2020-02-01")
        if one is pays:
            cure(entered, "2020-02-29")
    expel(toto, "2020-02-12")


def test_party_statistics_counts_flows_in_a_month_and_the_stock_at_its_end() -> None:
    keep("party events", "2017-01-01")
    two_defaults_and_an_expulsion()
    withdraw(party("Gone", "2020-01-31"), "2020-02-29")
    grid = figures.party_statistics.grid(FEBRUARY)
    assert [head.key for head in grid.columns] == [month.iso for month in Month(2020, 2).back(13)]
    assert column(grid, "2020-01") == {"accessions": 1, "in_default": 2, "withdrawals": 0, "expulsions": 0}
    assert column(grid, "2020-02") == {"accessions": 0, "in_default": 2, "withdrawals": 1, "expulsions": 1}
    assert grid.cell("expulsions").remark == "Toto: ceased trading"
    assert grid.cell("withdrawals").remark == "Gone: at its own request"
    opens(grid)


def test_a_default_that_ends_on_the_last_day_of_a_month_is_not_in_its_stock() -> None:
    keep("party events", "2017-01-01")
    cure(case(party(), "2020-01-06", "2020-01-09"), "2020-01-31")
    assert figures.party_statistics.grid(FEBRUARY).cell("in_default", "2020-01").value == 0


def test_party_statistics_takes_from_print_what_was_not_kept() -> None:
    keep("party events", "2020-01-15")
    printed("party_statistics", "2020-01", "accessions", 2)
    printed("party_statistics", "2020-01", "expulsions", 1, "Toto Energy Limited: ceased trading")
    party("In a month that was half kept", "2020-01-20")
    party("Kept", "2020-02-20")
    grid = figures.party_statistics.grid(FEBRUARY)
    assert (grid.cell("accessions", "2020-01").value, grid.cell("accessions", "2020-02").value) == (2, 1)
    assert isinstance(grid.cell("accessions", "2020-01").counted, FromPrint)
    assert grid.cell("expulsions", "2020-01").remark == "Toto Energy Limited: ceased trading"
    assert isinstance(grid.cell("withdrawals", "2019-05").counted, Unknown)
    assert grid.cell("withdrawals", "2019-05").value is None


def test_the_defaults_of_a_month_add_up() -> None:
    keep("party events", "2017-01-01")
    two_defaults_and_an_expulsion()
    grid = figures.default_reconciliation.grid(FEBRUARY)
    assert column(grid, "value") == {"start": 2, "entered": 2, "cured": 1, "expelled": 1, "end": 2}
    assert grid.remarks == ()
    opens(grid)


def test_an_expulsion_without_a_default_is_remarked() -> None:
    keep("party events", "2017-01-01")
    expel(party(), "2020-02-12")
    assert figures.default_reconciliation.grid(FEBRUARY).remarks[0].startswith("0 + 0 - 0 - 1 is -1, but 0 are in")


def test_what_was_cured_in_time_is_no_default_of_the_month() -> None:
    keep("party events", "2017-01-01")
    cure(case(party(), "2020-02-03"), "2020-02-04")
    assert set(column(figures.default_reconciliation.grid(FEBRUARY), "value").values()) == {0}


def test_the_reconciliation_says_when_nothing_was_kept() -> None:
    grid = figures.default_reconciliation.grid(FEBRUARY)
    assert all(cell.value is None and isinstance(cell.counted, Unknown) for cell in grid.cells.values())


def test_user_entry_completions_tells_roles_in_order_and_the_day() -> None:
    one = party("Green Supplier Limited")
    user_entry(one, "2020-02-17", "Gas Supplier", "Import Supplier")
    user_entry(party("N3rgy Limited", category="other-sec-party"), "2020-02-14", "Other User")
    listing = figures.user_entry_completions.listing(Span.after(date(2020, 2, 14), date(2020, 3, 6)))
    assert [row.values for row in listing.rows] == [
        ("Green Supplier Limited", "Small Supplier", "Import Supplier, Gas Supplier", "17/02/2020")
    ]


def test_testing_notifications_counts_each_party_once_and_every_role() -> None:
    one, two = party("One"), party("Two")
    heard(one, "2020-02-01", "uept", "Gas Supplier")
    heard(one, "2020-02-29", "uept", "Import Supplier", "Export Supplier")
    heard(two, "2020-02-15", "uept", "Other User")
    heard(two, "2020-02-15", "srept")
    heard(two, "2020-03-01", "smets1")
    grid = figures.testing_notifications.grid(FEBRUARY)
    assert column(grid, "parties") == {"srept": 1, "uept": 2, "smets1": 0}
    assert column(grid, "roles") == {"srept": 0, "uept": 4, "smets1": 0}
    opens(grid)


def family() -> None:
    """The DCC, two affiliates in one group, one group of one, and one that leaves on the last day."""
    dcc()
    shared = group("Family")
    party("Family Gas", group=shared)
    party("Family Power", group=shared)
    party("Alone", category="gas-network")
    withdraw(party("Gone", category="gas-network"), "2020-02-29")
    party("To come", "2020-03-01", "gas-network")


def test_the_voting_groups_include_the_dcc_since_february_2020_and_not_before() -> None:
    keep("parties", "2013-01-01")
    family()
    for month, expected in ((Month(2020, 1), (5, 3)), (Month(2020, 2), (4, 3)), (Month(2020, 3), (5, 4))):
        grid = figures.parties.grid(Span.of(month))
        assert (grid.cell("parties").value, grid.cell("voting_groups").value) == expected
        opens(grid)


def test_the_parties_of_a_month_before_they_were_kept_are_those_printed() -> None:
    keep("parties", "2020-03-01")
    printed("party_totals", "2020-02", "parties", 330)
    printed("party_totals", "2020-02", "voting_groups", 261)
    grid = figures.parties.grid(FEBRUARY)
    assert (grid.cell("parties").value, grid.cell("voting_groups").value) == (330, 261)
    assert isinstance(grid.cell("parties").counted, FromPrint)


def test_the_breakdown_leaves_the_dcc_out_and_sums_up() -> None:
    keep("parties", "2013-01-01")
    family()
    grid = figures.voting_groups.grid(FEBRUARY)
    assert column(grid, "value") == {
        "large-supplier": 0,
        "small-supplier": 1,
        "electricity-network": 0,
        "gas-network": 1,
        "other-sec-party": 0,
        "total": 2,
    }
    assert isinstance(grid.headline.counted, Sum)
    assert grid.rows[0].label == "Large Suppliers"
    opens(grid)


def printed_groups(total: int | None = None) -> Grid:
    parts = {"Large Suppliers": 13, "Small Suppliers": 110, "Electricity Networks": 18, "Gas Networks": 13}
    for row, value in {**parts, "Other SEC Parties": 106}.items():
        printed("voting_groups", "2020-02", row, value)
    if total is not None:
        printed("voting_groups", "2020-02", "", total, is_total=True)
    return figures.voting_groups.grid(FEBRUARY)


def test_the_printed_breakdown_sums_to_the_published_groups_without_the_dcc() -> None:
    grid = printed_groups()
    assert (grid.cell("other-sec-party").value, grid.headline.value, grid.remarks) == (106, 260, ())


def test_a_printed_total_that_differs_from_its_parts_is_kept_with_a_remark() -> None:
    grid = printed_groups(261)
    assert grid.headline.value == 261
    assert grid.remarks == ("The published total for February 2020 is 261; its published parts sum to 260.",)


def test_a_printed_total_that_equals_its_parts_needs_no_remark() -> None:
    grid = printed_groups(260)
    assert (grid.headline.value, grid.remarks) == (260, ())


@pytest.mark.parametrize("name", ["party_statistics", "parties", "voting_groups", "user_entry_completions"])
def test_a_figure_asks_as_little_however_much_there_is(name: str, django_assert_max_num_queries: Any) -> None:
    keep("party events", "2017-01-01")
    keep("parties", "2017-01-01")
    for number in range(12):
        one = party(f"Party {number}", f"2019-{number + 1:02d}-05")
        user_entry(one, "2020-02-03", "Other User")
        case(one, "2020-01-06", "2020-01-31")
        if number % 2:
            expel(one, f"2020-02-{number + 1:02d}")
    with django_assert_max_num_queries(6):
        getattr(figures, name)(FEBRUARY)
