"""Visits out of pages seen: plain values."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engagement.website.visits import Counts, Seen, counted, is_counted, mark_of

MONDAY = datetime(2020, 3, 9, 9, tzinfo=UTC)
GAP = timedelta(minutes=30)
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}


def seen(*minutes: float, who: str = "a", page: str = "/") -> list[Seen]:
    return [Seen(MONDAY + timedelta(minutes=one), page, who) for one in minutes]


def total(found: Counts) -> tuple[int, int]:
    return sum(found.visits.values()), sum(found.views.values())


@pytest.mark.parametrize(
    ("minutes", "visits"),
    [((0,), 1), ((0, 30), 1), ((0, 30.1), 2), ((0, 20, 40, 60), 1), ((0, 31, 62), 3)],
)
def test_a_visit_is_over_after_the_gap_without_a_page(minutes: tuple[float, ...], visits: int) -> None:
    assert total(counted(seen(*minutes), {}, GAP)) == (visits, len(minutes))


def test_two_visitors_are_two_visits() -> None:
    assert total(counted([*seen(0), *seen(1, who="b")], {}, GAP)) == (2, 2)


def test_a_new_day_in_london_begins_a_new_visit() -> None:
    late = datetime(2020, 6, 30, 22, 55, tzinfo=UTC)
    found = counted([Seen(late, "/", "a"), Seen(late + timedelta(minutes=10), "/", "a")], {}, GAP)
    assert [day.isoformat() for day in found.visits] == ["2020-06-30", "2020-07-01"]


@given(
    st.lists(st.tuples(st.integers(0, 600), st.sampled_from("abc"), st.sampled_from(["/", "/x/"])), max_size=40),
    st.integers(0, 40),
)
@settings(max_examples=150, deadline=None)
def test_adding_up_in_two_parts_counts_the_same(told: list[tuple[int, str, str]], cut: int) -> None:
    rows = sorted((Seen(MONDAY + timedelta(minutes=at), page, who) for at, who, page in told), key=lambda one: one.at)
    whole = counted(rows, {}, GAP)
    first = counted(rows[:cut], {}, GAP)
    second = counted(rows[cut:], first.last, GAP)
    assert first.visits + second.visits == whole.visits
    assert first.views + second.views == whole.views
    assert total(whole)[0] <= total(whole)[1] == len(rows)


def test_pages_that_are_told_out_of_order_are_counted_in_order() -> None:
    assert counted(seen(40, 0, 20), {}, GAP).visits == Counter({MONDAY.date(): 1})


def test_a_mark_tells_neither_address_nor_browser_and_changes_with_the_secret() -> None:
    mark = mark_of("one", "192.0.2.7", "Browser")
    assert mark == mark_of("one", "192.0.2.7", "Browser")
    assert len({mark, mark_of("two", "192.0.2.7", "Browser"), mark_of("one", "192.0.2.8", "Browser")}) == 3
    assert "192.0.2.7" not in mark


@pytest.mark.parametrize(
    "told",
    [
        {"method": "POST"},
        {"status": 404},
        {"media_type": "text/csv"},
        {"path": "/account/login/"},
        {"path": "/api/parties"},
        {"headers": {}},
        {"headers": {"User-Agent": "Examplebot/2.1"}},
        {"headers": {"User-Agent": "curl/8.0"}},
        {"headers": {**BROWSER, "DNT": "1"}},
        {"headers": {**BROWSER, "Sec-GPC": "1"}},
        {"headers": {**BROWSER, "Sec-Purpose": "prefetch"}},
    ],
    ids=str,
)
def test_only_pages_that_people_see_and_let_be_counted_are_counted(told: dict[str, object]) -> None:
    page: dict[str, object] = {
        "method": "GET", "status": 200, "media_type": "text/html; charset=utf-8", "path": "/", "headers": BROWSER,
    }  # fmt: skip
    assert is_counted(**page)  # type: ignore[arg-type]
    assert not is_counted(**{**page, **told})  # type: ignore[arg-type]
