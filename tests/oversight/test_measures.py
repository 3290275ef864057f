"""Levels of service: exact, composed by either rule, over months, against a promise, and on enough test commands."""

from __future__ import annotations

import random
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.oversight.measures.composition import Part, Rule, combine
from secretariat.oversight.measures.forecast import Line, fit, forecast, reached
from secretariat.oversight.measures.levels import Status, level_of, printed, rounded, status_of
from secretariat.oversight.measures.strips import strip
from secretariat.oversight.measures.traffic import Sample, findings
from secretariat.plain.months import Month

TARGET, MINIMUM = Decimal(99), Decimal(96)
FEBRUARY = Month(2020, 2)


def test_a_period_without_events_is_not_applicable_and_neither_nought_nor_full() -> None:
    assert level_of(0, 0) is None
    assert status_of(None, TARGET, MINIMUM) is Status.NOT_APPLICABLE
    assert printed(None) == "not applicable"
    assert rounded(None) is None


@pytest.mark.parametrize("share", [(5, 4), (-1, 4), (1, -1)])
def test_an_impossible_share_is_refused(share: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no share"):
        level_of(*share)


@pytest.mark.parametrize(
    ("within", "events", "status"),
    [(99, 100, Status.MET), (98_999_999, 100_000_000, Status.BELOW_TARGET), (96, 100, Status.BELOW_TARGET),
     (95_999_999, 100_000_000, Status.BELOW_MINIMUM), (100, 100, Status.MET)],
)  # fmt: skip
def test_a_level_is_compared_unrounded(within: int, events: int, status: Status) -> None:
    assert status_of(level_of(within, events), TARGET, MINIMUM) is status


def test_a_level_just_below_its_target_prints_as_its_target_and_is_below_it() -> None:
    level = level_of(98_996, 100_000)
    assert printed(level) == "99.00 %"
    assert status_of(level, TARGET, MINIMUM) is Status.BELOW_TARGET


@pytest.mark.parametrize(
    ("level", "text"),
    [(Fraction(95_005, 1000), "95.01"), (Fraction(95_004_999, 10**6), "95.00"), (Fraction(0), "0.00"),
     (Fraction(100), "100.00"), (Fraction(200, 3), "66.67")],
)  # fmt: skip
def test_a_printed_level_rounds_halves_up(level: Fraction, text: str) -> None:
    assert str(rounded(level)) == text


def test_without_a_target_nothing_is_missed() -> None:
    assert status_of(Fraction(1), None, None) is Status.MET


PARTS = st.lists(
    st.tuples(st.integers(1, 10**7), st.integers(0, 10**7)).filter(lambda pair: pair[1] <= pair[0]),
    min_size=1, max_size=12,
)  # fmt: skip


@given(PARTS, st.sampled_from(Rule))
def test_the_losses_of_its_components_sum_to_what_a_measure_lacks_of_100(
    shares: list[tuple[int, int]], rule: Rule
) -> None:
    parts = [Part(f"PM{n}", "", level_of(within, events), events) for n, (events, within) in enumerate(shares)]
    made = combine(rule, parts)
    assert made.level is not None
    assert sum(one.loss for one in made.contributions) == 100 - made.level
    assert sum(one.weight for one in made.contributions) == 1
    assert 0 <= made.level <= 100


@given(PARTS)
def test_pooling_components_is_counting_all_their_events_together(shares: list[tuple[int, int]]) -> None:
    parts = [Part(f"PM{n}", "", level_of(within, events), events) for n, (events, within) in enumerate(shares)]
    together = level_of(sum(within for _, within in shares), sum(events for events, _ in shares))
    assert combine(Rule.POOLED, parts).level == together
    levels = [part.level for part in parts if part.level is not None]
    assert combine(Rule.MEAN, parts).level == sum(levels, Fraction(0)) / len(levels)


PM2 = [Part("PM2", region, Fraction(level), events) for region, level, events in
       (("N", 82, 1_000), ("C", 93, 2_000), ("S", 94, 2_000))]  # fmt: skip
OTHERS = [Part("DSP1.1", "", Fraction(999, 10), 900_000), Part("DSP1.4", "", Fraction(100), 5_000)]


def test_one_weak_component_fails_a_measure_by_the_mean_and_not_by_the_pool() -> None:
    mean, pool = combine(Rule.MEAN, [*OTHERS, *PM2]), combine(Rule.POOLED, [*OTHERS, *PM2])
    assert status_of(mean.level, TARGET, MINIMUM) is Status.BELOW_MINIMUM
    assert status_of(pool.level, TARGET, MINIMUM) is Status.MET
    assert [one.part.name for one in mean.worst] == ["PM2 N", "PM2 C", "PM2 S", "DSP1.1"]
    assert next(iter(mean.losses_by(lambda part: part.measure))) == "PM2"
    assert list(mean.losses_by(lambda part: part.region)) == ["N", "C", "S", ""]
    assert mean.share(mean.losses_by(lambda part: part.measure)["PM2"]) > 99


def test_a_component_without_events_weighs_nothing() -> None:
    made = combine(Rule.MEAN, [Part("PM1", "", Fraction(90)), Part("PM2", "", None)])
    assert made.level == 90
    assert [part.measure for part in made.silent] == ["PM2"]
    for rule in Rule:
        nothing = combine(rule, [Part("PM1", "", None)])
        assert nothing.level is None
        assert nothing.share(Fraction(0)) == 0


def test_events_that_are_not_told_cannot_be_pooled() -> None:
    with pytest.raises(ValueError, match="events of PM2 N"):
        combine(Rule.POOLED, [Part("PM2", "N", Fraction(90)), Part("PM1", "", Fraction(90), 10)])


def months(levels: list[float | None]) -> dict[Month, tuple[Fraction | None, Status]]:
    found = {}
    for month, level in zip(FEBRUARY.back(len(levels)), levels, strict=True):
        exact = None if level is None else Fraction(level)
        found[month] = (exact, status_of(exact, TARGET, MINIMUM))
    return found


def test_the_record_s_strip_was_missed_in_11_of_12_months() -> None:
    told = strip(FEBRUARY.back(12), months([95.0] * 5 + [99.5] + [94.0] * 4 + [97.0, 95.5]))
    assert (told.missed, told.below_minimum) == (11, 10)
    assert told.sentence == "Missed in 11 of the last 12 reported months, 10 of them below the minimum."


def test_only_reported_months_with_something_to_measure_are_counted() -> None:
    found = months([95.0, None, 99.5])
    told = strip(FEBRUARY.back(12), found)
    assert told.sentence == "Missed in 1 of the last 2 reported months, 1 of them below the minimum."
    assert [one.word for one in told.spots][-4:] == ["Not reported", "Below minimum", "Not applicable", "Met"]
    assert strip(FEBRUARY.back(12), {}).sentence == "No month is reported."
    assert strip([FEBRUARY], months([97.0])).sentence == "Missed in 1 of the last 1 reported month."


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(50, 100)), min_size=2, max_size=30, unique_by=lambda p: p[0]))
def test_the_line_is_the_one_that_the_standard_library_lays(points: list[tuple[int, float]]) -> None:
    line = fit(points)
    theirs = statistics.linear_regression([x for x, _ in points], [y for _, y in points])
    assert line.slope == pytest.approx(theirs.slope, abs=1e-9)
    assert line.start == pytest.approx(theirs.intercept, abs=1e-6)


@pytest.mark.parametrize(
    ("line", "months_on"),
    [(Line(90, 1), 9), (Line(90, 2), 5), (Line(90, 0), None), (Line(90, -1), None), (Line(99, -1), 0),
     (Line(90, 0.01), None), (Line(90, 0.1), 90)],
)  # fmt: skip
def test_a_target_is_reached_where_the_line_crosses_it_and_never_by_a_falling_one(
    line: Line, months_on: int | None
) -> None:
    assert reached(line, 99, 0) == months_on


def rising(levels: list[float]) -> dict[Month, float]:
    return dict(zip(FEBRUARY.back(len(levels)), levels, strict=True))


def test_a_straight_trend_says_when_it_is_there_and_is_sure() -> None:
    told = forecast(rising([90.0 + step for step in range(6)]), 99, Month(2020, 6), draws=400, percent=90)
    assert told.reaches == Month(2020, 6)
    assert (told.earliest, told.latest) == (Month(2020, 6), Month(2020, 6))
    assert told.share_by > 0.99
    assert told.slope == pytest.approx(1)
    assert told.sentence.startswith("Reached in June 2020")


def test_a_falling_trend_is_not_reached() -> None:
    told = forecast(rising([95.0, 94.0, 93.5, 92.0, 91.0]), 99, Month(2020, 3), draws=400, percent=90)
    assert told.reaches is None
    assert told.share_by == 0
    assert told.sentence.startswith("Not reached: the trend is -1.0")


def test_two_months_make_no_trend() -> None:
    with pytest.raises(ValueError, match="three reported months"):
        forecast(rising([90.0, 91.0]), 99, FEBRUARY, draws=10, percent=90)
    with pytest.raises(ValueError, match="needs points"):
        fit([])


def test_the_same_levels_always_give_the_same_forecast() -> None:
    levels = rising([90.0, 92.5, 91.0, 93.0, 92.0, 95.0])
    assert forecast(levels, 99, FEBRUARY, 200, 90) == forecast(levels, 99, FEBRUARY, 200, 90)


@pytest.mark.slow
def test_nine_intervals_in_ten_hold_the_true_slope() -> None:
    chance, held = random.Random(7), 0
    for _ in range(200):
        levels = rising([90 + 0.3 * step + chance.gauss(0, 0.8) for step in range(24)])
        told = forecast(levels, 99, FEBRUARY, 300, 90)
        held += told.low <= 0.3 <= told.high
    assert 160 <= held <= 196


def test_a_month_of_test_commands_is_enough_and_even() -> None:
    even = Sample([100] * 29, hubs=5_800)
    assert findings(even, per_hundred=50, percent=50) == []
    assert even.per_hub == Fraction(1, 2)


def test_too_few_test_commands_are_told_with_how_many_are_lacking() -> None:
    short = Sample([100] * 29, hubs=5_801)
    assert findings(short, 50, 50) == ["2,900 test commands for 5,801 hubs: 1 fewer than 50 for each 100 hubs."]


def test_commands_crowded_on_some_days_are_told_with_their_days() -> None:
    crowded = Sample([100] * 28 + [400], hubs=1_000)
    assert crowded.uneven(50) == (29,)
    assert findings(crowded, 50, 50) == ["1 days lie more than 50 % from an even share: 29."]
    assert Sample([0] * 29, hubs=0).uneven(50) == ()
    assert Sample([], hubs=0).per_hub is None
