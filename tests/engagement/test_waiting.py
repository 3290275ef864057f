"""The line for the places of an event: nobody beyond the places, and the order of asking is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from secretariat.engagement.events.waiting import Asked, free, is_full, next_in_line, place_in_line

NOON = datetime(2020, 3, 2, 12, tzinfo=UTC)


def asked(number: int, minutes: int = 0) -> Asked:
    return Asked(NOON + timedelta(minutes=minutes), number)


WALK = some.lists(
    some.one_of(
        some.tuples(some.just("ask"), some.integers(0, 5)),
        some.tuples(some.just("withdraw"), some.integers(0, 30)),
        some.tuples(some.just("grow"), some.integers(0, 3)),
    ),
    max_size=60,
)


@given(capacity=some.integers(1, 6), walk=WALK)
def test_on_any_walk_nobody_is_beyond_the_places_and_who_asked_earlier_has_one_earlier(
    capacity: int, walk: list[tuple[str, int]]
) -> None:
    placed: list[Asked] = []
    waiting: list[Asked] = []
    for number, (what, count) in enumerate(walk):
        if what == "ask":
            waiting.append(asked(number, minutes=number // 2))
        elif what == "grow":
            capacity += count
        elif placed + waiting:
            one = (placed + waiting)[count % len(placed + waiting)]
            (placed if one in placed else waiting).remove(one)
        given_now = next_in_line(capacity, len(placed), waiting)
        left = [one for one in waiting if one not in given_now]
        assert all(one < other for one in given_now for other in left)
        assert given_now == sorted(given_now)
        placed, waiting = placed + given_now, left
        assert len(placed) <= capacity
        assert not waiting or is_full(capacity, len(placed))
        assert len({*placed, *waiting}) == len(placed) + len(waiting)


@given(taken=some.integers(0, 50), line=some.lists(some.integers(0, 99), unique=True, max_size=20))
def test_without_a_limit_everybody_has_a_place(taken: int, line: list[int]) -> None:
    waiting = [asked(number) for number in line]
    assert next_in_line(None, taken, waiting) == sorted(waiting)
    assert free(None, taken) is None
    assert not is_full(None, taken)


def test_who_asked_at_the_same_instant_is_told_apart_by_number() -> None:
    assert next_in_line(3, 2, [asked(9), asked(4), asked(7)]) == [asked(4)]


def test_fewer_places_than_were_given_frees_none() -> None:
    assert (free(3, 5), next_in_line(3, 5, [asked(1)]), is_full(3, 5)) == (0, [], True)


def test_the_place_in_the_line_is_counted_from_one() -> None:
    line = [asked(3, 5), asked(1, 9), asked(2, 1)]
    assert [place_in_line(line, one) for one in line] == [2, 3, 1]
    with pytest.raises(ValueError, match="not in list"):
        place_in_line(line, asked(8))
