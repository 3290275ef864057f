"""The plan on one page: the geometry, the page, its zooms and its words."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from secretariat.change.releases.models import Milestone
from secretariat.change.releases.plan import Entry, Frame, Planned, drawing
from secretariat.change.releases.plan_page import asked_for
from secretariat.change.standing.models import Relation
from secretariat.plain.months import Month
from tests.change.factories import LATER, raised
from tests.change.releasing import move, planned, targeted

FRAME = Frame(Month(2020, 1), 6)
TODAY = date(2020, 3, 4)


def release(day: str = "2020-02-27", *entries: Entry, **more: object) -> Planned:
    return Planned("February 2020", "/releases/1/", date.fromisoformat(day), "planned", "planned",
                   entries=entries, **more)  # type: ignore[arg-type]  # fmt: skip


def entry(key: str, begins: str, ends: str) -> Entry:
    return Entry(key, f"{key} words", "targeted", date.fromisoformat(begins), date.fromisoformat(ends), f"/{key}/")


def test_days_stand_in_order_between_the_edges_and_outside_days_at_them() -> None:
    days = [date(2019, 1, 1), date(2020, 1, 1), date(2020, 2, 27), date(2020, 6, 30), date(2021, 1, 1)]
    places = [FRAME.x(day) for day in days]
    assert places == sorted(places)
    assert places[0] == places[1] == 12
    assert places[-1] == FRAME.width - 12


def test_the_fewer_the_months_the_wider_each_is_drawn() -> None:
    widths = [Frame(Month(2020, 1), months).width / months for months in (6, 12, 24)]
    assert widths == sorted(widths, reverse=True)


def test_a_moved_day_shows_as_a_ghost_and_a_leave_as_a_window() -> None:
    found = drawing([release(was=(date(2020, 2, 6),), window=(date(2020, 2, 10), date(2020, 3, 1)))], FRAME, TODAY)
    lane = found.lanes[0]
    assert [ghost.x for ghost in lane.ghosts] == [FRAME.x(date(2020, 2, 6))]
    assert lane.window is not None
    assert lane.window.x + lane.window.width == pytest.approx(FRAME.x(date(2020, 3, 1)))


def test_today_is_marked_only_where_it_is_shown() -> None:
    assert drawing([release()], FRAME, TODAY).today == FRAME.x(TODAY)
    assert drawing([release()], FRAME, date(2021, 1, 1)).today is None


def test_what_depends_is_joined_by_an_arrow_and_only_where_both_are_drawn() -> None:
    one = release("2020-02-27", entry("a", "2020-01-05", "2020-02-27"), entry("b", "2020-01-05", "2020-02-27"))
    found = drawing([one], FRAME, TODAY, {"b": [("a", "b depends on a"), ("c", "b depends on c")]})
    assert [arrow.says for arrow in found.arrows] == ["b depends on a"]


@pytest.mark.parametrize("months", [1, 6, 12, 24, 36])
def test_nothing_is_drawn_on_top_of_another_line(months: int) -> None:
    entries = [entry(f"e{number}", "2020-01-05", "2020-02-27") for number in range(4)]
    found = drawing([release("2020-02-27", *entries), release("2020-06-25")], Frame(Month(2020, 1), months), TODAY)
    heights = [shape.y for shape in found.lanes[0].shapes]
    assert all(later - earlier >= 20 for earlier, later in pairwise(heights))
    assert found.lanes[1].y >= found.lanes[0].y + found.lanes[0].height
    assert found.height >= found.lanes[1].y + found.lanes[1].height


@pytest.mark.parametrize(
    ("first", "months", "wrong"),
    [("2020-01", "18", ""), ("", "", ""), ("soon", "", "not a month"), ("2020-01", "0", "1 to 36"),
     ("2020-01", "37", "1 to 36"), ("2020-01", "x", "1 to 36"), ("1900-01", "12", "outside")],
)  # fmt: skip
def test_the_months_asked_for_are_shown_or_else_it_is_said_what_is_wrong(first: str, months: str, wrong: str) -> None:
    frame, said = asked_for(first, months, TODAY)
    assert wrong in said
    assert bool(said) == bool(wrong)
    if not wrong:
        assert frame == (Frame(Month(2020, 1), 18) if first else Frame(Month(2020, 1), 12))


@pytest.mark.django_db
def test_the_page_draws_scope_milestones_and_moved_days_and_tells_the_same_in_words() -> None:
    made, later = planned(day="2019-11-07"), planned("February 2020 SEC Release", "2020-02-27")
    one, other = raised("2019-06-03", 80, title="Vehicle"), raised("2019-06-03", 81, title="Anchor")
    targeted(one, made)
    targeted(other, later)
    Relation.objects.create(
        proposal=one, kind=Relation.Kind.DEPENDS, other=other, from_day=date(2019, 6, 3), recorded=LATER
    )
    Milestone.objects.create(release=made, kind=Milestone.Kind.TESTING_APPROACH, due_on=date(2019, 9, 2))
    move(made, "2019-11-29", "2019-07-22")
    text = Client().get("/releases/plan/?from=2019-06&months=12").content.decode()
    drawn, words = text.split("The same in words")
    assert "DP080 Vehicle, targeted" in drawn
    assert "plan-ghost" in drawn
    assert "DP080 depends on DP081" in drawn
    for said in ("Testing approach document, due Mon 2 Sep 2019", "Thu 7 Nov 2019, moved on Mon 22 Jul 2019 by Panel",
                 "DP081 Anchor, targeted"):  # fmt: skip
        assert said in words
    assert not re.search(r"<script|style=|on\w+=\"", drawn.split("<svg")[1])


@pytest.mark.django_db
def test_the_plan_is_zoomed_by_links_and_keeps_its_place() -> None:
    planned()
    text = Client().get("/releases/plan/?from=2019-06&months=12").content.decode()
    for months in (6, 12, 24):
        assert f"/releases/plan/?from=2019-06&amp;months={months}" in text
    assert "from=2018-12&amp;months=12" in text
    assert "from=2019-12&amp;months=12" in text


@pytest.mark.django_db
def test_an_empty_plan_says_so_and_a_wrong_month_is_told() -> None:
    assert "No release has a day in these months" in Client().get("/releases/plan/?from=2012-01").content.decode()
    refused = Client().get("/releases/plan/?from=soon")
    assert refused.status_code == 422
    assert "“soon” is not a month" in refused.content.decode()


@pytest.mark.django_db
def test_the_plan_asks_as_few_queries_for_many_releases_as_for_one(django_assert_max_num_queries: object) -> None:
    for number in range(6):
        made = planned(f"Release {number}", f"2019-{number + 5:02d}-20")
        targeted(raised("2019-06-03", 80 + number), made, "2019-07-20" if number > 2 else "2019-04-20")
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        assert Client().get("/releases/plan/?from=2019-01&months=12").status_code == 200
