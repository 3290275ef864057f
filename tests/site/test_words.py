"""Values, cells and events as pages print them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from secretariat.core.figures import Cell, Records, Sum, Unknown
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.site.navigation import Link
from secretariat.site.words import came_from, fact, happened, is_numeric, linked, told


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("2020-02-17", "Mon 17 Feb 2020"),
        ("2020-02-17T14:30:00.000000+00:00", "Mon 17 Feb 2020, 14:30"),
        ("2020-07-17T14:30:00.000000+00:00", "Fri 17 Jul 2020, 15:30"),
        (True, "yes"),
        (None, ""),
        (2104, "2,104"),
        (["a", "b"], "a, b"),
        ({"kind": "register.party", "id": 3, "label": "Invented Energy"}, "Invented Energy"),
        ("2020-02", "2020-02"),
    ],
)
def test_a_stored_fact_is_printed_in_words(stored: object, printed: str) -> None:
    assert fact(stored) == printed


def test_an_event_tells_its_change_of_state_first_and_old_beside_new() -> None:
    event = Event(name="x.amend", kind="x.x", facts={"name": "A", "state": {"old": "", "new": "open"}})
    lines = told(event)
    assert [(line.label, line.old, line.new) for line in lines] == [("State", "nothing", "open"), ("Name", "", "A")]
    assert happened(event) == "Amended"


def test_a_history_counts_long_lists_and_leaves_out_whom_the_journal_does_not_name() -> None:
    names = [f"Group {number}" for number in range(20)]
    facts = {"roll": {"small suppliers": names}, "opens": names[:2], "person": {"kind": "core.person", "id": 1}}
    event = Event(name="x.open", kind="x.x", facts=facts)
    brief = [(line.label, line.new) for line in told(event, brief=True)]
    assert brief == [("Roll", "small suppliers 20 rows, which the journal tells"), ("Opens", "Group 0, Group 1")]
    assert "Group 19" in told(event)[0].new


def test_a_number_says_where_it_comes_from() -> None:
    cells = (Cell(1, Records(Person)), Cell(2, Sum(())), Cell(None, Unknown()))
    assert [came_from(cell) for cell in cells] == ["records", "reckoned", "unknown"]


def test_text_is_escaped_and_what_has_an_address_is_a_link() -> None:
    assert linked("<b>") == "&lt;b&gt;"
    assert linked(Link("<b>", "/x/")) == '<a href="/x/">&lt;b&gt;</a>'


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, True), (1.5, True), (True, False), ("1", False), (None, False), (date(2020, 1, 1), False),
     (datetime(2020, 1, 1, tzinfo=UTC), False)],
)  # fmt: skip
def test_only_numbers_are_set_to_the_right(value: object, expected: bool) -> None:
    assert is_numeric(value) is expected
