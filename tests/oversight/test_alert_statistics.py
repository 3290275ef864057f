"""The statistics of alerts: spurious firmware, a change and its effect, throttling, false outages, losses."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.oversight.alerts import firmware_effect, lost, outages, throttling
from secretariat.oversight.alerts.firmware_effect import Watched
from secretariat.oversight.alerts.throttling import Policy, Sent
from tests.oversight import plain_judge as spurious

THRESHOLDS = spurious.Thresholds(alerts=100, installed=200, spreads=12, times=5)


def rated(model: str, alerts: int, installed: int = 1_000, *, code: int = 0x8F3E, kind: str = "ESME") -> spurious.Rated:
    return spurious.Rated(kind, model, "1", code, alerts, installed)


PEERS = [rated(name, alerts) for name, alerts in (("A", 90), ("B", 100), ("C", 110), ("D", 100))]


def test_a_rate_far_above_its_peers_is_flagged_and_its_peers_are_not():
    judged = spurious.judge([*PEERS, rated("hot", 4_000)], THRESHOLDS)
    assert [one.rated.model for one in judged if one.flagged] == ["hot"]
    assert (judged[0].median, judged[0].peers) == (0.1, 5)
    assert judged[0].spread == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (rated("few", 99, 200), "fewer than 100 alerts"),
        (rated("small", 4_000, 199), "fewer than 200 installed"),
        (rated("twice", 200), "not above 5 times the median"),
    ],
)
def test_each_threshold_says_why_a_rate_is_not_flagged(one, reason):
    found = next(each for each in spurious.judge([*PEERS, one], THRESHOLDS) if each.rated == one)
    assert not found.flagged
    assert reason in found.below


def test_a_rate_within_the_spread_of_unlike_peers_is_not_flagged():
    wide = [rated(name, alerts) for name, alerts in (("A", 10), ("B", 400), ("C", 800), ("D", 1_200), ("E", 4_100))]
    found = spurious.judge(wide, THRESHOLDS)[0]
    assert found.below == ("not above the median and 12 times the spread",)


def test_types_of_device_and_codes_are_judged_apart_and_one_alone_never():
    others = [rated(name, 4_000, kind="GSME") for name in "XYZ"]
    alone = rated("alone", 90_000, code=0x81A0)
    assert not any(one.flagged for one in spurious.judge([*PEERS, *others, alone], THRESHOLDS))


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=30))
def test_the_spread_is_the_middle_of_the_distances_from_the_middle(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    away = sorted(abs(value - middle) for value in values)
    assert spurious.spread(values) == (away[half] if len(away) % 2 else (away[half - 1] + away[half]) / 2)


def poisson(chance: random.Random, mean: float) -> int:
    """A count with this mean, by adding up waiting times."""
    count, waited = 0, chance.expovariate(1)
    while waited < mean:
        count, waited = count + 1, waited + chance.expovariate(1)
    return count


def devices(chance: random.Random, before: float, after: float, count: int = 150) -> list[Watched]:
    return [Watched(poisson(chance, before * 28), poisson(chance, after * 28), 28, 28) for _ in range(count)]


def test_a_true_effect_lies_in_its_interval_and_the_control_takes_away_the_season():
    chance = random.Random(5)
    found = firmware_effect.compare(devices(chance, 1.0, 0.3), devices(chance, 1.0, 1.5), seed=1, rounds=300)
    assert found.changed.low < 0.3 < found.changed.high
    assert found.changed.says == "fewer"
    assert found.control.says == "more"
    assert found.low < 0.2 < found.high
    assert found.net == pytest.approx(found.changed.ratio / found.control.ratio)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    chance = random.Random(11)
    found = (firmware_effect.effect(devices(chance, 0.2, 0.1, 60), seed=n, rounds=120) for n in range(60))
    assert sum(one.low <= 0.5 <= one.high for one in found) >= 53


def test_nothing_before_or_no_devices_tells_no_effect():
    assert firmware_effect.effect([Watched(0, 9, 28, 28)], seed=1).says == "cannot be told"
    empty = firmware_effect.compare([], [], seed=1)
    assert (empty.changed.ratio, empty.net, empty.low) == (None, None, None)


def test_equal_seeds_give_equal_intervals():
    watched = devices(random.Random(3), 1, 1, 30)
    assert firmware_effect.effect(watched, seed=9, rounds=50) == firmware_effect.effect(watched, seed=9, rounds=50)


def storm(count: int, *, every: int = 1_000, device: int = 1, code: int = 1) -> list[Sent]:
    return [Sent(device, code, at * every) for at in range(count)]


def test_a_storm_is_cut_to_the_threshold_and_a_copy_per_period():
    (found,) = throttling.simulate(storm(120), Policy(window=60, threshold=5, forward_every=30))
    assert (found.messages, found.forwarded, found.devices) == (120, 5 + 3, {1})
    assert found.share_saved == pytest.approx(112 / 120)


def test_quiet_devices_and_excluded_codes_lose_nothing():
    quiet = storm(10, every=3_600_000)
    loud = storm(100, device=2, code=0x8F75)
    found = throttling.simulate([*quiet, *loud], Policy(60, 5, 30, frozenset({0x8F75})))
    assert [one.saved for one in found] == [0, 0]
    assert [one.excluded for one in found] == [False, True]


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(0, 90_000)), max_size=60),
    st.integers(1, 30), st.integers(1, 5), st.integers(1, 30),
)  # fmt: skip
def test_the_simulation_agrees_with_the_policy_as_a_sentence(rows, window, threshold, period):
    sent = sorted(Sent(*row) for row in rows)
    went = []
    for at, one in enumerate(sent):
        same = [other for other in sent[: at + 1] if other[:2] == one[:2] and other.at > one.at - window * 1000]
        last = max((each.at for each in went if each[:2] == one[:2]), default=None)
        if len(same) <= threshold or last is None or one.at - last >= period * 1000:
            went.append(one)
    found = throttling.simulate(sent, Policy(window, threshold, period))
    assert sum(one.forwarded for one in found) == len(went)
    assert sum(one.messages for one in found) == len(sent)


def test_a_policy_or_an_order_that_means_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Policy(0, 1, 1)
    with pytest.raises(ValueError, match="order of time"):
        throttling.simulate([Sent(1, 1, 5), Sent(1, 1, 4)], Policy(1, 1, 1))


MINUTE = 60_000


def test_an_outage_soon_after_an_activation_at_the_same_hub_is_suspected_once():
    activations = [outages.Activation(1, 0, "M", "2"), outages.Activation(1, 5 * MINUTE, "M", "3")]
    alerts = [outages.Outage(1, 9 * MINUTE), outages.Outage(1, 30 * MINUTE), outages.Outage(2, 9 * MINUTE)]
    (found,) = outages.suspected(activations, alerts, minutes=10)
    assert (found.activation.firmware, found.after) == ("3", 4 * MINUTE)
    assert [(one.firmware, one.activations, one.followed) for one in outages.shares(activations, [found])] == [
        ("3", 1, 1), ("2", 1, 0),
    ]  # fmt: skip


def test_an_outage_before_the_activation_or_a_minute_too_late_is_not_suspected():
    activations = [outages.Activation(1, 10 * MINUTE, "M", "2")]
    alerts = [outages.Outage(1, 10 * MINUTE - 1), outages.Outage(1, 20 * MINUTE + 1)]
    assert outages.suspected(activations, alerts, minutes=10) == []
    assert len(outages.suspected(activations, [outages.Outage(1, 20 * MINUTE)], minutes=10)) == 1


BEGINS = datetime(2020, 2, 16, 20, tzinfo=UTC)


def by_hour(inside: int, after: int = 100) -> dict[datetime, int]:
    hours = {BEGINS - timedelta(hours=step): 100 + step % 3 for step in range(24 * 7 * 8)}
    return hours | {BEGINS + timedelta(hours=step): inside if step < 4 else after for step in range(12)}


def test_what_does_not_come_in_maintenance_nor_after_it_is_missing():
    window = lost.Window(BEGINS, BEGINS + timedelta(hours=4))
    (found,) = lost.losses(by_hour(20), [window], weeks=6)
    assert found.received == 80
    assert found.expected == pytest.approx(404, abs=6)
    assert found.missing == pytest.approx(324, abs=8)
    assert found.is_plain


def test_what_was_only_held_back_is_not_lost():
    window = lost.Window(BEGINS, BEGINS + timedelta(hours=4))
    (found,) = lost.losses(by_hour(20, after=181), [window], weeks=6)
    assert found.missing == pytest.approx(0, abs=8)
    assert not found.is_plain


def test_too_few_weeks_to_compare_expects_nothing():
    hours = {hour: n for hour, n in by_hour(20).items() if hour > BEGINS - timedelta(weeks=2)}
    (found,) = lost.losses(hours, [lost.Window(BEGINS, BEGINS + timedelta(minutes=30))], weeks=6)
    assert (found.expected, found.missing, found.weeks) == (None, None, 2 - 1)


def test_earlier_maintenance_is_no_measure_of_what_is_expected():
    earlier = lost.Window(BEGINS - timedelta(weeks=1), BEGINS - timedelta(weeks=1) + timedelta(hours=4))
    hours = by_hour(20) | dict.fromkeys(earlier.hours(), 0)
    found = lost.losses(hours, [earlier, lost.Window(BEGINS, BEGINS + timedelta(hours=4))], weeks=6)[1]
    assert found.expected == pytest.approx(404, abs=6)
    assert found.weeks == 5


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="after it begins"):
        lost.Window(BEGINS, BEGINS)
