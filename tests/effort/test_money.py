"""Money and years as plain values."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.effort.budget.actions import lines_of
from secretariat.effort.budget.pictures import picture
from secretariat.effort.budget.years import EVENLY, Course, Outlook, RegulatoryYear, planned_by, weights_of
from secretariat.effort.expenses.policy import Limits, beyond, by_the_mile, needs_receipt
from secretariat.effort.money import pence_of, pounds, spread
from secretariat.effort.procurement.scoring import Given, best, out_of_a_hundred, totals
from secretariat.effort.weeks.grid import Change, carried_over, changes, monday_of

MONDAY = date(2020, 3, 2)
LIMITS = Limits(night=15000, subsistence=3000, mile=45, receipt=0)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1,234.56", 123456),
        ("£1234", 123400),
        ("-20.00", -2000),
        ("−0.05", -5),
        ("0", 0),
        ("12,345,678.90", 1234567890),
    ],
)
def test_pounds_are_read_as_pence(text: str, pence: int) -> None:
    assert pence_of(text) == pence


@pytest.mark.parametrize("text", ["", "1.5", "12,34", "1e3", "£", "ten", "1.234", "--1"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        pence_of(text)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_that_is_told_is_read_back(pence: int) -> None:
    assert pence_of(pounds(pence)) == pence


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any))
def test_parts_of_an_amount_add_up_to_it(pence: int, weights: list[int]) -> None:
    parts = spread(pence, weights)
    assert sum(parts) == pence
    assert all(abs(part - pence * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_an_amount_is_not_shared_by_no_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        spread(100, weights)


@pytest.mark.parametrize(
    ("day", "begins"), [(date(2020, 3, 31), 2019), (date(2020, 4, 1), 2020), (date(2021, 3, 31), 2020)]
)
def test_a_regulatory_year_runs_from_1_april_to_31_march(day: date, begins: int) -> None:
    year = RegulatoryYear.of(day)
    assert year == RegulatoryYear(begins)
    assert year.first <= day <= year.last
    assert len(year.months()) == 12


def test_months_of_a_year_are_over_on_their_last_day() -> None:
    year = RegulatoryYear(2019)
    days = (date(2019, 4, 29), date(2019, 4, 30), date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 31))
    assert [year.months_over(day) for day in days] == [0, 1, 10, 11, 12]


def test_a_plan_by_month_follows_its_weights() -> None:
    assert planned_by(120000, EVENLY, 11) == 110000
    assert planned_by(120000, weights_of("0 0 0 0 0 0 0 0 0 0 0 1"), 11) == 0
    assert planned_by(100, EVENLY, 12) == 100


@pytest.mark.parametrize("text", ["1 2", "1 1 1 1 1 1 1 1 1 1 1 x", "0 0 0 0 0 0 0 0 0 0 0 0"])
def test_weights_are_twelve_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="twelve"):
        weights_of(text)


def test_a_year_ends_by_run_rate_and_by_plan() -> None:
    found = Outlook(budget=120000, planned=60000, spent=75000, months=6)
    assert (found.variance, found.by_run_rate, found.by_plan) == (15000, 150000, 135000)
    assert Outlook(120000, 0, 500, 0).by_run_rate is None


@pytest.mark.parametrize(
    ("spent", "needed"), [(110000, False), (110001, True), (90000, False), (89999, True), (100000, False)]
)
def test_a_variance_beyond_the_share_of_the_plan_needs_words(spent: int, needed: bool) -> None:
    assert Outlook(200000, 100000, spent, 6).needs_words(10, 5000) is needed


def test_a_small_variance_needs_no_words_and_spend_without_a_plan_does() -> None:
    assert not Outlook(100, 50, 99, 6).needs_words(10, 5000)
    assert Outlook(0, 0, 5000, 6).needs_words(10, 5000)


def test_lines_are_read_with_their_amounts_and_weights() -> None:
    [one, two] = lines_of("category, line, first year, second year, third year, weights\nA, One, 1.50, 2, 3\n"
                          "A, Two, 1, 2, 3, 1 1 1 1 1 1 1 1 1 1 1 2\n")  # fmt: skip
    assert (one.name, one.amounts, one.weights) == ("One", (150, 200, 300), "")
    assert two.weights == "1 1 1 1 1 1 1 1 1 1 1 2"


def test_every_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Exception, match=r"Line 1.*Line 3") as found:
        lines_of("A, One, 1\nA, Two, 1, 2, 3\nA, Three, x, 2, 3\n")
    assert len(found.value.messages) == 2  # type: ignore[attr-defined]


def test_last_week_is_carried_over_up_to_today_under_drivers_in_force() -> None:
    last = {(1, date(2020, 2, 24)): 100, (1, date(2020, 2, 26)): 50, (2, date(2020, 2, 24)): 25}
    assert carried_over(last, date(2020, 3, 3), [1]) == {(1, MONDAY): 100}


def test_what_falls_is_written_before_what_rises() -> None:
    there, typed = {(1, MONDAY): 100, (3, MONDAY): 25}, {(1, MONDAY): 50, (2, MONDAY): 50, (3, MONDAY): 25}
    assert changes(there, typed) == [Change((1, MONDAY), 100, 50), Change((2, MONDAY), 0, 50)]


@given(st.dates(date(2013, 1, 1), date(2030, 1, 1)))
def test_a_week_begins_on_the_monday_on_or_before_a_day(day: date) -> None:
    assert monday_of(day).weekday() == 0
    assert 0 <= (day - monday_of(day)).days < 7


def test_miles_are_paid_to_the_nearest_penny() -> None:
    assert by_the_mile(1234, 45) == 5553
    assert by_the_mile(1, 45) == 5


def test_the_policy_limits_nights_and_meals_and_asks_for_receipts() -> None:
    assert beyond("accommodation", 15000, LIMITS) == ""
    assert "up to £150.00" in beyond("accommodation", 15001, LIMITS)
    assert beyond("rail", 99999, LIMITS) == ""
    assert needs_receipt("rail", 1, LIMITS)
    assert not needs_receipt("mileage", 100, LIMITS)


def test_bids_score_the_weighed_mean_of_the_evaluators() -> None:
    given_ = [Given(1, 1, 1, 80), Given(1, 1, 2, 60), Given(1, 2, 1, 50), Given(2, 1, 1, 70), Given(2, 2, 1, 50)]
    found = totals(given_, {1: 60, 2: 40})
    assert found == {1: 62, 2: 62}
    assert best(found) == [1, 2]
    assert best({}) == []


def test_a_year_leads_on_from_the_last_month_that_is_over() -> None:
    months = RegulatoryYear(2019).months()
    planned = tuple(100 * number for number in range(1, 13))
    begun = Course(months, planned, (130, 250, 360))
    assert begun.by_run_rate() == (None, None, 360, 480, 600, 720, 840, 960, 1080, 1200, 1320, 1440)
    assert begun.by_plan() == (None, None, 360, 460, 560, 660, 760, 860, 960, 1060, 1160, 1260)
    assert Course(months, planned, ()).by_plan() == (None,) * 12
    over = Course(months, planned, planned)
    assert over.by_run_rate() == over.by_plan() == (*(None,) * 11, 1200)
    assert picture(Course(months, (0,) * 12, ())) is None
    found = picture(begun)
    assert found is not None
    assert found.rows[3] == ("July 2019", "£4.00", "", "£4.80", "£4.60")


def test_points_are_told_with_two_decimals_and_never_lost_to_a_float() -> None:
    told = [out_of_a_hundred(one) for one in (Fraction(1, 3), Fraction(2, 3), Fraction(12345, 1000), Fraction(100))]
    assert told == ["0.33", "0.67", "12.35", "100.00"]
