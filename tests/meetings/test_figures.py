"""The figures of meetings against small facts."""

from __future__ import annotations

from typing import Any

import pytest

from secretariat.core.figures import Span, Sum
from secretariat.meetings import figures
from secretariat.meetings.procedure import MEETINGS
from secretariat.plain.months import Month
from tests.meetings.factories import document, held, planned, told

pytestmark = pytest.mark.django_db
FEBRUARY = Span.of(Month(2020, 2))


def a_february() -> None:
    """Meetings of February 2020, and one on either side of it."""
    document(held("SECP", "2020-02-14", 77), "minutes")
    held("SECCO", "2020-02-14", cause_of_none="proceedings are confidential")
    document(held("SECCB", "2020-02-07", 38, 1, note="MP0062"), "documents")
    tag = held("TAG", "2020-02-29")
    document(tag, "minutes", 2)
    document(tag, "agenda")
    held("OPSG", "2020-02-01")
    held("SSC", "2020-01-31", 93)
    held("SSC", "2020-03-01", 96)
    MEETINGS.take("cancel", planned("SSC", "2020-02-12", 94), reason="Moved", **told())
    planned("SSC", "2020-02-26", 95)


def test_meetings_held_tells_what_was_published_in_the_order_of_the_bodies() -> None:
    a_february()
    listing = figures.meetings_held.listing(FEBRUARY)
    governance = "SEC Governance Meetings"
    assert [row.values for row in listing.rows] == [
        (governance, "SEC Panel", "14/02/2020", "Minutes"),
        (governance, "SECCo Board", "14/02/2020", "proceedings are confidential"),
        (governance, "Change Board", "07/02/2020", "MP0062; Meeting documentation"),
        (governance, "OPSG", "01/02/2020", ""),
        (governance, "TAG", "29/02/2020", "Agenda, Minutes (Amber)"),
    ]
    assert listing.counted.ids == sorted(row.record.pk for row in listing.rows)
    assert listing.remarks == (
        "Working Group: no meeting in February 2020.",
        "Modifications Question Hour: no meeting in February 2020.",
        "OPSG, Sat 1 Feb 2020: nothing is published and no cause is given.",
    )


def test_a_body_that_met_is_not_said_not_to_have_met() -> None:
    held("WG", "2020-02-19", note="SECMP0039", cause_of_none="a summary follows")
    assert figures.meetings_held.listing(FEBRUARY).remarks == (
        "Modifications Question Hour: no meeting in February 2020.",
    )


def test_meetings_by_body_counts_the_held_ones_of_each() -> None:
    a_february()
    grid = figures.meetings_by_body.grid(FEBRUARY)
    values = {head.key: grid.cell(head.key).value for head in grid.rows}
    assert {key for key, value in values.items() if value == 1} == {"secp", "secco", "seccb", "opsg", "tag"}
    assert (values["ssc"], values["total"], grid.headline.value) == (0, 5, 5)
    assert isinstance(grid.headline.counted, Sum)
    for head in grid.rows[:-1]:
        assert grid.cell(head.key).value == len(grid.cell(head.key).counted.ids)


def test_a_body_that_did_not_exist_yet_has_no_row() -> None:
    grid = figures.meetings_by_body.grid(Span.of(Month(2018, 10)))
    assert "csc" not in {head.key for head in grid.rows}


@pytest.mark.parametrize("name", ["meetings_held", "meetings_by_body"])
def test_a_figure_asks_as_little_however_much_there_is(name: str, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 20):
        document(held("SSC", f"2020-02-{number:02d}", number), "headlines")
    with django_assert_max_num_queries(3):
        getattr(figures, name)(FEBRUARY)
