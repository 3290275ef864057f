"""Figures: the span they look at, and what they hand on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from secretariat.core.figures import (
    FIGURES,
    Cell,
    Grid,
    Head,
    Listing,
    Records,
    Span,
    counters,
    figure,
    month_heads,
    single,
)
from secretariat.core.people import Person
from secretariat.plain.months import Month

FEBRUARY = Span(date(2020, 2, 1), date(2020, 2, 29))
PEOPLE = Records(Person)


@pytest.fixture(autouse=True)
def figures_as_they_were() -> Iterator[None]:
    known = dict(FIGURES)
    yield
    FIGURES.clear()
    FIGURES.update(known)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2020-02", FEBRUARY),
        ("2020-02-01..2020-02-29", FEBRUARY),
        ("2020-02-15..2020-03-06", Span(date(2020, 2, 15), date(2020, 3, 6))),
        ("2020-02-15..2020-02-15", Span(date(2020, 2, 15), date(2020, 2, 15))),
    ],
)
def test_a_span_is_typed_as_a_month_or_as_two_days(text: str, span: Span) -> None:
    assert Span.parse(text) == span


@pytest.mark.parametrize("text", ["2020-02", "2020-02-15..2020-03-06", "2020-02-01..2020-02-28"])
def test_a_span_is_printed_as_it_is_typed(text: str) -> None:
    assert str(Span.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2020-13", "There is no month 13"),
        ("February", "is not a month"),
        ("2020-02-30..2020-03-01", "no 30 February 2020"),
        ("2020-03-06..2020-02-15", "ends before it begins"),
        ("..", "is not a date"),
        ("", "is not a month"),
    ],
)
def test_what_is_no_span_is_told_with_what_to_type(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Span.parse(text)


def test_a_span_belongs_to_the_month_in_which_it_ends() -> None:
    assert Span.parse("2020-02-15..2020-03-06").month == Month(2020, 3)
    assert FEBRUARY.is_month
    assert not Span.parse("2020-02-01..2020-02-28").is_month
    assert not Span.parse("2020-01-01..2020-02-29").is_month


def test_since_a_meeting_begins_on_the_day_after_it() -> None:
    assert Span.after(date(2020, 2, 14), date(2020, 3, 6)) == Span(date(2020, 2, 15), date(2020, 3, 6))


def grid(span: Span) -> Grid:
    """People, of whom all are counted."""
    return single("People", PEOPLE, 0)


def test_a_figure_is_known_by_its_name_with_the_rule_of_its_docstring() -> None:
    made = figure("trial", title="A trial", unit="people")(grid)
    assert FIGURES["trial"] is made
    assert made.rule == "People, of whom all are counted."
    assert made.grid(FEBRUARY).headline == Cell(0, PEOPLE)
    with pytest.raises(TypeError, match="trial is a grid"):
        made.listing(FEBRUARY)


def test_two_figures_do_not_share_a_name() -> None:
    figure("trial", title="A trial", unit="people")(grid)
    with pytest.raises(ValueError, match="Two figures are named 'trial'"):
        figure("trial", title="Another", unit="people")(grid)


def test_a_figure_that_does_not_say_what_it_counts_is_none() -> None:
    with pytest.raises(ValueError, match="does not say what it counts"):
        figure("trial", title="A trial", unit="people")(lambda span: single("x", PEOPLE, 0))
    assert "trial" not in FIGURES


def test_a_listing_is_no_grid_and_its_headline_is_how_many_rows_it_has() -> None:
    def told(span: Span) -> Listing:
        """People, one by one."""
        return Listing(("Name",), (), PEOPLE)

    made = figure("trial", title="A trial", unit="people")(told)
    assert made.listing(FEBRUARY).headline.value == 0
    with pytest.raises(TypeError, match="trial is a listing"):
        made.grid(FEBRUARY)


def test_the_headline_of_a_grid_is_its_last_total_in_the_newest_month() -> None:
    heads = month_heads((Month(2020, 1), Month(2020, 2)))
    assert [(head.key, head.label) for head in heads] == [("2020-01", "Jan 20"), ("2020-02", "Feb 20")]
    cells = {(row, head.key): Cell(value, PEOPLE) for value, (row, head) in enumerate(
        [(row, head) for row in ("a", "total", "note") for head in heads]
    )}  # fmt: skip
    rows = tuple(Head(key, key) for key in ("a", "total", "note"))
    assert Grid(rows, heads, cells, totals=("total",)).headline.value == 3
    assert Grid(rows, heads, cells).headline.value == 5
    assert Grid(rows, heads, cells).cell("a", "2020-01").value == 0
    with pytest.raises(KeyError):
        Grid(rows, heads, cells).cell("b")


def test_counters_are_a_column_of_numbers_each_with_what_it_counted() -> None:
    made = counters([("x", "An x", PEOPLE, 1), ("y", "A y", PEOPLE, 2)], Head("now", "Now"))
    assert [row.label for row in made.rows] == ["An x", "A y"]
    assert made.cell("x") == Cell(1, PEOPLE)


def test_the_address_of_a_figure_and_of_one_number() -> None:
    made = figure("trial", title="A trial", unit="people")(grid)
    assert made.address(FEBRUARY) == "/figures/trial/2020-02/"
    assert made.address(FEBRUARY, "a&b", "2020-02") == "/figures/trial/2020-02/cell/?row=a%26b&column=2020-02"
    later = Span.parse("2020-02-15..2020-03-06")
    assert made.address(later) == "/figures/trial/2020-02-15..2020-03-06/"


@pytest.mark.django_db
def test_what_was_counted_is_kept_by_number_once_each_and_in_order() -> None:
    made = [Person.objects.create_user(f"{name}@example.org", name) for name in ("b", "a", "c")]
    assert Records(Person, {"name__in": ["b", "c"]}).ids == [made[0].pk, made[2].pk]
    assert Records(Person).kind == "core.person"
