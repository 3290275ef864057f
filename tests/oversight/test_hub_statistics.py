"""Intervals of shares, and the effect of an intervention: against independent reckonings and known examples."""

from __future__ import annotations

import random
from fractions import Fraction
from math import sqrt

import pytest

from secretariat.oversight.hubs.effect import Effect, TooShort, effect
from secretariat.oversight.hubs.intervals import none_found, sentence, wilson


def roots(found: int, tried: int) -> tuple[float, float]:
    """Wilson's interval the other way: the shares p at which |found/tried - p| is z standard errors of p."""
    z2, share = 1.959963984540054**2, found / tried
    a, b, c = 1 + z2 / tried, -(2 * share + z2 / tried), share * share
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@pytest.mark.parametrize(("found", "tried"), [(0, 300), (300, 300), (33, 300), (1, 2), (7, 10), (11, 100)])
def test_wilson_agrees_with_the_roots_of_its_quadratic(found: int, tried: int) -> None:
    low, high = roots(found, tried)
    interval = wilson(found, tried)
    assert interval.low == pytest.approx(low, abs=1e-9)
    assert interval.high == pytest.approx(high, abs=1e-9)


def test_300_of_300_without_a_fault_leave_at_least_98_7_per_cent() -> None:
    assert 0.987 < wilson(300, 300).low < 0.988
    assert wilson(300, 300).high == 1


def test_none_found_is_what_would_be_missed_one_time_in_twenty() -> None:
    most = none_found(300)
    assert (1 - most) ** 300 == pytest.approx(0.05)
    assert most == pytest.approx(3 / 300, rel=0.01)


def test_the_sentence_says_that_none_among_300_is_not_none_at_all() -> None:
    said = sentence(0, 300, "faulty")
    assert said.startswith("0 of 300 are faulty: 0.0 %, with 95 % confidence 0.0 % to 1.3 %.")
    assert "up to 1.0 % would often go unseen" in said
    assert "unseen" not in sentence(1, 300, "faulty")
    assert sentence(0, 0, "faulty").startswith("Nothing was tried")


@pytest.mark.parametrize(("found", "tried"), [(0, 0), (-1, 5), (6, 5)])
def test_a_share_of_nothing_and_an_impossible_one_are_refused(found: int, tried: int) -> None:
    with pytest.raises(ValueError, match="share|cannot"):
        wilson(found, tried)


def least_squares(values: list[int], first: int) -> tuple[list[Fraction], Fraction, list[list[Fraction]]]:
    """Segmented regression in one go by the normal equations, in exact fractions: independent of the two lines."""
    rows = [[Fraction(1), Fraction(t), Fraction(t >= first), Fraction(max(t - first, 0))] for t in range(len(values))]
    size = range(4)
    left = [[sum((row[i] * row[j] for row in rows), Fraction()) for j in size] for i in size]
    right = [sum((row[i] * value for row, value in zip(rows, values, strict=True)), Fraction()) for i in size]
    whole = [[*left[i], *(Fraction(i == j) for j in size), right[i]] for i in size]
    for i in size:
        pivot = next(k for k in range(i, 4) if whole[k][i])
        whole[i], whole[pivot] = whole[pivot], whole[i]
        whole[i] = [cell / whole[i][i] for cell in whole[i]]
        for k in size:
            if k != i:
                whole[k] = [a - whole[k][i] * b for a, b in zip(whole[k], whole[i], strict=True)]
    found = [row[-1] for row in whole]
    fitted = [sum(a * b for a, b in zip(row, found, strict=True)) for row in rows]
    rest = [value - height for value, height in zip(values, fitted, strict=True)]
    spread = sum((each * each for each in rest), Fraction()) / (len(values) - 4)
    return found, spread, [row[4:8] for row in whole]


@pytest.mark.parametrize("seed", range(5))
def test_the_two_lines_are_the_segmented_regression(seed: int) -> None:
    draw = random.Random(seed)
    first = draw.randint(4, 9)
    values = [draw.randint(0, 400) for _ in range(first + draw.randint(4, 9))]
    (_, _, level, slope), spread, inverse = least_squares(values, first)
    told = effect(values, first, 4)
    assert told.level.value == pytest.approx(float(level))
    assert told.slope.value == pytest.approx(float(slope))
    assert told.level.error == pytest.approx(sqrt(spread * inverse[2][2]))
    assert told.slope.error == pytest.approx(sqrt(spread * inverse[3][3]))


def test_a_planted_fall_is_shown_and_a_series_that_goes_on_shows_none() -> None:
    wobble = [3, -2, 1, -3, 2, -1, 3, -2, 0, 1, -1, 2]
    on = [100 + 5 * month + wobble[month] for month in range(12)]
    fallen = [value - (40 if month >= 7 else 0) for month, value in enumerate(on)]
    assert effect(fallen, 7, 4).verdict == "The level fell, beyond what chance explains."
    assert effect(fallen, 7, 4).level.value == pytest.approx(-40, abs=6)
    assert effect(on, 7, 4).verdict.startswith("No effect is shown")


def test_the_interval_holds_the_true_change_about_as_often_as_it_says() -> None:
    draw, held, tries = random.Random(9), 0, 400
    for _ in range(tries):
        values = [200 + 6 * month - (30 if month >= 8 else 0) + draw.gauss(0, 10) for month in range(16)]
        change = effect(values, 8, 4).level
        held += change.low <= -30 <= change.high
    assert 0.92 <= held / tries <= 0.98


def test_what_was_expected_is_the_line_before_gone_on() -> None:
    told = effect([10, 20, 30, 40, 10, 10, 10, 10], 4, 4)
    assert told.expected == pytest.approx(80)


def test_months_that_hang_together_are_told() -> None:
    waves = [0, 8, 14, 16, 14, 8, 0, -8, -14, -16, -14, -8, 0, 8, 14, 16, 14, 8, 0, -8, -14, -16, -14, -8]
    assert effect(waves, 12, 4).hangs_together
    draw = random.Random(4)
    assert not effect([draw.gauss(0, 10) for _ in range(40)], 20, 4).hangs_together


@pytest.mark.parametrize(("first", "fewest"), [(3, 4), (8, 4), (2, 0)])
def test_too_few_months_on_either_side_say_nothing(first: int, fewest: int) -> None:
    with pytest.raises(TooShort, match="are needed"):
        effect([1.0] * 10, first, fewest)


def test_an_exact_line_has_no_change() -> None:
    told: Effect = effect([float(2 * month) for month in range(12)], 6, 4)
    assert told.level.value == pytest.approx(0, abs=1e-9)
    assert told.evenness >= 0
